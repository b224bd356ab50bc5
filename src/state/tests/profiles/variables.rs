//! Sessions with the key of the environment variables, whose profile is not saved.

use super::*;
use crate::domain::draft::{Draft, Field};
use crate::state::create::messages::CreateCommand;
use crate::state::session::messages::KeyRequest;

/// Signs in with the key of the environment variables.
fn from_variables(state: &mut AppState) {
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!();
    };
    let sign_in = SessionCommand::SignIn {
        credentials,
        source: KeySource::Variables,
        label: String::new(),
    };
    state.command(Command::Session(sign_in), secs(0));
    let verified = SessionEvent::SignIn(SignInEvent::Verified(Ok(())));
    happens(state, verified, secs(0));
}

#[test]
fn a_profile_of_the_variables_is_opened_again_with_its_draft() {
    let mut state = signed_out();
    from_variables(&mut state);
    let first = profile(&state);
    let draft = Draft::default().with([(Field::LegalName, "Lindenhof")]);
    let change = CreateCommand::Change(Box::new(draft.clone()));
    state.command(Command::Create(CreateCommand::Open), secs(1));
    state.command(Command::Create(change), secs(1));
    sign_in(&mut state, Environment::Staging);
    // A lock of the other profile drops its tokens, not the draft, which is on no disk.
    state.command(Command::Lock(LockCommand::Now), secs(2));
    sign_in(&mut state, Environment::Staging);
    let effects = state.command(
        Command::Session(SessionCommand::OpenProfile(first)),
        secs(3),
    );
    let reads_variables = |effect: &Effect| {
        matches!(
            effect,
            Effect::Session(SessionEffect::FetchKey(
                _,
                KeyRequest {
                    source: KeySource::Variables,
                    ..
                }
            ))
        )
    };
    assert!(effects.iter().any(reads_variables), "{effects:?}");
    from_variables(&mut state);
    assert_eq!(state.workspace().unwrap().creating.input.draft, draft);
}
