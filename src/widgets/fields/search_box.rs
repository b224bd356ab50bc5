//! The box in the band that opens the command palette.

use egui::{Color32, Pos2, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{HueColors, Icon, Type, height, radius, size::icon, space, widget_sizes};
use crate::widgets::paint;

/// A button that looks like a field: magnifier, text, and the shortcut at the right end. `name` is for screen readers.
pub fn search_box(
    ui: &mut Ui,
    width: f32,
    colors: &HueColors,
    name: &str,
    words: &str,
    key: &str,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, height::SMALL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(egui::accesskit::HasPopup::Dialog);
        node.set_keyboard_shortcut(key);
    });
    let lit = response.hovered();
    let color = if lit {
        colors.band_strong
    } else {
        colors.band_muted
    };
    paint::boxed(
        ui,
        rect,
        radius::CONTROL,
        if lit {
            colors.band_strong.gamma_multiply(widget_sizes::LIT_ON_HUE)
        } else {
            Color32::TRANSPARENT
        },
        colors.band_control,
    );
    let mid_y = rect.center().y;
    let mut left = rect.left() + space::S + 1.0;
    let center = Pos2::new(left + icon::NORMAL / 2.0, mid_y);
    Icon::Search.paint(ui, center, icon::NORMAL, color);
    left += icon::NORMAL + space::S;
    let galley = paint::whole_line(ui, key, Type::Small, color);
    let right = rect.right() - space::S - galley.size().x;
    paint::put_line(ui, galley, right, mid_y);
    let galley = paint::line(ui, words, Type::Body, color, right - space::S - left);
    paint::put_line(ui, galley, left, mid_y);
    if response.has_focus() {
        paint::focus_ring(ui, rect, radius::CONTROL);
    }
    response
}
