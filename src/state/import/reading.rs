//! Reads files: a new one, the open one with other settings, or that of an interrupted run.

use std::path::PathBuf;

use crate::domain::import::Repairs;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::session::open::Open;
use crate::state::shell::messages::Page;

use super::messages::{ImportEffect, ReadRequest};
use super::open_file::{ImportStep, OpenFile, file_of, name_of};
use super::page::{ImportPageState, UnfinishedRun};

pub(super) fn plan(path: PathBuf) -> ReadRequest {
    ReadRequest {
        ticket: 0,
        path,
        encoding: None,
        delimiter: None,
        header_row: None,
        repairs: Repairs::default(),
    }
}

/// Reads a file. The open one stays available until that has succeeded.
pub(super) fn read(state: &mut AppState, plan: ReadRequest, cx: &mut Cx) {
    begin(state, plan, false, cx);
}

fn begin(state: &mut AppState, mut plan: ReadRequest, is_again: bool, cx: &mut Cx) {
    let Some(open) = &mut state.open else {
        return;
    };
    let import = &mut open.workspace.import;
    if import.running().is_some() {
        return;
    }
    import.stop_reading();
    let instead_of = match std::mem::take(&mut import.stage) {
        ImportPageState::Open(mut before) if !before.is_resumed => {
            // Reading cancels the dry run under way, and the file may be shown again as it is.
            before.dry_run_was_cancelled();
            Some(before)
        }
        // The interrupted run is offered again instead.
        ImportPageState::Open(_) | ImportPageState::Reading { .. } | ImportPageState::Empty => None,
    };
    plan.ticket = import.ticket;
    import.problem = None;
    import.stage = ImportPageState::Reading {
        name: name_of(&plan.path),
        progress: None,
        since: cx.now.boot,
        instead_of,
        is_again,
        is_resumed: false,
    };
    cx.push(ImportEffect::Read(open.generation, plan));
}

/// Reads the open file again with other settings. It stays available until that has succeeded.
pub(super) fn read_again(state: &mut AppState, cx: &mut Cx, change: impl FnOnce(&mut ReadRequest)) {
    let open = state.open().and_then(|open| open.workspace.import.open());
    let Some(before) = open.filter(|open| may_be_read_again(open)) else {
        return;
    };
    let mut plan = ReadRequest {
        ticket: 0,
        path: before.file.path.clone(),
        encoding: Some(before.file.encoding),
        delimiter: Some(before.file.delimiter),
        header_row: Some(before.file.sheet.header_row),
        repairs: before.file.repairs.clone(),
    };
    change(&mut plan);
    begin(state, plan, true, cx);
}

/// Whether the file may be read with other settings. An interrupted run must resume with the same rows.
fn may_be_read_again(open: &OpenFile) -> bool {
    matches!(open.step, ImportStep::Columns | ImportStep::DryRun) && !open.is_resumed
}

/// Reads the file of the interrupted run with the settings of that run, to resume it.
pub(super) fn resume(state: &mut AppState, cx: &mut Cx) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.page = Page::Import;
    if workspace.import.running().is_some() {
        return;
    }
    let Some(UnfinishedRun { journal, .. }) = workspace.import.unfinished() else {
        return;
    };
    let plan = ReadRequest {
        ticket: 0,
        path: file_of(journal).0,
        encoding: Some(journal.head.encoding),
        delimiter: Some(journal.head.delimiter),
        header_row: Some(journal.head.header_row),
        repairs: journal.head.repairs.clone(),
    };
    read(state, plan, cx);
    if let Some(Open { workspace, .. }) = &mut state.open
        && let ImportPageState::Reading { is_resumed, .. } = &mut workspace.import.stage
    {
        *is_resumed = true;
    }
}
