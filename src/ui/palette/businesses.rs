//! The palette lines that open a business.

use egui::Context;

use super::super::actions::subject;
use super::super::{Screen, words};
use super::PaletteTarget;
use super::commands::Search;
use super::list::PaletteLine;
use crate::domain::business::{Business, BusinessId};
use crate::domain::filter::{Query, SearchedText};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::fold;
use crate::state::session::workspace::Workspace;
use crate::theme::Icon;

/// Number of businesses offered.
const OFFERED: usize = 5;
/// Number of businesses compared. Limited, so that typing stays fast however long the list is.
const COMPARED: usize = 64;

/// The businesses that match the input. Valid until the input or the list changes.
#[derive(Default)]
pub(super) struct BusinessMatches {
    of: (String, usize, u64),
    best: Vec<(BusinessId, Vec<u32>)>,
    /// The parsed input, for finding where a business matches.
    words: Query,
    score: u32,
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
        (self.best, self.score) = best(typed, workspace);
        self.words = Query::of_words(typed);
        self.of = of;
    }

    /// Score of the best match.
    pub(super) fn score(&self) -> u32 {
        self.score
    }

    /// The lines of the matches.
    pub(super) fn lines<'a>(
        &'a self,
        ctx: &'a Context,
        workspace: &'a Workspace,
        share: ShareMode,
    ) -> impl Iterator<Item = PaletteLine> + 'a {
        self.best.iter().filter_map(move |(id, letters)| {
            let business = workspace.list.businesses().get(*id)?;
            let (hint, hint_letters) = self.hint(&business, share);
            let line = line(ctx, &business, ("Businesses", Icon::Business), hint, share);
            let is_name_shown = business.title().is_some() && !share.is_on();
            Some(PaletteLine {
                letters: match is_name_shown && line.stand_in.is_none() {
                    true => letters.clone(),
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
        obstacle: None,
    }
}

/// Pinned and recently opened businesses, the most likely targets before anything is typed.
pub(super) fn at_hand(
    ctx: &Context,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> Vec<PaletteLine> {
    let (here, share) = (subject(screen.state), screen.state.share);
    let list = &workspace.shortlist;
    let pinned = list.pinned.iter().map(|id| ("Pinned", Icon::Pin, *id));
    let recent = list.recent.iter().filter(|id| !list.is_pinned(**id));
    let recent = recent.map(|id| ("Recent", Icon::Business, *id));
    let is_elsewhere = |(_, _, id): &(_, _, BusinessId)| here != Some(*id);
    let lines = pinned.take(OFFERED).chain(recent).filter(is_elsewhere);
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

fn best(typed: &str, workspace: &Workspace) -> (Vec<(BusinessId, Vec<u32>)>, u32) {
    let folded = fold(typed);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let businesses = workspace.list.businesses();
    let mut search = Search::new(typed);
    let mut scored: Vec<(u32, BusinessId, Vec<u32>)> = businesses
        .index()
        .first_with(&words, COMPARED)
        .into_iter()
        .filter_map(|row| businesses.row(u32::try_from(row).ok()?))
        .map(|business| {
            let business = business.to_business();
            let shown = business.title().map(|title| title.shown());
            // Matched by a text other than the name, such as an id or a number.
            let (score, letters) = shown
                .and_then(|name| search.score(&name))
                .unwrap_or_default();
            (score, business.id, letters)
        })
        .collect();
    let list = &workspace.shortlist;
    let is_at_hand = |id: &BusinessId| list.is_pinned(*id) || list.recent.contains(id);
    scored.sort_by_key(|(score, id, _)| (std::cmp::Reverse(*score), !is_at_hand(id)));
    scored.truncate(OFFERED);
    let score = scored.first().map_or(0, |(score, _, _)| *score);
    let best = scored
        .into_iter()
        .map(|(_, id, letters)| (id, letters))
        .collect();
    (best, score)
}
