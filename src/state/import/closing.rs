//! Closes a file. Corrections were typed by hand, so a file that has some can be reopened.

use super::messages::ImportEffect;
use super::open_file::{ImportStep, OpenFile, name_of};
use super::page::{Import, ImportPageState};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::messages::Page;
use crate::state::shell::toasts::{Toast, ToastAction};

/// Closes the open file, or stops reading one.
pub(super) fn close(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let import = &mut workspace.import;
    if import.running().is_some() {
        return;
    }
    import.problem = None;
    if matches!(import.stage, ImportPageState::Reading { .. }) {
        import.stop_reading();
        cx.push(ImportEffect::StopReading);
        return;
    }
    let left = take_open(import);
    was_replaced(state, left, cx);
}

/// Offers to reopen a file that is no longer open.
pub(super) fn was_replaced(state: &mut AppState, before: Option<Box<OpenFile>>, cx: &mut Cx) {
    let Some(before) = before.filter(|before| has_work(before)) else {
        return;
    };
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let title = format!("{} closed", name_of(&before.file.path));
    let body = match before.file.sheet.corrections.rows() {
        1 => "You corrected 1 row of it.".to_owned(),
        rows => format!("You corrected {rows} rows of it."),
    };
    workspace.import.closed = Some(before);
    let undo = ToastAction::ReopenFile;
    state.toasts.dismiss_action(undo);
    cx.toast(Toast::info(title, body).offering(undo));
}

/// Opens the closed file again, in place of the file that is open now.
pub(super) fn reopen(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    let import = &mut workspace.import;
    if import.running().is_some() {
        return;
    }
    let Some(mut closed) = import.closed.take() else {
        return;
    };
    import.stop_reading();
    cx.push(ImportEffect::StopReading);
    import.problem = None;
    let replaced = take_open(import);
    closed.dry_run_was_cancelled();
    import.stage = ImportPageState::Open(closed);
    workspace.page = Page::Import;
    state.toasts.dismiss_action(ToastAction::ReopenFile);
    was_replaced(state, replaced, cx);
}

/// Drops the closed file.
pub(super) fn forget(state: &mut AppState) {
    if let Some(Open { workspace, .. }) = &mut state.open
        && workspace.import.closed.take().is_some()
    {
        state.toasts.dismiss_action(ToastAction::ReopenFile);
    }
}

/// Closes the open file. If it would have resumed an interrupted run, that run is offered again instead of the file.
fn take_open(import: &mut Import) -> Option<Box<OpenFile>> {
    // Invalidates the answer of a dry run under way.
    import.ticket += 1;
    match std::mem::take(&mut import.stage) {
        ImportPageState::Open(open) => Some(open).filter(|open| !open.is_resumed),
        ImportPageState::Empty | ImportPageState::Reading { .. } => None,
    }
}

/// Whether the user would lose corrections. Once all rows are created or saved, they have served their purpose.
fn has_work(open: &OpenFile) -> bool {
    let is_needed = match open.step {
        ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => true,
        ImportStep::Running(_) => false,
        ImportStep::Done(_) => open.rows_to_save() > 0,
    };
    is_needed && open.is_corrected()
}
