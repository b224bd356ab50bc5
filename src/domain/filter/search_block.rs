//! A part of the search index, so that no change of it takes longer than copying so much text.

use std::ops::ControlFlow;

use memchr::memmem::Finder;

use super::search_text::SEPARATOR;

/// Bytes of text in a block.
pub(super) const BLOCK_BYTES: usize = 1 << 20;

/// Texts of rows, one behind the other, those of replaced rows among them until the block is compacted. It begins with a
/// separator, as every text ends with one.
#[derive(Debug, Default)]
pub(super) struct SearchBlock {
    text: String,
    /// Where each text begins and whose it is, in the order of `text`.
    places: Vec<TextPosition>,
    /// Bytes of texts that belong to no row any more.
    abandoned: usize,
}

/// Where a text begins in its block, and the number of its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextPosition {
    pub(super) start: u32,
    pub(super) row: u32,
}

impl SearchBlock {
    /// Bytes of texts of rows.
    pub(super) fn text_bytes(&self) -> usize {
        self.text.len().saturating_sub(self.abandoned + 1)
    }

    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        self.text.len() + bytes < BLOCK_BYTES
    }

    /// Whether so much of it is free that texts may go on being added here.
    pub(super) fn is_half_empty(&self) -> bool {
        self.text.len() < BLOCK_BYTES / 2
    }

    pub(super) fn get(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Adds a text and returns where it begins.
    pub(super) fn push(&mut self, text: &str, row: u32) -> u32 {
        if self.text.is_empty() {
            self.text.push(SEPARATOR);
        }
        // Less than the bytes of a block.
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.places.push(TextPosition { start, row });
        start
    }

    /// Takes memory for a whole block, so that growing copies nothing.
    pub(super) fn reserve(&mut self) {
        self.text.reserve_exact(BLOCK_BYTES - self.text.len());
    }

    /// A text of so many bytes belongs to no row any more.
    pub(super) fn abandon(&mut self, bytes: usize) {
        self.abandoned += bytes;
    }

    /// Gives every text the new number of its row.
    pub(super) fn renumber(&mut self, new_of: impl Fn(u32) -> u32) {
        for place in &mut self.places {
            place.row = new_of(place.row);
        }
    }

    /// Calls `found` with the place of each text that has the word, until that breaks off. `before` is by how many bytes
    /// the word begins before what it is about.
    pub(super) fn places_with(
        &self,
        word: &Finder<'_>,
        before: usize,
        mut found: impl FnMut(TextPosition) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let text = self.text.as_bytes();
        let mut from = 0;
        let mut next = 0;
        while let Some(at) = text.get(from..).and_then(|rest| word.find(rest)) {
            let at = from + at + before;
            // Matches come in the order of the text, so the place only moves on.
            let is_passed = |place: &TextPosition| place.start as usize <= at;
            while self.places.get(next).is_some_and(is_passed) {
                next += 1;
            }
            if let Some(place) = next.checked_sub(1).and_then(|at| self.places.get(at)) {
                found(*place)?;
            }
            // One match is enough: on to the next text.
            match self.places.get(next) {
                Some(place) => from = place.start as usize - before,
                None => break,
            }
        }
        ControlFlow::Continue(())
    }

    /// Whether half of it is unused, so that a change costs a few bytes on average however often there is one.
    pub(super) fn is_worth_compacting(&self) -> bool {
        self.abandoned > self.text.len() / 2
    }

    /// Drops what belongs to no row. `end_of` tells where the text at a place ends, if it still belongs to its row;
    /// `moved` is told where each now begins.
    pub(super) fn compact(
        &mut self,
        end_of: impl Fn(TextPosition) -> Option<u32>,
        mut moved: impl FnMut(TextPosition),
    ) {
        let mut new = Self::default();
        if self.text_bytes() > 0 {
            new.text.reserve_exact(self.text_bytes() + 1);
        }
        for place in &self.places {
            if let Some(end) = end_of(*place) {
                let text = self.get(place.start as usize, end as usize);
                let start = new.push(text, place.row);
                moved(TextPosition { start, ..*place });
            }
        }
        *self = new;
    }
}
