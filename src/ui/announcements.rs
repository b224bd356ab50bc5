//! Announcements for screen readers, such as the milestones of token expiry.

use egui::accesskit::Live;
use egui::{Rect, Role, Ui, UiBuilder};

use super::Screen;

/// Adds the last announcement to the accessibility tree as a live region, which screen readers read when it appears.
pub(super) fn show(ui: &mut Ui, screen: &Screen<'_>) {
    let Some(said) = screen.state.announcements.current() else {
        return;
    };
    let corner = Rect::from_min_size(ui.max_rect().min, egui::Vec2::splat(1.0));
    let builder = UiBuilder::new()
        .id_salt(("announcement", said.number))
        .max_rect(corner)
        .accessibility_role(Role::Status)
        .accessibility_label(&said.text);
    let region = ui.new_child(builder);
    ui.ctx().accesskit_node_builder(region.unique_id(), |node| {
        node.set_live(Live::Polite);
        node.set_live_atomic();
    });
}
