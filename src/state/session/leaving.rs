//! Ends a session because another profile is opened.

use super::open::Open;
use super::workspace::Workspace;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::import::open_file::ImportStep;
use crate::state::shell::toasts::Toast;

/// Ends the session. Its tokens and the record of its key are retained, except those of the demo.
pub(super) fn leave(state: &mut AppState, left: Open, cx: &Cx) {
    // Their buttons would act on the new profile.
    state.toasts.session_ended();
    if left.profile().is_demo() {
        report_demo(state, &left, cx.now);
    } else {
        report_import(state, &left.workspace, cx.now);
    }
    state.parked.track_pending_store(&left);
    state.parked.park(left.workspace);
    // The demo's keys end with the demo.
    let record = left.keys.unsaved_record;
    let record = record.filter(|record| !record.profile.is_demo());
    state.parked.keep_record(record);
}

/// Says what happened to the import. Without its session a run pauses, and a file that is not being imported yet is closed.
fn report_import(state: &mut AppState, left: &Workspace, now: Now) {
    let Some(open) = left.import.open() else {
        return;
    };
    let name = open.name();
    let environment = left.profile.environment.in_sentence();
    let (title, body) = match &open.step {
        ImportStep::Done(_) => return,
        ImportStep::Running(_) => (
            "Import paused",
            format!(
                "The remaining rows of {name} were not sent. Resume it when you are back in {environment}."
            ),
        ),
        _ if open.is_continuation => (
            "Import closed",
            format!("{name} was closed. Resume the import when you are back in {environment}."),
        ),
        ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => (
            "Import closed",
            format!(
                "{name} was closed. No rows were sent. Open it again when you are back in {environment}."
            ),
        ),
    };
    state.toasts.push(now, Toast::info(title, body));
}

/// Says what ended with the demo, whose server and keys are gone.
fn report_demo(state: &mut AppState, left: &Open, now: Now) {
    if let Some((title, body)) = demo_import(&left.workspace) {
        state.toasts.push(now, Toast::info(title, body));
    }
    let record = left.keys.unsaved_record.as_ref();
    if record.is_some_and(|record| record.rotation.is_some()) {
        let body = "The demo ended, and its keys are gone.";
        state
            .toasts
            .push(now, Toast::info("Key rotation stopped", body));
    }
}

/// What to say about an import that ended with the demo.
fn demo_import(left: &Workspace) -> Option<(&'static str, String)> {
    let open = left.import.open()?;
    let name = open.name();
    Some(match &open.step {
        ImportStep::Done(_) => return None,
        ImportStep::Running(_) => (
            "Import stopped",
            format!(
                "The demo ended, and its businesses are gone. The remaining rows of {name} were not sent."
            ),
        ),
        _ if open.is_continuation => (
            "Import closed",
            format!("The demo ended, and its businesses are gone. {name} was closed."),
        ),
        ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming => (
            "Import closed",
            format!("The demo ended, so {name} was closed. No rows were sent."),
        ),
    })
}
