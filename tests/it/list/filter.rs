//! Filtering, sorting, and finding a business by a pasted id.

use egui::Key;
use thred_console::state::list::ListColumn;

use super::{is_loaded, with_first_page};
use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

const FIELD: &str = "Filter businesses";

#[test]
fn words_match_without_regard_to_case_and_accents() {
    let mut console = Console::signed_in(Setup::default());
    for (typed, found) in [
        ("kase", vec!["Lindenhof Käse GmbH"]),
        ("KÄSE linden", vec!["Lindenhof Käse GmbH"]),
        ("molen-3", vec!["Bakkerij de Molen"]),
        ("zo", vec!["Zebra Zoo"]),
        ("ltd zoo", vec![]),
    ] {
        console.retype(FIELD, typed);
        assert_eq!(console.listed(), found, "{typed}");
        console
            .assert_shows(&format!("{} match", found.len()).replace("0 match", "Nothing matches"));
    }
    console.retype(FIELD, "");
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn terms_become_chips_and_can_be_taken_away() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_into(FIELD, "country:NL ");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
    assert_eq!(console.field_value(FIELD), "", "the term is a chip now");
    console.type_into(FIELD, "!is:inactive ");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    console.press(Key::Backspace);
    assert_eq!(
        console.field_value(FIELD),
        "!is:inactive",
        "the last chip comes back to be changed"
    );
    console.type_text(",DE");
    assert_eq!(console.field_value(FIELD), "!is:inactive,DE", "at its end");
    for _ in "!is:inactive,DE".chars() {
        console.press(Key::Backspace);
    }
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
}

#[test]
fn words_before_and_after_a_term_stay_apart() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into(FIELD, "lindenhof country:DE ");
    console.type_into(FIELD, "käse");
    assert_eq!(console.field_value(FIELD), "lindenhof käse");
    assert_eq!(console.listed(), ["Lindenhof Käse GmbH"]);
}

#[test]
fn a_term_that_is_not_known_is_explained_and_the_nearest_offered() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into(FIELD, "contry:NL ");
    let problem = console.workspace().list.query().problems[0].clone();
    console.assert_shows(&problem.message);
    assert_eq!(problem.suggestion.as_deref(), Some("country:NL"));
    console.click("Did you mean country:NL?");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
}

#[test]
fn live_tokens_can_be_filtered_and_leave_when_they_expire() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console.type_into(FIELD, "token:live ");
    assert_eq!(console.listed(), ["Acme Ltd"]);
    console.pass(std::time::Duration::from_secs(3_600));
    assert!(console.listed().is_empty());
}

#[test]
fn letters_typed_into_the_filter_do_nothing_else() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.focus(FIELD);
    for key in [Key::T, Key::C, Key::E, Key::R] {
        console.press(key);
    }
    assert_eq!(
        (console.token_requests(), console.clipboard.copies()),
        (0, 0)
    );
}

#[test]
fn a_column_sorts_and_sorts_the_other_way_and_that_is_remembered() {
    let mut console = Console::start(Setup::default());
    console.sign_in();
    console.wait_for("the list", is_loaded);
    let newest_first = [
        "Zebra Zoo",
        "No Number",
        "Closed Shop",
        "Bakkerij de Molen",
        "Lindenhof Käse GmbH",
        "Acme Ltd",
    ];
    assert_eq!(console.listed(), newest_first);
    console.click("Name");
    let by_name = [
        "Acme Ltd",
        "Bakkerij de Molen",
        "Closed Shop",
        "Lindenhof Käse GmbH",
        "No Number",
        "Zebra Zoo",
    ];
    assert_eq!(console.listed(), by_name);
    console.click("Name");
    assert!(console.listed().iter().rev().eq(by_name.iter()));
    assert!(
        console.rows()[0].starts_with("Zebra Zoo, row 1 of 6"),
        "the rows on screen too"
    );

    console.wait_for("the preferences", |console| {
        console.preferences().last_profile.is_some()
    });
    let mut console = console.restart();
    console.wait_for("the list", is_loaded);
    assert_eq!(console.workspace().list.sort().column, ListColumn::Name);
    assert!(console.listed().iter().rev().eq(by_name.iter()));
}

#[test]
fn a_pasted_id_leads_to_a_business_that_has_not_arrived() {
    let gate = RunGate::closed();
    let mut console = with_first_page(Setup::with_many(310), 100, &gate);
    let id = console.id_of("Business 0007");
    assert!(console.workspace().list.businesses().get(id).is_none());
    console.paste_into(FIELD, &format!(" {id}\n"));
    console.wait_until("the business", |state| {
        state.workspace().unwrap().selected == Some(id)
    });
    console.assert_shows("Business 0007, row 1 of 1");
    assert!(console.workspace().is_detail_open);
    assert_eq!(console.log().count(&On::Get), 1);
    gate.open();
    console.wait_for("the rest", is_loaded);
    assert_eq!(
        console.workspace().list.businesses().len(),
        310,
        "it is there once"
    );
}

#[test]
fn an_id_that_is_no_longer_looked_for_does_not_take_over() {
    let gate = RunGate::closed();
    let mut console = with_first_page(Setup::with_many(310), 100, &gate);
    let id = console.id_of("Business 0007");
    let reading = RunGate::closed();
    let held = Answer::real().held_by(&reading);
    console.server.fault(On::Get, Fault::Once(held));
    console.paste_into(FIELD, &id.to_string());
    console.until_log(|log| log.count(&On::Get) == 1);
    console.retype(FIELD, "business");
    reading.open();
    console.wait_for("the answer", |console| {
        console.workspace().list.businesses().get(id).is_some()
    });
    assert_eq!(console.workspace().selected, None);
    gate.open();
}

#[test]
fn a_pasted_id_is_asked_for_again_whatever_was_selected_meanwhile() {
    let mut console = Console::signed_in(Setup::default());
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Get, Fault::Once(held));
    let nobody = "00000000-0000-4000-8000-00000000dead";
    console.paste_into(FIELD, nobody);
    console.until_log(|log| log.count(&On::Get) == 1);
    console.retype(FIELD, "acme");
    console.select("Acme Ltd");
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    gate.open();
    console.retype(FIELD, "");
    console.paste_into(FIELD, nobody);
    console.wait_for_text("could not find the business");
}

#[test]
fn a_pasted_id_that_nobody_knows_is_told() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into(FIELD, "00000000-0000-4000-8000-00000000dead");
    console.wait_for_text("could not find the business");
    console.assert_shows("does not have this business, or it belongs to another partner");
    assert_eq!(console.workspace().selected, None);
}

#[test]
fn a_pasted_external_id_finds_its_business() {
    let mut console = Console::signed_in(Setup::default());
    console.paste_into(FIELD, "molen-3");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
}

#[test]
fn an_id_or_external_id_of_one_that_is_there_jumps_to_it() {
    let mut console = Console::signed_in(Setup::default());
    let zoo = console.id_of("Zebra Zoo");
    for (typed, name) in [
        (zoo.to_string(), "Zebra Zoo"),
        ("acme-1".to_owned(), "Acme Ltd"),
    ] {
        console.retype(FIELD, &typed);
        let id = console.id_of(name);
        assert_eq!(console.workspace().selected, Some(id), "{typed}");
        console.wait_until("the details", |state| {
            let workspace = state.workspace().unwrap();
            workspace.is_detail_open && workspace.selected_detail().is_some()
        });
    }
    console.retype(FIELD, "acme");
    assert_eq!(console.listed(), ["Acme Ltd"]);
    console.retype(FIELD, "zoo");
    let selected = console.workspace().selected;
    assert_eq!(
        selected,
        Some(console.id_of("Acme Ltd")),
        "a part of it does not"
    );
}

#[test]
fn ids_are_copied_by_key_and_by_button() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::C);
    console.wait_for_text("Copied id");
    assert_eq!(
        console.clipboard.content(),
        Some(console.id_of("Acme Ltd").to_string())
    );
    console.press(Key::E);
    console.wait_for_text("Copied external_id");
    assert_eq!(console.clipboard.content().as_deref(), Some("acme-1"));
    console.click("Copy id");
    console.wait_for("the copy", |console| console.clipboard.copies() == 3);

    console.select("No Number");
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console.press(Key::E);
    assert!(!console.offers("Copy external_id"));
    assert_eq!(console.clipboard.copies(), 3, "there is none to copy");
}

#[test]
fn arrows_move_through_the_rows_and_enter_opens() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Zebra Zoo"))
    );
    console.press(Key::End);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    console.press(Key::Home);
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("No Number"))
    );
    assert!(!console.workspace().is_detail_open);
    console.press(Key::Enter);
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console.press(Key::Escape);
    assert!(!console.workspace().is_detail_open);

    console.press(Key::Slash);
    console.type_into(FIELD, "molen");
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Bakkerij de Molen")),
        "without leaving the field"
    );
}
