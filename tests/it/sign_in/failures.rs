//! Failures of the sign-in request, each with its message and number of requests.

use crate::support::{Answer, Console, Fault, On, PARTNER, RecordingVerifier, Setup, closed_port};

/// Signs in with this response from the server, and expects this title, this sentence and this many requests.
fn fails(answer: Answer, title: &str, sentence: &str, requests: usize) -> Console {
    let mut console = Console::start(Setup::default());
    console.server.fault(On::SignIn, Fault::Always(answer));
    console.sign_in_with(&PARTNER.to_string(), crate::support::KEY);
    let host = console.environment().host();
    console.wait_for_text(&title.replace("HOST", &host));
    console.assert_shows(&sentence.replace("HOST", &host));
    console.assert_shows("You are not signed in, and nothing was stored or changed.");
    assert_eq!(console.log().count(&On::Any), requests);
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
    assert!(console.offers("Sign in to Custom"), "the next step");
    console.assert_shows("Enter the key again.");
    assert_eq!(console.field_value("API key"), "");
    console
}

#[test]
fn after_a_failure_the_key_is_typed_again_and_nothing_else() {
    let mut console = fails(
        Answer::status(503),
        "HOST returned an error",
        "HOST returned 503 after several attempts.",
        3,
    );
    console.server.clear_faults();
    console.type_text(crate::support::KEY);
    console.press(egui::Key::Enter);
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_stored_key_is_tried_again_without_typing_it() {
    let mut console = Console::start(Setup::default());
    console.sign_in();
    console.wait_for("the stored key", |console| {
        console.preferences().last_profile.is_some()
    });
    let down = Answer::status(503);
    console.server.fault(On::SignIn, Fault::Always(down));
    let mut console = console.restart();
    console.wait_for_text("after several attempts");
    console.server.clear_faults();
    console.click("Try again");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_host_where_nobody_listens() {
    let mut console = Console::start(Setup::default());
    let nobody = console.block_on(closed_port());
    console.retype("Custom URL", &nobody);
    console.sign_in_with(&PARTNER.to_string(), crate::support::KEY);
    let host = nobody.strip_prefix("http://").unwrap();
    console.wait_for_text(&format!("{host} could not be reached"));
    console.assert_shows(&format!("Nothing answers at {host}."));
    assert_eq!(console.field_value("Custom URL"), nobody);
    console.retype("Custom URL", &console.server.base_url());
    console.retype("API key", crate::support::KEY);
    console.click("Sign in to Custom");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
}

#[test]
fn a_host_that_does_not_speak_tls() {
    let mut console = Console::start(Setup::default());
    let plain = console.server.base_url().replace("http://", "https://");
    console.retype("Custom URL", &plain);
    console.sign_in_with(&PARTNER.to_string(), crate::support::KEY);
    console.wait_for_text("is not secure");
    console.assert_shows(": the server there does not speak TLS. Nothing was sent.");
    assert!(!console.shows("proxy") && !console.shows("clock"));
    assert!(console.log().all().is_empty());
}

#[test]
fn a_proxys_page() {
    fails(
        Answer::html(200),
        "The console did not understand HOST’s answer",
        "HOST did not answer like the Thred API (“an HTML page, Bad gateway”). A proxy may be in between.",
        1,
    );
}

#[test]
fn half_an_answer() {
    fails(
        Answer::real().truncated_json(),
        "HOST could not be reached",
        "The connection to HOST closed before an answer arrived.",
        3,
    );
    fails(
        Answer::real().cut_off(),
        "HOST could not be reached",
        "The connection to HOST closed before an answer arrived.",
        3,
    );
}

#[test]
fn json_that_is_something_else() {
    fails(
        Answer::wrong_shape(),
        "The console did not understand HOST’s answer",
        "A proxy may be in between.",
        1,
    );
    fails(
        Answer::nested(5_000),
        "The console did not understand HOST’s answer",
        "A proxy may be in between.",
        1,
    );
    fails(
        Answer::real().invalid_utf8(),
        "The console did not understand HOST’s answer",
        "A proxy may be in between.",
        1,
    );
}

#[test]
fn a_body_without_end() {
    fails(
        Answer::endless(),
        "HOST sent too much data",
        "The answer from HOST is larger than 1 MiB and was cut off.",
        1,
    );
}

#[test]
fn no_answer_in_time() {
    let mut console = Console::start(Setup::default());
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::real().ignored()));
    console.sign_in_with(&PARTNER.to_string(), crate::support::KEY);
    for attempt in 0..2 {
        console.let_requests_time_out(attempt);
    }
    console.wait_for_text("did not answer in time");
    assert_eq!(console.log().count(&On::SignIn), 2, "repeated once");
}

#[test]
fn a_redirect_is_never_followed() {
    let probe = Console::start(Setup::default());
    let witness = probe.block_on(RecordingVerifier::start());
    for status in [301, 302, 307, 308] {
        let target = witness.url("/v1/platform/oauth2/token/");
        let sentence = format!(
            "HOST redirects to {target}. The console never follows redirects, to protect your key."
        );
        fails(
            Answer::redirect(status, &target),
            "HOST redirected the request",
            &sentence,
            1,
        );
    }
    assert!(witness.seen().is_empty());
    witness.assert_no_credentials();
}

#[test]
fn a_sign_in_that_no_request_can_carry() {
    for token in ["partner token", "partner\ttoken", "pärtner"] {
        fails(
            Answer::real().edited(move |_, value| value["access_token"] = token.into()),
            "HOST returned an unusable session",
            "The session from HOST contains a space or another character not allowed in a request.",
            1,
        );
    }
}

#[test]
fn a_sign_in_that_had_expired_when_it_arrived() {
    let reversed = Answer::real().claims(|claims| {
        let issued = claims["iat"].as_i64().unwrap();
        claims.insert("exp".into(), (issued - 1).into());
    });
    for answer in [
        reversed,
        Answer::token_clock_off_by(-86_400),
        Answer::expires_in(0.into()),
        Answer::expires_in((-5).into()),
    ] {
        fails(
            answer,
            "HOST returned an unusable session",
            "The session from HOST had expired when it arrived.",
            1,
        );
    }
}

#[test]
fn a_server_with_a_fault() {
    fails(
        Answer::status(503),
        "HOST returned an error",
        "HOST returned 503 after several attempts.",
        3,
    );
    fails(
        Answer::html(502),
        "HOST returned an error",
        "HOST returned 502 after several attempts.",
        3,
    );
}

#[test]
fn a_server_that_is_asked_too_often() {
    fails(
        Answer::status(429).retry_after_secs(0),
        "HOST received too many requests",
        "HOST still rejected the request after several retries.",
        3,
    );
}

#[test]
fn a_server_without_the_api() {
    fails(
        Answer::empty(404),
        "HOST has no Thred API here",
        "HOST answered “not found” at this address.",
        1,
    );
}

#[test]
fn a_fault_that_passes_is_not_even_seen() {
    let mut console = Console::start(Setup::default());
    console
        .server
        .fault(On::SignIn, Fault::Times(2, Answer::status(503)));
    console.sign_in();
    assert_eq!(console.log().count(&On::SignIn), 3);
    assert!(console.toasts().is_empty());
}
