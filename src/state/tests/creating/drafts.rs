//! When drafts are written to disk, and when they are not.

use super::*;
use crate::state::list::messages::ListCommand;

#[test]
fn a_draft_is_written_in_time_and_typing_on_does_not_put_it_off() {
    use std::time::Duration;
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    let typed = secs(1);
    let due = state.next_deadline(typed).unwrap();
    assert!(due.saturating_since(typed.boot) < Duration::from_secs(1));
    let later = Box::new(draft("user-12"));
    state.command(
        Command::Create(CreateCommand::Change(later)),
        at(Duration::from_millis(1_600)),
    );
    let shortly_before = at(Duration::from_millis(1_699));
    assert_eq!(state.next_deadline(shortly_before), Some(due));
    assert!(state.tick(shortly_before).is_empty());
    let effects = state.tick(at(Duration::from_millis(1_700)));
    assert!(matches!(
        effects[..],
        [Effect::Change(ChangeEffect::SaveDrafts(_))]
    ));
    assert!(state.tick(secs(2)).is_empty(), "once");
    assert_eq!(state.next_deadline(secs(2)), None);
}

#[test]
fn the_embedded_server_leaves_no_draft() {
    use crate::domain::environment::BaseUrl;
    let mut state = signed_out();
    let demo = Environment::Demo(BaseUrl::parse("http://127.0.0.1:1").unwrap());
    sign_in(&mut state, demo);
    type_in(&mut state, "user-1");
    assert!(state.tick(secs(5)).is_empty());
    assert!(state.before_exit(secs(6)).is_empty());
}

#[test]
fn drafts_that_could_not_be_written_are_written_with_the_next_change() {
    use crate::state::event::Event;
    use crate::state::shell::messages::OwnFile;
    use crate::state::shell::toasts::ToastAction;
    let mut state = signed_in();
    type_in(&mut state, "user-1");
    assert!(matches!(
        state.tick(secs(5))[..],
        [Effect::Change(ChangeEffect::SaveDrafts(_))]
    ));
    let file = OwnFile::Drafts;
    let why = "drafts.json: no room".to_owned();
    let folder = std::path::PathBuf::from("/data");
    let not_saved = ShellEvent::NotSaved { file, folder, why };
    state.event(Event::Shell(not_saved), secs(6));
    let toast = state.toasts.shown().last().unwrap();
    assert_eq!(toast.title, "Drafts not saved");
    assert!(toast.body.starts_with("drafts.json: no room. "));
    assert_eq!(toast.action, Some(ToastAction::ShowFolder));
    assert_eq!(toast.path.as_deref(), Some(std::path::Path::new("/data")));
    // The failed save is repeated at exit, although nothing has changed since.
    assert!(matches!(
        state.before_exit(secs(6))[..],
        [Effect::Change(ChangeEffect::SaveDrafts(_))]
    ));
    assert!(state.before_exit(secs(6)).is_empty(), "once");
}

#[test]
fn a_session_from_the_variables_leaves_no_trace_unless_its_profile_is_remembered() {
    use crate::state::list::ListColumn;
    let from_variables = |state: &mut AppState| {
        let Command::Session(SessionCommand::SignIn { credentials, .. }) = sign_in_command() else {
            unreachable!();
        };
        let mut effects = state.command(
            Command::Session(SessionCommand::SignIn {
                credentials,
                source: KeySource::Variables,
                label: String::new(),
            }),
            secs(0),
        );
        effects.extend(happens(
            state,
            SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
            secs(0),
        ));
        type_in(state, "user-1");
        effects.extend(state.command(
            Command::List(ListCommand::SortBy(ListColumn::Country)),
            secs(1),
        ));
        effects.extend(state.tick(secs(5)));
        effects.extend(state.before_exit(secs(6)));
        let is_written = |effect: &Effect| {
            matches!(
                effect,
                Effect::Shell(ShellEffect::SavePreferences(_))
                    | Effect::Change(ChangeEffect::SaveDrafts(_))
                    | Effect::History(HistoryEffect::Record(_))
            )
        };
        effects.into_iter().filter(is_written).count()
    };
    let mut state = signed_out();
    assert_eq!(from_variables(&mut state), 0);
    let workspace = state.workspace().unwrap();
    assert_eq!(
        workspace.layout.sort.column,
        ListColumn::Country,
        "in memory"
    );

    // Once the key is stored, draft and layout are saved as well.
    state.command(Command::Session(SessionCommand::StoreKey), secs(6));
    let effects = happens(
        &mut state,
        SessionEvent::SignIn(SignInEvent::KeyStored(Ok(()))),
        secs(7),
    );
    assert!(
        matches!(
            effects[..],
            [
                Effect::Change(ChangeEffect::SaveDrafts(_)),
                Effect::Shell(ShellEffect::SavePreferences(_))
            ]
        ),
        "{effects:?}"
    );
    let open = state.open().unwrap();
    assert!(open.is_key_in_keychain());
    let profile = open.profile().clone();
    assert_eq!(
        state.saved.layout(&profile).sort.column,
        ListColumn::Country
    );

    // A profile that was saved before leaves its usual traces: sign-in, fingerprint of its key, draft and layout.
    let mut state = signed_out();
    state.saved.key_was_stored(&profile, None, secs(0).wall);
    state.written_saved = state.saved.clone();
    assert_eq!(from_variables(&mut state), 4);
}
