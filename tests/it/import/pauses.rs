//! Pauses that the server asks for during a run.

use std::time::Duration;

use egui::Key;

use super::rows;
use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business};

/// The pause that the server requests, which applies to all requests of a run.
const WAIT: Duration = Duration::from_hours(1);

#[test]
fn too_many_requests_makes_all_of_them_wait() {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = WAIT;
    let mut console = Console::at_dry_run(setup, &rows(12));
    let (refusal, gate) = (RunGate::closed(), RunGate::closed());
    let slow = Answer::status(429).retry_after_secs(WAIT.as_secs());
    let slow = slow.held_by(&refusal);
    console.server.fault(On::Create, Fault::Once(slow));
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Times(3, held));
    console.click("Create 12 in Custom");
    console.until_log(|log| log.count(&On::Create) == 4);
    refusal.open();
    console.wait_for("the wait", |console| {
        console.run().is_some_and(|run| run.wait.is_some())
    });
    console.assert_shows("All requests wait");
    console.pass(Duration::from_secs(1));
    assert!(console.workspace().retry.is_none(), "that is told once");
    gate.open();
    console.wait_for("the three", |console| console.created() == 3);
    assert_eq!(
        console.create_requests(),
        4,
        "nobody goes on before its time"
    );
    // Twice the pause, because each request adds a random delay so that they do not all arrive at once.
    console.leap(2 * WAIT);
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
    assert_eq!(console.create_requests(), 13);
}

#[test]
fn a_pause_that_is_too_long_pauses_the_run_and_resuming_goes_on() {
    for (answer, requests) in [
        (Answer::status(429).retry_after_secs(300), 2),
        // The server may have created the business.
        (Answer::status(503).retry_after_secs(300), 2),
    ] {
        let mut console = Console::at_dry_run(Setup::default(), &rows(1));
        console.server.fault(On::Create, Fault::Once(answer));
        console.click("Create 1 in Custom");
        console.wait_for_text("requested a pause until ");
        console.wait_for("rest", |console| console.log().in_flight() == 0);
        console.settle();
        assert_eq!(console.create_requests(), 1, "nothing is asked earlier");
        assert_eq!(console.run().unwrap().progress(), (0, 1));
        console.click("Resume");
        console.wait_for_end();
        assert_eq!(
            (console.create_requests(), console.newcomers()),
            (requests, 1)
        );
    }
}

/// The pauses of requests that were under way together end a little apart.
#[test]
fn one_resume_ends_the_pauses_of_all_rows_that_were_under_way() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(12));
    let gates: Vec<RunGate> = (0..4).map(|_| RunGate::closed()).collect();
    for (at, gate) in gates.iter().enumerate() {
        let busy = Answer::status(429).retry_after_secs(300 + at as u64);
        let fault = Fault::Once(busy.held_by(gate));
        console.server.fault(On::Create, fault);
    }
    console.click("Create 12 in Custom");
    console.until_log(|log| log.count(&On::Create) == 4);
    for gate in &gates {
        gate.open();
    }
    console.wait_for_text("requested a pause until ");
    console.wait_for("rest", |console| console.log().in_flight() == 0);
    console.settle();
    console.click("Resume");
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
    assert_eq!(console.create_requests(), 16);
}

#[test]
fn a_pause_for_something_else_pauses_the_run_before_a_row_is_sent() {
    let mut console = Console::signed_in(Setup::default());
    let busy = Answer::status(503).retry_after_secs(300);
    console.server.fault(On::List, Fault::Once(busy));
    console.press(Key::F5);
    console.wait_for_text("requested a pause until ");
    console.open_file("partners.csv", rows(6));
    console.dry_run();
    console.click("Create 6 in Custom");
    console.wait_for("the pause", |console| console.offers("Resume"));
    console.settle();
    assert_eq!((console.create_requests(), console.newcomers()), (0, 0));
    assert_eq!(console.run().unwrap().progress(), (0, 6));
    console.click("Resume");
    console.wait_for_end();
    assert_eq!((console.create_requests(), console.newcomers()), (6, 6));
}

/// A console that waits for pauses of up to a minute, as in production.
fn waits_a_minute() -> Setup {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = Duration::from_mins(1);
    setup
}

/// The user knows of the first pause only.
#[test]
fn resuming_ends_the_pause_that_stopped_the_run_and_no_later_one() {
    let mut console = Console::at_dry_run(waits_a_minute(), &rows(12));
    let (refusal, others) = (RunGate::closed(), RunGate::closed());
    let busy = Answer::status(429).retry_after_secs(300).held_by(&refusal);
    console.server.fault(On::Create, Fault::Once(busy));
    let held = Answer::real().held_by(&others);
    console.server.fault(On::Create, Fault::Times(3, held));
    console.click("Create 12 in Custom");
    console.until_log(|log| log.count(&On::Create) == 4);
    refusal.open();
    console.wait_for_text("requested a pause until ");
    others.open();
    console.wait_for("the three", |console| console.created() == 3);
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Times(4, held));
    console.click("Resume");
    console.until_log(|log| log.count(&On::Create) == 8);
    let busy = Answer::status(503).retry_after_secs(50);
    console.server.fault(On::List, Fault::Once(busy));
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    console.press(Key::F5);
    console.wait_for("the pause", |console| console.workspace().retry.is_some());
    gate.open();
    console.wait_for("the four", |console| console.created() == 7);
    console.settle();
    assert_eq!(console.create_requests(), 8, "nothing is asked earlier");
    // Twice the pause, because each request adds a random delay so that they do not all arrive at once.
    console.leap(Duration::from_secs(100));
    console.press(Key::I);
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
}

#[test]
fn a_pause_that_another_request_was_given_is_told_by_the_run() {
    let mut console = Console::at_dry_run(waits_a_minute(), &rows(12));
    let gate = RunGate::closed();
    console.begin_held(12, &gate);
    let busy = Answer::status(503).retry_after_secs(50);
    console.server.fault(On::List, Fault::Once(busy));
    console.press_with(egui::Modifiers::COMMAND, Key::Num1);
    console.press(Key::F5);
    console.wait_for("the pause", |console| console.workspace().retry.is_some());
    console.press(Key::I);
    gate.open();
    console.wait_for("the four", |console| console.created() == 4);
    console.wait_for_text("All requests wait");
    assert_eq!(console.create_requests(), 4, "nothing is asked earlier");
    console.leap(Duration::from_secs(100));
    console.wait_for_end();
    assert_eq!(console.newcomers(), 12);
}

/// A run whose only row gets the response "too many requests". Somebody else has created the business since the list
/// was loaded.
fn throttled() -> Console {
    let mut setup = Setup::default();
    setup.api.retry.retry_after_cap = WAIT;
    let mut console = Console::at_dry_run(setup, &rows(1));
    let slow = Answer::status(429)
        .retry_after_secs(WAIT.as_secs())
        .then(|state| {
            let twin = business(77, "Newcomer 1 Ltd", "new-1", "GB");
            assert!(state.store_mut().insert(twin));
        });
    console.server.fault(On::Create, Fault::Once(slow));
    console.click("Create 1 in Custom");
    console.wait_for("the wait", |console| {
        console.run().is_some_and(|run| run.wait.is_some())
    });
    console
}

#[test]
fn a_row_that_waits_for_another_attempt_is_not_under_way() {
    let mut console = throttled();
    console.click("Pause");
    console.wait_for_text("Paused. Nothing is sent until you resume");
}

#[test]
fn a_throttled_row_was_not_created_by_the_attempt_that_was_refused() {
    let mut console = throttled();
    // Twice the pause, because each request adds a random delay so that they do not all arrive at once.
    console.leap(2 * WAIT);
    console.wait_for_end();
    assert_eq!(console.create_requests(), 2);
    console.assert_shows("Already existed");
    assert!(
        !console.shows("by the earlier request"),
        "no answer was lost: {}",
        console.screen()
    );
}
