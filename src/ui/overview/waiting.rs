//! The overview page before the first businesses have arrived.

use egui::Ui;

use super::super::{Screen, businesses};
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{height, row, space};
use crate::widgets::{progress_bar, skeleton_rows};

/// Widths of the placeholder columns and their bars, in px.
const COLUMNS: [(f32, f32); 3] = [(120.0, 72.0), (320.0, 240.0), (64.0, 32.0)];

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &mut Screen<'_>) {
    let progress = workspace.list.loading.progress(screen.now.boot);
    let Some(stage) = progress.map(|progress| LoadingStage::after(progress.elapsed)) else {
        return;
    };
    if stage == LoadingStage::Instant {
        return;
    }
    if stage < LoadingStage::Noticed {
        progress_bar(ui, ui.available_width(), 0.0, "Loading the list");
        return;
    }
    let room = ui.available_rect_before_wrap();
    let rows = ((room.height() - height::TOOLBAR) / row::COMPACT) as usize;
    ui.add_space(space::M);
    skeleton_rows(ui, rows.saturating_sub(1), row::COMPACT, gutter, &COLUMNS);
    if stage == LoadingStage::Long {
        businesses::awaited(ui, room, workspace, gutter, screen);
    }
}
