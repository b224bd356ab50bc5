//! The selection inside a text field.

use std::ops::Range;

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Context, Id};

/// Selects the characters `range` in the text field. An empty range puts the cursor there.
pub fn select_text(ctx: &Context, field: Id, range: Range<usize>) {
    let mut state = TextEditState::load(ctx, field).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end));
    state.cursor.set_char_range(Some(range));
    state.store(ctx, field);
}
