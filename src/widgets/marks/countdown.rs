//! How much time is left, as a ring or a pill.

use std::f32::consts::TAU;

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use crate::theme::{
    self, CountdownPhase, Icon, Type, height, radius, size::icon, space, widget_sizes,
};
use crate::widgets::paint;

/// A ring of this diameter and stroke, in px, that shows `left` (0 to 1), clockwise from the top, or a dashed circle when expired. Screen readers
/// skip it, because the remaining time is next to it.
pub fn ring(ui: &mut Ui, size: (f32, f32), phase: CountdownPhase, left: f32) -> Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size.0), Sense::hover());
    if ui.is_rect_visible(rect) {
        if phase == CountdownPhase::Over {
            Icon::Expired.paint(ui, rect.center(), size.0, p.muted);
        } else {
            let front = p.countdown_ring(phase);
            paint_ring(ui, rect.center(), size, left, p.ring, front);
        }
    }
    response
}

/// Minimum fraction of the ring that is drawn.
const MIN: f32 = 0.04;

fn paint_ring(
    ui: &Ui,
    center: Pos2,
    (diameter, width): (f32, f32),
    left: f32,
    back: Color32,
    front: Color32,
) {
    let around = (diameter - width) / 2.0;
    paint::circle_edge(ui, center, diameter / 2.0, width, back);
    let left = left.clamp(MIN, 1.0);
    // About one point per two pixels of the arc.
    let steps = ((TAU * around * left / 2.0).ceil()).max(2.0);
    let points = (0..=steps as usize)
        .map(|step| {
            let angle = TAU * (left * step as f32 / steps - 0.25);
            center + around * vec2(angle.cos(), angle.sin())
        })
        .collect();
    ui.painter()
        .add(Shape::line(points, Stroke::new(width, front)));
}

/// A pill with a ring and text ("42 min"), `left` from 0 to 1. Outline, amber tint, solid red and a dashed circle tell the phases apart
/// without relying on colour. `name` is for screen readers ("Token, 42 minutes left").
pub fn pill(ui: &mut Ui, phase: CountdownPhase, text: &str, left: f32, name: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let (fill, edge, word, ring_back) = match phase {
        CountdownPhase::Calm => (Color32::TRANSPARENT, p.pill_edge, p.text, p.ring),
        CountdownPhase::Warning => (p.warn_tint, p.warn_line, p.warn, p.ring_on_warn),
        CountdownPhase::Urgent => (p.danger_fill, p.danger_fill, p.on_danger, p.ring_on_danger),
        CountdownPhase::Over => (
            Color32::TRANSPARENT,
            Color32::TRANSPARENT,
            p.muted,
            Color32::TRANSPARENT,
        ),
    };
    let galley = paint::whole_line(ui, text, Type::SmallStrong, word);
    let before = widget_sizes::PILL_LEFT + icon::TINY + space::XS;
    let width = (before + galley.size().x + widget_sizes::PILL_RIGHT).ceil();
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::PILL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    if ui.is_rect_visible(rect) {
        let rect = snapped(ui, rect);
        paint::boxed(ui, rect, radius::PILL, fill, edge);
        let mid_y = rect.center().y;
        let center = Pos2::new(
            rect.left() + widget_sizes::PILL_LEFT + icon::TINY / 2.0,
            mid_y,
        );
        if phase == CountdownPhase::Over {
            Icon::Expired.paint(ui, center, icon::TINY, word);
        } else {
            paint_ring(ui, center, widget_sizes::RING_PILL, left, ring_back, word);
        }
        paint::put_line(ui, galley, rect.left() + before, mid_y);
    }
    response
}

/// Snapped to whole pixels, so that 1 px borders stay sharp.
fn snapped(ui: &Ui, rect: Rect) -> Rect {
    use egui::emath::GuiRounding as _;
    rect.round_to_pixels(ui.pixels_per_point())
}
