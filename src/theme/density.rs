//! Row density: one setting for the whole window.

use egui::{Context, Id};

use super::size::row;
use crate::domain::settings::Density;

/// Row heights at the current density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowHeights {
    /// A row of a table.
    pub table: f32,
    /// A row of the token list, with its two lines.
    pub token: f32,
    /// A key-value row.
    pub key_value: f32,
}

const COMFORTABLE: RowHeights = RowHeights {
    table: row::COMFORTABLE,
    token: row::TOKEN,
    key_value: row::KEY_VALUE,
};

const COMPACT: RowHeights = RowHeights {
    table: row::COMPACT,
    token: row::TOKEN_COMPACT,
    key_value: row::KEY_VALUE_COMPACT,
};

/// Changes the density, starting with the next row drawn.
pub fn set_density(ctx: &Context, density: Density) {
    let former: Option<Density> = ctx.data(|data| data.get_temp(density_id()));
    if former != Some(density) {
        ctx.data_mut(|data| data.insert_temp(density_id(), density));
        ctx.request_repaint();
    }
}

/// The row heights at the current density.
#[must_use]
pub fn rows(ctx: &Context) -> RowHeights {
    match ctx.data(|data| data.get_temp(density_id())) {
        Some(Density::Compact) => COMPACT,
        Some(Density::Comfortable) | None => COMFORTABLE,
    }
}

fn density_id() -> Id {
    Id::unique("theme-density")
}
