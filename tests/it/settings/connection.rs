//! The connection test.

use egui::Key;
use thred_console::domain::connection::{ConnectionCheck, ConnectionFinding};

use super::open;
use crate::support::{
    Answer, Authority, Console, Fault, KEY, On, PARTNER, RunGate, Setup, TlsFront, closed_port,
};

/// Waits for the end of the test and returns the finding of a check.
fn finding(console: &mut Console, check: ConnectionCheck) -> ConnectionFinding {
    console.wait_until("the end of the test", |state| {
        let test = state.connection.test.as_ref();
        test.is_some_and(|test| !test.is_running())
    });
    let test = console.state().connection.test.as_ref().unwrap();
    let at = ConnectionCheck::ALL
        .iter()
        .position(|one| *one == check)
        .unwrap();
    test.findings[at].clone()
}

#[test]
fn a_working_connection_passes_and_the_report_can_be_copied() {
    let mut console = Console::signed_in(Setup::default());
    console.wait_for("the key", |console| {
        console.preferences().last_profile.is_some()
    });
    open(&mut console);
    console.click("Test connection");
    for check in ConnectionCheck::ALL {
        let found = finding(&mut console, check);
        let word = match check {
            // The test server speaks plain HTTP.
            ConnectionCheck::Server => "n/a",
            _ => "ok",
        };
        assert_eq!(found.word(), word, "{check:?}: {found:?}");
        console.assert_shows(&format!("{}: {word}, {}", check.name(), found.text()));
    }
    console.assert_shows("The macOS Keychain holds this profile’s key.");
    console.click("Copy as text");
    console.wait_for_text("Copied connection test");
    let text = console.clipboard.content().unwrap();
    assert!(
        text.contains(&console.with_host("ok       API key       Custom accepts it.")),
        "{text}"
    );
    assert!(text.contains(&console.environment().host()), "{text}");
    assert!(
        !text.contains(KEY) && !text.contains(&PARTNER.to_string()),
        "{text}"
    );
}

#[test]
fn the_findings_are_scrolled_into_view() {
    let size = egui::vec2(1280.0, 800.0);
    let mut console = Console::signed_in(Setup {
        size,
        ..Setup::default()
    });
    open(&mut console);
    console.click("Test connection");
    let found = finding(&mut console, ConnectionCheck::Key);
    let last = format!("API key: ok, {}", found.text());
    console.wait_for_text(&last);
    let button = console.rect_of("Test again");
    let row = console.rect_of(&last);
    assert!(
        button.top() > 0.0 && row.bottom() < size.y,
        "{button:?} {row:?}"
    );
}

#[test]
fn before_the_sign_in_the_key_is_skipped_and_no_secret_is_sent() {
    let mut console = Console::start(Setup::default());
    console.retype("API key", KEY);
    open(&mut console);
    console.click("Test connection");
    let found = finding(&mut console, ConnectionCheck::Key);
    assert!(matches!(&found, ConnectionFinding::Skipped(why) if why.contains("not signed in")));
    let found = finding(&mut console, ConnectionCheck::Server);
    assert!(
        matches!(found, ConnectionFinding::NotApplicable(_)),
        "{found:?}"
    );
    for seen in console.log().all() {
        assert_eq!(seen.authorization(), None);
    }
}

#[test]
fn a_server_that_does_not_answer_is_told_from_the_sign_in_on() {
    let mut setup = Setup::default();
    setup.api.retry.attempts = 1;
    let mut console = Console::start(setup);
    let nobody = console.block_on(closed_port());
    console.retype("Custom URL", &nobody);
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.wait_for_text("could not be reached");
    console.click("Test connection");
    console.assert_shows("Changes apply immediately");
    let found = finding(&mut console, ConnectionCheck::Server);
    assert!(
        matches!(&found, ConnectionFinding::Bad(why) if why.starts_with("Nothing answers at ")),
        "{found:?}"
    );
    for check in [ConnectionCheck::Clock, ConnectionCheck::Key] {
        let found = finding(&mut console, check);
        assert!(
            matches!(found, ConnectionFinding::Skipped(_)),
            "{check:?}: {found:?}"
        );
    }
    assert!(matches!(
        finding(&mut console, ConnectionCheck::Name),
        ConnectionFinding::Good(_)
    ));
}

#[test]
fn a_certificate_that_is_not_trusted_is_told_with_its_issuer() {
    let mut console = Console::start(Setup::default());
    let authority = Authority::new("Interception Appliance");
    let front = console.block_on(TlsFront::start(&authority, "localhost", &console.server));
    console.retype("Custom URL", &front.local_url());
    open(&mut console);
    console.click("Test connection");
    let found = finding(&mut console, ConnectionCheck::Server);
    assert!(
        matches!(&found, ConnectionFinding::Bad(why)
            if why.contains("this computer does not trust its issuer, Interception Appliance")),
        "{found:?}"
    );
    assert!(console.log().all().is_empty());
}

#[test]
fn a_key_that_is_refused_is_told() {
    let mut console = Console::signed_in(Setup::default());
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::status(401)));
    open(&mut console);
    console.click("Test connection");
    let found = finding(&mut console, ConnectionCheck::Key);
    assert!(
        matches!(&found, ConnectionFinding::Bad(why) if why.contains("does not accept this key for this partner UUID")),
        "{found:?}"
    );
}

#[test]
fn a_test_can_be_stopped_and_made_again() {
    let mut console = Console::signed_in(Setup::default());
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::real().held_by(&gate)));
    open(&mut console);
    console.click("Test connection");
    console.until_log(|log| log.count(&On::SignIn) == 2);
    console.wait_for_text("Checking…");
    console.click("Stop");
    let found = finding(&mut console, ConnectionCheck::Key);
    assert_eq!(
        found,
        ConnectionFinding::Skipped("Not checked: stopped.".to_owned())
    );
    gate.open();
    console.click("Test again");
    let found = finding(&mut console, ConnectionCheck::Key);
    assert!(matches!(found, ConnectionFinding::Good(_)), "{found:?}");
}

#[test]
fn the_end_of_a_session_ends_the_test_that_holds_its_key() {
    let mut console = Console::signed_in(Setup::default());
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::real().held_by(&gate)));
    open(&mut console);
    console.click("Test connection");
    console.until_log(|log| log.count(&On::SignIn) == 2);
    console.press_with(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    let found = finding(&mut console, ConnectionCheck::Key);
    assert!(
        matches!(&found, ConnectionFinding::Skipped(why) if why.contains("the session ended")),
        "{found:?}"
    );
}

#[test]
fn a_pause_that_the_server_asked_for_is_kept_and_its_end_is_told() {
    let mut console = Console::signed_in(Setup::default());
    let busy = Answer::status(429).retry_after_secs(300);
    console.server.fault(On::List, Fault::Always(busy));
    console.press(Key::F5);
    console.wait_for_text("requested a pause until ");
    let asked = console.log().all().len();
    open(&mut console);
    console.click("Test connection");
    let found = finding(&mut console, ConnectionCheck::Server);
    assert!(
        matches!(&found, ConnectionFinding::Bad(why)
            if why.contains("requested a pause of 5 min. Test again after ")),
        "{found:?}"
    );
    let found = finding(&mut console, ConnectionCheck::Key);
    assert!(
        matches!(&found, ConnectionFinding::Skipped(why) if why.contains("during the pause")),
        "{found:?}"
    );
    assert_eq!(console.log().all().len(), asked, "nothing was asked");
}

#[test]
fn the_page_stays_where_the_user_scrolls_to_while_the_test_runs() {
    let mut console = Console::signed_in(Setup::default());
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::SignIn, Fault::Once(held));
    open(&mut console);
    console.click("Test connection");
    console.wait_until("the last finding", |state| {
        let test = state.connection.test.as_ref();
        test.is_some_and(|test| test.pending() == 1)
    });
    assert!(console.rect_of("Theme: Light").top() < 0.0, "it follows");
    console.turn_wheel(egui::pos2(640.0, 400.0), 10_000.0);
    let place = console.rect_of("Theme: Light");
    assert!(place.top() > 0.0, "{place:?}");
    gate.open();
    finding(&mut console, ConnectionCheck::Key);
    assert_eq!(console.rect_of("Theme: Light"), place);
}
