//! Text links.

use egui::{CursorIcon, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, radius, stroke};
use crate::widgets::paint;

/// A small link, such as "Change" or "Details".
pub fn link(ui: &mut Ui, text: &str) -> Response {
    link_styled(ui, text, Type::SmallStrong)
}

/// A link in text of another style.
pub fn link_styled(ui: &mut Ui, text: &str, style: Type) -> Response {
    let response = drawn(ui, text, style, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    response
}

/// A link at the end of a table row, for the pointer only. Enter on the row does the same, and a Tab stop in every row would stand between
/// the table and what follows it.
pub fn row_link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = drawn(ui, text, Type::SmallStrong, Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), name));
    response
}

fn drawn(ui: &mut Ui, text: &str, style: Type, sense: Sense) -> Response {
    let p = theme::palette(ui.ctx());
    let galley = paint::whole_line(ui, text, style, p.link);
    let size = vec2(galley.size().x, style.line_height());
    let (rect, response) = ui.allocate_exact_size(size, sense);
    if ui.is_rect_visible(rect) {
        paint::put_line(ui, galley, rect.left(), rect.center().y);
        if response.hovered() {
            let under = rect.bottom() - stroke::EDGE;
            ui.painter()
                .hline(rect.x_range(), under, Stroke::new(stroke::EDGE, p.link));
        }
        if response.has_focus() {
            paint::focus_ring(ui, rect, radius::SMALL);
        }
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
