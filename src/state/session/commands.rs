//! What each command about signing in and out, and about profiles, changes.

use crate::domain::profile::tidy_label;
use crate::domain::time::Now;
use crate::state::app_state::AppState;
use crate::state::effect::Effect;
use crate::state::session;
use crate::state::session::attempt::{Origin, Session};
use crate::state::session::messages::{SessionCommand, SessionEffect};

pub(in crate::state) fn command(
    state: &mut AppState,
    command: SessionCommand,
    now: Now,
) -> Vec<Effect> {
    match command {
        SessionCommand::SignIn {
            credentials,
            keep,
            label,
        } => {
            let label = tidy_label(&label);
            let profile = session::profiles::profile_of(&credentials);
            let effects = session::sign_in::sign_in(state, credentials, Origin::Typed(keep), now);
            state.others.label_tried = (!label.is_empty()).then_some((profile, label));
            effects
        }
        SessionCommand::OpenProfile(profile) => session::profiles::open(state, profile, now),
        SessionCommand::ExploreDemo => {
            let (generation, mut effects) = session::profiles::begin_attempt(state);
            state.session = Session::StartingDemo;
            effects.push(Effect::Session(SessionEffect::StartDemo(generation)));
            effects
        }
        SessionCommand::CancelSignIn => session::profiles::give_up(state),
        SessionCommand::AddProfile => {
            let (_, effects) = session::profiles::begin_attempt(state);
            state.session = Session::signed_out();
            effects
        }
        SessionCommand::RenameProfile(profile, typed) => {
            session::profiles::rename(state, &profile, &typed)
        }
        SessionCommand::RemoveProfile(profile) => {
            state.others.removing = Some(profile.clone());
            vec![SessionEffect::RemoveKey(profile).into()]
        }
        SessionCommand::StoreKey => session::sign_in::keep_key(state),
        SessionCommand::SignOut => session::sign_in::sign_out(state),
        SessionCommand::DismissProblem => {
            if let Session::SignedOut { problem, .. } = &mut state.session {
                *problem = None;
            }
            Vec::new()
        }
    }
}
