//! A segmented control and an on/off switch.

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, height, radius, space, stroke, widget_sizes};
use crate::widgets::buttons::radio_group::RadioGroup;
use crate::widgets::focus::offer_focus;
use crate::widgets::paint;

/// The width of [`segments`] with these labels, in px.
#[must_use]
pub fn segments_width(ui: &Ui, labels: &[&str]) -> f32 {
    labels.iter().map(|label| segment_width(ui, label)).sum()
}

/// Sized for the bold style, so that selecting a segment does not move its neighbours.
fn segment_width(ui: &Ui, label: &str) -> f32 {
    let galley = paint::whole_line(ui, label, Type::BodyStrong, Color32::PLACEHOLDER);
    (galley.size().x + 2.0 * space::M).ceil()
}

/// A segmented control, 32 px high. Returns the segment that was clicked or reached with the arrow keys. `name` says what is being
/// chosen: screen readers say "name: label".
pub fn segments(
    ui: &mut Ui,
    name: &str,
    selected: Option<usize>,
    labels: &[&str],
) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let size = vec2(segments_width(ui, labels), height::NORMAL);
    let (_, whole) = ui.allocate_space(size);
    paint::boxed(ui, whole, radius::CONTROL, p.field, p.control);
    let mut group = RadioGroup::new(selected);
    let mut left = whole.left();
    let (mut chosen, mut focused) = (None, None);
    for (index, label) in labels.iter().enumerate() {
        let on = selected == Some(index);
        let size = vec2(segment_width(ui, label), height::NORMAL);
        let rect = Rect::from_min_size(Pos2::new(left, whole.top()), size);
        left = rect.right();
        let id = ui.scope_id().with((name, index));
        let response = ui.interact(rect, id, group.sense());
        let spoken = format!("{name}: {label}");
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, &spoken));
        let (style, color) = match (on, response.hovered()) {
            (true, _) => (Type::BodyStrong, p.strong),
            (false, true) => (Type::Body, p.strong),
            (false, false) => (Type::Body, p.text),
        };
        if on {
            paint::boxed(ui, rect, radius::CONTROL, p.selected, p.focus);
            chosen = Some(index);
        } else if response.hovered() {
            ui.painter()
                .rect_filled(rect.shrink(stroke::EDGE), radius::CONTROL, p.lit());
        }
        if index > 0 && !on && chosen != Some(index - 1) {
            let line = rect.with_max_x(rect.left() + stroke::EDGE);
            ui.painter()
                .rect_filled(line.shrink2(vec2(0.0, space::S)), 0, p.line2);
        }
        let galley = paint::whole_line(ui, label, style, color);
        let start = rect.center().x - galley.size().x / 2.0;
        paint::put_line(ui, galley, start, rect.center().y);
        if response.has_focus() {
            focused = Some(rect);
        }
        if on {
            // The first control of a page gets the initial focus.
            offer_focus(&response);
        }
        group.add(&response);
    }
    // Painted last, above the neighbouring segments.
    if let Some(rect) = focused {
        paint::focus_ring(ui, rect, radius::CONTROL);
    }
    group.chosen(ui)
}

/// A switch. When on, its knob is on the right and its background is filled.
pub fn toggle(ui: &mut Ui, name: &str, on: bool) -> Response {
    let p = theme::palette(ui.ctx());
    let size = vec2(widget_sizes::TOGGLE_WIDTH, height::PILL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    let (fill, edge, knob) = match (on, response.hovered()) {
        (true, false) => (p.accent, p.accent, p.on_accent),
        (true, true) => (p.accent_hover, p.accent_hover, p.on_accent),
        (false, false) => (p.field, p.control, p.control),
        (false, true) => (p.field.blend(p.lit()), p.control, p.strong),
    };
    paint::boxed(ui, rect, radius::PILL, fill, edge);
    let inset = height::PILL / 2.0;
    let x = if on {
        rect.right() - inset
    } else {
        rect.left() + inset
    };
    let center = Pos2::new(x, rect.center().y);
    ui.painter()
        .circle_filled(center, widget_sizes::TOGGLE_KNOB / 2.0, knob);
    if response.has_focus() {
        paint::focus_ring(ui, rect, radius::PILL);
    }
    response
}
