//! Switching between profiles, renaming and removing them.

use super::attempt::AttemptStage;
use super::messages::{KeyRemoval, KeyRequest, SessionEffect};
use super::open::Open;
use super::{locking, saved_profile, sign_in_flow, sign_out};
use crate::domain::key_source::KeySource;
use crate::domain::profile::{Profile, tidy_label};
use crate::state::AppState;
use crate::state::create::messages::ChangeEffect;
use crate::state::cx::Cx;
use crate::state::import::messages::{ForgottenJournal, ImportEffect};
use crate::state::shell::saved::RememberedProfile;
use crate::state::shell::settings::write_preferences;
use crate::state::shell::toasts::Toast;

/// Signs in with the stored key of a profile.
pub(in crate::state) fn open(state: &mut AppState, profile: Profile, cx: &mut Cx) {
    if state.open().map(Open::profile) == Some(&profile) {
        return;
    }
    if state.background().map(Open::profile) == Some(&profile) {
        sign_in_flow::give_up(state, cx);
        return;
    }
    let source = match saved_profile::approved(state, &profile) {
        Ok(source) => source,
        Err(problem) => {
            sign_in_flow::begin(state, AttemptStage::blank(), cx);
            sign_in_flow::fail(state, *problem);
            return;
        }
    };
    let request = KeyRequest::of(&profile, source);
    let stage = request.stage(false, cx.now.boot);
    let generation = sign_in_flow::begin(state, stage, cx);
    cx.push(SessionEffect::FetchKey(generation, request));
}

pub(in crate::state) fn rename(state: &mut AppState, profile: &Profile, typed: &str, cx: &mut Cx) {
    // Labels are saved, and shown in the window's title.
    if state.is_secret(typed) {
        label_is_secret(cx);
        return;
    }
    let label = tidy_label(typed);
    match state.saved.known_mut(profile) {
        Some(known) => {
            known.label = label;
            // A label entered at sign-in is older than this one.
            state.retained.label.take_if(|(of, _)| of == profile);
        }
        None => state.retained.label = Some((profile.clone(), label)),
    }
}

/// Says that a label was not saved because it is a key or a token.
pub(super) fn label_is_secret(cx: &mut Cx) {
    let body = "The label looks like a key or token, and it would be visible in the window’s title. The label is unchanged.";
    cx.toast(Toast::failed("Label not saved", body));
}

/// Handles the outcome of removing the key of a profile.
pub(in crate::state) fn removed(
    state: &mut AppState,
    profile: &Profile,
    removal: KeyRemoval,
    cx: &mut Cx,
) {
    state
        .retained
        .removing
        .take_if(|removing| removing == profile);
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.in_sentence();
    let store = state.keychain.phrase();
    let (title, body) = match removal {
        KeyRemoval::Verified => {
            let known = state.saved.known(profile);
            let source = known.and_then(|known| known.source.as_ref());
            saved_profile::delete_answer(source.map(|source| &source.source), cx);
            return forget(state, profile, cx);
        }
        KeyRemoval::Failed(problem) => {
            let (title, body) = problem.explain(state.keychain);
            (title.to_owned(), body)
        }
        KeyRemoval::StillThere => (
            format!("The key is still in {store}"),
            "The console deleted it, but it was still there when checked. Remove it with the system’s keychain \
             program."
                .to_owned(),
        ),
    };
    let body = format!("{title}. {body} {name} in {environment} is unchanged.");
    let title = "Profile not removed";
    cx.toast(Toast::failed(title, body));
}

/// Removes everything about the profile, in memory and on disk.
fn forget(state: &mut AppState, profile: &Profile, cx: &mut Cx) {
    let name = state.share.profile_name(profile, state.label(profile));
    let environment = profile.environment.in_sentence();
    let source = state.source_of(profile);
    let key = match (&source, source.keeps_phrase()) {
        (KeySource::Keychain, _) => format!(
            "The console checked that {} no longer holds its key.",
            state.keychain.phrase()
        ),
        (_, Some(keeps)) => format!("{keeps} its key."),
        (_, None) => "Its key was in memory only and was removed.".to_owned(),
    };
    let mut message = format!(
        "{name} in {environment} was removed, with its label, filter, columns, draft and import record. {key}"
    );
    state.retained.forget(profile);
    let _ = state.take_unsaved(profile);
    if state.open.as_ref().map(Open::profile) == Some(profile) {
        sign_out::end(state, cx);
        state
            .retained
            .signed_out(state.memory_only_profile.as_ref());
        message = state.retained.with_tokens_note(message);
    }
    state.retained.label.take_if(|(of, _)| of == profile);
    state.saved.forget(profile);
    state.drafts.forget(profile);
    state.written_drafts = Some(state.drafts.clone());
    // Twice, because saving retains the previous copy of each file.
    for _ in 0..2 {
        write_preferences(state, cx);
        cx.push(ChangeEffect::SaveDrafts(state.drafts.clone()));
    }
    cx.push(ImportEffect::Forget(profile.clone(), ForgottenJournal::All));
    locking::forget(state, profile, cx);
    if state.is_signed_out() {
        sign_out::show_notice(state, message);
    } else {
        cx.toast(Toast::done("Profile removed", message));
    }
}

impl AppState {
    /// Where the key of a profile comes from: in its session, or else at the next sign-in.
    pub fn source_of(&self, profile: &Profile) -> KeySource {
        let open = self.open.as_ref();
        let open = open.filter(|open| open.profile() == profile);
        let known = self.saved.known(profile);
        let is_memory_only = self.memory_only_profile.as_ref() == Some(profile);
        open.map(|open| open.source.clone())
            .or(known.map(RememberedProfile::source))
            .or(is_memory_only.then_some(KeySource::Variables))
            .unwrap_or(KeySource::Keychain)
    }

    /// The label of a profile; empty if it has none.
    pub fn label(&self, profile: &Profile) -> &str {
        let tried = self
            .attempt
            .as_ref()
            .filter(|attempt| attempt.profile() == Some(profile))
            .and_then(|attempt| attempt.label.as_deref());
        let typed = self.retained.label.as_ref();
        let typed = typed
            .filter(|(of, _)| of == profile)
            .map(|(_, label)| label.as_str());
        let known = self.saved.known(profile).map(|known| known.label.as_str());
        tried.or(typed).or(known).unwrap_or_default()
    }
}
