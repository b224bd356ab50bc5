//! A segmented control and an on/off switch.

use egui::{Align2, Atom, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::theme::{self, Type, height, radius, space, stroke, widget_sizes};
use crate::widgets::buttons::choice::as_wide_as_bold;
use crate::widgets::control::{Control, Skin};
use crate::widgets::focus::offer_focus;
use crate::widgets::paint;
use crate::widgets::roving::RovingFocus;

/// The width of [`segments`] with these labels, in px.
#[must_use]
pub fn segments_width(ui: &Ui, labels: &[&str]) -> f32 {
    labels.iter().map(|label| segment_width(ui, label)).sum()
}

fn segment_width(ui: &Ui, label: &str) -> f32 {
    segment(ui, Type::Body, label).wanted_width(ui)
}

fn segment(ui: &Ui, style: Type, label: &str) -> Control<'static> {
    let edged = space::M - stroke::EDGE;
    Control::new(as_wide_as_bold(ui, style, label), height::NORMAL)
        .padding(edged, edged)
        .bordered()
        .centered()
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
    let mut group = RovingFocus::new(selected);
    let mut left = whole.left();
    for (index, label) in labels.iter().enumerate() {
        let on = selected == Some(index);
        let size = vec2(segment_width(ui, label), height::NORMAL);
        let rect = Rect::from_min_size(Pos2::new(left, whole.top()), size);
        left = rect.right();
        if index > 0 && !on && selected != Some(index - 1) {
            let line = rect.with_max_x(rect.left() + stroke::EDGE);
            ui.painter()
                .rect_filled(line.shrink2(vec2(0.0, space::S)), 0, p.line2);
        }
        let id = ui.scope_id().with((name, index));
        let style = if on { Type::BodyStrong } else { Type::Body };
        let control = segment(ui, style, label);
        let response = control.show_at(ui, rect, id, group.sense(), |response| {
            match (on, response.hovered()) {
                (true, _) => Skin {
                    fill: p.selected,
                    edge: p.focus,
                    text: p.strong,
                },
                (false, true) => Skin::highlight(p),
                (false, false) => Skin::text(p.text),
            }
        });
        let spoken = format!("{name}: {label}");
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, &spoken));
        if on {
            // The first control of a page gets the initial focus.
            offer_focus(&response);
        }
        group.add(&response);
    }
    group.chosen(ui)
}

/// A switch. When on, its knob is on the right and its background is filled.
pub fn toggle(ui: &mut Ui, name: &str, on: bool) -> Response {
    let p = theme::palette(ui.ctx());
    let knob = Atom::paint(Vec2::splat(widget_sizes::TOGGLE_KNOB), |ui, args| {
        let (center, color) = (args.rect.center(), args.fallback_text_color);
        ui.painter()
            .circle_filled(center, widget_sizes::TOGGLE_KNOB / 2.0, color);
    });
    let side = if on {
        Align2::RIGHT_CENTER
    } else {
        Align2::LEFT_CENTER
    };
    let padding = (height::PILL - widget_sizes::TOGGLE_KNOB) / 2.0 - stroke::EDGE;
    let control = Control::new(knob, height::PILL)
        .width(widget_sizes::TOGGLE_WIDTH)
        .padding(padding, padding)
        .bordered()
        .corners(radius::PILL)
        .align(side);
    let response = control.show(ui, Sense::click(), |response| {
        let (fill, edge, text) = match (on, response.hovered()) {
            (true, false) => (p.accent, p.accent, p.on_accent),
            (true, true) => (p.accent_hover, p.accent_hover, p.on_accent),
            (false, false) => (p.field, p.control, p.control),
            (false, true) => (p.field.blend(p.highlight()), p.control, p.strong),
        };
        Skin { fill, edge, text }
    });
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), on, name));
    response
}
