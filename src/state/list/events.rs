//! Handles the events of the list.

use crate::domain::business::{BusinessDetail, BusinessId};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::state::app_state::{AppState, with_workspace};
use crate::state::create::edit_commands::begin_if_wanted;
use crate::state::cx::Cx;
use crate::state::list::commands::load_archived;
use crate::state::list::messages::{ArchivedIds, ListEffect, ListEvent, ListOutcome, LoadNumber};
use crate::state::list::pins;
use crate::state::session::open::Open;
use crate::state::shell::toasts::Toast;

pub(in crate::state) fn event(state: &mut AppState, event: ListEvent, cx: &mut Cx) {
    match event {
        ListEvent::Rows { rows, total } => {
            with_workspace(state, |workspace| {
                workspace.note_sign_in(None);
                workspace.list.receive(rows, total);
                workspace.clear_retry(Operation::ListBusinesses);
            });
        }
        ListEvent::Gone(ids) => {
            with_workspace(state, |workspace| workspace.list.loading.withdrawn(&ids));
        }
        ListEvent::Ended(load, result) => ended(state, load, result, cx),
        ListEvent::ArchivedRead(number, result) => archived_read(state, number, result, cx),
        ListEvent::ArchivedRows(number, rows) => {
            with_workspace(state, |workspace| {
                if workspace.list.archive_reading.has_read(number) {
                    workspace.list.add_archived(rows);
                }
            });
        }
        ListEvent::BusinessRead(id, result) => business_read(state, id, result, cx),
    }
}

fn ended(
    state: &mut AppState,
    load: LoadNumber,
    result: Result<ListOutcome, Failure>,
    cx: &mut Cx,
) {
    let Some(Open {
        generation,
        workspace,
        ..
    }) = &mut state.open
    else {
        return;
    };
    // The user has stopped any other.
    if !workspace.list.loading.is_current(load) {
        return;
    }
    let has_arrived = result.is_ok();
    workspace.note_sign_in(result.as_ref().err());
    workspace.clear_retry(Operation::ListBusinesses);
    workspace
        .list
        .ended(result, cx.now, &workspace.tokens.live_expiries(cx.now));
    workspace.deselect_hidden();
    cx.push(ListEffect::ReturnFreedMemory);
    load_archived(*generation, workspace, cx);
    // The rows do not say which of them are archived.
    if has_arrived && let Some(number) = workspace.list.archive_reading.begin(true) {
        cx.push(ListEffect::CheckArchived(*generation, number));
    }
    pins::forget_gone(state);
}

fn archived_read(
    state: &mut AppState,
    number: LoadNumber,
    result: Result<Option<ArchivedIds>, Failure>,
    cx: &mut Cx,
) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    if !workspace.list.archive_reading.is_current(number) {
        return;
    }
    // What the server lists is all that there is, or it has told which of the others are archived.
    let is_known = match &result {
        Ok(read) => read.as_ref().is_none_or(|read| read.is_exact),
        Err(_) => false,
    };
    workspace.note_sign_in(result.as_ref().err());
    if let Some(toast) = apply_archived(state, result, cx) {
        cx.toast(toast);
    }
    if is_known {
        pins::forget_gone(state);
    }
}

/// Applies what was read of the archive. Returns what to report of it.
fn apply_archived(
    state: &mut AppState,
    result: Result<Option<ArchivedIds>, Failure>,
    cx: &Cx,
) -> Option<Toast> {
    let Open { workspace, .. } = state.open.as_mut()?;
    let is_quiet = workspace.list.archive_reading.is_quiet();
    match result {
        Ok(Some(read)) if read.is_exact || !is_quiet => {
            workspace
                .list
                .archive_read(read, &workspace.tokens.live_expiries(cx.now));
            workspace.deselect_hidden();
            None
        }
        Ok(_) | Err(_) if is_quiet => {
            workspace.list.archive_reading.reset();
            None
        }
        Ok(_) => {
            workspace.list.archive_reading.ended();
            let environment = workspace.profile.environment.in_sentence();
            let title = format!("{environment} does not list archived businesses");
            let body = "Only businesses that you archived in this session are shown.";
            Some(Toast::info(title, body))
        }
        Err(failure) => {
            // The next filter about the archive requests it again.
            workspace.list.archive_reading.reset();
            let words = failure.explain(&state.zone);
            let body = state.share.scrub(&words.body, &[]);
            Some(Toast::failed(words.title, body))
        }
    }
}

fn business_read(
    state: &mut AppState,
    id: BusinessId,
    result: Result<Box<BusinessDetail>, Failure>,
    cx: &mut Cx,
) {
    let Some(Open { workspace, .. }) = &mut state.open else {
        return;
    };
    workspace.note_sign_in(result.as_ref().err());
    workspace.clear_retry(Operation::ReadBusiness);
    let is_read_for_details = workspace.selected == Some(id) && workspace.detail.is_reading;
    let is_awaited = is_read_for_details || workspace.looked_up == Some(id);
    if !is_awaited && workspace.list.businesses().position(id).is_some() {
        // The reading was stopped when its answer had already arrived. The answer may be older than a saved change.
        return;
    }
    if workspace.looked_up == Some(id) && result.is_ok() {
        // A pasted id is shown as if its row had been clicked.
        workspace.looked_up = None;
        workspace.selected = Some(id);
        workspace.is_detail_open = true;
        workspace.reveal = Some(id);
    }
    let is_selected = workspace.selected == Some(id);
    if is_selected {
        workspace.detail.is_reading = false;
    }
    match result {
        Ok(detail) => {
            workspace.list.upsert_one(
                detail.business.clone(),
                &workspace.tokens.live_expiries(cx.now),
            );
            if is_selected {
                workspace.detail.failure = None;
                workspace.detail.value = Some(*detail);
                begin_if_wanted(state);
            }
        }
        Err(failure) => {
            // So that pasting it again requests it again.
            let looked_up = workspace.looked_up.take_if(|looked_up| *looked_up == id);
            let is_loaded = workspace.list.businesses().position(id).is_some();
            if looked_up.is_some() || (is_selected && !is_loaded) {
                // There is no row, so the side pane can't show it.
                let words = failure.explain(&state.zone);
                let body = state.share.scrub(&words.body, &[]);
                cx.toast(Toast::failed(words.title, body));
            }
            if is_selected {
                workspace.edit_wanted = None;
                if failure.kind == FailureKind::NotFound && !is_loaded {
                    workspace.selected = None;
                }
                workspace.detail.failure = Some(failure);
            }
        }
    }
}
