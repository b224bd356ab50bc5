//! What the settings change, at once.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::network::{CaFile, CaProblem};
use crate::domain::settings::Settings;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::effect::Effect;
use crate::state::session::attempt::Session;
use crate::state::shell::messages::{
    SettingsCommand, SettingsEffect, SettingsEvent, ShellEffect, TestPlan,
};
use crate::state::shell::toasts::ToastKind;

/// Uses other settings from now on.
pub(in crate::state) fn change(state: &mut AppState, settings: Settings) -> Vec<Effect> {
    let mut settings = settings.repaired();
    let former = &state.saved.settings;
    // The file is set once it has been read and found right.
    let ca_file = std::mem::replace(&mut settings.ca_file, former.ca_file.clone());
    let is_other_way = settings.proxy != former.proxy;
    let mut effects = Vec::new();
    if settings != *former {
        state.clipboard.stays(settings.clipboard_time());
        state.saved.settings = settings;
        effects.push(Effect::Shell(ShellEffect::SavePreferences(
            state.saved.clone(),
        )));
    }
    if is_other_way {
        effects.push(use_network(state));
    }
    if ca_file != state.saved.settings.ca_file {
        effects.extend(match ca_file {
            Some(path) => vec![Effect::Settings(SettingsEffect::ReadCaFile(path))],
            None => remove_ca_file(state),
        });
    }
    effects
}

/// Does what the page of settings asks for besides.
pub(in crate::state) fn command(
    state: &mut AppState,
    command: SettingsCommand,
    now: Now,
) -> Vec<Effect> {
    match command {
        SettingsCommand::Change(settings) => {
            // Notifications may be allowed now.
            state.looked_on = None;
            change(state, *settings)
        }
        SettingsCommand::ChooseCaFile => {
            vec![Effect::Settings(SettingsEffect::ChooseCaFile)]
        }
        SettingsCommand::RemoveCaFile => remove_ca_file(state),
        SettingsCommand::TestConnection(environment) => {
            let ticket = state.connection.begin_test(environment.clone(), now);
            let known = state
                .session
                .profile()
                .or(state.saved.last_profile.as_ref());
            let profile = known.filter(|profile| profile.environment == environment);
            let session = matches!(&state.session, Session::SignedIn { profile, .. }
                if profile.environment == environment);
            let plan = TestPlan {
                ticket,
                profile: profile.cloned(),
                session: session.then_some(state.generation),
                environment,
            };
            vec![Effect::Settings(SettingsEffect::TestConnection(Box::new(
                plan,
            )))]
        }
        SettingsCommand::StopTest => {
            state.connection.end_test(None, "Not checked: stopped.");
            vec![Effect::Settings(SettingsEffect::StopTest)]
        }
        SettingsCommand::WindowSized(size) => {
            if state.saved.window != Some(size) {
                state.connection.sized(size, now);
            }
            Vec::new()
        }
    }
}

/// Takes note of what has become of it.
pub(in crate::state) fn event(state: &mut AppState, event: SettingsEvent, now: Now) -> Vec<Effect> {
    match event {
        SettingsEvent::CaChosen(Ok(Some(path))) => {
            return vec![Effect::Settings(SettingsEffect::ReadCaFile(path))];
        }
        SettingsEvent::CaChosen(Ok(None)) => {}
        SettingsEvent::CaChosen(Err(trouble)) => {
            let body = format!("{} What is trusted is as it was.", trouble.explain());
            let title = "No file was chosen";
            state
                .toasts
                .push(now, ToastKind::Refused, title, body, None);
        }
        SettingsEvent::CaRead(path, result) => return ca_read(state, path, result, now),
        SettingsEvent::NetworkRefused(failure) => {
            let title = "The way to the network was not changed";
            let body = failure.reason();
            state
                .toasts
                .push(now, ToastKind::Refused, title, body, None);
        }
        SettingsEvent::Checked {
            ticket,
            check,
            finding,
        } => state.connection.checked(ticket, check, finding),
        SettingsEvent::TestEnded(ticket) => {
            let why = "Not checked: the sign-in ended meanwhile.";
            state.connection.end_test(Some(ticket), why);
        }
    }
    Vec::new()
}

/// A file that is not right changes nothing: what was trusted before still is.
fn ca_read(
    state: &mut AppState,
    path: PathBuf,
    result: Result<Arc<CaFile>, CaProblem>,
    now: Now,
) -> Vec<Effect> {
    let is_set = state.saved.settings.ca_file.as_ref() == Some(&path);
    match result {
        Ok(file) => {
            state.connection.ca = Some(file);
            state.connection.ca_problem = None;
            let mut effects = vec![use_network(state)];
            if !is_set {
                state.saved.settings.ca_file = Some(path);
                effects.push(Effect::Shell(ShellEffect::SavePreferences(
                    state.saved.clone(),
                )));
            }
            effects
        }
        Err(problem) => {
            if is_set && state.connection.ca.is_none() {
                let body = format!(
                    "{}: {problem} The console goes on with the system\u{2019}s authorities alone.",
                    path.display()
                );
                let title = "The extra certificates are not used";
                state
                    .toasts
                    .push(now, ToastKind::Refused, title, body, None);
            }
            state.connection.ca_problem = Some((path, problem));
            Vec::new()
        }
    }
}

fn remove_ca_file(state: &mut AppState) -> Vec<Effect> {
    state.connection.ca = None;
    state.connection.ca_problem = None;
    state.saved.settings.ca_file = None;
    vec![
        use_network(state),
        Effect::Shell(ShellEffect::SavePreferences(state.saved.clone())),
    ]
}

fn use_network(state: &AppState) -> Effect {
    let network = state.connection.network(&state.saved.settings.proxy);
    Effect::Settings(SettingsEffect::UseNetwork(network))
}

/// Writes the size of the window once it is kept.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) -> Option<Effect> {
    let size = state.connection.due_size(Some(now))?;
    state.saved.window = Some(size);
    Some(Effect::Shell(ShellEffect::SavePreferences(
        state.saved.clone(),
    )))
}

/// Writes it without waiting any longer.
pub(in crate::state) fn before_exit(state: &mut AppState) -> Option<Effect> {
    let size = state.connection.due_size(None)?;
    state.saved.window = Some(size);
    Some(Effect::Shell(ShellEffect::SavePreferences(
        state.saved.clone(),
    )))
}
