//! A vertical list of steps, joined by a line.

use egui::{Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, size::icon, space, stroke, widget_sizes};
use crate::widgets::paint;

/// Shows steps from top to bottom, each with its name and a grey line below. The first `done` are completed; the next
/// one is in progress if `is_started`.
pub fn step_column(ui: &mut Ui, steps: &[(&str, String)], done: usize, is_started: bool) {
    let p = theme::palette(ui.ctx());
    for (index, (title, note)) in steps.iter().enumerate() {
        let size = vec2(ui.available_width(), widget_sizes::STEP);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let is_done = index < done;
        let is_current = is_started && index == done;
        let (state, style, color) = match (is_done, is_current) {
            (true, _) => ("done", Type::Body, p.text),
            (false, true) => ("current", Type::BodySemi, p.strong),
            (false, false) => ("to do", Type::Body, p.muted),
        };
        let spoken = format!(
            "Step {} of {}, {state}: {title}. {note}",
            index + 1,
            steps.len()
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let radius = widget_sizes::STEP_CIRCLE / 2.0;
        let center = Pos2::new(rect.left() + radius, rect.top() + radius);
        if index + 1 < steps.len() {
            let line = Rect::from_min_max(
                Pos2::new(center.x - stroke::EDGE / 2.0, center.y + radius),
                Pos2::new(center.x + stroke::EDGE / 2.0, rect.bottom()),
            );
            ui.painter().rect_filled(line, 0, p.line2);
        }
        let number = (index + 1).to_string();
        if is_done {
            ui.painter().circle_filled(center, radius, p.selected);
            Icon::Check.paint(ui, center, icon::NORMAL, p.link);
        } else if is_current {
            ui.painter().circle_filled(center, radius, p.accent);
            put_number(ui, center, &number, p.on_accent);
        } else {
            ui.painter().circle_stroke(
                center,
                radius - stroke::EDGE / 2.0,
                Stroke::new(stroke::EDGE, p.control),
            );
            put_number(ui, center, &number, p.muted);
        }
        let left = rect.left() + widget_sizes::STEP_CIRCLE + space::M;
        let room = rect.right() - left;
        let title = paint::line(ui, title, style, color, room);
        paint::put_line(ui, title, left, center.y);
        let note = paint::line(ui, note, Type::Small, p.muted, room);
        let note_y = center.y + (Type::Body.line_height() + Type::Small.line_height()) / 2.0 + 2.0;
        paint::put_line(ui, note, left, note_y);
    }
}

fn put_number(ui: &Ui, center: Pos2, number: &str, color: egui::Color32) {
    let galley = paint::whole_line(ui, number, Type::SmallSemi, color);
    let left = center.x - galley.size().x / 2.0;
    paint::put_line(ui, galley, left, center.y);
}
