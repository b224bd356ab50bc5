//! Shows the truncated texts of the table row that was reached by keyboard.
//!
//! On hover, each truncated text has a tooltip of its own. The keyboard selects a whole row, so its texts are shown together.

use std::time::Duration;

use egui::{Context, Frame, Id, Popup, PopupKind, Response, Ui};

use crate::theme::{self, Type, widget_sizes};

/// How long a row must stay selected before its truncated texts are shown, as with a tooltip.
const DELAY: Duration = Duration::from_millis(500);

/// Where truncated texts are collected. Exists only while a row collects them.
fn texts_id() -> Id {
    Id::unique("texts that are cut")
}

/// Returns the texts that `add` truncates.
pub(super) fn collect(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Vec<String> {
    ui.data_mut(|data| data.insert_temp(texts_id(), Vec::<String>::new()));
    add(ui);
    ui.data_mut(|data| data.remove_temp(texts_id()))
        .unwrap_or_default()
}

/// Records that `text` was truncated.
pub(super) fn note(ui: &Ui, text: &str) {
    ui.data_mut(|data| {
        if let Some(mut texts) = data.get_temp::<Vec<String>>(texts_id()) {
            texts.push(text.to_owned());
            data.insert_temp(texts_id(), texts);
        }
    });
}

/// Where the time is kept at which the keyboard last moved to another row of the table; a click clears it.
fn moved_id(table: Id) -> Id {
    table.with("moved by keys")
}

/// Records that the selection moved, by keyboard or by pointer.
pub(super) fn moved(ctx: &Context, table: Id, by_keys: bool) {
    let now = ctx.input(|input| input.time);
    ctx.data_mut(|data| {
        if by_keys {
            data.insert_temp(moved_id(table), now);
        } else {
            data.remove_temp::<f64>(moved_id(table));
        }
    });
}

/// Shows the texts below the row, once it has stayed selected by keyboard for the delay.
pub(super) fn show(ctx: &Context, table: Id, row: &Response, texts: &[String]) {
    let Some(at) = ctx.data(|data| data.get_temp::<f64>(moved_id(table))) else {
        return;
    };
    if texts.is_empty() {
        return;
    }
    let rested = ctx.input(|input| input.time) - at;
    let left = DELAY.as_secs_f64() - rested;
    if left > 0.0 {
        ctx.request_repaint_after(Duration::from_secs_f64(left));
        return;
    }
    Popup::from_response(row)
        .id(table.with("cut"))
        .kind(PopupKind::Tooltip)
        .frame(Frame::popup(&ctx.global_style()).inner_margin(widget_sizes::TOOLTIP))
        .show(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            let color = theme::palette(ui.ctx()).text;
            for text in texts {
                ui.label(Type::Small.rich(text).color(color));
            }
        });
}
