//! What each profile has of its own: tokens, filter, columns, draft and import.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::draft::Field;

use super::{NORTHWIND, profile, switch_to, with_two};
use crate::support::Console;

fn to_first(console: &mut Console) {
    super::press_switch(console);
    console.press(Key::Enter);
    // The number of businesses would not do, because a held create may have gone through meanwhile.
    let first = profile(&console.server);
    console.wait_until("the first profile", |state| {
        state.workspace().is_some_and(|workspace| {
            workspace.profile == first && !workspace.list.loading.is_running()
        })
    });
}

#[test]
fn tokens_wait_for_their_profile_and_expire_meanwhile() {
    let (mut console, other) = with_two();
    to_first(&mut console);
    console.select("Acme Ltd");
    let token = console.copy_token();
    let acme = console.id_of("Acme Ltd");

    switch_to(&mut console, &other);
    assert!(console.workspace().tokens.is_empty());
    assert_eq!(console.clipboard.content().as_deref(), Some(token.as_str()));
    assert!(
        console.state().clipboard.held().is_some(),
        "its time runs on"
    );
    console.pass(Duration::from_secs(61));
    console.wait_for("the clipboard", |console| {
        console.clipboard.content().is_none()
    });

    console.pass(Duration::from_mins(39));
    to_first(&mut console);
    let left = {
        let held = console.workspace().tokens.get(acme).unwrap();
        held.token.remaining(console.now().boot)
    };
    assert!(
        left > Duration::from_mins(18) && left < Duration::from_mins(20),
        "{left:?}"
    );
    console.select("Acme Ltd");
    assert_eq!(console.copy_token(), token, "it is handed out once more");
    assert_eq!(console.token_requests(), 1);

    switch_to(&mut console, &other);
    console.pass(Duration::from_mins(30));
    to_first(&mut console);
    assert_eq!(console.workspace().tokens.live_count(console.now().boot), 0);
    assert_eq!(
        console.workspace().tokens.len(),
        1,
        "it is shown as expired"
    );
}

#[test]
fn filters_and_columns_are_kept_apart_and_over_a_restart() {
    let (mut console, other) = with_two();
    console.type_into("Filter businesses", "0101");
    to_first(&mut console);
    assert_eq!(console.workspace().list.filter(), "");
    console.type_into("Filter businesses", "zebra");
    console.click("Created");
    switch_to(&mut console, &other);
    assert_eq!(console.workspace().list.filter(), "0101");
    assert_eq!(console.listed(), ["Business 0101"]);
    let sort = console.workspace().layout.sort;

    let mut console = console.restart();
    console.until_listed();
    assert_eq!(console.workspace().profile, profile(&other), "the last one");
    assert_eq!(console.workspace().list.filter(), "0101");
    assert_eq!(console.workspace().layout.sort, sort);
    console.assert_shows(NORTHWIND);
    super::press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_until("the first profile", |state| {
        state
            .workspace()
            .is_some_and(|workspace| workspace.list.filter() == "zebra")
    });
    assert_ne!(console.workspace().layout.sort, sort);
}

#[test]
fn a_filter_survives_a_crash_a_second_after_it_was_typed() {
    let (mut console, other) = with_two();
    console.type_into("Filter businesses", "0101");
    console.pass(Duration::from_secs(1));
    console.wait_for("the file", |console| {
        let saved = console.preferences();
        saved.known(&profile(&other)).unwrap().filter == "0101"
    });
    let mut console = console.crash();
    console.until_listed();
    assert_eq!(console.listed(), ["Business 0101"]);
}

#[test]
fn drafts_are_kept_apart() {
    let (mut console, other) = with_two();
    console.open_form();
    console.type_into("Legal name", "Of the second");
    console.click("Cancel");
    to_first(&mut console);
    assert_eq!(console.typed(Field::LegalName), "");
    console.open_form();
    console.type_into("Legal name", "Of the first");
    console.click("Cancel");
    switch_to(&mut console, &other);
    assert_eq!(console.typed(Field::LegalName), "Of the second");
    let mut console = console.restart();
    console.until_listed();
    assert_eq!(console.typed(Field::LegalName), "Of the second");
    to_first(&mut console);
    assert_eq!(console.typed(Field::LegalName), "Of the first");
}

#[test]
fn what_a_toast_offers_goes_with_its_profile() {
    let (mut console, other) = with_two();
    to_first(&mut console);
    console.select("Acme Ltd");
    console.press(Key::R);
    console.wait_for_text("New token for Acme Ltd");
    switch_to(&mut console, &other);
    assert!(!console.shows("New token for Acme Ltd"));
    // No dialog and no selection is left over either.
    assert_eq!(console.workspace().selected, None);
    console.press_with(Modifiers::SHIFT, Key::T);
    assert!(!console.shows("Copy token as"));
}

#[test]
fn a_running_import_pauses_and_goes_on_later() {
    use crate::support::{Answer, Fault, On, RunGate};

    let (mut console, other) = with_two();
    to_first(&mut console);
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Always(held));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("partners.csv");
    let mut text = "external_id;legal_name;entity_type;email;country\r\n".to_owned();
    for number in 1..=8 {
        text.push_str(&format!(
            "csv-{number};Number {number} Ltd;limited;n{number}@example.com;GB\r\n"
        ));
    }
    std::fs::write(&path, text).unwrap();
    console.drop_files(&[&path]);
    console.wait_for("the file", |console| console.offers("Dry run"));
    console.click("Dry run");
    console.wait_for("the dry run", |console| {
        console.offers("Create 8 in Custom")
    });
    console.click("Create 8 in Custom");
    console.until_log(|log| log.count(&On::Create) > 0);

    switch_to(&mut console, &other);
    console.assert_shows("Import paused");
    console.assert_shows("The remaining rows of partners.csv were not sent.");
    assert!(console.workspace().import.unfinished().is_none());
    gate.open();
    console.server.clear_faults();

    to_first(&mut console);
    assert!(!console.shows("Import paused"), "it can be resumed here");
    console.wait_for_text("The import of partners.csv is unfinished");
    console.click("Resume import");
    let rest = |console: &Console| {
        let screen = console.screen();
        let mut names = screen
            .lines()
            .filter_map(|line| line.strip_prefix("Button: "));
        names
            // Until the dry run is complete, the button's name includes the reason why it is disabled.
            .find(|name| name.starts_with("Resume import of ") && !name.contains('|'))
            .map(str::to_owned)
    };
    console.wait_for("the rest", |console| rest(console).is_some());
    let button = rest(&console).unwrap();
    console.click(&button);
    console.wait_for("the end", |console| console.stored_count() == 14);
}
