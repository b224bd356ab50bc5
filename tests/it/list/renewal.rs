//! Renewing the sign-in, ahead of time and after a 401.

use std::time::Duration;

use egui::Key;

use super::{is_loaded, signed_in_until};
use crate::support::{Answer, Console, Fault, KEY, On, Setup};

#[test]
fn one_401_is_answered_by_one_silent_renewal() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(401)));
    console.copy_token();
    assert_eq!(
        (console.log().count(&On::SignIn), console.token_requests()),
        (2, 2)
    );
    assert_eq!(console.toasts().len(), 1, "nothing but the copy is told");
    assert!(console.workspace().sign_in_failure.is_none());
}

#[test]
fn many_401s_at_once_are_answered_by_one_renewal() {
    let mut console = Console::start(Setup::with_many(300).paged(10));
    let old = std::sync::Arc::new(std::sync::Mutex::new(None::<String>));
    // Every later page rejects the partner token that the first page was requested with.
    console.server.fault(
        On::matching(move |seen| {
            let mut old = old.lock().unwrap();
            let bearer = seen
                .authorization()
                .filter(|text| text.starts_with("Bearer "))
                .map(str::to_owned);
            if old.is_none() {
                old.clone_from(&bearer);
            }
            bearer.is_some() && *old == bearer && seen.page() > 1
        }),
        Fault::Always(Answer::status(401)),
    );
    console.sign_in();
    console.wait_for("the list", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 300);
    assert_eq!(console.log().count(&On::SignIn), 2);
}

#[test]
fn a_401_that_stays_ends_after_one_renewal_and_is_told_in_one_place() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Always(Answer::status(401)));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    assert_eq!(
        (console.log().count(&On::SignIn), console.token_requests()),
        (2, 2)
    );
    console.assert_shows("rejected the sign-in");
    console.assert_shows("Session ended");
    assert_eq!(console.clipboard.copies(), 0);
}

#[test]
fn a_key_that_was_revoked_meanwhile_is_told_as_the_end_of_the_sign_in() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.server.state().revoke_api_key(KEY);
    console
        .server
        .fault(On::Token, Fault::Always(Answer::status(401)));
    console.press(Key::T);
    console.wait_for_text("Session ended");
    console.assert_shows("rejected the API key");
    assert_eq!(
        (console.log().count(&On::SignIn), console.token_requests()),
        (2, 1)
    );
    assert_eq!(console.listed().len(), 6, "the list stays");
}

#[test]
fn the_sign_in_is_renewed_before_it_ends() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.pass(Duration::from_secs(54 * 60));
    console.copy_token();
    assert_eq!(console.log().count(&On::SignIn), 1);
    console.pass(Duration::from_secs(61));
    console.press(Key::F5);
    console.wait_for("the list", |console| {
        is_loaded(console) && console.log().count(&On::List) == 2
    });
    assert_eq!(console.log().count(&On::SignIn), 2, "five minutes ahead");
}

#[test]
fn the_list_itself_survives_a_401() {
    let prepare = |console: &Console| {
        console
            .server
            .fault(On::Page(2), Fault::Once(Answer::status(401)))
    };
    let console = signed_in_until(Setup::with_many(310), prepare, "the list", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 310);
    assert_eq!(
        (
            console.log().count(&On::SignIn),
            console.log().count(&On::Page(2))
        ),
        (2, 2)
    );
}
