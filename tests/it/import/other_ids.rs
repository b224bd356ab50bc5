//! Answers with the id of another business.

use thred_console::domain::import::{RowOutcome, Tally};

use super::rows;
use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business};

const WORDS: &str =
    "May or may not have been created: The server answered with the id of another business.";

/// An answer that states this id.
fn with_id(id: &str) -> Answer {
    let id = id.to_owned();
    Answer::real().edited(move |_, value| value["id"] = id.clone().into())
}

fn acme_id(console: &Console) -> Option<String> {
    let list = console.workspace().list.businesses();
    Some(list.by_external_id("acme-1")?.id.to_string())
}

fn tally(console: &Console) -> Tally {
    console.run().unwrap().tally()
}

#[test]
fn a_row_with_the_id_of_a_listed_business_is_unknown_and_sent_once() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(1));
    let id = acme_id(&console).unwrap();
    console
        .server
        .fault(On::Create, Fault::Always(with_id(&id)));
    console.click("Create 1 in Custom");
    console.wait_for_end();
    let expected = Tally {
        unknown: 1,
        ..Tally::default()
    };
    assert_eq!(tally(&console), expected);
    assert_eq!(console.create_requests(), 1);
    assert_eq!(acme_id(&console), Some(id), "its row stays");
    console.assert_shows(WORDS);
    assert!(console.offers("Save remaining rows…"));
    assert!(!console.shows("Show the 1 created"));
}

#[test]
fn an_id_that_is_answered_twice_counts_once() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(3));
    let answer = with_id("00000000-0000-4000-8000-00000000beef");
    console.server.fault(On::Create, Fault::Times(2, answer));
    console.click("Create 3 in Custom");
    console.wait_for_end();
    let expected = Tally {
        created: 2,
        unknown: 1,
        ..Tally::default()
    };
    assert_eq!(tally(&console), expected);
    assert_eq!(console.create_requests(), 3);
    console.assert_shows(WORDS);
    console.assert_shows("2 created.");
}

#[test]
fn a_resumed_run_asks_for_the_row_again_and_finds_it() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(2));
    let id = acme_id(&console).unwrap();
    console.server.fault(On::Create, Fault::Once(with_id(&id)));
    let refused = Answer::status(403);
    console.server.fault(On::Create, Fault::Always(refused));
    console.click("Create 2 in Custom");
    console.wait_for_text("Paused: ");
    console.begin_with(Console::session_only(console.environment()));
    console.server.clear_faults();
    console.wait_for_text("The import of partners.csv is unfinished.");
    console.assert_shows("2 of 2 left.");
    console.click("Resume");
    console.wait_for_text("Resume import of 2");
    console.click("Resume import of 2 in Custom");
    console.wait_for_end();
    let outcomes = &console.run().unwrap().journal.outcomes;
    let is_ours = |outcome: &RowOutcome| {
        matches!(
            outcome,
            RowOutcome::Existed {
                after_unknown: true,
                ..
            }
        )
    };
    assert_eq!(outcomes.values().filter(|one| is_ours(one)).count(), 1);
    assert_eq!((console.newcomers(), console.created()), (2, 1));
}

#[test]
fn a_business_that_was_loaded_during_the_run_keeps_its_id() {
    let mut console = Console::at_dry_run(Setup::default(), &rows(1));
    let other = business(77, "Loaded Later", "later-77", "NL");
    let id = other.id.to_string();
    let gate = RunGate::closed();
    let held = with_id(&id).held_by(&gate);
    console.server.fault(On::Create, Fault::Always(held));
    console.click("Create 1 in Custom");
    console.wait_for("the request", |console| console.create_requests() == 1);
    console.server.state().store_mut().insert(other);
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for("the list", |console| {
        console.listed().iter().any(|name| name == "Loaded Later")
    });
    console.press(egui::Key::I);
    gate.open();
    console.wait_for_end();
    assert_eq!((tally(&console).created, tally(&console).unknown), (0, 1));
    console.assert_shows(WORDS);
}
