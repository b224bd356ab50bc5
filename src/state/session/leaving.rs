//! Ends a session because another profile is opened.

use super::open::Open;
use super::workspace::Workspace;
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::import::open_file::ImportStep;
use crate::state::shell::toasts::{Toast, ToastSubject};

/// Ends the session. Its tokens and the record of its key are retained, except those of the demo.
pub(super) fn leave(state: &mut AppState, left: Open, cx: &mut Cx) {
    // Their buttons would act on the new profile.
    state.toasts.session_ended();
    let profile = left.profile().clone();
    if let Some((title, body)) = import_ended(&left.workspace) {
        let subject = ToastSubject::LeftImport(profile.clone());
        cx.toast(Toast::info(title, body).about(subject));
    }
    state.retained.track_pending_store(&left);
    state.retained.add(left.workspace);
    if profile.is_demo()
        && let Some(record) = state.take_unsaved(&profile)
        && record.rotation.is_some()
    {
        let body = "The demo ended, and its keys are gone.";
        cx.toast(Toast::info("Key rotation stopped", body));
    }
}

/// What to say about the import. Without its session a run pauses, and a file that is not being imported yet is closed. The
/// demo's businesses are gone.
fn import_ended(left: &Workspace) -> Option<(&'static str, String)> {
    let open = left.import.open()?;
    let (name, profile) = (open.name(), &left.profile);
    let back = format!("when you are back in {}", profile.environment.in_sentence());
    let gone = "The demo ended, and its businesses are gone.";
    Some(match (&open.step, profile.is_demo()) {
        (ImportStep::Done(_), true) => return None,
        (ImportStep::Done(_), false) => {
            let lost = match open.rows_to_save() {
                0 => return None,
                1 => "1 of its rows was".to_owned(),
                rows => format!("{rows} of its rows were"),
            };
            let unsaved = match open.is_corrected() {
                true => "reasons and corrections",
                false => "reasons",
            };
            let body =
                format!("{name} was closed. {lost} not created. The {unsaved} were not saved.");
            ("Import closed", body)
        }
        (ImportStep::Running(_), false) => (
            "Import paused",
            format!("The remaining rows of {name} were not sent. Resume it {back}."),
        ),
        (ImportStep::Running(_), true) => (
            "Import stopped",
            format!("{gone} The remaining rows of {name} were not sent."),
        ),
        (ImportStep::Columns | ImportStep::DryRun | ImportStep::Confirming, is_demo) => {
            let body = match (open.is_resumed, is_demo) {
                (true, false) => format!("{name} was closed. Resume the import {back}."),
                (true, true) => format!("{gone} {name} was closed."),
                (false, false) if open.is_corrected() => {
                    format!(
                        "{name} was closed, and your corrections were discarded. No rows were sent."
                    )
                }
                (false, false) => {
                    format!("{name} was closed. No rows were sent. Open it again {back}.")
                }
                (false, true) => {
                    format!("The demo ended, so {name} was closed. No rows were sent.")
                }
            };
            ("Import closed", body)
        }
    })
}
