//! Nothing in a form moves while it is filled in, whatever is said about its fields.

use egui::{Key, pos2};

use crate::support::{Answer, Console, ErrorShape, Fault, KEY, On, Setup};

/// The tops of these fields.
fn tops<const N: usize>(console: &Console, fields: [&str; N]) -> [f32; N] {
    fields.map(|field| console.field_rect(field).top())
}

#[test]
fn what_is_missing_leaves_its_room_when_it_is_typed() {
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    console.choose("Country", "United Kingdom");
    console.submit();
    console.assert_shows("Legal name is missing.");
    let fields = ["external_id", "Legal name", "E-mail"];
    let before = tops(&console, fields);
    for (field, text) in [
        ("external_id", "u"),
        ("Legal name", "L"),
        ("E-mail", "a@b.example"),
    ] {
        console.type_into(field, text);
        assert_eq!(tops(&console, fields), before, "{field}");
    }
    assert!(!console.shows("Legal name is missing."));
    // A form that is opened again has no room for what was said before.
    console.press(Key::Escape);
    console.click("Discard");
    console.open_form();
    console.choose("Country", "United Kingdom");
    let after = tops(&console, fields);
    assert!(after[2] - after[0] < before[2] - before[0], "{after:?}");
}

#[test]
fn a_rejection_stays_until_the_next_request_and_moves_nothing() {
    let mut console = Console::signed_in(Setup::default());
    let fields = [("email", "Not an address."), ("legal_name", "Taken.")];
    let answer = Answer::invalid(ErrorShape::Errors, &fields);
    console.server.fault(On::Create, Fault::Once(answer));
    console.fill();
    console.submit_and_wait();
    let fields = ["external_id", "Legal name", "E-mail"];
    let before = tops(&console, fields);
    console.type_into("Legal name", "x");
    console.type_into("E-mail", "x");
    assert!(!console.shows("Taken.") && !console.shows("Not an address."));
    assert_eq!(tops(&console, fields), before);
    console.assert_shows("rejected the request");
    console.submit_and_wait();
    assert!(!console.shows("rejected the request"));
}

#[test]
fn the_edit_form_keeps_its_places_too() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.click("Edit");
    let fields = [("email", "Not an address."), ("legal_name", "Taken.")];
    let answer = Answer::invalid(ErrorShape::Errors, &fields);
    console.server.fault(On::Update, Fault::Once(answer));
    console.type_into("Legal name", " 2");
    console.type_into("E-mail", "a@b.example");
    console.click("Review changes…");
    console.press(Key::Enter);
    console.wait_for_text("Taken.");
    let fields = ["Legal name", "E-mail"];
    let before = tops(&console, fields);
    console.type_into("Legal name", "x");
    assert!(!console.shows("Taken."));
    assert_eq!(tops(&console, fields), before);
    console.assert_shows("rejected");
}

#[test]
fn the_sign_in_keeps_its_places_too() {
    let mut console = Console::start(Setup::default());
    console.click("Sign in to Custom");
    let fields = ["Custom URL", "Partner UUID", "API key"];
    let before = tops(&console, fields);
    let button = console.rect_of("Sign in to Custom");
    console.type_into("Partner UUID", "00000000-0000-0000-0000-000000000001");
    console.type_into("API key", KEY);
    assert_eq!(tops(&console, fields), before);
    assert_eq!(console.rect_of("Sign in to Custom"), button);
    console.click_at(pos2(5.0, 5.0));
    assert_eq!(tops(&console, fields), before);
}
