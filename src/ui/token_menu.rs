//! The menu of token formats.

use egui::Ui;

use crate::domain::token::TokenFormat;
use crate::widgets::{Row, pick_from};

/// A row for each format. Returns the one that was chosen.
pub(super) fn rows(ui: &mut Ui, current: TokenFormat) -> Option<TokenFormat> {
    pick_from(ui, TokenFormat::ALL, |ui, format| {
        let row = Row::item(format.name()).hint_mono(format.sample());
        row.ticked(*format == current).show(ui)
    })
}
