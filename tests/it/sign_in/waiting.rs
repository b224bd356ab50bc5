//! Requested pauses and clock differences during the sign-in.

use std::time::{Duration, SystemTime};

use thred_console::state::session::attempt::{Attempt, SignInProblem};

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup};

fn sign_in_at(answer: Answer, setup: Setup) -> Console {
    let mut console = Console::start(setup);
    console.server.fault(On::SignIn, Fault::Once(answer));
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console
}

#[test]
fn a_pause_is_named_counted_down_and_kept() {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = Duration::from_secs(600);
    setup.api.retry.jitter = 0.0;
    let busy = Answer::status(429).header("retry-after", "99.5");
    let mut console = sign_in_at(busy, setup);
    console.wait_until("the pause", |state| {
        state.attempt().and_then(Attempt::retry).is_some()
    });
    console.pass(Duration::from_secs(1));
    let host = console.environment().host();
    console.assert_shows(&format!("{host} requested a pause, retrying in 99 s"));
    assert!(console.repaint_delay() <= Duration::from_secs(1));
    console.pass(Duration::from_secs(40));
    console.assert_shows("retrying in 59 s");
    assert!(
        !console.shows("to answer"),
        "it is not the answer that is awaited"
    );
    console.click("Cancel");
    assert!(!console.shows("retrying"));
    assert_eq!(console.log().count(&On::SignIn), 1);
}

#[test]
fn a_pause_that_is_too_long_is_told_with_its_end_and_a_button_that_does_not_wait() {
    let busy = Answer::status(429).retry_after_secs(300);
    let mut console = sign_in_at(busy, Setup::default());
    let host = console.environment().host();
    console.wait_for_text(&format!("{host} requested a pause until "));
    let Some(SignInProblem::Failed(failure, _)) = console.sign_in_problem() else {
        panic!("{:?}", console.state().attempt());
    };
    // The end of the pause, rounded up to the next full minute.
    let end = failure
        .at
        .checked_add(Duration::from_secs(300) + Duration::from_nanos(59_999_999_999))
        .unwrap();
    let end = end
        .to_zoned_datetime(console.zone.clone())
        .strftime("%H:%M");
    console.assert_shows(&format!("requested a pause until {end}"));
    console.assert_shows("requested a pause of 5 min");
    assert_eq!(console.log().count(&On::SignIn), 1);
    console.click("Enter the key again");
    console.retype("API key", KEY);
    console.click("Try now");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    assert_eq!(console.log().count(&On::SignIn), 2);
}

#[test]
fn clocks_that_differ_at_the_sign_in_are_told_once() {
    let half_an_hour = Duration::from_secs(30 * 60 + 50);
    let three_days = Duration::from_secs(3 * 86_400 + 20);
    for (server, told) in [
        (
            SystemTime::now() + half_an_hour,
            "The server’s clock is 30 min ahead of this computer’s.",
        ),
        (
            SystemTime::now() - three_days,
            "The server’s clock is 3 days behind this computer’s.",
        ),
    ] {
        let mut console = Console::start(Setup::default());
        let dated = Fault::Always(Answer::real().dated(server));
        console.server.fault(On::Any, dated);
        console.sign_in_with(&PARTNER.to_string(), KEY);
        console.wait_for_text("The clocks differ.");
        console.assert_shows(told);
        console.click("Dismiss");
        assert!(!console.shows("The clocks differ."));
        console.press(egui::Key::F5);
        console.until_log(|log| log.count(&On::List) >= 2);
        console.settle();
        assert!(!console.shows("The clocks differ."));
    }
}

#[test]
fn clocks_that_agree_again_are_no_longer_said_to_differ() {
    let server = SystemTime::now() + Duration::from_secs(30 * 60);
    let mut console = Console::start(Setup::default());
    let dated = Fault::Always(Answer::real().dated(server));
    console.server.fault(On::Any, dated);
    console.sign_in_with(&PARTNER.to_string(), KEY);
    console.until_listed();
    console.wait_for_text("The clocks differ.");
    console.server.clear_faults();
    console.press(egui::Key::F5);
    console.wait_until("the difference to end", |state| {
        let workspace = state.workspace();
        workspace.is_some_and(|workspace| workspace.clock_skew_secs.is_none())
    });
    assert!(!console.shows("The clocks differ."));
}

#[test]
fn a_minute_is_not_worth_telling() {
    let server = SystemTime::now() + Duration::from_secs(30);
    let mut console = sign_in_at(Answer::real().dated(server), Setup::default());
    console.until_listed();
    assert!(!console.shows("The clocks differ."));
}
