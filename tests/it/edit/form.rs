//! The form for editing a business: review, drafts, and the outcomes of a save.

use std::time::Duration;

use serde_json::{Map, json};
use thred_console::demo::DemoBusiness;

use crate::support::{Answer, Console, ErrorShape, Fault, On, RunGate, Setup, business};

/// A setup whose business has a value in every field.
fn setup() -> Setup {
    let metadata: Map<String, serde_json::Value> =
        json!({"plan": "pro"}).as_object().cloned().unwrap();
    let full = DemoBusiness {
        vat_number: Some("GB123456789".into()),
        province: Some("Kent".into()),
        email: Some("books@harbour.example".into()),
        metadata: Some(metadata),
        ..business(7, "Harbour Ltd", "harbour-7", "GB")
    };
    let mut setup = Setup::default();
    setup.businesses.push(full);
    setup
}

fn editing() -> Console {
    editing_in(setup())
}

fn editing_in(setup: Setup) -> Console {
    let mut console = Console::at_business(setup, "Harbour Ltd");
    console.click("Edit");
    console.assert_shows("Dialog: Edit business");
    console
}

fn unfold(console: &mut Console) {
    let screen = console.screen();
    let fold = screen
        .lines()
        .find_map(|line| line.strip_prefix("Button: Optional details"))
        .unwrap();
    console.click(&format!("Optional details{fold}"));
}

fn stored(console: &Console) -> DemoBusiness {
    console.stored("harbour-7").unwrap()
}

#[test]
fn only_what_was_changed_is_sent_after_a_look_and_read_again() {
    let mut console = editing();
    unfold(&mut console);
    assert_eq!(console.field_value("VAT number"), "GB123456789");
    console.retype("Province", "Surrey");
    console.retype("VAT number", "");
    console.click("Review changes…");
    console.assert_shows("Dialog: Save these changes?");
    console.assert_shows("These fields of Harbour Ltd will change in Custom:");
    console.assert_shows("Province: Kent → Surrey");
    console.assert_shows("VAT number: GB123456789 → Not set");
    assert_eq!(
        console.log().count(&On::Update),
        0,
        "it is looked over first"
    );
    console.click("Back");
    assert_eq!(console.field_value("Province"), "Surrey");
    console.click("Review changes…");

    let reads = console.log().count(&On::Get);
    // Holding the response keeps the dialog open. Otherwise the second click would hit what is below it.
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Update, Fault::Always(held));
    console.click_twice("Save in Custom");
    gate.open();
    console.wait_for_text("Changes saved");
    assert_eq!(console.toast().body, "Harbour Ltd");
    assert_eq!(
        console.only_body(&On::Update),
        json!({"province": "Surrey", "vat_number": null})
    );
    assert_eq!(console.log().count(&On::Get), reads + 1, "it is read again");
    assert!(!console.shows("Dialog: "));
    let stored = stored(&console);
    assert_eq!(stored.province.as_deref(), Some("Surrey"));
    assert_eq!(stored.email.as_deref(), Some("books@harbour.example"));
    let shown = console.workspace().selected_detail().unwrap();
    assert_eq!(shown.business.province, Some("Surrey".into()));
}

#[test]
fn what_cannot_be_changed_and_what_is_not_known_is_not_offered() {
    let mut console = editing();
    unfold(&mut console);
    for field in ["external_id", "Accounts language"] {
        assert!(!console.shows(&format!("TextInput: {field}")), "{field}");
    }
    for field in ["Country", "Base currency"] {
        assert!(!console.shows(&format!("ComboBox: {field}")), "{field}");
    }
    assert!(
        console
            .field_value("Metadata")
            .contains("\"plan\": \"pro\"")
    );

    // If the server does not return the metadata, an edit would overwrite it blindly.
    let mut console = Console::signed_in(setup());
    let silent = Answer::real().edited(|_, value| {
        value.as_object_mut().unwrap().remove("metadata");
    });
    console.server.fault(On::Get, Fault::Always(silent));
    console.select("Harbour Ltd");
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    console.click("Edit");
    unfold(&mut console);
    assert!(!console.shows("TextInput: Metadata"));
    console.assert_shows("TextInput: Province");
}

#[test]
fn without_a_change_nothing_can_be_sent() {
    let mut console = editing();
    assert!(!console.offers("Review changes…"));
    console.assert_shows("No changes");
    console.type_into("Legal name", "x");
    assert!(console.offers("Review changes…"));
    console.retype("Legal name", " Harbour Ltd ");
    assert!(
        !console.offers("Review changes…"),
        "white space is no change"
    );
    console.submit();
    assert_eq!(console.log().count(&On::Update), 0);
}

#[test]
fn what_is_wrong_is_not_sent() {
    let mut console = editing();
    console.retype("E-mail", "nobody");
    assert!(console.is_marked_wrong("E-mail"));
    console.click("Review changes…");
    console.assert_shows("Dialog: Edit business");
    assert_eq!(console.log().count(&On::Update), 0);
}

#[test]
fn what_was_typed_outlives_the_form() {
    let mut console = editing();
    console.press(egui::Key::Escape);
    assert!(!console.shows("Dialog: "), "nothing was typed");
    console.click("Edit");
    console.type_into("Legal name", "x");
    // Pressing Esc twice loses nothing and restores the focus.
    console.press(egui::Key::Escape);
    console.assert_shows("Close the form? Your changes are kept as a draft.");
    console.press(egui::Key::Escape);
    assert_eq!(console.field_value("Legal name"), "Harbour Ltdx");
    assert_eq!(console.focused(), "Legal name");
    console.press(egui::Key::Escape);
    assert_eq!(console.focused(), "Keep editing");
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Enter);
    console.assert_shows("Keep editing");
    console.press(egui::Key::Enter);
    assert_eq!(console.focused(), "Legal name");
    console.click("Cancel");
    console.assert_shows("Changes kept as a draft");
    console.click("Edit");
    assert_eq!(console.field_value("Legal name"), "Harbour Ltdx");
    console.press(egui::Key::Escape);
    console.click("Discard");
    console.click("Edit");
    assert_eq!(console.field_value("Legal name"), "Harbour Ltd");
    assert!(!console.shows("restored"));
}

#[test]
fn a_draft_that_comes_back_says_so_and_can_be_discarded() {
    let mut console = editing();
    console.type_into("Legal name", "x");
    console.click("Cancel");
    let typed_at = console.now().wall;
    console.pass(std::time::Duration::from_mins(5));
    console.click("Edit");
    let at = typed_at.to_zoned_datetime(console.zone.clone());
    let said = format!("Draft from {} restored", at.strftime("%-d %b %Y, %H:%M"));
    console.assert_shows(&said);
    assert_eq!(console.field_value("Legal name"), "Harbour Ltdx");
    // Opening a draft does not change its date.
    console.click("Cancel");
    console.pass(std::time::Duration::from_mins(1));
    console.click("Edit");
    console.assert_shows(&said);
    let begins = console.focused();
    console.click("Discard draft");
    assert!(!console.shows("restored"));
    assert_eq!(console.field_value("Legal name"), "Harbour Ltd");
    assert_eq!(console.focused(), begins);
    let stored = serde_json::to_string(&console.state().drafts).unwrap();
    assert!(!stored.contains("Harbour"), "{stored}");
    console.press(egui::Key::Escape);
    assert!(!console.shows("Dialog: "), "nothing is left to lose");
}

#[test]
fn what_was_typed_outlives_the_console_until_it_is_saved() {
    let mut console = editing();
    console.until_remembered();
    console.type_into("Legal name", " of Rye");
    // A second after the last key is enough, as before a crash.
    console.pass(std::time::Duration::from_secs(1));
    let mut console = console.restart();
    console.until_listed();
    let begin = |console: &mut Console| {
        console.select("Harbour Ltd");
        console.wait_until("the details", |state| {
            state.workspace().unwrap().selected_detail().is_some()
        });
        console.click("Edit");
    };
    begin(&mut console);
    assert_eq!(console.field_value("Legal name"), "Harbour Ltd of Rye");
    console.click("Review changes…");
    console.click("Save in Custom");
    console.wait_for_text("Changes saved");
    console.click("Edit");
    console.retype("Legal name", "Harbour Ltd");
    console.click("Close");
    let stored = serde_json::to_string(&console.state().drafts).unwrap();
    assert!(stored.contains("Harbour"), "{stored}");
    console.click("Edit");
    console.press(egui::Key::Escape);
    console.click("Discard");
    let stored = serde_json::to_string(&console.state().drafts).unwrap();
    assert!(!stored.contains("Harbour"), "{stored}");
}

/// Changes the name and saves it.
fn send(console: &mut Console) {
    console.retype("Legal name", "Harbour Lane");
    console.click("Review changes…");
    console.click("Save in Custom");
}

#[test]
fn a_refusal_is_said_beside_the_field_or_above() {
    for shape in ErrorShape::ALL {
        let mut console = editing();
        let answer = Answer::invalid(shape, &[("legal_name", "Not in the register.")]);
        console.server.fault(On::Update, Fault::Once(answer));
        send(&mut console);
        console.wait_for_text("Not in the register.");
        if shape != ErrorShape::Detail {
            assert!(console.is_marked_wrong("Legal name"));
            assert!(console.is_focused("Legal name"));
        }
        assert_eq!(console.field_value("Legal name"), "Harbour Lane");
        console.assert_shows("Nothing was changed");
        assert_eq!(stored(&console).legal_name.as_deref(), Some("Harbour Ltd"));
    }
}

#[test]
fn a_refusal_of_a_field_that_is_not_here_is_said_above() {
    let mut console = editing();
    let fields = [("owner", "Unknown owner."), ("country", "Cannot be this.")];
    let answer = Answer::invalid(ErrorShape::Errors, &fields);
    console.server.fault(On::Update, Fault::Once(answer));
    send(&mut console);
    console.wait_for_text("owner: Unknown owner.");
    console.assert_shows("Country: Cannot be this.");
}

#[test]
fn a_long_wait_can_be_given_up_and_the_changes_sent_again() {
    let mut console = editing();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Update, Fault::Once(held));
    send(&mut console);
    console.until_log(|log| log.count(&On::Update) == 1);
    assert!(!console.offers("Cancel"));
    console.pass(Duration::from_secs(10));
    console.assert_shows("Waiting for Custom, 10 s");
    console.click("Cancel");
    console.assert_shows("The changes may or may not have been saved");
    gate.open();
    console.click("Send again");
    console.wait_for_text("Changes saved");
}

#[test]
fn a_known_type_is_chosen_and_not_asked_for_twice() {
    let mut setup = Setup::default();
    let german = DemoBusiness {
        entity_type: Some("gmbh".into()),
        ..business(7, "Lindenhof GmbH", "linden-7", "DE")
    };
    setup.businesses.push(german);
    let mut console = Console::at_business(setup, "Lindenhof GmbH");
    console.click("Edit");
    console.assert_shows("Dialog: Edit business: Lindenhof GmbH");
    assert_eq!(console.field_value("Entity type"), "");
    // Input that matches a known type along the way is not replaced.
    console.type_into("Entity type", "kg");
    console.type_into("Entity type", "aa");
    assert_eq!(console.field_value("Entity type"), "kgaa");
}

#[test]
fn each_failure_has_its_own_words() {
    for (status, words) in [
        (401, "rejected the sign-in"),
        (403, "does not allow saving the changes"),
        (404, "could not find the business"),
        (409, "reported a conflict"),
    ] {
        let mut console = editing();
        console
            .server
            .fault(On::Update, Fault::Always(Answer::status(status)));
        send(&mut console);
        console.wait_for_text(words);
        assert_eq!(console.field_value("Legal name"), "Harbour Lane");
        assert_eq!(stored(&console).legal_name.as_deref(), Some("Harbour Ltd"));
    }
}

#[test]
fn an_unknown_outcome_is_said_and_sent_again_safely() {
    for (answer, is_silent) in [
        (Answer::real().hung_up(), false),
        (Answer::real().cut_off(), false),
        (Answer::done_but(500), false),
        (Answer::status(502), false),
        (Answer::real().unanswered(), true),
    ] {
        let mut console = editing();
        console.server.fault(On::Update, Fault::Once(answer));
        send(&mut console);
        if is_silent {
            console.let_requests_time_out(0);
        }
        console.wait_for_text("The changes may or may not have been saved");
        console.assert_shows("Sending the same changes again is safe.");
        console.click("Send again");
        console.wait_for_text("Changes saved");
        let bodies = console.log().of(&On::Update);
        assert_eq!(bodies.len(), 2);
        assert_eq!(bodies[0].json(), bodies[1].json());
        assert_eq!(stored(&console).legal_name.as_deref(), Some("Harbour Lane"));
    }
}

#[test]
fn saved_but_not_read_again_is_said_so() {
    let mut console = editing();
    console
        .server
        .fault(On::Get, Fault::Always(Answer::status(500)));
    send(&mut console);
    console.wait_for_text("Changes saved");
    console.assert_shows("the values shown may be out of date");
    assert_eq!(stored(&console).legal_name.as_deref(), Some("Harbour Lane"));
}

#[test]
fn while_it_is_sent_the_form_stays() {
    let mut console = editing();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Update, Fault::Once(held));
    send(&mut console);
    console.until_log(|log| log.count(&On::Update) == 1);
    console.press(egui::Key::Escape);
    console.assert_shows("Saving…");
    gate.open();
    console.wait_for_text("Changes saved");
    assert_eq!(console.log().count(&On::Update), 1);
}

#[test]
fn a_control_character_is_said_beside_its_field_and_never_sent() {
    let mut console = editing();
    unfold(&mut console);
    console.paste_into("Province", "Sur\u{1B}rey");
    assert!(console.is_marked_wrong("Province"));
    console.assert_shows("Contains a control character, which can’t be stored:");
    console.submit();
    console.assert_shows("Dialog: Edit business");
    assert_eq!(console.log().count(&On::Update), 0);
}
