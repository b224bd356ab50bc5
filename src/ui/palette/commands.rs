//! The lines of the palette that do something, from the table of actions.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::super::actions::{Action, ActionEntry, TABLE, subject};
use super::super::{Screen, words};
use super::PaletteTarget;
use super::list::PaletteLine;
use crate::state::session::workspace::Workspace;

/// The lines that match what was typed, and the score of the best. The group with the best line
/// comes first, at a tie the one about the selected business; in it what can be done now comes first.
/// `other` is the best score elsewhere.
pub(super) fn matching(
    typed: &str,
    other: u32,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> (Vec<PaletteLine>, u32) {
    let mut search = Search::new(typed);
    let group = subject_name(workspace, screen);
    let mut scored: Vec<(u8, u32, PaletteLine)> = TABLE
        .iter()
        // They lead to or out of the palette itself, or are nothing but keys.
        .filter(|entry| {
            !matches!(
                entry.action,
                Action::Palette | Action::Close | Action::SelectNext | Action::SelectPrevious
            )
        })
        .filter_map(|entry| {
            let (score, letters) = search.score(&text(entry, screen))?;
            let line = line(entry, letters, group.as_deref(), workspace, screen);
            let place = match (&group, entry.action.is_about_subject()) {
                (Some(_), true) => 0,
                (Some(_) | None, _) => 1,
            };
            Some((place, score, line))
        })
        .collect();
    // Letters that lie far apart are a match only where nothing matches better.
    let best_of = |wanted: Option<u8>| {
        scored
            .iter()
            .filter(|(place, _, line)| {
                wanted.is_none_or(|wanted| wanted == *place && line.obstacle.is_none())
            })
            .map(|(_, score, _)| *score)
            .max()
            .unwrap_or_default()
    };
    let best = best_of(None);
    let bests = [best_of(Some(0)), best_of(Some(1))];
    let least = best.max(other) / 3 * 2;
    scored.retain(|(_, score, _)| *score >= least);
    scored.sort_by_key(|(place, score, line)| {
        let group = std::cmp::Reverse(bests[usize::from(*place)]);
        let is_blocked = line.obstacle.is_some();
        (group, *place, is_blocked, std::cmp::Reverse(*score))
    });
    (scored.into_iter().map(|(_, _, line)| line).collect(), best)
}

fn line(
    entry: &ActionEntry,
    letters: Vec<u32>,
    subject: Option<&str>,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> PaletteLine {
    let group = match subject {
        Some(name) if entry.action.is_about_subject() => name,
        Some(_) | None => "Commands",
    };
    let obstacle = entry.action.obstacle(screen.state);
    PaletteLine {
        target: PaletteTarget::Action(entry.action),
        group: group.to_owned(),
        icon: entry.icon,
        text: text(entry, screen),
        letters,
        hint: obstacle.map_or_else(|| hint(entry.action, workspace, screen), str::to_owned),
        hint_letters: Vec::new(),
        key: entry.written_key(),
        obstacle,
    }
}

/// As in the table, but for what goes to and fro.
fn text(entry: &ActionEntry, screen: &Screen<'_>) -> String {
    match entry.action {
        Action::TogglePin if is_pinned(screen) => "Unpin".to_owned(),
        Action::ToggleShare if screen.state.share.is_on() => "Leave share mode".to_owned(),
        _ => entry.text.to_owned(),
    }
}

fn is_pinned(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    subject(screen.state)
        .zip(workspace)
        .is_some_and(|(id, workspace)| workspace.shortlist.is_pinned(id))
}

/// What else is good to know before it is run.
fn hint(action: Action, workspace: &Workspace, screen: &Screen<'_>) -> String {
    match action {
        Action::CopyToken => format!("as {}", screen.state.saved.token_format.name()),
        Action::ShowTokens => match workspace.tokens.live_count(screen.now.boot) {
            0 => String::new(),
            live => format!("{} live", words::count(live as u64)),
        },
        Action::ToggleShare if screen.state.share.is_on() => "shows names and ids again".to_owned(),
        Action::ToggleShare => "hides names and ids until the console closes".to_owned(),
        _ => String::new(),
    }
}

/// The name of the business that keys like `T` are about.
fn subject_name(workspace: &Workspace, screen: &Screen<'_>) -> Option<String> {
    let id = subject(screen.state)?;
    let held = || workspace.tokens.get(id).and_then(|held| held.name.as_ref());
    let row = workspace.list.book().get(id);
    let name = match &row {
        Some(row) => row.title(),
        None => held(),
    };
    Some(words::named(id, name, screen.state.share).0.into_owned())
}

/// Finds the letters that were typed, in their order, in other texts.
pub(super) struct Search {
    pattern: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Search {
    pub(super) fn new(typed: &str) -> Self {
        let pattern = Pattern::new(
            typed,
            CaseMatching::Ignore,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        Self {
            pattern,
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// How well a text matches, and which of its characters do.
    pub(super) fn score(&mut self, text: &str) -> Option<(u32, Vec<u32>)> {
        let mut letters = Vec::new();
        let text = Utf32Str::new(text, &mut self.buffer);
        let score = self
            .pattern
            .indices(text, &mut self.matcher, &mut letters)?;
        letters.sort_unstable();
        letters.dedup();
        Some((score, letters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_match_in_their_order_whatever_their_case() {
        let found = |typed: &str, text: &str| Search::new(typed).score(text);
        assert_eq!(found("to", "Copy a token").unwrap().1, [7, 8]);
        assert_eq!(found("CTK", "Copy a token").unwrap().1, [0, 7, 9]);
        assert_eq!(found("", "Copy a token").unwrap().1, [] as [u32; 0]);
        assert_eq!(found("tc", "Copy a token"), None);
        assert!(found("backerei", "Bäckerei Lindenhof").is_some());
        let (whole, split) = (found("help", "Help"), found("help", "Hide each local pane"));
        assert!(whole.unwrap().0 > split.unwrap().0);
    }
}
