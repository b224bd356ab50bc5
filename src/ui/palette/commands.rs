//! The palette lines that run an action.

use egui::Context;

use super::super::actions::{Action, ActionEntry, SECTIONS, entries, subject};
use super::super::{Screen, words};
use super::businesses;
use super::list::PaletteLine;
use super::recent::RecentActions;
use super::search::{Search, has_words};
use super::target::PaletteTarget;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::Page;

/// The last group: actions that remove something or leave.
const DESTRUCTIVE: &str = "Remove or leave";

/// The group of unavailable actions, which say why.
const BLOCKED: &str = "Not available now";

/// Actions that open or close the palette itself, or only make sense as keys.
const NOT_LISTED: [Action; 4] = [
    Action::Palette,
    Action::Close,
    Action::SelectNext,
    Action::SelectPrevious,
];

fn listed() -> impl Iterator<Item = &'static ActionEntry> {
    entries().filter(|entry| !NOT_LISTED.contains(&entry.action))
}

/// All lines, shown before anything is typed. The token of the selected business comes first, because most users want it. Then pinned
/// businesses and recent commands, the remaining actions by section, unavailable actions and, last, actions that remove something.
pub(super) fn all(
    ctx: &Context,
    workspace: &Workspace,
    recent: &RecentActions,
    screen: &Screen<'_>,
) -> Vec<PaletteLine> {
    let subject = subject_name(ctx, workspace, screen);
    let line = |entry, group: &str| line(entry, Vec::new(), group, workspace, screen);
    let main = Action::CopyToken;
    let is_blocked = |entry: &ActionEntry| {
        entry
            .action
            .unavailable_reason(screen.state, screen.now)
            .is_some()
    };
    let is_first = |action| action == main && !is_blocked(main.entry());
    let name = subject.as_deref().unwrap_or_default();
    let first = listed().filter(|entry| is_first(entry.action));
    let mut lines: Vec<PaletteLine> = first.map(|entry| line(entry, name)).collect();
    lines.extend(businesses::pinned_and_recent(ctx, workspace, screen));
    let recent: Vec<&ActionEntry> = recent
        .entries()
        .filter(|entry| !is_first(entry.action))
        .collect();
    lines.extend(recent.iter().map(|entry| line(entry, "Recent commands")));
    let is_left = |entry: &&ActionEntry| {
        let is_recent = recent.iter().any(|recent| recent.action == entry.action);
        !is_recent && !is_first(entry.action)
    };
    let sections = SECTIONS
        .iter()
        .flat_map(|(section, entries)| entries.iter().map(move |entry| (*section, entry)));
    let mut rest: Vec<(u8, PaletteLine)> = sections
        .filter(|(_, entry)| !NOT_LISTED.contains(&entry.action) && is_left(entry))
        .map(|(section, entry)| match &subject {
            _ if entry.is_destructive => (3, line(entry, DESTRUCTIVE)),
            Some(name) if entry.is_about_subject => (0, line(entry, name)),
            _ if is_blocked(entry) => (2, line(entry, BLOCKED)),
            _ => (1, line(entry, section)),
        })
        .collect();
    // Sorts by place, and within it by the table's order. Unavailable actions on the selected business come last in their group.
    let mut order: Vec<String> = Vec::new();
    for (_, line) in &rest {
        if !order.contains(&line.group) {
            order.push(line.group.clone());
        }
    }
    rest.sort_by_key(|(place, line)| {
        let group = order.iter().position(|group| *group == line.group);
        (
            *place,
            group,
            *place == 0 && line.unavailable_reason.is_some(),
        )
    });
    lines.extend(rest.into_iter().map(|(_, line)| line));
    lines
}

/// The lines that match the input, and the score of the best one. The group with the best line comes first; in a tie, the group of the
/// selected business does. Within a group, available actions come first, and actions that remove something last, unless one is the best
/// match. `other` is the best score outside this list.
pub(super) fn matching(
    ctx: &Context,
    typed: &str,
    other: u32,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> (Vec<PaletteLine>, u32) {
    let mut search = Search::new(typed);
    let subject = subject_name(ctx, workspace, screen);
    let mut scored: Vec<ScoredCommand> = listed()
        .filter_map(|entry| {
            let (score, letters) = score(&mut search, typed, entry, screen)?;
            let (place, group) = match &subject {
                Some(name) if entry.is_about_subject => (0, name.as_str()),
                Some(_) | None => (1, "Commands"),
            };
            let is_destructive = entry.is_destructive;
            let line = line(entry, letters, group, workspace, screen);
            Some(ScoredCommand {
                place,
                score,
                is_destructive,
                line,
            })
        })
        .collect();
    // Scattered letters count as a match only if nothing matches better.
    let best_of = |is_meant: &dyn Fn(&ScoredCommand) -> bool| {
        let meant = scored.iter().filter(|scored| is_meant(scored));
        meant.map(|scored| scored.score).max().unwrap_or_default()
    };
    let best = best_of(&|_| true);
    let bests = [0, 1].map(|place| {
        best_of(&|scored| scored.place == place && scored.line.unavailable_reason.is_none())
    });
    let best_harmless = best_of(&|scored| !scored.is_destructive);
    let least = best.max(other) / 3 * 2;
    scored.retain(|scored| scored.score >= least);
    scored.sort_by_key(|scored| {
        let group = std::cmp::Reverse(bests[usize::from(scored.place)]);
        let is_blocked = scored.line.unavailable_reason.is_some();
        let is_last = scored.is_destructive && scored.score <= best_harmless;
        (
            group,
            scored.place,
            is_blocked,
            is_last,
            std::cmp::Reverse(scored.score),
        )
    });
    let lines = scored.into_iter().map(|scored| scored.line);
    (lines.collect(), best)
}

/// Whether all typed words are whole words of the same command.
pub(super) fn is_named(typed: &str, screen: &Screen<'_>) -> bool {
    listed().any(|entry| {
        let all = format!("{} {}", text(entry, screen), entry.synonyms);
        has_words(typed, &all, |word, typed| word == typed)
    })
}

struct ScoredCommand {
    /// 0 for actions on the selected business, otherwise 1.
    place: u8,
    score: u32,
    is_destructive: bool,
    line: PaletteLine,
}

/// How well an action's text and synonyms match, and the indices of matched characters in the text.
fn score(
    search: &mut Search,
    typed: &str,
    entry: &ActionEntry,
    screen: &Screen<'_>,
) -> Option<(u32, Vec<u32>)> {
    let text = text(entry, screen);
    if let Some(found) = search.score(&text) {
        return Some(found);
    }
    let length = text.chars().count() as u32;
    let all = format!("{text} {}", entry.synonyms);
    // Letters scattered over several synonyms would match too often.
    if !has_words(typed, &all, |word, typed| word.starts_with(typed)) {
        return None;
    }
    let (score, mut letters) = search.score(&all)?;
    letters.retain(|at| *at < length);
    Some((score, letters))
}

fn line(
    entry: &ActionEntry,
    letters: Vec<u32>,
    group: &str,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> PaletteLine {
    let unavailable_reason = entry.action.unavailable_reason(screen.state, screen.now);
    PaletteLine {
        target: PaletteTarget::Action(entry.action),
        group: group.to_owned(),
        icon: entry.icon,
        text: text(entry, screen),
        stand_in: None,
        letters,
        hint: unavailable_reason
            .map_or_else(|| hint(entry.action, workspace, screen), str::to_owned),
        hint_letters: Vec::new(),
        key: entry.written_key(),
        unavailable_reason,
    }
}

/// The text from the table, except for actions that toggle.
fn text(entry: &ActionEntry, screen: &Screen<'_>) -> String {
    match entry.action {
        Action::TogglePin if is_pinned(screen) => "Unpin".to_owned(),
        Action::ToggleShare if screen.state.share.is_on() => "Turn off share mode".to_owned(),
        Action::ToggleArchive if is_archived(screen) => "Unarchive business".to_owned(),
        _ => entry.text.to_owned(),
    }
}

fn is_pinned(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    subject(screen.state)
        .zip(workspace)
        .is_some_and(|(id, workspace)| workspace.list.shortlist.is_pinned(id))
}

fn is_archived(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    subject(screen.state)
        .zip(workspace)
        .is_some_and(|(id, workspace)| workspace.list.is_archived(id))
}

/// Extra information to show before the action is run.
fn hint(action: Action, workspace: &Workspace, screen: &Screen<'_>) -> String {
    match action {
        Action::CopyToken => format!("as {}", screen.state.saved.token_format.name()),
        Action::ShowPage(Page::Tokens) => match workspace.tokens.live_count(screen.now.boot) {
            0 => String::new(),
            live => format!("{} live", words::count(live as u64)),
        },
        Action::ZoomIn | Action::ZoomOut => {
            format!("now {} %", screen.state.saved.settings.scale.as_percent())
        }
        Action::ToggleArchive
            if subject(screen.state).is_some_and(|id| workspace.asks_before_archiving(id)) =>
        {
            "asks first".to_owned()
        }
        Action::ToggleShare if screen.state.share.is_on() => "shows names and ids again".to_owned(),
        Action::ToggleShare => "hides names and ids until the console closes".to_owned(),
        _ => String::new(),
    }
}

/// Name of the business that shortcuts such as `T` apply to.
fn subject_name(ctx: &Context, workspace: &Workspace, screen: &Screen<'_>) -> Option<String> {
    let id = subject(screen.state)?;
    let share = screen.state.share;
    if let Some(row) = workspace.list.businesses().get(id) {
        return Some(words::drawn_title(ctx, &row, share).0.into_owned());
    }
    let held = workspace.tokens.get(id).and_then(|held| held.name.as_ref());
    Some(words::named(id, held, share).0.into_owned())
}
