//! Frames with a background and a border.

use egui::{Context, Frame, Margin, Stroke};

use crate::theme::{self, Palette, radius, stroke, widget_sizes};

fn edged(p: &Palette) -> Frame {
    Frame::NONE.stroke(Stroke::new(stroke::EDGE, p.line2))
}

/// A card on a page, for content that belongs together.
pub fn card_frame(ctx: &Context) -> Frame {
    let p = theme::palette(ctx);
    edged(p)
        .fill(p.card)
        .corner_radius(radius::CARD)
        .inner_margin(Margin::same(widget_sizes::CARD_PADDING))
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
