//! Signing in and out by hand, and where the key is kept.

use crate::domain::credentials::Credentials;
use crate::domain::time::Now;
use crate::state::effect::Effect;
use crate::state::rotation::Keys;
use crate::state::session::attempt::{KeyPlace, Origin, Session};
use crate::state::session::messages::{Keep, SessionEffect};
use crate::state::shell::messages::ShellEffect;
use crate::state::tokens::messages::TokenEffect;
use crate::state::{AppState, create, rotation, session};

pub(in crate::state) fn sign_in(
    state: &mut AppState,
    credentials: Credentials,
    origin: Origin,
    now: Now,
) -> Vec<Effect> {
    let (_, mut effects) = session::profiles::begin_attempt(state);
    effects.push(prove(state, credentials, origin, now));
    effects
}

/// The credentials of an attempt are there; what they come from stays as it is.
pub(in crate::state) fn prove(
    state: &mut AppState,
    credentials: Credentials,
    origin: Origin,
    now: Now,
) -> Effect {
    let generation = state.next_generation();
    rotation::events::signing_in(state, &credentials.key);
    let profile = session::profiles::profile_of(&credentials);
    if origin == Origin::Typed(Keep::Environment) {
        state.traceless = Some(profile.clone());
    }
    state.session = Session::SigningIn {
        profile,
        origin,
        since: now.boot,
        retry: None,
        clock_skew_secs: None,
    };
    Effect::Session(SessionEffect::Prove(generation, credentials))
}

pub(in crate::state) fn keep_key(state: &mut AppState) -> Vec<Effect> {
    let generation = state.generation;
    // A key that is just being replaced is not worth keeping.
    let is_switching = state.keys.is_switching();
    match &mut state.session {
        Session::SignedIn { key, .. } if *key != KeyPlace::Keychain && !is_switching => {
            *key = KeyPlace::BeingStored;
            vec![Effect::Session(SessionEffect::StoreKey(generation))]
        }
        _ => Vec::new(),
    }
}

pub(in crate::state) fn sign_out(state: &mut AppState) -> Vec<Effect> {
    let mut effects = create::saving::save_drafts(state);
    effects.extend(session::profiles::save_filter(state));
    let Session::SignedIn { profile, key } = &state.session else {
        return Vec::new();
    };
    effects.push(Effect::Session(SessionEffect::End));
    if state.clipboard.begin_clearing(false) {
        effects.push(Effect::Token(TokenEffect::ClearClipboard));
    }
    let notice = match key {
        KeyPlace::Keychain | KeyPlace::BeingStored => {
            effects.push(Effect::Session(SessionEffect::DeleteKey(profile.clone())));
            state.saved.key_is_gone(profile);
            effects.push(Effect::Shell(ShellEffect::SavePreferences(
                state.saved.clone(),
            )));
            "Signed out. The key is being removed from the keychain.".to_owned()
        }
        KeyPlace::Memory | KeyPlace::NotStored(_) => {
            "Signed out. The key was in memory only and is gone.".to_owned()
        }
        KeyPlace::Environment => {
            "Signed out. The variables that the console was started with still hold the key."
                .to_owned()
        }
    };
    state.next_generation();
    state.workspace = None;
    state.keys = Keys::default();
    state.others.signed_out();
    // A token that is still on its way to the clipboard is cleared when it gets there.
    state.copying = None;
    state.toasts.session_ended();
    state.session = Session::SignedOut {
        problem: None,
        notice: Some(state.others.and_tokens(notice)),
    };
    effects
}

/// How the key of a fresh session is kept.
pub(in crate::state) fn key_place(origin: Origin) -> KeyPlace {
    match origin {
        Origin::Keychain => KeyPlace::Keychain,
        Origin::Typed(Keep::InKeychain) => KeyPlace::BeingStored,
        Origin::Typed(Keep::ThisSession) | Origin::Demo => KeyPlace::Memory,
        Origin::Typed(Keep::Environment) => KeyPlace::Environment,
    }
}
