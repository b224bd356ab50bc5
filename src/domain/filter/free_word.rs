//! Free words of a filter.

use memchr::memmem::Finder;

use super::search_index::SearchIndex;
use super::search_text::without_punctuation;
use crate::domain::business::{BusinessId, CompactBusiness};
use crate::domain::text::fold;

/// A free word. It matches any text of the row, a number without its punctuation, or the start of the id.
#[derive(Debug, Clone)]
pub(super) struct FreeWord {
    pub(super) folded: Finder<'static>,
    /// Without punctuation, if that is different.
    pub(super) squashed: Option<Finder<'static>>,
    /// In lower case without hyphens, if it could be the start of an id.
    pub(super) id_start: Option<String>,
}

impl FreeWord {
    pub(super) fn new(typed: &str) -> Self {
        let folded = fold(typed);
        let squashed = without_punctuation(&folded);
        let could_be_id =
            squashed.len() >= 4 && folded.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        Self {
            id_start: could_be_id.then(|| squashed.clone()),
            squashed: (squashed != folded && !squashed.is_empty())
                .then(|| Finder::new(&squashed).into_owned()),
            folded: Finder::new(&folded).into_owned(),
        }
    }

    pub(super) fn rows<'a>(
        &self,
        index: &SearchIndex,
        business: impl Fn(usize) -> Option<&'a CompactBusiness>,
    ) -> Vec<bool> {
        let mut hits = vec![false; index.len()];
        index.mark(&self.folded, &mut hits);
        if let Some(squashed) = &self.squashed {
            index.mark(squashed, &mut hits);
        }
        if self.id_start.is_some() {
            for (row, hit) in hits.iter_mut().enumerate().filter(|(_, hit)| !**hit) {
                *hit = business(row).is_some_and(|business| self.begins(business.id));
            }
        }
        hits
    }

    pub(super) fn begins(&self, id: BusinessId) -> bool {
        self.id_start.as_ref().is_some_and(|start| {
            let mut digits = [0; uuid::fmt::Simple::LENGTH];
            id.0.simple().encode_lower(&mut digits).starts_with(start)
        })
    }

    pub(super) fn is_in(&self, text: &str, id: BusinessId) -> bool {
        let found = |finder: &Finder<'_>| finder.find(text.as_bytes()).is_some();
        found(&self.folded) || self.squashed.as_ref().is_some_and(found) || self.begins(id)
    }
}
