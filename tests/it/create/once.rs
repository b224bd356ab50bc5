//! Each `external_id` is created at most once, whatever fails and whatever the user presses next.

use proptest::prelude::*;
use proptest::test_runner::Config;
use thred_console::state::create::form_input::FormPhase;

use crate::support::{Answer, Console, ErrorShape, Fault, On, Setup};

fn faults() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..12_usize, 1..5)
}

fn fault(number: usize) -> Answer {
    match number {
        0 => Answer::real().hung_up(),
        1 => Answer::real().cut_off(),
        2 => Answer::real().unanswered(),
        3 => Answer::real().ignored(),
        4 => Answer::done_but(500),
        5 => Answer::done_but_garbled("<p>"),
        6 => Answer::status(502),
        7 => Answer::status(403),
        8 => Answer::status(429),
        9 => Answer::invalid(ErrorShape::Errors, &[("email", "Not an address.")]),
        10 => Answer::status(409),
        _ => Answer::html(200),
    }
}

/// Presses the button that the console offers, to send the form or to check its result, and answers the request.
fn go_on(console: &mut Console, answer: Answer) {
    let (is_silent, before) = (answer.is_silent(), console.log().silences());
    console.server.clear_faults();
    console.server.fault(On::Create, Fault::Always(answer));
    if console.offers("Check now") {
        console.click("Check now");
    } else if matches!(
        console.workspace().creating.input.phase,
        FormPhase::Typing | FormPhase::Failed(_)
    ) {
        console.submit();
    }
    if is_silent {
        console.let_requests_time_out(before);
    }
    console.wait_for("the outcome", |console| {
        !matches!(
            console.workspace().creating.input.phase,
            FormPhase::Sending { .. }
        )
    });
}

proptest! {
    #![proptest_config(Config { cases: 6, max_shrink_iters: 8, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_sequence_of_faults_creates_one(faults in faults(), restarts in 0..3_usize) {
        let mut console = Console::signed_in(Setup::default());
        console.until_remembered();
        console.fill();
        let mut lied = false;
        for (at, number) in faults.iter().enumerate() {
            let was_there = console.stored("user-1").is_some();
            go_on(&mut console, fault(*number));
            // The console believes a server that rejects a business which it has created before.
            lied |= was_there && *number == 9;
            let creating = &console.workspace().creating;
            if let FormPhase::Failed(_) = creating.input.phase {
                prop_assert!(
                    console.stored("user-1").is_none() || lied,
                    "“Nothing was created” is wrong: {faults:?}"
                );
            }
            prop_assert!(console.stored_count() <= 7);
            if at < restarts {
                console = if at % 2 == 0 { console.restart() } else { console.crash() };
                console.until_listed();
                console.press(egui::Key::N);
            }
        }
        go_on(&mut console, Answer::real());
        prop_assert_eq!(console.stored_count(), 7);
        let bodies: Vec<_> = console.log().of(&On::Create).iter().map(|seen| seen.json()).collect();
        prop_assert!(bodies.iter().all(|body| *body == bodies[0]));
        prop_assert!(console.stored("user-1").is_some());
    }
}
