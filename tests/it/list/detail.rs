//! The details beside the list.

use std::time::Duration;

use serde_json::json;
use thred_console::demo::DemoBusiness;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business};

const NAME: &str = "Harbour Ltd";

fn setup() -> Setup {
    let full = DemoBusiness {
        email: Some("books@harbour.example".into()),
        phone_number: Some("+44 20 7946 0018".into()),
        accounting_method: Some("cash".into()),
        fiscal_year_end: Some("2027-12-31".into()),
        metadata: json!({"plan": "pro"}).as_object().cloned(),
        ..business(7, NAME, "harbour-7", "GB")
    };
    let mut setup = Setup::default();
    setup.businesses.push(full);
    setup
}

#[test]
fn every_field_reads_as_elsewhere_and_can_be_copied() {
    let mut console = Console::at_business(setup(), NAME);
    console.assert_shows("Fiscal year end: 31 Dec 2027");
    console.assert_shows("Accounting method: Cash");
    // The names are those of the forms.
    for label in ["Company number", "Tax number", "Phone number"] {
        console.assert_shows(&format!("Label: {label}: "));
    }
    assert!(
        !console.shows("Accounts language"),
        "the server does not send it"
    );
    console.assert_shows("Copy country | United Kingdom");
    for (what, text) in [
        ("country", "GB"),
        ("entity type", "limited"),
        ("currency", "EUR"),
        ("e-mail", "books@harbour.example"),
        ("accounting method", "cash"),
        ("fiscal year end", "2027-12-31"),
        ("creation time", "2025-10-09T09:00:20Z"),
        ("metadata", "\"plan\": \"pro\""),
    ] {
        // Wait until the last toast is gone, because it may cover the next button.
        console.pass(Duration::from_secs(7));
        let before = console.clipboard.copies();
        console.click(&format!("Copy {what}"));
        console.wait_for("the copy", |console| console.clipboard.copies() > before);
        let copied = console.clipboard.content().unwrap();
        assert!(copied.contains(text), "{what}: {copied}");
    }
}

#[test]
fn nothing_is_called_unset_before_it_was_read_and_nothing_moves_when_it_is() {
    let mut console = Console::signed_in(setup());
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Get, Fault::Once(held));
    console.select(NAME);
    let place = |console: &Console| console.rect_of("Copy creation time").top();
    console.assert_shows("E-mail: –");
    console.assert_shows("Phone number: –");
    let before = place(&console);
    gate.open();
    console.wait_for_text("E-mail: books@harbour.example");
    assert!((place(&console) - before).abs() < 0.5);
}
