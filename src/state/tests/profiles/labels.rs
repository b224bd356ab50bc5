//! Labels of profiles: when they are saved, changed and dropped.

use super::*;

#[test]
fn a_label_is_kept_once_the_key_is_and_only_for_its_profile() {
    let mut state = signed_out();
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!()
    };
    let command = SessionCommand::SignIn {
        credentials,
        source: KeySource::Keychain,
        label: " Northwind ".into(),
    };
    state.command(Command::Session(command), secs(0));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(0),
    );
    assert!(state.saved.profiles.is_empty());
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))),
        secs(1),
    );
    assert_eq!(state.saved.profiles[0].label, "Northwind");
    sign_in(&mut state, Environment::Staging);
    let staging = profile(&state);
    assert_eq!(state.label(&staging), "");
}

/// Signs in to Sandbox with a label, for this session only.
fn sign_in_as(state: &mut AppState, label: &str) -> Vec<Effect> {
    let Command::Session(SessionCommand::SignIn {
        credentials,
        source,
        ..
    }) = sign_in_command()
    else {
        unreachable!()
    };
    let command = SessionCommand::SignIn {
        credentials,
        source,
        label: label.into(),
    };
    state.command(Command::Session(command), secs(0))
}

#[test]
fn a_new_name_is_seen_whatever_was_typed_at_the_sign_in() {
    let mut state = signed_in();
    let sandbox = profile(&state);
    state.saved.key_was_stored(&sandbox, None, secs(0).wall);
    state.command(Command::Session(SessionCommand::SignOut), secs(0));
    sign_in_as(&mut state, "Typed");
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(1),
    );
    assert_eq!(state.label(&sandbox), "Typed");
    let rename = SessionCommand::RenameProfile(sandbox.clone(), "Northwind".into());
    state.command(Command::Session(rename), secs(2));
    assert_eq!(state.label(&sandbox), "Northwind");
}

#[test]
fn a_name_of_a_sign_in_that_failed_is_dropped() {
    let refused = || failure(FailureKind::KeyRejected, Operation::SignIn);
    for is_cancelled in [true, false] {
        let mut state = signed_in();
        let sandbox = profile(&state);
        state.saved.key_was_stored(&sandbox, None, secs(0).wall);
        state.command(Command::Session(SessionCommand::SignOut), secs(0));
        sign_in_as(&mut state, "Mistaken");
        assert_eq!(state.label(&sandbox), "Mistaken", "while it is tried");
        if is_cancelled {
            state.command(Command::Session(SessionCommand::CancelSignIn), secs(1));
        } else {
            happens(
                &mut state,
                SessionEvent::SignIn(SignInEvent::Verified(Err(refused()))),
                secs(1),
            );
        }
        assert_eq!(state.label(&sandbox), "");
    }
}

#[test]
fn a_label_is_kept_though_the_key_is_stored_behind_the_lock() {
    let mut state = signed_out();
    let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
        unreachable!()
    };
    let command = SessionCommand::SignIn {
        credentials,
        source: KeySource::Keychain,
        label: "Northwind".into(),
    };
    state.command(Command::Session(command), secs(0));
    happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(0),
    );
    let (left, sandbox) = (generation(&state), profile(&state));
    state.command(Command::Lock(LockCommand::Now), secs(1));
    let late = Event::Session(left, SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))));
    state.event(late, secs(2));
    let known = state.saved.known(&sandbox).unwrap();
    assert_eq!(known.label, "Northwind");
    assert!(known.key.added_at.is_some() && known.key.fingerprint.is_some());
}

#[test]
fn a_key_or_token_does_not_become_a_label() {
    let key = "sk_test_0123456789";
    for secret in [
        key,
        "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
        "Acme sk_test_0123456789",
    ] {
        let mut state = signed_in();
        let profile = profile(&state);
        let rename = SessionCommand::RenameProfile(profile.clone(), secret.to_owned());
        assert!(
            state
                .command(Command::Session(rename), secs(1))
                .iter()
                .all(|effect| !matches!(effect, Effect::Shell(ShellEffect::SavePreferences(_))))
        );
        assert_eq!(state.label(&profile), "", "{secret}");
        let title = &state.toasts.shown().last().unwrap().title;
        assert_eq!(title, "Label not saved");

        let mut state = signed_out();
        let Command::Session(SessionCommand::SignIn {
            credentials,
            source,
            ..
        }) = sign_in_command()
        else {
            panic!("another command");
        };
        let sign_in = SessionCommand::SignIn {
            credentials,
            source,
            label: secret.to_owned(),
        };
        state.command(Command::Session(sign_in), secs(1));
        assert_eq!(state.label(&profile), "", "{secret}");
    }
}
