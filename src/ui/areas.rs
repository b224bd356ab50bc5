//! Layout of the window: panels, panes and footers, and when each is filled.

use egui::containers::panel::PanelState;
use egui::{Align, CentralPanel, Frame, Layout, Margin, Panel, Rect, Ui, UiBuilder, vec2};

use crate::state::list::messages::ListCommand;
use crate::theme::{self, Icon, Type, height, layout, space, stroke};
use crate::widgets::{Button, row_in, with_end};

use super::Screen;

/// A panel of fixed size that draws its own borders.
pub(super) fn fixed(panel: Panel, size: f32, frame: Frame) -> Panel {
    panel
        .exact_size(size)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
}

/// The side pane on the right of a page, which the user can resize.
pub(super) fn side_pane(ui: &mut Ui, is_narrow: bool, screen: &mut Screen<'_>) -> ReservedArea {
    let p = theme::palette(ui.ctx());
    let (id, width) = if is_narrow {
        ("pane narrow", layout::DETAIL_MIN)
    } else if ui.ctx().content_rect().width() >= layout::VERY_WIDE {
        ("pane wide", layout::DETAIL_WIDE)
    } else {
        ("pane", layout::DETAIL)
    };
    let step = std::mem::take(&mut screen.pane_step);
    let state_id = ui.scope_id().with(id);
    if step != 0.0
        && let Some(mut state) = PanelState::load(ui.ctx(), state_id)
    {
        let wide = (state.outer_rect.width() + step).clamp(layout::DETAIL_MIN, layout::DETAIL_MAX);
        state.outer_rect.min.x = state.outer_rect.max.x - wide;
        ui.data_mut(|data| data.insert_persisted(state_id, state));
    }
    let pane = Panel::right(id)
        .default_size(width)
        .size_range(layout::DETAIL_MIN..=layout::DETAIL_MAX)
        .resizable(true)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.raised))
        .show(ui, |ui| {
            let area = ui.max_rect();
            ui.painter().rect_filled(
                area.with_max_x(area.left() + theme::stroke::EDGE),
                0,
                p.line,
            );
            ReservedArea::all_of("side pane", ui)
        })
        .inner;
    screen.pane_width = pane.area.width();
    pane
}

/// Reserves a footer of height `high`, to be filled after the content above it.
pub(super) fn footer_room(ui: &mut Ui, name: &'static str, high: f32) -> ReservedArea {
    fixed(Panel::bottom(name), high, Frame::new())
        .show(ui, |ui| ReservedArea::all_of(name, ui))
        .inner
}

/// Reserves the footer of a screen without navigation: the lock and the sign-in.
pub(super) fn screen_footer(ui: &mut Ui, name: &'static str, high: f32) -> ReservedArea {
    let frame = Frame::new()
        .fill(theme::palette(ui.ctx()).base)
        .inner_margin(Margin::symmetric(space::L as i8, 0));
    fixed(Panel::bottom(name), high, frame)
        .show(ui, |ui| ReservedArea::all_of(name, ui))
        .inner
}

/// The inside of a page's footer, below its line.
pub(super) fn footer_line(ui: &mut Ui, gutter: f32) -> Ui {
    top_line(ui);
    inset(ui, gutter)
}

/// A line along the top.
pub(super) fn top_line(ui: &Ui) {
    let (p, area) = (theme::palette(ui.ctx()), ui.max_rect());
    let line = area.with_max_y(area.top() + stroke::EDGE);
    ui.painter().rect_filled(line, 0, p.line);
}

/// The inside of a bar, laid out from left to right.
pub(super) fn inset(ui: &mut Ui, gutter: f32) -> Ui {
    row_in(ui, ui.max_rect().shrink2(vec2(gutter, 0.0)))
}

/// The title line of the side pane: the close button at its end, marks before it, and the title.
pub(super) fn pane_title<'s>(
    ui: &mut Ui,
    screen: &mut Screen<'s>,
    marks: impl FnOnce(&mut Ui),
    title: impl FnOnce(&mut Ui, &mut Screen<'s>),
) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = Button::icon_only(Icon::X, "Close details").small();
            if close.key_hint("Esc").show(ui).clicked() {
                screen.send(ListCommand::ShowDetail(false));
            }
            marks(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| title(ui, screen));
        });
    });
}

/// A line that says what takes so long, with a button to cancel it. Returns whether the button was pressed.
pub(super) fn cancel_line(ui: &mut Ui, text: String) -> bool {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::S);
    let size = vec2(ui.available_width(), height::SMALL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        let say = |ui: &mut Ui| ui.label(Type::Small.rich(text).color(p.muted));
        let cancel = |ui: &mut Ui| Button::plain("Cancel").small().show(ui).clicked();
        with_end(ui, say, cancel).1
    })
    .inner
}

/// Space of a panel that is filled later than it was laid out. Widgets are read and reached with Tab in the order in which they are added.
pub(super) struct ReservedArea {
    name: &'static str,
    area: Rect,
}

impl ReservedArea {
    /// Reserves the whole panel.
    pub(super) fn all_of(name: &'static str, panel: &mut Ui) -> Self {
        let area = panel.max_rect();
        panel.advance_cursor_after_rect(area);
        Self { name, area }
    }

    /// Opens the reserved space for drawing. `ui` must be the parent of the panel.
    pub(super) fn open(self, ui: &mut Ui) -> Ui {
        let mut room = ui.new_child(UiBuilder::new().id_salt(self.name).max_rect(self.area));
        room.shrink_clip_rect(self.area);
        room
    }
}

/// The central area of a page.
pub(super) fn page<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = theme::palette(ui.ctx());
    CentralPanel::default()
        .frame(Frame::new().fill(p.surface))
        .show(ui, add)
        .inner
}

/// A row that centres its content vertically in the available height.
pub(super) fn centered_row<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.available_size();
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add)
        .inner
}
