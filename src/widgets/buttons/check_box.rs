//! A check box.

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, height, size::icon, widget_sizes};
use crate::widgets::paint;

/// A check box without a visible label; the caller draws one beside it. `name` is for screen readers.
pub fn check_box(ui: &mut Ui, is_ticked: bool, name: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let size = vec2(icon::TARGET, height::NORMAL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), is_ticked, name));
    let square = Rect::from_center_size(
        Pos2::new(rect.left() + widget_sizes::RADIO / 2.0, rect.center().y),
        vec2(widget_sizes::RADIO, widget_sizes::RADIO),
    );
    let (fill, edge) = match (is_ticked, response.hovered()) {
        (true, false) => (p.accent, p.accent),
        (true, true) => (p.accent_hover, p.accent_hover),
        (false, false) => (Color32::TRANSPARENT, p.control),
        (false, true) => (p.highlight(), p.strong),
    };
    paint::boxed(ui, square, widget_sizes::CHECK_RADIUS, fill, edge);
    if is_ticked {
        Icon::Check.paint(ui, square.center(), icon::TINY, p.on_accent);
    }
    if response.has_focus() {
        paint::focus_ring(ui, square, widget_sizes::CHECK_RADIUS);
    }
    response
}
