//! The palette lines that open a business.

use std::cmp::Reverse;

use egui::Context;

use super::super::actions::subject;
use super::super::{Screen, words};
use super::list::PaletteLine;
use super::search::{Search, has_words};
use super::target::PaletteTarget;
use crate::domain::business::{Business, BusinessId, CompactBusiness};
use crate::domain::filter::{Query, SearchedText};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::fold;
use crate::state::session::workspace::Workspace;
use crate::theme::Icon;

/// Number of businesses offered.
const MAX_OFFERED: usize = 5;
/// Number of businesses compared. Limited, so that typing stays fast however long the list is.
const COMPARED: usize = 64;

/// The businesses that match the input. Valid until the input or the list changes.
#[derive(Default)]
pub(super) struct BusinessMatches {
    of: (String, usize, u64),
    /// Best first.
    best: Vec<ScoredBusiness>,
    /// The parsed input, for finding where a business matches.
    words: Query,
}

struct ScoredBusiness {
    id: BusinessId,
    /// How well the name matches.
    score: u32,
    /// Indices of the matched characters in the name.
    letters: Vec<u32>,
    /// Whether words of the name were typed in full, or words of a pinned or recent business were begun.
    is_likely: bool,
}

impl BusinessMatches {
    /// Searches, unless the result is still valid.
    pub(super) fn look(&mut self, typed: &str, workspace: &Workspace) {
        let list = &workspace.list;
        let of = (
            typed.to_owned(),
            list.businesses().len(),
            list.order_revision(),
        );
        if of == self.of {
            return;
        }
        self.best = best(typed, workspace);
        self.words = Query::of_words(typed);
        self.of = of;
    }

    /// Score of the best match.
    pub(super) fn score(&self) -> u32 {
        let scores = self.best.iter().map(|found| found.score);
        scores.max().unwrap_or_default()
    }

    /// Whether the first match is what was most likely meant.
    pub(super) fn is_likely(&self) -> bool {
        self.best.first().is_some_and(|found| found.is_likely)
    }

    /// The lines of the matches.
    pub(super) fn lines<'a>(
        &'a self,
        ctx: &'a Context,
        workspace: &'a Workspace,
        share: ShareMode,
    ) -> impl Iterator<Item = PaletteLine> + 'a {
        self.best.iter().filter_map(move |found| {
            let business = workspace.list.businesses().get(found.id)?;
            let (hint, hint_letters) = self.hint(&business, share);
            let line = line(ctx, &business, ("Businesses", Icon::Business), hint, share);
            let is_name_shown = business.title().is_some() && !share.is_on();
            Some(PaletteLine {
                letters: match is_name_shown && line.stand_in.is_none() {
                    true => found.letters.clone(),
                    false => Vec::new(),
                },
                hint_letters,
                ..line
            })
        })
    }
}

/// A line without marked characters.
fn line(
    ctx: &Context,
    business: &Business,
    (group, icon): (&str, Icon),
    hint: String,
    share: ShareMode,
) -> PaletteLine {
    let (name, _) = words::title(business, share);
    let (drawn, _) = words::drawn_title(ctx, business, share);
    PaletteLine {
        target: PaletteTarget::Business(business.id),
        group: group.to_owned(),
        icon,
        stand_in: (drawn != name).then(|| drawn.into_owned()),
        text: name.into_owned(),
        letters: Vec::new(),
        hint,
        hint_letters: Vec::new(),
        key: String::new(),
        unavailable_reason: None,
    }
}

/// Pinned and recently opened businesses, the most likely targets before anything is typed.
pub(super) fn pinned_and_recent(
    ctx: &Context,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> Vec<PaletteLine> {
    let (here, share) = (subject(screen.state), screen.state.share);
    let list = &workspace.list.shortlist;
    let pinned = list.pinned.iter().map(|id| ("Pinned", Icon::Pin, *id));
    let recent = list.recent.iter().filter(|id| !list.is_pinned(**id));
    let recent = recent.map(|id| ("Recent", Icon::Business, *id));
    let is_elsewhere = |(_, _, id): &(_, _, BusinessId)| here != Some(*id);
    let lines = pinned.take(MAX_OFFERED).chain(recent).filter(is_elsewhere);
    let lines = lines.filter_map(|(group, icon, id)| {
        let business = workspace.list.businesses().get(id)?;
        let (hint, _) = BusinessMatches::default().hint(&business, share);
        Some(line(ctx, &business, (group, icon), hint, share))
    });
    lines.collect()
}

impl BusinessMatches {
    /// Country, `external_id` and, if the match is in neither of these nor the title, the matched text; with the indices of matched characters.
    fn hint(&self, business: &Business, share: ShareMode) -> (String, Vec<u32>) {
        let found = self.words.found_in(business);
        let found_in = |text| found.iter().find(|found| found.text == text);
        let elsewhere = found
            .iter()
            .find(|found| !matches!(found.text, SearchedText::Title | SearchedText::ExternalId));
        let external_id = business.external_id.as_ref().map(|id| share.shown(id));
        let parts = [
            business.country.as_ref().map(|code| (code.shown(), None)),
            external_id.map(|id| (id, found_in(SearchedText::ExternalId))),
            elsewhere.map(|found| (found.text.label().into(), None)),
            elsewhere.map(|found| (share.plain(&found.shown), Some(found))),
        ];
        let (mut hint, mut letters) = (String::new(), Vec::new());
        for (at, part) in parts.into_iter().enumerate() {
            let Some((text, found)) = part else {
                continue;
            };
            // A space before the value that follows its label.
            let between = if at == 3 { " " } else { " · " };
            if !hint.is_empty() {
                hint.push_str(between);
            }
            let from = hint.chars().count() as u32;
            let found = found.filter(|_| !share.is_on());
            letters.extend(
                found
                    .into_iter()
                    .flat_map(|found| &found.letters)
                    .map(|at| from + at),
            );
            hint.push_str(&text);
        }
        (hint, letters)
    }
}

fn best(typed: &str, workspace: &Workspace) -> Vec<ScoredBusiness> {
    let mut search = Search::new(typed);
    let list = &workspace.list.shortlist;
    let mut scored: Vec<ScoredBusiness> = compared(typed, workspace)
        .map(|business| {
            let id = business.id;
            let is_at_hand = list.is_pinned(id) || list.recent.contains(&id);
            let name = business.title().map(|title| title.shown());
            let name = name.as_deref().unwrap_or_default();
            // No score if it matches by a text other than the name, such as an id or a number.
            let (score, letters) = search.score(name).unwrap_or_default();
            let is_likely = has_words(typed, name, |word, typed| word == typed)
                || is_at_hand && has_words(typed, name, |word, typed| word.starts_with(typed));
            ScoredBusiness {
                id,
                score,
                letters,
                is_likely,
            }
        })
        .collect();
    scored.sort_by_key(|found| {
        let is_at_hand = list.is_pinned(found.id) || list.recent.contains(&found.id);
        (!found.is_likely, Reverse(found.score), !is_at_hand)
    });
    scored.truncate(MAX_OFFERED);
    scored
}

/// Businesses that contain all typed words: some of the list, and all pinned and recent ones.
fn compared(typed: &str, workspace: &Workspace) -> impl Iterator<Item = Business> {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let (businesses, list) = (workspace.list.businesses(), &workspace.list.shortlist);
    let index = businesses.index();
    let mut rows = index.first_with(&words, COMPARED);
    for id in list.pinned.iter().chain(&list.recent) {
        let row = businesses.position(*id).map(|row| row as usize);
        let has_words = |row: &usize| words.iter().all(|word| index.row(*row).contains(word));
        rows.extend(row.filter(|row| !rows.contains(row) && has_words(row)));
    }
    let row = |row| businesses.row(u32::try_from(row).ok()?);
    rows.into_iter()
        .filter_map(row)
        .map(CompactBusiness::to_business)
}
