//! Empty lists, failures, retries and requested pauses.

use std::time::Duration;

use egui::Key;

use super::{is_loaded, signed_in_until};
use crate::support::{Answer, Console, Fault, On, RecordingVerifier, Setup};

#[test]
fn a_partner_without_businesses() {
    let mut console = Console::signed_in(Setup {
        businesses: Vec::new(),
        ..Setup::default()
    });
    console.assert_shows("No businesses in Custom yet");
    console
        .server
        .state()
        .store_mut()
        .insert(crate::support::business(1, "First", "f-1", "GB"));
    console.click("Refresh");
    console.wait_for_text("First, row 1 of 1");
}

#[test]
fn nothing_that_matches() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into("Filter businesses", "nowhere");
    console.assert_shows("Nothing matches “nowhere”");
    console.assert_shows("Searched 6 loaded businesses.");
    console.click("Clear filter");
    assert_eq!(console.listed().len(), 6);
    assert_eq!(console.field_value("Filter businesses"), "");
}

#[test]
fn nothing_that_matches_yet() {
    let gate = crate::support::RunGate::closed();
    let hold = |console: &Console| {
        let later = On::matching(|seen| seen.page() > 1);
        console
            .server
            .fault(later, Fault::Always(Answer::real().held_by(&gate)));
    };
    let has_page = |console: &Console| console.workspace().list.shown_count() == 100;
    let mut console = signed_in_until(Setup::with_many(310), hold, "the first page", has_page);
    console.type_into("Filter businesses", "0007");
    console.assert_shows("Searched 100 loaded businesses.");
    console.assert_shows("210 more are loading.");
    gate.open();
    console.wait_for_text("Business 0007, row 1 of 1");
}

#[test]
fn a_total_that_is_too_low_hides_no_business_and_is_told() {
    let prepare = |console: &Console| {
        console
            .server
            .fault(On::List, Fault::Always(Answer::total_stated_as(200)));
    };
    let console = signed_in_until(Setup::with_many(430), prepare, "the list", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 430);
    console.assert_shows("430 loaded, server reported 200");
}

/// Loads the list with this response to every request, expects the title and at most `most_requests` requests, and
/// checks that the list loads once the fault is gone.
fn fails(answer: Answer, title: &str, most_requests: usize) {
    let prepare = |console: &Console| console.server.fault(On::List, Fault::Always(answer));
    let mut console = signed_in_until(Setup::default(), prepare, "the end of loading", is_loaded);
    console.assert_shows("The list could not be loaded");
    let host = console.environment().host();
    let told = title.replace("HOST", &host);
    assert!(
        console.shows(&told) || console.shows(&told.replace(&host, "Custom")),
        "{told}:\n{}",
        console.screen()
    );
    let asked = console.log().count(&On::List);
    assert!(asked <= most_requests, "{asked} requests");
    console.server.clear_faults();
    console.click("Try again");
    console.wait_for("the list", is_loaded);
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn each_failure_of_the_list_has_its_words_and_its_end() {
    fails(Answer::status(503), "HOST returned an error", 3);
    fails(
        Answer::status(429).retry_after_secs(0),
        "HOST received too many requests",
        3,
    );
    fails(
        Answer::status(403),
        "HOST does not allow loading the list",
        1,
    );
    fails(Answer::empty(404), "HOST has no Thred API here", 1);
    fails(
        Answer::html(200),
        "The console did not understand HOST’s answer",
        1,
    );
    fails(
        Answer::wrong_shape(),
        "The console did not understand HOST’s answer",
        1,
    );
    fails(
        Answer::nested(5_000),
        "The console did not understand HOST’s answer",
        1,
    );
    fails(Answer::endless(), "HOST sent too much data", 1);
    fails(
        Answer::real().truncated_json(),
        "HOST could not be reached",
        3,
    );
    fails(Answer::real().cut_off(), "HOST could not be reached", 3);
}

#[test]
fn a_retry_is_shown_counted_down_and_can_be_stopped() {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = Duration::from_secs(600);
    setup.api.retry.jitter = 0.0;
    let prepare = |console: &Console| {
        console.server.fault(
            On::List,
            Fault::Once(Answer::status(429).retry_after_secs(100)),
        )
    };
    let mut console = signed_in_until(setup, prepare, "the retry", |console| {
        console.workspace().retry.is_some()
    });
    console.assert_shows("requested a pause, retrying in 100 s");
    assert!(console.repaint_delay() <= Duration::from_secs(1));
    console.pass(Duration::from_secs(40));
    console.assert_shows("retrying in 60 s");
    console.click("Stop");
    assert!(!console.shows("retrying"));
    assert_eq!(
        console.log().count(&On::List),
        1,
        "the server asked for a wait and got it"
    );
    console.press(Key::F5);
    console.wait_for("the pause", |console| console.workspace().retry.is_some());
    console.assert_shows("retrying in 60 s");
    console.click("Stop");
    console.pass(Duration::from_secs(60));
    console.press(Key::F5);
    console.wait_for("the list", is_loaded);
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn a_pause_for_the_list_is_kept_when_a_token_is_copied() {
    let prepare = |console: &Console| {
        let busy = Answer::status(503).retry_after_secs(300);
        console.server.fault(On::List, Fault::Once(busy));
    };
    let mut console = signed_in_until(Setup::default(), prepare, "the end of loading", is_loaded);
    console.click("Try now");
    console.wait_for("the list", |console| console.listed().len() == 6);
    console.select("Acme Ltd");
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    console.assert_shows("requested a pause until ");
    assert_eq!(console.token_requests(), 0);
    console.press(Key::T);
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
}

#[test]
fn a_pause_that_is_too_long_is_told_with_its_end_and_a_button_that_does_not_wait() {
    let prepare = |console: &Console| {
        let busy = Answer::status(503).retry_after_secs(300);
        console.server.fault(On::List, Fault::Once(busy));
    };
    let mut console = signed_in_until(Setup::default(), prepare, "the end of loading", is_loaded);
    console.assert_shows("requested a pause until ");
    assert_eq!(
        console.log().count(&On::List),
        1,
        "nothing is asked earlier"
    );
    console.click("Try now");
    console.wait_for("the list", is_loaded);
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn retry_after_is_honoured_and_then_all_is_well() {
    let prepare = |console: &Console| {
        console.server.fault(
            On::List,
            Fault::Once(Answer::status(429).retry_after_secs(0)),
        );
        console
            .server
            .fault(On::List, Fault::Once(Answer::status(502)));
    };
    let console = signed_in_until(Setup::default(), prepare, "the list", |console| {
        is_loaded(console)
    });
    assert_eq!(
        (console.log().count(&On::List), console.listed().len()),
        (3, 6)
    );
    assert!(console.toasts().is_empty() && console.workspace().retry.is_none());
}

#[test]
fn redirects_and_foreign_links_lead_nowhere() {
    let mut console = Console::start(Setup::with_many(250));
    console.server.become_older();
    let witness = console.block_on(RecordingVerifier::start());
    let next = Answer::foreign_next(&witness.url("/v1/platform/businesses/?page=2"));
    console.server.fault(On::List, Fault::Always(next));
    console.sign_in();
    console.wait_for("the list", is_loaded);
    assert_eq!(
        console.workspace().list.shown_count(),
        250,
        "read from the server itself"
    );
    console.server.clear_faults();

    console.server.fault(
        On::Any,
        Fault::Always(Answer::redirect(307, &witness.url("/elsewhere/"))),
    );
    console.press(Key::F5);
    console.wait_for_text("redirected the request");
    console.select("Business 0250");
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    assert!(witness.seen().is_empty());
    witness.assert_no_credentials();
}
