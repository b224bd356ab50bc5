//! Handles the commands about sign-in, sign-out and profiles.

use super::attempt::{AttemptStage, CredentialCheck};
use super::messages::{SessionCommand, SessionEffect};
use super::{keychain, profiles, saved_profile, sign_in_flow, sign_out, sources};
use crate::domain::profile::{Profile, tidy_label};
use crate::state::AppState;
use crate::state::cx::Cx;

pub(in crate::state) fn command(state: &mut AppState, command: SessionCommand, cx: &mut Cx) {
    match command {
        SessionCommand::SignIn {
            credentials,
            source,
            label,
        } => {
            sign_in_flow::begin(state, AttemptStage::blank(), cx);
            let is_key = credentials.key.is_in(&label);
            let check = CredentialCheck::entered(&credentials, source, cx.now.boot);
            sign_in_flow::verify(state, credentials, check, cx);
            set_label(state, &label, is_key, cx);
        }
        SessionCommand::SignInFrom { request, label } => {
            sources::sign_in(state, request, cx);
            set_label(state, &label, false, cx);
        }
        SessionCommand::OpenTested => sign_in_flow::open_tested(state, cx),
        SessionCommand::ChangeTested => {
            if let Some(attempt) = &mut state.attempt {
                attempt.stage = AttemptStage::blank();
                cx.push(SessionEffect::EndAttempt);
            }
        }
        SessionCommand::ApproveSource(profile) => {
            saved_profile::approve(state, &profile);
            profiles::open(state, profile, cx);
        }
        SessionCommand::OpenProfile(profile) => profiles::open(state, profile, cx),
        SessionCommand::ExploreDemo => {
            let generation =
                sign_in_flow::begin(state, AttemptStage::StartingDemo { progress: None }, cx);
            cx.push(SessionEffect::StartDemo(generation));
        }
        SessionCommand::CancelSignIn => sign_in_flow::give_up(state, cx),
        SessionCommand::AddProfile => {
            sign_in_flow::begin(state, AttemptStage::blank(), cx);
        }
        SessionCommand::RenameProfile(profile, typed) => {
            profiles::rename(state, &profile, &typed, cx);
        }
        SessionCommand::RemoveProfile(profile) => remove(state, profile, cx),
        SessionCommand::CancelKeyRefetch => sources::cancel_key_refetch(state, cx),
        SessionCommand::StoreKey => keychain::store(state, cx),
        SessionCommand::SignOut => sign_out::sign_out(state, cx),
    }
}

/// `is_key` means that the label contains the key that was typed beside it.
fn set_label(state: &mut AppState, typed: &str, is_key: bool, cx: &mut Cx) {
    if is_key || state.is_secret(typed) {
        profiles::label_is_secret(cx);
        return;
    }
    if let Some(attempt) = &mut state.attempt {
        let label = tidy_label(typed);
        attempt.label = (!label.is_empty()).then_some(label);
    }
}

fn remove(state: &mut AppState, profile: Profile, cx: &mut Cx) {
    state.retained.removing = Some(profile.clone());
    cx.push(SessionEffect::RemoveKey(profile));
}
