//! A heading between the rows of the command palette.

use egui::{Pos2, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, space, widget_sizes};
use crate::widgets::control::{put, text};

/// The heading of a group of rows in the palette.
pub fn palette_group(ui: &mut Ui, name: &str) {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::PALETTE_GROUP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let line = rect.shrink2(vec2(2.0 * space::S, 0.0));
    let bottom = rect.bottom() - space::XS;
    let line = Rect::from_min_max(
        Pos2::new(line.left(), bottom - Type::Caption.line_height()),
        Pos2::new(line.right(), bottom),
    );
    put(ui, line, p.muted, text(ui, Type::Caption, name));
}
