//! The rooms of the window: panels, panes and feet, and when each is filled.

use egui::containers::panel::PanelState;
use egui::{Align, CentralPanel, Frame, Layout, Panel, Rect, Ui, UiBuilder};

use crate::theme::{self, layout};

use super::Screen;

/// A panel that keeps its size and draws its own edges.
pub(super) fn fixed(panel: Panel, size: f32, frame: Frame) -> Panel {
    panel
        .exact_size(size)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
}

/// The pane at the right of a page, which can be dragged wider.
pub(super) fn side_pane(ui: &mut Ui, is_narrow: bool, screen: &mut Screen<'_>) -> Reserved {
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
            Reserved::all_of("side pane", ui)
        })
        .inner;
    screen.pane_width = pane.area.width();
    pane
}

/// Room for a foot of this height: it is opened and filled after what stands above it.
pub(super) fn foot_room(ui: &mut Ui, name: &'static str, high: f32) -> Reserved {
    fixed(Panel::bottom(name), high, Frame::new())
        .show(ui, |ui| Reserved::all_of(name, ui))
        .inner
}

/// The room of a panel that is filled later than its place in the window asks for: what is filled
/// later comes later when one reads and for the keyboard.
pub(super) struct Reserved {
    name: &'static str,
    area: Rect,
}

impl Reserved {
    /// All the room that this panel has.
    pub(super) fn all_of(name: &'static str, panel: &mut Ui) -> Self {
        let area = panel.max_rect();
        panel.advance_cursor_after_rect(area);
        Self { name, area }
    }

    /// To be filled now, within `ui` that holds the panel.
    pub(super) fn open(self, ui: &mut Ui) -> Ui {
        let mut room = ui.new_child(UiBuilder::new().id_salt(self.name).max_rect(self.area));
        room.shrink_clip_rect(self.area);
        room
    }
}

/// The middle of a page.
pub(super) fn page<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = theme::palette(ui.ctx());
    CentralPanel::default()
        .frame(Frame::new().fill(p.surface))
        .show(ui, add)
        .inner
}

/// A row whose contents stand in the middle of the height there is.
pub(super) fn centered_row<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = ui.available_size();
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), add)
        .inner
}
