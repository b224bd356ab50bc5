//! The text that free words are searched in. It is stored in a few large blocks, so that each keystroke over 100,000
//! rows is one linear pass without following pointers.

use std::ops::ControlFlow;

use memchr::memmem::Finder;

use super::search_block::{BLOCK_BYTES, SearchBlock, TextPosition};
use super::search_text::{SEPARATOR, SearchText};

/// How many rows containing the longest word are examined for suggestions.
const MAX_ROWS_EXAMINED: usize = 2_000;

/// Marks the text of a removed row. No list has this many rows.
const NO_ROW: u32 = u32::MAX;

/// The folded texts of all rows, by row number.
#[derive(Debug, Default)]
pub struct SearchIndex {
    spans: Vec<Span>,
    blocks: Vec<SearchBlock>,
    /// The block to which texts are added.
    open: usize,
}

/// Where the text of a row is stored.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    /// Block number times block size, plus the offset in the block. Addresses 4 GiB in total.
    start: u32,
    len: u16,
    title_len: u16,
    /// Follows the title and a separator.
    external_id_len: u16,
}

impl Span {
    fn block(&self) -> usize {
        self.start as usize / BLOCK_BYTES
    }

    /// Offset of the text in its block.
    fn start(&self) -> usize {
        self.start as usize % BLOCK_BYTES
    }

    fn is_at(&self, block: usize, position: TextPosition) -> bool {
        self.len > 0 && self.block() == block && self.start() == position.start as usize
    }
}

impl SearchIndex {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Reserves memory for this many more rows, without their texts.
    pub fn reserve(&mut self, more: usize) {
        self.spans.reserve_exact(more);
    }

    /// Adds the next row.
    pub fn push(&mut self, text: &SearchText) {
        let span = self.append(text, self.spans.len());
        self.spans.push(span);
    }

    /// Replaces the text of a row.
    pub fn replace(&mut self, row: usize, text: &SearchText) {
        let span = self.append(text, row);
        let Some(position) = self.spans.get_mut(row) else {
            return;
        };
        let old = std::mem::replace(position, span);
        if let Some(block) = self.blocks.get_mut(old.block()) {
            block.abandon(old.len.into());
        }
        self.compact_if_worthwhile(old.block());
    }

    /// Gives each row its new number and removes rows without one. Their order must stay the same.
    pub fn renumber(&mut self, numbers: &[Option<u32>]) {
        let new_of = |row: usize| numbers.get(row).copied().flatten();
        let mut row = 0;
        self.spans.retain(|span| {
            let stays = new_of(row).is_some();
            row += 1;
            if let Some(block) = self.blocks.get_mut(span.block()).filter(|_| !stays) {
                block.abandon(span.len.into());
            }
            stays
        });
        for block in &mut self.blocks {
            block.renumber(|row| new_of(row as usize).unwrap_or(NO_ROW));
        }
        for block in 0..self.blocks.len() {
            self.compact_if_worthwhile(block);
        }
    }

    pub fn row(&self, row: usize) -> &str {
        self.part(row, |span| (0, span.len))
    }

    /// The folded title of a row, by which names are sorted.
    pub fn title(&self, row: usize) -> &str {
        self.part(row, |span| (0, span.title_len))
    }

    /// The folded legal name of a row whose title is another name. The text of any other row does not contain it separately.
    pub fn legal_name_beside_title(&self, row: usize) -> &str {
        // After title and `external_id`.
        self.row(row).split(SEPARATOR).nth(2).unwrap_or_default()
    }

    pub fn external_id(&self, row: usize) -> &str {
        // A separator is between title and `external_id`.
        self.part(row, |span| (span.title_len + 1, span.external_id_len))
    }

    /// Marks every row whose text contains the word. Always one pass over all the text.
    pub(super) fn mark(&self, word: &Finder<'_>, hits: &mut [bool]) {
        for (number, block) in self.blocks.iter().enumerate() {
            let _ = block.positions_with(word, 0, |position| {
                if let Some(row) = self.owner(number, position) {
                    hits[row] = true;
                }
                ControlFlow::Continue(())
            });
        }
    }

    /// Up to `most` rows that contain all of these folded words. Rows with a text that begins with the longest word
    /// come first. Stops when there are enough, or after `MAX_ROWS_EXAMINED` rows with that word.
    pub fn first_with(&self, words: &[&str], most: usize) -> Vec<usize> {
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let starts = format!("{SEPARATOR}{longest}");
        // The match starts one byte before the text, at its separator.
        for (needle, before) in [(starts.as_str(), 1), (*longest, 0)] {
            let finder = Finder::new(needle);
            let mut looked_at = 0;
            for (number, block) in self.blocks.iter().enumerate() {
                let look = |position| {
                    if looked_at == MAX_ROWS_EXAMINED || found.len() >= most {
                        return ControlFlow::Break(());
                    }
                    looked_at += 1;
                    if let Some(row) = self.owner(number, position)
                        && !found.contains(&row)
                        && words.iter().all(|word| self.row(row).contains(word))
                    {
                        found.push(row);
                    }
                    ControlFlow::Continue(())
                };
                if block.positions_with(&finder, before, look).is_break() {
                    break;
                }
            }
        }
        found
    }

    /// Each row that has a field with exactly this folded text, with its folded title.
    pub fn with_text(&self, folded: &str) -> impl Iterator<Item = (usize, &str)> {
        let whole = format!("{SEPARATOR}{folded}{SEPARATOR}");
        let finder = Finder::new(&whole);
        let mut rows = Vec::new();
        for (number, block) in self.blocks.iter().enumerate() {
            // The match starts one byte before the text, at its separator.
            let _ = block.positions_with(&finder, 1, |position| {
                rows.extend(self.owner(number, position));
                ControlFlow::Continue(())
            });
        }
        rows.into_iter().map(|row| (row, self.title(row)))
    }

    /// The row that owns the text at this position, unless the text was replaced.
    fn owner(&self, block: usize, position: TextPosition) -> Option<usize> {
        let row = position.row as usize;
        let span = self.spans.get(row)?;
        span.is_at(block, position).then_some(row)
    }

    /// Bytes of text in use.
    pub fn text_bytes(&self) -> usize {
        self.blocks.iter().map(SearchBlock::text_bytes).sum()
    }

    /// A part of a row's text. `of` returns its offset and length.
    fn part(&self, row: usize, of: impl Fn(&Span) -> (u16, u16)) -> &str {
        let Some(span) = self.spans.get(row).filter(|span| span.len > 0) else {
            return "";
        };
        let (from, len) = of(span);
        let from = span.start() + usize::from(from);
        let block = self.blocks.get(span.block());
        block.map_or("", |block| block.get(from, from + usize::from(len)))
    }

    fn append(&mut self, text: &SearchText, row: usize) -> Span {
        self.append_within(u32::MAX as usize / BLOCK_BYTES, text, row)
    }

    /// Adds the text of a row. If the index is full, the row gets no text.
    fn append_within(&mut self, most_blocks: usize, text: &SearchText, row: usize) -> Span {
        // Never fails: the texts of a row are limited to far less.
        let Ok(len) = u16::try_from(text.text().len()) else {
            return Span::default();
        };
        let open = self.blocks.get(self.open);
        if !open.is_some_and(|block| block.has_room_for(text.text().len())) {
            let reused = self.blocks.iter().position(SearchBlock::is_half_empty);
            let next = reused.unwrap_or(self.blocks.len());
            if next > most_blocks {
                return Span::default();
            }
            self.open = next;
            if reused.is_none() {
                self.blocks.push(SearchBlock::default());
            }
            // A list that fits into one block should stay small.
            if self.blocks.len() > 1 {
                self.blocks[self.open].reserve();
            }
        }
        let start = self.blocks[self.open].push(text.text(), row as u32);
        Span {
            start: (self.open * BLOCK_BYTES) as u32 + start,
            len,
            title_len: text.title_len,
            external_id_len: text.external_id_len,
        }
    }

    fn compact_if_worthwhile(&mut self, number: usize) {
        let Self { spans, blocks, .. } = self;
        let Some(block) = blocks.get_mut(number) else {
            return;
        };
        if !block.is_worth_compacting() {
            return;
        }
        let mut moved = Vec::new();
        let end_of = |position: TextPosition| {
            let span = spans.get(position.row as usize)?;
            let end = position.start + u32::from(span.len);
            span.is_at(number, position).then_some(end)
        };
        block.compact(end_of, |position| moved.push(position));
        for position in moved {
            spans[position.row as usize].start = (number * BLOCK_BYTES) as u32 + position.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::business::{Business, BusinessId};

    fn named(name: &str) -> SearchText {
        SearchText::of(&Business {
            name: Some(name.into()),
            ..Business::unknown(BusinessId(Uuid::from_u128(1)))
        })
    }

    fn titles(index: &SearchIndex) -> Vec<&str> {
        (0..index.len()).map(|row| index.title(row)).collect()
    }

    #[test]
    fn a_row_beyond_the_offsets_has_no_text_and_spoils_no_other() {
        let long = "x".repeat(4_000);
        let mut index = SearchIndex::default();
        let mut push = |name: &str| {
            let span = index.append_within(0, &named(name), index.len());
            index.spans.push(span);
            span.len > 0
        };
        while push(&long) {}
        assert!(push("Zoo"), "it is short enough for the rest of the block");
        let [beyond, zoo] = [index.len() - 2, index.len() - 1];
        assert_eq!((index.row(beyond), index.external_id(beyond)), ("", ""));
        assert_eq!((index.title(0), index.title(zoo)), (&*long, "zoo"));
        let mut hits = vec![false; index.len()];
        index.mark(&Finder::new("zoo"), &mut hits);
        assert_eq!(hits.iter().position(|hit| *hit), Some(zoo));
        assert_eq!(index.first_with(&["zoo"], 9), [zoo]);
    }

    #[test]
    fn however_often_rows_change_they_are_found_and_take_no_more_memory() {
        let name = |row: usize, round: usize| format!("r{row}x{round} {}", "y".repeat(900));
        let mut index = SearchIndex::default();
        // Fills three blocks.
        let rows = 3 * BLOCK_BYTES / 920;
        for row in 0..rows {
            index.push(&named(&name(row, 0)));
        }
        for round in 1..9 {
            for row in 0..rows {
                index.replace(row, &named(&name(row, round)));
            }
        }
        let blocks = index.blocks.len();
        assert!(blocks <= 8, "{blocks} blocks for what fits in three");
        for (row, title) in titles(&index).into_iter().enumerate() {
            assert_eq!(title, name(row, 8));
        }
        let mut hits = vec![false; rows];
        index.mark(&Finder::new("x7"), &mut hits);
        assert!(!hits.contains(&true), "what was replaced is found no more");
        index.mark(&Finder::new("x8"), &mut hits);
        assert!(!hits.contains(&false));
        assert_eq!(index.first_with(&["r77x8"], 9), [77]);
    }

    #[test]
    fn a_dropped_row_is_found_no_more_and_the_others_keep_their_texts() {
        let mut index = SearchIndex::default();
        for row in 0..6 {
            index.push(&named(&format!("row {row}")));
        }
        index.replace(4, &named("changed"));
        index.renumber(&[Some(0), None, Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(
            titles(&index),
            ["row 0", "row 2", "row 3", "changed", "row 5"]
        );
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
