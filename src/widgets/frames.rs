//! Frames with a background and a border.

use egui::{Context, Frame, InnerResponse, Margin, Stroke, Ui};

use crate::theme::{self, Palette, radius, stroke, widget_sizes};

fn edged(p: &Palette) -> Frame {
    Frame::NONE.stroke(Stroke::new(stroke::EDGE, p.line2))
}

/// A card on a page, for content that belongs together. It is as wide as its place.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    card_in(ui, Margin::same(widget_sizes::CARD_PADDING), add)
}

/// A card with another inner margin.
pub fn card_in<R>(ui: &mut Ui, inner: Margin, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = theme::palette(ui.ctx());
    let frame = edged(p).fill(p.card).corner_radius(radius::CARD);
    frame.inner_margin(inner).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        add(ui)
    })
}

/// The card of the sign-in page, larger and with a shadow.
pub fn floating_card_frame(ctx: &Context) -> Frame {
    let p = theme::palette(ctx);
    edged(p)
        .fill(p.overlay)
        .corner_radius(radius::DIALOG)
        .inner_margin(Margin::same(widget_sizes::FLOATING_PADDING))
        .shadow(p.shadow_float)
}

/// A dialog or the command palette, without padding.
pub(super) fn dialog_frame(p: &Palette) -> Frame {
    edged(p)
        .fill(p.overlay)
        .corner_radius(radius::DIALOG)
        .shadow(p.shadow_dialog)
}

/// A toast.
pub(super) fn toast_frame(p: &Palette) -> Frame {
    edged(p)
        .fill(p.overlay)
        .corner_radius(radius::CARD)
        .shadow(p.shadow_float)
        .inner_margin(Margin {
            left: widget_sizes::CARD_PADDING,
            ..Margin::same(widget_sizes::TOAST_PADDING)
        })
}
