//! Creates with an unknown result, and the check that resolves it.

use std::time::Duration;

use thred_console::state::create::form_input::{FormPhase, UnknownOutcome};

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

const UNKNOWN: &str = "It may or may not have been created";

fn lost(answer: Answer) -> Console {
    let mut console = Console::signed_in(Setup::default());
    let is_silent = answer.is_silent();
    console.server.fault(On::Create, Fault::Once(answer));
    console.fill();
    console.submit();
    if is_silent {
        console.let_requests_time_out(0);
    }
    console.until_submitted();
    console.assert_shows(UNKNOWN);
    console.assert_shows("Checking with the same external_id, user-1, is safe");
    assert!(console.toasts().is_empty(), "nothing is claimed");
    console
}

#[test]
fn the_form_stays_open_with_what_was_typed_when_the_server_fails() {
    for status in [500, 503] {
        let mut console = lost(Answer::status(status));
        console.assert_shows("Dialog: New business");
        assert_eq!(console.field_value("external_id"), "user-1");
        assert_eq!(console.field_value("Legal name"), "Harbour Lane Books Ltd");
        assert!(!console.shows("Nothing was created"), "nobody knows that");
        console.click("Back to form");
        console.retype("Legal name", "Harbour Lane");
        console.submit_and_wait();
        // The second request checks the first, whatever was changed since.
        assert_eq!((console.create_requests(), console.stored_count()), (2, 7));
    }
}

#[test]
fn a_pause_that_is_too_long_is_told_and_nothing_is_asked_earlier() {
    let mut console = Console::signed_in(Setup::default());
    let busy = Answer::status(429).retry_after_secs(300);
    console.server.fault(On::Create, Fault::Once(busy));
    console.fill();
    console.submit_and_wait();
    console.assert_shows("requested a pause until ");
    console.assert_shows("Nothing was created.");
    assert_eq!((console.create_requests(), console.stored_count()), (1, 6));
    assert_eq!(console.field_value("external_id"), "user-1");
    console.click("Create in Custom");
    console.wait_for_text("Created in Custom");
}

#[test]
fn a_lost_answer_is_checked_and_exactly_one_exists() {
    for (answer, was_done) in [
        (Answer::real().hung_up(), true),
        (Answer::real().cut_off(), true),
        (Answer::real().unanswered(), true),
        (Answer::real().ignored(), false),
        (Answer::done_but(500), true),
        (Answer::done_but_garbled("<p>"), true),
        (Answer::status(502), false),
    ] {
        let mut console = lost(answer);
        assert_eq!(console.stored("user-1").is_some(), was_done);
        console.click("Check now");
        // A business that the first request created is reported as created, not as existing.
        console.wait_for_text("Created in Custom");
        assert_eq!((console.create_requests(), console.stored_count()), (2, 7));
        let bodies = console.log().of(&On::Create);
        assert_eq!(bodies[0].json(), bodies[1].json());
        let id = console.stored("user-1").unwrap().id;
        assert_eq!(console.workspace().selected.map(|id| id.0), Some(id));
        assert!(!console.workspace().creating.is_open);
    }
}

#[test]
fn another_one_with_the_id_is_told_apart_from_ours() {
    let mut console = lost(Answer::status(502));
    let other = thred_console::demo::DemoBusiness {
        legal_name: Some("Quicker Ltd".into()),
        ..Default::default()
    };
    console
        .server
        .fault(On::Create, Fault::Once(Answer::taken_by(other)));
    console.click("Check now");
    console.wait_for_text("Already existed; nothing was changed");
    console.assert_shows("Quicker Ltd");
    assert!(
        !console.shows("None of your input was saved"),
        "that is not known"
    );
}

#[test]
fn a_check_that_does_not_get_through_proves_nothing() {
    let mut console = lost(Answer::real().hung_up());
    for answer in [
        Answer::status(403),
        Answer::status(401),
        Answer::status(409),
        Answer::status(429),
        Answer::status(500),
    ] {
        console.server.fault(On::Create, Fault::Always(answer));
        console.click("Check now");
        console.wait_for("the end", |console| {
            matches!(
                console.workspace().creating.input.phase,
                FormPhase::Unknown(_)
            )
        });
        console.assert_shows(UNKNOWN);
        assert!(!console.shows("Nothing was created"));
        console.server.clear_faults();
    }
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    assert_eq!(console.stored_count(), 7);
}

#[test]
fn the_question_can_wait_and_can_be_left() {
    let mut console = lost(Answer::real().hung_up());
    console.click("Keep as draft");
    assert!(!console.shows(UNKNOWN));
    // The banner still shows the unknown result, and `N` returns to it.
    console.assert_shows("Harbour Lane Books Ltd may or may not have been created.");
    console.press(egui::Key::N);
    console.assert_shows(UNKNOWN);
    console.retype("Legal name", "Another Ltd");
    assert_eq!(
        console.field_value("Legal name"),
        "Harbour Lane Books Ltd",
        "nothing else is typed over it"
    );
    console.click("Back to form");
    assert_eq!(console.field_value("external_id"), "user-1");
    console.wait_for("the file", |console| {
        !console.kept_draft().outcome_is_unknown
    });
}

#[test]
fn an_unknown_outcome_survives_a_restart() {
    let mut console = lost(Answer::real().hung_up());
    console.until_remembered();
    let mut console = console.restart();
    console.until_listed();
    console.press(egui::Key::N);
    console.assert_shows(UNKNOWN);
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    assert_eq!(console.stored_count(), 7);
    console.wait_for("the file", |console| {
        console.kept_draft() == Default::default()
    });
}

#[test]
fn killed_while_sending_it_is_asked_once_more_and_never_made_twice() {
    for was_done in [true, false] {
        let mut console = Console::signed_in(Setup::default());
        console.until_remembered();
        let gate = RunGate::closed();
        let held = if was_done {
            Answer::real().unanswered()
        } else {
            Answer::real().held_by(&gate)
        };
        console.server.fault(On::Create, Fault::Once(held));
        console.fill();
        console.submit();
        console.until_log(|log| log.count(&On::Create) == 1);
        console.wait_for("the file", |console| {
            console.kept_draft().outcome_is_unknown
        });
        if was_done {
            console.wait_for("the server", |console| console.stored("user-1").is_some());
        }
        let mut console = console.crash();
        console.until_listed();
        assert!(matches!(
            console.workspace().creating.input.phase,
            FormPhase::Unknown(UnknownOutcome::ConsoleEnded)
        ));
        console.press(egui::Key::N);
        console.assert_shows("The console closed before the server answered.");
        console.click("Check now");
        console.wait_for_text("Created in Custom");
        assert_eq!(console.stored_count(), 7);
    }
}

#[test]
fn the_banner_tells_of_it_after_a_restart_and_asks_again() {
    let mut console = lost(Answer::real().hung_up());
    console.until_remembered();
    let mut console = console.restart();
    console.until_listed();
    console.assert_shows("Harbour Lane Books Ltd may or may not have been created.");
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    assert!(!console.shows("may or may not have been"));
    assert_eq!(console.stored_count(), 7);
}

#[test]
fn a_session_that_ended_is_told_apart_from_a_console_that_did() {
    let mut console = Console::signed_in(Setup::default().locking_after(10));
    console.until_remembered();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Once(held));
    console.fill();
    console.submit();
    console.until_log(|log| log.count(&On::Create) == 1);
    console.pass(Duration::from_secs(600));
    console.assert_shows("Locked");
    console.press(egui::Key::Enter);
    console.until_listed();
    console.assert_shows("The session ended before the server answered.");
}

#[test]
fn a_doubt_outlives_the_way_back_to_the_form() {
    let mut console = lost(Answer::status(502));
    console.click("Back to form");
    console.retype("Legal name", "Harbour Lane");
    let other = thred_console::demo::DemoBusiness {
        legal_name: Some("Harbour Lane Books Ltd".into()),
        ..Default::default()
    };
    console
        .server
        .fault(On::Create, Fault::Once(Answer::taken_by(other)));
    console.submit_and_wait();
    console.assert_shows("Already existed; nothing was changed");
    console.assert_shows("Your earlier request may have created it");
    assert!(!console.shows("None of your input was saved"));
}

#[test]
fn the_details_of_a_lost_answer_can_be_copied() {
    let mut console = lost(Answer::status(502));
    assert!(!console.shows("Copy details"));
    let screen = console.screen();
    let fold = screen
        .lines()
        .find_map(|line| line.strip_prefix("Button: Details: "))
        .unwrap();
    console.click(&format!("Details: {fold}"));
    console.click("Copy details");
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
    let text = console.clipboard.content().unwrap();
    assert!(text.contains("HTTP 502"), "{text}");
}

#[test]
fn a_long_wait_can_be_given_up_and_proves_nothing() {
    let mut console = Console::signed_in(Setup::default());
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Once(held));
    console.fill();
    console.submit();
    console.until_log(|log| log.count(&On::Create) == 1);
    console.pass(Duration::from_secs(9));
    assert!(!console.offers("Cancel"));
    console.pass(Duration::from_secs(1));
    console.assert_shows("Waiting for Custom, 10 s");
    console.click("Cancel");
    console.assert_shows(UNKNOWN);
    console.assert_shows("You stopped waiting for the server.");
    gate.open();
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    assert_eq!(console.stored_count(), 7);
}

#[test]
fn a_wait_after_a_refusal_is_given_up_without_a_doubt() {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = Duration::from_secs(120);
    let mut console = Console::signed_in(setup);
    let busy = Answer::status(429).retry_after_secs(60);
    console.server.fault(On::Create, Fault::Always(busy));
    console.fill();
    console.submit();
    console.wait_for("the pause", |console| console.workspace().retry.is_some());
    console.pass(Duration::from_secs(10));
    console.assert_shows("Custom requested a pause, retrying in ");
    console.click("Cancel");
    console.assert_shows("Not created in Custom");
    console.assert_shows("Dialog: New business");
    assert_eq!(console.field_value("external_id"), "user-1");
    assert!(!console.shows("Unknown"));
    assert_eq!((console.create_requests(), console.stored_count()), (1, 6));
}

#[test]
fn a_wait_before_a_created_business_is_read_is_no_sign_that_nothing_was_created() {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = Duration::from_secs(120);
    let mut console = Console::signed_in(setup);
    let bare = Answer::real().edited(|_, value| {
        for name in ["external_id", "name", "legal_name"] {
            value.as_object_mut().unwrap().remove(name);
        }
    });
    console.server.fault(On::Create, Fault::Always(bare));
    let busy = Answer::status(429).retry_after_secs(60);
    console.server.fault(On::Get, Fault::Always(busy));
    console.fill();
    console.submit();
    console.wait_for("the pause", |console| console.workspace().retry.is_some());
    console.pass(Duration::from_secs(10));
    console.click("Cancel");
    assert!(
        !console.shows("Not created in Custom"),
        "{}",
        console.screen()
    );
    console.assert_shows("may or may not have been created");
    assert_eq!((console.create_requests(), console.stored_count()), (1, 7));
}
