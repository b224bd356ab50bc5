//! Text links.

use egui::{CursorIcon, Response, Role, Sense, Stroke, Ui, WidgetInfo};

use crate::theme::{self, Type, radius, stroke};
use crate::widgets::control::{self, Control, Skin};

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
    let control = Control::new(control::text(ui, style, text), style.line_height());
    let response = control
        .corners(radius::SMALL)
        .show(ui, sense, |_| Skin::text(p.link));
    if response.hovered() {
        let under = response.rect.bottom() - stroke::EDGE;
        let line = Stroke::new(stroke::EDGE, p.link);
        ui.painter().hline(response.rect.x_range(), under, line);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
