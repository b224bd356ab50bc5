//! The text that free words are looked for in: one run of memory, so that a keystroke over
//! 100,000 rows is one pass without a pointer to follow.

use memchr::memmem::Finder;

use super::search_text::{SEPARATOR, SearchText};

/// So many rows with the rarest word are looked at for those that are offered first.
const LOOKED_AT: usize = 2_000;

/// The owner of a text whose row has been dropped. No list has so many rows.
const NOBODY: u32 = u32::MAX;

/// The folded texts of all rows, addressed by the row's number.
#[derive(Debug, Default)]
pub struct SearchIndex {
    text: String,
    spans: Vec<Span>,
    /// Where each text begins and whose it is, in the order of `text`; those of replaced texts too.
    places: Vec<(u32, u32)>,
    /// Bytes of `text` that no span uses any more.
    abandoned: usize,
}

/// Where a row's text lies. Offsets stay in four bytes: what would lie beyond 4 GiB is not taken in.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    title_end: u32,
    external_id_end: u32,
    end: u32,
}

impl Span {
    fn len(&self) -> usize {
        (self.end - self.start) as usize
    }
}

impl SearchIndex {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds the next row.
    pub fn push(&mut self, text: &SearchText) {
        let span = self.append(text, self.spans.len());
        self.spans.push(span);
    }

    /// Replaces the text of a row that has changed.
    pub fn replace(&mut self, row: usize, text: &SearchText) {
        let span = self.append(text, row);
        if let Some(old) = self.spans.get_mut(row) {
            self.abandoned += old.len();
            *old = span;
        }
        self.compact_if_worthwhile();
    }

    /// Gives every row its new number, and drops those without one. Their order stays.
    pub fn renumber(&mut self, numbers: &[Option<u32>]) {
        let new_of = |row: usize| numbers.get(row).copied().flatten();
        let mut row = 0;
        self.spans.retain(|span| {
            let stays = new_of(row).is_some();
            row += 1;
            if !stays {
                self.abandoned += span.len();
            }
            stays
        });
        for (_, row) in &mut self.places {
            *row = new_of(*row as usize).unwrap_or(NOBODY);
        }
        self.compact_if_worthwhile();
    }

    /// The text of a row.
    pub fn row(&self, row: usize) -> &str {
        self.part(row, |span| (span.start, span.end))
    }

    /// The folded title of a row, by which names sort.
    pub fn title(&self, row: usize) -> &str {
        self.part(row, |span| (span.start, span.title_end))
    }

    /// The folded `external_id` of a row.
    pub fn external_id(&self, row: usize) -> &str {
        // The separator stands between the two.
        self.part(row, |span| {
            (span.title_end.saturating_add(1), span.external_id_end)
        })
    }

    /// Marks every row whose text contains the word: one pass over all of it, however few match.
    pub(super) fn mark(&self, word: &Finder<'_>, hits: &mut [bool]) {
        let text = self.text.as_bytes();
        let mut from = 0;
        let mut place = 0;
        while let Some(found) = text.get(from..).and_then(|rest| word.find(rest)) {
            let at = (from + found) as u32;
            // Matches come in the order of the text, so the place only moves on.
            while self.places.get(place + 1).is_some_and(|next| next.0 <= at) {
                place += 1;
            }
            let Some((start, row)) = self.places.get(place).copied() else {
                return;
            };
            let row = row as usize;
            if self.spans.get(row).is_some_and(|span| span.start == start) {
                hits[row] = true;
            }
            // One match is enough: on to the next text.
            from = match self.places.get(place + 1) {
                Some(next) => next.0 as usize,
                None => return,
            };
        }
    }

    /// Up to `most` rows with all of these folded words, rows first in which a text begins with the
    /// longest of them. The work ends when there are enough, or after `LOOKED_AT` rows with that word.
    pub fn first_with(&self, words: &[&str], most: usize) -> Vec<usize> {
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let starts = format!("{SEPARATOR}{longest}");
        // The match begins before the text whose first letter it is about.
        for (needle, shift) in [(starts.as_str(), 1), (*longest, 0)] {
            let finder = Finder::new(needle);
            let text = self.text.as_bytes();
            let mut from = 0;
            let mut looked_at = 0;
            while looked_at < LOOKED_AT && found.len() < most {
                let Some(at) = text.get(from..).and_then(|rest| finder.find(rest)) else {
                    break;
                };
                looked_at += 1;
                let place = (from + at + shift) as u32;
                let next = self.places.partition_point(|(start, _)| *start <= place);
                if let Some(row) = self.row_at(next.wrapping_sub(1))
                    && !found.contains(&row)
                    && words.iter().all(|word| self.row(row).contains(word))
                {
                    found.push(row);
                }
                // One match is enough: on to the next text.
                from = match self.places.get(next) {
                    Some((start, _)) => *start as usize - shift,
                    None => break,
                };
            }
        }
        found
    }

    /// The row whose text stands at this place, unless it was replaced.
    fn row_at(&self, place: usize) -> Option<usize> {
        let (start, row) = *self.places.get(place)?;
        let span = self.spans.get(row as usize)?;
        (span.start == start).then_some(row as usize)
    }

    /// Bytes of text in use.
    pub fn text_bytes(&self) -> usize {
        self.text.len() - self.abandoned
    }

    fn part(&self, row: usize, of: impl Fn(&Span) -> (u32, u32)) -> &str {
        self.spans
            .get(row)
            .map(of)
            .and_then(|(start, end)| self.text.get(start as usize..end as usize))
            .unwrap_or_default()
    }

    fn append(&mut self, text: &SearchText, row: usize) -> Span {
        self.append_within(u32::MAX, text, row)
    }

    /// Adds the texts of a row, which ends up without any where they would reach beyond the limit.
    fn append_within(&mut self, limit: u32, text: &SearchText, row: usize) -> Span {
        let start = self.text.len();
        let offset = |at: usize| u32::try_from(at).ok().filter(|at| *at <= limit);
        let ends = offset(start).zip(offset(start + text.text.len()));
        let Some((start, end)) = ends else {
            return Span::default();
        };
        self.text.push_str(&text.text);
        self.places.push((start, row as u32));
        Span {
            start,
            title_end: start + text.title_end,
            external_id_end: start + text.external_id_end,
            end,
        }
    }

    /// Once half of the text is unused, so that a change costs a few bytes on average however often there is one.
    fn compact_if_worthwhile(&mut self) {
        if self.abandoned > self.text.len() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut text = String::with_capacity(self.text_bytes());
        self.places.clear();
        for (row, span) in self.spans.iter_mut().enumerate() {
            if span.start == span.end {
                continue;
            }
            let moved = |at: u32| at - span.start + text.len() as u32;
            let new = Span {
                start: moved(span.start),
                title_end: moved(span.title_end),
                external_id_end: moved(span.external_id_end),
                end: moved(span.end),
            };
            self.places.push((new.start, row as u32));
            text.push_str(&self.text[span.start as usize..span.end as usize]);
            *span = new;
        }
        self.text = text;
        self.abandoned = 0;
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::{Business, BusinessId};

    #[test]
    fn a_row_beyond_the_offsets_has_no_text_and_spoils_no_other() {
        let named = |name: &str| {
            SearchText::of(&Business {
                name: Some(name.into()),
                ..Business::unknown(BusinessId(Uuid::from_u128(1)))
            })
        };
        let mut index = SearchIndex::default();
        for name in ["Acme", "Much too long for what is left", "Zoo"] {
            let span = index.append_within(20, &named(name), index.len());
            index.spans.push(span);
        }
        let titles = [0, 1, 2].map(|row| index.title(row));
        assert_eq!(titles, ["acme", "", "zoo"]);
        assert_eq!((index.row(1), index.external_id(1)), ("", ""));
        let mut hits = [false; 3];
        index.mark(&Finder::new("zoo"), &mut hits);
        assert_eq!(hits, [false, false, true]);
        assert_eq!(index.first_with(&["zoo"], 9), [2]);

        index.replace(0, &named("Bcme"));
        index.replace(0, &named("Ccme"));
        index.compact();
        let titles = [0, 1, 2].map(|row| index.title(row));
        assert_eq!(titles, ["ccme", "", "zoo"]);
    }

    #[test]
    fn a_dropped_row_is_found_no_more_and_the_others_keep_their_texts() {
        let named = |name: String| {
            SearchText::of(&Business {
                name: Some(name.as_str().into()),
                ..Business::unknown(BusinessId(Uuid::from_u128(1)))
            })
        };
        let mut index = SearchIndex::default();
        for row in 0..6 {
            index.push(&named(format!("row {row}")));
        }
        index.replace(4, &named("changed".to_owned()));
        index.renumber(&[Some(0), None, Some(1), Some(2), Some(3), Some(4)]);
        let titles: Vec<_> = (0..index.len()).map(|row| index.title(row)).collect();
        assert_eq!(titles, ["row 0", "row 2", "row 3", "changed", "row 5"]);
        let hits = |word: &str| {
            let mut hits = vec![false; index.len()];
            index.mark(&Finder::new(word), &mut hits);
            hits
        };
        assert_eq!(hits("row"), [true, true, true, false, true]);
        assert_eq!(hits("row 1"), [false; 5]);
        assert_eq!(hits("changed"), [false, false, false, true, false]);
        assert_eq!(index.first_with(&["1"], 9), [] as [usize; 0]);
    }
}
