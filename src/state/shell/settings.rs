//! Applies changes of the settings immediately.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::network::{CaFile, CaProblem};
use crate::domain::settings::Settings;
use crate::domain::time::{BootInstant, Now};
use crate::state::AppState;
use crate::state::cx::Cx;
use crate::state::shell::messages::{
    SettingsCommand, SettingsEffect, SettingsEvent, ShellEffect, TestPlan,
};
use crate::state::shell::toasts::{Toast, ToastAction};

/// How long the window must keep its size before the size is saved.
const WINDOW_PAUSE: Duration = Duration::from_millis(700);

/// Saves the preferences if they have changed. Called at the end of each change; before that only where another effect must come later.
pub(in crate::state) fn save_preferences(state: &mut AppState, cx: &mut Cx) {
    if state.saved != state.written_saved {
        write_preferences(state, cx);
    }
}

/// Writes the preferences, which contain nothing about profiles that are not saved.
pub(in crate::state) fn write_preferences(state: &mut AppState, cx: &mut Cx) {
    state.written_saved = state.saved.clone();
    cx.push(ShellEffect::SavePreferences(state.saved.clone()));
}

/// Applies other settings.
fn change(state: &mut AppState, settings: Settings, cx: &mut Cx) {
    let mut settings = settings.repaired();
    let former = &state.saved.settings;
    // A new certificate file is only set once it was read and found valid.
    let ca_file = std::mem::replace(&mut settings.ca_file, former.ca_file.clone());
    let is_proxy_changed = settings.proxy != former.proxy;
    if settings != *former {
        state.clipboard.stays(settings.clipboard_time());
        state.saved.settings = settings;
    }
    if is_proxy_changed {
        use_network(state, cx);
    }
    if ca_file != state.saved.settings.ca_file {
        match ca_file {
            Some(path) => read_ca_file(state, path, cx),
            None => remove_ca_file(state, cx),
        }
    }
}

/// Handles the commands of the settings page.
pub(in crate::state) fn command(state: &mut AppState, command: SettingsCommand, cx: &mut Cx) {
    match command {
        SettingsCommand::Change(settings) => {
            // Notifications may have been turned on, so the reminders have to be checked again.
            state.ages_checked_on = None;
            change(state, *settings, cx);
        }
        SettingsCommand::ChooseCaFile => cx.push(SettingsEffect::ChooseCaFile),
        SettingsCommand::RemoveCaFile => remove_ca_file(state, cx),
        SettingsCommand::TestConnection(environment) => {
            let ticket = state.connection.begin_test(environment.clone(), cx.now);
            let known = state.profile().or(state.saved.last_profile.as_ref());
            let profile = known.filter(|profile| profile.environment == environment);
            let session = state
                .open()
                .filter(|open| open.profile().environment == environment);
            cx.push(SettingsEffect::TestConnection(Box::new(TestPlan {
                ticket,
                profile: profile.cloned(),
                session: session.map(|open| open.generation),
                zone: state.zone.clone(),
                environment,
            })));
        }
        SettingsCommand::StopTest => {
            state.connection.end_test(None, "Not checked: stopped.");
            cx.push(SettingsEffect::StopTest);
        }
        SettingsCommand::WindowSized(size) => {
            let due = cx.now.boot.saturating_add(WINDOW_PAUSE);
            state.window_size = (state.saved.window != Some(size)).then_some((size, due));
        }
    }
}

/// Handles the events of the settings page.
pub(in crate::state) fn event(state: &mut AppState, event: SettingsEvent, cx: &mut Cx) {
    match event {
        SettingsEvent::CaChosen(Ok(Some(path))) => read_ca_file(state, path, cx),
        SettingsEvent::CaChosen(Ok(None)) => {}
        SettingsEvent::CaChosen(Err(failure)) => {
            let body = format!("{} Trusted certificates are unchanged.", failure.explain());
            let title = "No file chosen";
            cx.toast(Toast::failed(title, body));
        }
        SettingsEvent::CaRead(number, path, result) => {
            // The file was removed meanwhile, or another one is being read.
            if state.connection.is_latest_ca_read(number) {
                ca_read(state, path, result, cx);
            }
        }
        SettingsEvent::NetworkRejected(failure) => {
            let title = "The network settings were not changed";
            let body = failure.reason();
            cx.toast(Toast::failed(title, body).offering(ToastAction::OpenSettings));
        }
        SettingsEvent::Checked {
            ticket,
            check,
            finding,
        } => state.connection.checked(ticket, check, finding),
        SettingsEvent::TestEnded(ticket) => {
            let why = "Not checked: the session ended.";
            state.connection.end_test(Some(ticket), why);
        }
    }
}

fn read_ca_file(state: &mut AppState, path: PathBuf, cx: &mut Cx) {
    let number = state.connection.begin_ca_read();
    cx.push(SettingsEffect::ReadCaFile(number, path));
}

/// Handles a certificate file that was read. An unusable file changes nothing: the previous certificates stay trusted.
fn ca_read(
    state: &mut AppState,
    path: PathBuf,
    result: Result<Arc<CaFile>, CaProblem>,
    cx: &mut Cx,
) {
    let is_set = state.saved.settings.ca_file.as_ref() == Some(&path);
    match result {
        Ok(file) => {
            state.connection.ca = Some(file);
            state.connection.ca_problem = None;
            use_network(state, cx);
            state.saved.settings.ca_file = Some(path);
        }
        Err(problem) => {
            if is_set && state.connection.ca.is_none() {
                let body = format!(
                    "{}: {problem} The console uses the system\u{2019}s authorities only.",
                    path.display()
                );
                let title = "The extra certificates are not in use";
                cx.toast(Toast::failed(title, body).offering(ToastAction::OpenSettings));
            }
            state.connection.ca_problem = Some((path, problem));
        }
    }
    cx.push(SettingsEffect::RunDeferred);
}

fn remove_ca_file(state: &mut AppState, cx: &mut Cx) {
    state.connection.cancel_ca_read();
    state.connection.ca = None;
    state.connection.ca_problem = None;
    state.saved.settings.ca_file = None;
    use_network(state, cx);
    cx.push(SettingsEffect::RunDeferred);
}

fn use_network(state: &AppState, cx: &mut Cx) {
    let network = state.connection.network(&state.saved.settings.proxy);
    cx.push(SettingsEffect::UseNetwork(network));
}

/// Records the window size once it has not changed for a while. Without a time, records it without further delay.
pub(in crate::state) fn record_size(state: &mut AppState, due_by: Option<Now>) {
    let is_due = |due: BootInstant| due_by.is_none_or(|now| due <= now.boot);
    if let Some((size, _)) = state.window_size.take_if(|(_, due)| is_due(*due)) {
        state.saved.window = Some(size);
    }
}
