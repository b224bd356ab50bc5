//! The line that expands the expired tokens, with a button to forget them.

use egui::{Ui, vec2};

use super::super::Screen;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, height, stroke};
use crate::widgets::{Button, expander, row_in, with_end};

/// Height of the line.
pub(super) const HEIGHT: f32 = height::BANNER;

/// Draws the line. Returns whether it was expanded or collapsed.
pub(super) fn expired_row(
    ui: &mut Ui,
    count: usize,
    is_open: bool,
    gutter: f32,
    screen: &mut Screen<'_>,
) -> bool {
    let p = theme::palette(ui.ctx());
    let (_, area) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let edge = area.with_max_y(area.top() + stroke::EDGE);
    ui.painter().rect_filled(edge, 0, p.line);
    let mut ui = row_in(ui, area.shrink2(vec2(gutter, 0.0)));
    let text = format!("{count} expired");
    let forget = Button::plain("Forget expired").icon(Icon::Trash).small();
    let (line, forget) = with_end(
        &mut ui,
        |ui| expander(ui, &text, is_open),
        |ui| forget.show(ui),
    );
    if forget.clicked() {
        screen.send(TokenCommand::ForgetExpired);
    }
    line.clicked()
}
