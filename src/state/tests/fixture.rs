//! A signed-in console, and events to apply to it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::domain::business::{Business, BusinessId};
use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::Environment;
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::key_source::{FetchedKey, KeySource, KeyVersion};
use crate::domain::keychain::KeychainName;
use crate::domain::settings::Settings;
use crate::domain::time::{BootInstant, Now};
use crate::domain::token::{
    BUSINESS_SCOPE, BusinessToken, Claims, Fingerprint, Payload, TokenResponse,
};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::creating::Drafts;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEffect;
use crate::state::list::messages::{ListEvent, ListOutcome};
use crate::state::session::attempt::Attempt;
use crate::state::session::messages::{SessionCommand, SignInEvent};
use crate::state::shell::saved::Saved;
use crate::state::tokens::messages::{ClipboardEvent, TokenCommand, TokenEffect};

pub(super) const ACME: BusinessId = BusinessId(Uuid::from_u128(1));
pub(super) const ZEBRA: BusinessId = BusinessId(Uuid::from_u128(2));

/// The time this long after the start.
pub(super) fn at(elapsed: Duration) -> Now {
    let start = Timestamp::from_second(1_767_225_600).unwrap();
    Now {
        wall: start.checked_add(elapsed).unwrap(),
        boot: BootInstant::from_origin(elapsed),
    }
}

pub(super) fn secs(secs: u64) -> Now {
    at(Duration::from_secs(secs))
}

pub(super) fn signed_out() -> AppState {
    AppState::new(
        // Without a lock, because hours pass in most tests without any activity.
        Saved {
            settings: Settings {
                lock_minutes: None,
                ..Settings::default()
            },
            ..Saved::default()
        },
        Drafts::default(),
        KeychainName::MacosKeychain,
        TimeZone::UTC,
    )
}

pub(super) fn sign_in_command() -> Command {
    sign_in_to(Environment::Sandbox)
}

pub(super) fn sign_in_to(environment: Environment) -> Command {
    let credentials = Credentials {
        environment,
        partner: PartnerId(Uuid::from_u128(9)),
        key: ApiKey::parse("sk_test_0123456789").unwrap(),
    };
    Command::Session(SessionCommand::SignIn {
        credentials,
        source: KeySource::Typed,
        label: String::new(),
    })
}

/// Signed in at the start, with an empty list that has loaded.
pub(in crate::state) fn signed_in() -> AppState {
    let mut state = signed_out();
    sign_in(&mut state, Environment::Sandbox);
    state
}

/// Signs in, with an empty list that has loaded.
pub(super) fn sign_in(state: &mut AppState, environment: Environment) {
    state.command(sign_in_to(environment), secs(0));
    happens(
        state,
        SessionEvent::SignIn(SignInEvent::Verified(Ok(()))),
        secs(0),
    );
    load_ends(state, Ok(ListOutcome::default()), secs(0));
}

/// Ends the running load of the list.
pub(super) fn load_ends(
    state: &mut AppState,
    result: Result<ListOutcome, Failure>,
    now: Now,
) -> Vec<Effect> {
    let load = state.workspace().unwrap().list.loading.number();
    happens(
        state,
        SessionEvent::List(ListEvent::Ended(load, result)),
        now,
    )
}

/// The generation of the sign-in attempt, or else of the session.
pub(super) fn generation(state: &AppState) -> Generation {
    let tried = state.attempt.as_ref().map(|attempt| attempt.generation);
    let open = state.open.as_ref().map(|open| open.generation);
    tried.or(open).unwrap_or_default()
}

pub(super) fn is_proving(state: &AppState) -> bool {
    state.attempt().and_then(Attempt::verifying).is_some()
}

/// Applies an event of the sign-in attempt or session.
pub(super) fn happens(state: &mut AppState, event: SessionEvent, now: Now) -> Vec<Effect> {
    let generation = generation(state);
    state.event(Event::Session(generation, event), now)
}

/// The generation before the current one.
pub(super) fn former(state: &AppState) -> Generation {
    Generation(generation(state).0 - 1)
}

/// A token that was requested at `requested`. The server states this lifetime, from which the console subtracts 5 s.
pub(super) fn token(business: BusinessId, requested: Now, lifetime_secs: i64) -> BusinessToken {
    let answer = TokenResponse {
        secret: format!("token-of-{}", business.0.as_u128()).into(),
        token_type: None,
        expires_in_secs: Some(lifetime_secs),
        scope: Some(BUSINESS_SCOPE.to_owned()),
        business_id: Some(business.to_string()),
        payload: Payload::Read(Claims {
            business_id: Some(business.to_string()),
            ..Claims::default()
        }),
        server_time: None,
        fingerprint: Fingerprint([0; 4]),
        requested,
    };
    BusinessToken::accept(answer, business).unwrap()
}

pub(super) fn failure(kind: FailureKind, operation: Operation) -> Failure {
    Failure {
        kind,
        operation,
        server: "Sandbox".into(),
        host: "sandbox.thredfi.com".into(),
        status: None,
        detail: None,
        request: 1,
        at: Timestamp::UNIX_EPOCH,
    }
}

pub(super) fn row(id: u128, name: &str) -> Business {
    Business {
        name: Some(name.into()),
        ..Business::unknown(BusinessId(Uuid::from_u128(id)))
    }
}

/// Presses `T` on a business.
pub(super) fn press_t(state: &mut AppState, business: BusinessId, now: Now) -> Vec<Effect> {
    state.command(
        Command::Token(TokenCommand::Copy {
            business,
            format: None,
        }),
        now,
    )
}

/// The ticket of the requested copy.
pub(super) fn ticket(effects: &[Effect]) -> u64 {
    match effects {
        [
            Effect::Token(TokenEffect::CopyHandout { ticket, .. }),
            Effect::History(HistoryEffect::Record(_)),
        ]
        | [Effect::Token(TokenEffect::CopyHandout { ticket, .. })] => *ticket,
        other => panic!("no copy: {other:?}"),
    }
}

/// Reports that a token was copied to the clipboard.
pub(super) fn clipboard_takes(state: &mut AppState, ticket: u64, now: Now) -> Vec<Effect> {
    let result = Ok(());
    state.event(
        Event::Clipboard(ClipboardEvent::HandoutCopied { ticket, result }),
        now,
    )
}

/// The source returns a key for the profile that is locked or signing in.
pub(super) fn key_fetched(state: &AppState) -> SessionEvent {
    let fetched = FetchedKey {
        partner: state.profile().unwrap().partner,
        key: ApiKey::parse("sk_test_0123456789").unwrap(),
        version: KeyVersion::default(),
        source: KeySource::Keychain,
    };
    SessionEvent::SignIn(SignInEvent::KeyFetched(Ok(Some(Box::new(fetched)))))
}
