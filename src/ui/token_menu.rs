//! The menu of token formats.

use egui::Ui;

use crate::domain::token::TokenFormat;
use crate::widgets::Row;

/// A row for each format. Returns the one that was chosen.
pub(super) fn rows(ui: &mut Ui, current: TokenFormat) -> Option<TokenFormat> {
    let mut picked = None;
    for format in TokenFormat::ALL {
        let row = Row::item(format.name())
            .hint_mono(format.sample())
            .ticked(format == current);
        if row.show(ui).clicked() {
            picked = Some(format);
        }
    }
    picked
}
