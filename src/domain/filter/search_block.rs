//! A block of the search index. Blocks limit the cost of a change to copying one block.

use std::ops::ControlFlow;

use memchr::memmem::Finder;

use super::search_text::SEPARATOR;

/// Capacity of a block, bytes.
pub(super) const BLOCK_BYTES: usize = 1 << 20;

/// The texts of rows, one after another. Texts of replaced rows stay until the block is compacted. The block begins
/// with a separator, because each text ends with one.
#[derive(Debug, Default)]
pub(super) struct SearchBlock {
    text: String,
    /// Start and row of each text, in the order of `text`.
    positions: Vec<TextPosition>,
    /// Bytes of texts that no longer belong to a row.
    abandoned: usize,
}

/// Where a text begins in its block, and the number of its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextPosition {
    pub(super) start: u32,
    pub(super) row: u32,
}

impl SearchBlock {
    /// Bytes of the texts that belong to a row.
    pub(super) fn text_bytes(&self) -> usize {
        self.text.len().saturating_sub(self.abandoned + 1)
    }

    pub(super) fn has_room_for(&self, bytes: usize) -> bool {
        self.text.len() + bytes < BLOCK_BYTES
    }

    /// Whether enough of it is free to add texts here again.
    pub(super) fn is_half_empty(&self) -> bool {
        self.text.len() < BLOCK_BYTES / 2
    }

    pub(super) fn get(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Adds a text. Returns its offset.
    pub(super) fn push(&mut self, text: &str, row: u32) -> u32 {
        if self.text.is_empty() {
            self.text.push(SEPARATOR);
        }
        // Always below the capacity of a block.
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.positions.push(TextPosition { start, row });
        start
    }

    /// Allocates a whole block, so that growing copies nothing.
    pub(super) fn reserve(&mut self) {
        self.text.reserve_exact(BLOCK_BYTES - self.text.len());
    }

    /// Marks the bytes of a text as no longer in use.
    pub(super) fn abandon(&mut self, bytes: usize) {
        self.abandoned += bytes;
    }

    /// Gives each text the new number of its row.
    pub(super) fn renumber(&mut self, new_of: impl Fn(u32) -> u32) {
        for position in &mut self.positions {
            position.row = new_of(position.row);
        }
    }

    /// Calls `found` for each text that contains the word, until `found` breaks. `before` is how many bytes of the word
    /// precede the text that it is meant to match.
    pub(super) fn positions_with(
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
            // Matches are found in text order, so the position only advances.
            let is_passed = |position: &TextPosition| position.start as usize <= at;
            while self.positions.get(next).is_some_and(is_passed) {
                next += 1;
            }
            if let Some(position) = next.checked_sub(1).and_then(|at| self.positions.get(at)) {
                found(*position)?;
            }
            // One match per text is enough.
            match self.positions.get(next) {
                Some(position) => from = position.start as usize - before,
                None => break,
            }
        }
        ControlFlow::Continue(())
    }

    /// Whether more than half of it is unused. Compacting only then costs few bytes per change on average.
    pub(super) fn is_worth_compacting(&self) -> bool {
        self.abandoned > self.text.len() / 2
    }

    /// Removes texts that belong to no row. `end_of` returns where the text at a position ends, if it still belongs to
    /// its row. `moved` receives each new position.
    pub(super) fn compact(
        &mut self,
        end_of: impl Fn(TextPosition) -> Option<u32>,
        mut moved: impl FnMut(TextPosition),
    ) {
        let mut new = Self::default();
        if self.text_bytes() > 0 {
            new.text.reserve_exact(self.text_bytes() + 1);
        }
        for position in &self.positions {
            if let Some(end) = end_of(*position) {
                let text = self.get(position.start as usize, end as usize);
                let start = new.push(text, position.row);
                moved(TextPosition { start, ..*position });
            }
        }
        *self = new;
    }
}
