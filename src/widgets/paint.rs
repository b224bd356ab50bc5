//! Shared drawing helpers: single lines of text, borders, focus rings, tooltips.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Color32, Context, CornerRadius, Frame, Galley, Id, Painter, Popup, PopupKind, Pos2, Rect,
    Response, Sense, Shape, Stroke, StrokeKind, TextFormat, Tooltip, Ui, style::ScrollAnimation,
};

use crate::theme::{self, Type, space, stroke, widget_sizes};
use crate::widgets::missing_glyphs::drawable;

/// How a button reacts. A disabled one can be focused, so that its tooltip says why.
pub(super) fn click_sense(enabled: bool) -> Sense {
    if enabled {
        Sense::click()
    } else {
        Sense::focusable_noninteractive()
    }
}

/// Tells screen readers where a node is that egui does not place.
pub(super) fn place_node(ctx: &Context, id: Id, rect: Rect) {
    ctx.accesskit_node_builder(id, |node| {
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
    });
}

/// One line of text, truncated with an ellipsis at `max_width` px.
pub(super) fn line(
    ui: &Ui,
    text: &str,
    style: Type,
    color: Color32,
    max_width: f32,
) -> Arc<Galley> {
    let text = drawable(ui.ctx(), style, text).into_owned();
    let mut job = LayoutJob::simple_format(text, style.format(color));
    job.wrap = TextWrapping::truncate_at_width(max_width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// One line of text without a width limit.
pub(super) fn whole_line(ui: &Ui, text: &str, style: Type, color: Color32) -> Arc<Galley> {
    line(ui, text, style, color, f32::INFINITY)
}

/// Appends text in two formats: the second one for the characters at the indices in `letters`, which must be sorted. Empty text adds no
/// space.
pub(super) fn append_marked(
    job: &mut LayoutJob,
    mut leading_space: f32,
    text: &str,
    letters: &[u32],
    (plain, marked): &(TextFormat, TextFormat),
) {
    let mut append = |text: &str, is_marked: bool| {
        if !text.is_empty() {
            let format = if is_marked { marked } else { plain };
            job.append(text, std::mem::take(&mut leading_space), format.clone());
        }
    };
    let mut run = (0, false);
    for (at, (byte, _)) in (0..).zip(text.char_indices()) {
        let is_marked = letters.binary_search(&at).is_ok();
        if is_marked != run.1 {
            append(&text[run.0..byte], run.1);
            run = (byte, is_marked);
        }
    }
    append(&text[run.0..], run.1);
}

/// The text in two formats, as in [`append_marked`].
pub(super) fn marked_job(
    text: &str,
    letters: &[u32],
    formats: &(TextFormat, TextFormat),
) -> LayoutJob {
    let mut job = LayoutJob::default();
    append_marked(&mut job, 0.0, text, letters, formats);
    job
}

/// Paints a laid-out line with its left end at `left`, vertically centred at `mid_y`. Returns its right end.
pub(super) fn put_line(ui: &Ui, galley: Arc<Galley>, left: f32, mid_y: f32) -> f32 {
    let size = galley.size();
    let pos = Pos2::new(left, mid_y - size.y / 2.0);
    ui.painter().galley(pos, galley, Color32::PLACEHOLDER);
    left + size.x
}

/// A filled rectangle with a 1 px border inside it.
pub(super) fn boxed(ui: &Ui, rect: Rect, radius: u8, fill: Color32, edge: Color32) {
    ui.painter().add(boxed_shape(rect, radius, fill, edge));
}

/// The shape of [`boxed`], for a shape index that was reserved earlier.
pub(super) fn boxed_shape(rect: Rect, radius: u8, fill: Color32, edge: Color32) -> Shape {
    egui::epaint::RectShape::new(
        rect,
        CornerRadius::same(radius),
        fill,
        Stroke::new(stroke::EDGE, edge),
        StrokeKind::Inside,
    )
    .into()
}

/// The focus ring around a control. Scrolls to the control if it has just received the focus.
pub(super) fn focus_ring(ui: &Ui, rect: Rect, radius: u8) {
    reveal(ui, rect, false);
    ring_around(ui, rect, radius);
}

/// Scrolls to the focused control when the focus has just moved there, which neither Tab nor a focus move does by itself. Also scrolls when
/// a message has appeared below a field.
pub(super) fn reveal(ui: &Ui, rect: Rect, has_message: bool) {
    let frame = ui.ctx().cumulative_frame_nr();
    let now = (ui.memory(|memory| memory.focused()), has_message, frame);
    let place = Id::unique("revealed");
    let last = ui.data(|data| data.get_temp::<(Option<Id>, bool, u64)>(place));
    ui.data_mut(|data| data.insert_temp(place, now));
    let is_known = |last: (Option<Id>, bool, u64)| {
        (last.0, last.1) == (now.0, now.1) && last.2.saturating_add(1) >= frame
    };
    if !last.is_some_and(is_known) {
        let around = rect.expand2(egui::vec2(0.0, space::S));
        ui.scroll_to_rect_animation(around, None, ScrollAnimation::none());
    }
}

/// The focus ring without scrolling. It lies outside the control and may exceed the clip rectangle horizontally by its own width, but not
/// vertically, where scrolling content ends at a line.
pub(super) fn ring_around(ui: &Ui, rect: Rect, radius: u8) {
    let out = stroke::FOCUS_GAP + stroke::BAR;
    let radius = radius.saturating_add(3);
    clipped_to(ui, ui.clip_rect().expand2(egui::vec2(out, 0.0))).rect_stroke(
        rect.expand(out),
        CornerRadius::same(radius),
        Stroke::new(stroke::BAR, theme::palette(ui.ctx()).focus),
        StrokeKind::Inside,
    );
}

/// A painter with the clip rectangle `clip`, which may be larger than that of `ui`.
pub(super) fn clipped_to(ui: &Ui, clip: Rect) -> Painter {
    let mut painter = ui.painter().clone();
    painter.set_clip_rect(clip);
    painter
}

/// The focus ring of a row, drawn inside it.
pub(super) fn focus_ring_inside(ui: &Ui, rect: Rect, radius: u8) {
    reveal(ui, rect, false);
    ui.painter().rect_stroke(
        rect,
        CornerRadius::same(radius),
        Stroke::new(stroke::BAR, theme::palette(ui.ctx()).focus),
        StrokeKind::Inside,
    );
}

/// Shows `text` after a delay on hover, and immediately on keyboard focus.
pub(super) fn tooltip(response: &Response, text: &str) {
    let show = |ui: &mut Ui| {
        ui.set_max_width(ui.spacing().tooltip_width);
        let color = theme::palette(ui.ctx()).text;
        ui.label(Type::Small.rich(text).color(color));
    };
    let frame = Frame::popup(&response.ctx.global_style()).inner_margin(widget_sizes::TOOLTIP);
    if response.has_focus() && !response.hovered() {
        // A menu of the same button is also a popup and uses the default id.
        Popup::from_response(response)
            .id(response.id.with("tip"))
            .kind(PopupKind::Tooltip)
            .frame(frame)
            .show(show);
    } else {
        let mut tooltip = Tooltip::for_enabled(response);
        tooltip.popup = tooltip.popup.frame(frame);
        tooltip.show(show);
    }
    response.ctx.accesskit_node_builder(response.id, |node| {
        if node.description().is_none() && node.label() != Some(text) {
            node.set_description(text);
        }
    });
}

/// A circle outline, `width` px thick, that ends at `radius`. (egui draws circle strokes outside the radius.)
pub(super) fn circle_edge(ui: &Ui, center: Pos2, radius: f32, width: f32, color: Color32) {
    ui.painter()
        .circle_stroke(center, radius - width, Stroke::new(width, color));
}

/// A 1 px divider along the bottom of `rect`, inside it.
pub(super) fn bottom_line(ui: &Ui, rect: Rect, color: Color32) {
    let line = Rect::from_min_max(
        Pos2::new(rect.left(), rect.bottom() - stroke::EDGE),
        rect.max,
    );
    ui.painter().rect_filled(line, CornerRadius::ZERO, color);
}
