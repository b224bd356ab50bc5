//! The form for a new business: proposals, checks and submitting.

use std::time::Duration;

use egui::{Key, Modifiers, vec2};
use thred_console::demo::DemoBusiness;
use thred_console::domain::draft::Field;
use thred_console::domain::settings::{Scale, Settings};

use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business, numbered};

#[test]
fn the_country_proposes_the_currency_and_the_types() {
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    console.assert_shows("choose the country first");
    console.choose("Country", "United Kingdom");
    assert_eq!(console.chosen("Base currency"), "Pound sterling");
    console.assert_shows("complete list for the United Kingdom");
    assert!(!console.shows("TextInput: Entity type"), "it restricts");
    console.click("Sole trader");
    assert_eq!(console.typed(Field::EntityType), "sole_trader");

    console.choose("Country", "Germany");
    assert_eq!(console.chosen("Base currency"), "Euro");
    console.assert_shows("known for Germany; you can enter others");
    console.retype("Entity type", "kgaa");
    assert_eq!(console.typed(Field::EntityType), "kgaa");

    console.choose("Country", "France");
    console.assert_shows("any text");

    // A currency that the user chose stays.
    console.choose("Base currency", "Norwegian krone");
    console.choose("Country", "Sweden");
    assert_eq!(console.chosen("Base currency"), "Norwegian krone");
    assert_eq!(console.create_requests(), 0);
}

#[test]
fn each_limit_is_said_beside_its_field() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    console.unfold();
    let id = "x".repeat(256);
    let name = "é".repeat(256);
    let wrong: [(&str, &str, &str); 9] = [
        (
            "external_id",
            &id,
            "256 characters; the limit is 255. Shorten it by 1.",
        ),
        ("Legal name", &name, "256 characters; the limit is 255."),
        (
            "E-mail",
            "info",
            "The @ is missing, as in info@harbourlane.example.",
        ),
        (
            "VAT number",
            "GB0000000000000000000",
            "21 characters; the limit is 20.",
        ),
        (
            "Company number",
            "000000000000000000000",
            "21 characters; the limit is 20.",
        ),
        (
            "Province",
            &"x".repeat(101),
            "101 characters; the limit is 100.",
        ),
        ("NACE code", "56.30.10.00", "the limit is 10."),
        ("Fiscal year end", "31.12.2026", "2026-12-31"),
        (
            "Metadata",
            "[1]",
            "Metadata must be a JSON object in braces",
        ),
    ];
    for (field, text, words) in wrong {
        let before = console.field_value(field);
        assert!(!console.is_marked_wrong(field), "{field}");
        console.retype(field, text);
        assert!(console.is_marked_wrong(field), "{field}");
        console.assert_shows(words);
        console.submit();
        assert_eq!(console.create_requests(), 0, "{field}");
        console.retype(field, &before);
        assert!(!console.is_marked_wrong(field), "{field}");
    }
    // A warning does not block the create.
    console.retype("VAT number", "XX123");
    assert!(!console.is_marked_wrong("VAT number"));
    console.submit_and_wait();
    assert_eq!(console.create_requests(), 1);
}

#[test]
fn a_control_character_is_said_beside_its_field_and_never_sent() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    console.unfold();
    for field in [
        "external_id",
        "Legal name",
        "E-mail",
        "VAT number",
        "Company number",
        "Tax number",
        "Phone number",
        "Province",
        "NACE code",
        "Fiscal year end",
        "Accounts language",
        "Metadata",
    ] {
        let before = console.field_value(field);
        console.paste_into(field, "4\u{7}2");
        assert!(console.is_marked_wrong(field), "{field}");
        console.assert_shows("Contains a control character, which can’t be stored:");
        console.assert_shows("[U+0007]2");
        console.submit();
        assert_eq!(console.create_requests(), 0, "{field}");
        console.retype(field, &before);
    }
    // A direction mark may be intended, so it only causes a warning.
    console.paste_into("Legal name", "\u{200F}");
    console.assert_shows("Contains invisible characters");
    console.submit_and_wait();
    assert_eq!(console.create_requests(), 1);
}

#[test]
fn what_is_missing_is_said_after_leaving_or_sending_and_nothing_is_sent() {
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    assert!(!console.shows("missing"));
    console.focus("Legal name");
    assert!(!console.shows("missing"));
    console.focus("E-mail");
    console.assert_shows("Legal name is missing.");
    assert!(!console.shows("E-mail is missing."), "still being typed");
    console.submit();
    for field in [
        "Country",
        "Entity type",
        "external_id",
        "Legal name",
        "E-mail",
    ] {
        console.assert_shows(&format!("{field} is missing."));
    }
    console.click("Create in Custom");
    assert_eq!(console.create_requests(), 0);
    assert!(console.shows("Create in Custom"), "the form stays");
}

#[test]
fn the_external_id_is_looked_for_in_the_loaded_list() {
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    console.type_into("external_id", "acme-1");
    console.assert_shows("Already used by Acme Ltd. Creating would not change it.");
    assert!(
        !console.is_marked_wrong("external_id"),
        "it is only a warning"
    );
    console.type_into("external_id", "23");
    console.assert_shows(
        "Not used by the 6 loaded businesses. If a business already has it, nothing changes.",
    );
    console.type_into("Legal name", "zebra ZOO");
    console.assert_shows("A business with this name already exists, under external_id zoo-6.");
    console.click("Show");
    assert!(!console.workspace().creating.is_open);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Zebra Zoo"))
    );
    assert_eq!(console.typed(Field::ExternalId), "acme-123", "it is kept");
}

#[test]
fn the_next_id_of_the_pattern_is_proposed() {
    let mut console = Console::signed_in(Setup {
        businesses: numbered(1, 12),
        ..Setup::default()
    });
    console.open_form();
    console.click("Use ext-13");
    assert_eq!(console.typed(Field::ExternalId), "ext-13");
    assert!(!console.shows("Use ext-"), "it is not proposed twice");
}

#[test]
fn tab_goes_on_where_leaving_a_field_shows_its_error() {
    let mut console = Console::signed_in(Setup {
        businesses: numbered(1, 12),
        ..Setup::default()
    });
    console.open_form();
    console.tab_to("external_id");
    console.press(Key::Tab);
    console.assert_shows("external_id is missing.");
    assert_eq!(console.focused(), "Use ext-13");
    console.press(Key::Tab);
    assert_eq!(console.focused(), "Legal name");
}

#[test]
fn metadata_says_where_it_is_wrong() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    console.unfold();
    console.type_into("Metadata", "{\"plan\": pro}");
    console.assert_shows("Line 1, column 10");
    console.submit();
    assert_eq!(console.create_requests(), 0);
    console.retype("Metadata", "{\"plan\": \"pro\"}");
    console.submit_and_wait();
    let body = console.only_body(&On::Create);
    assert_eq!(body["metadata"], serde_json::json!({"plan": "pro"}));
}

#[test]
fn ctrl_enter_sends_only_what_was_filled() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    console.type_into("Legal name", "  ");
    console.submit_and_wait();
    assert_eq!(
        console.only_body(&On::Create),
        serde_json::json!({
            "country": "GB", "base_currency": "GBP", "entity_type": "limited",
            "external_id": "user-1", "legal_name": "Harbour Lane Books Ltd",
            "email": "accounts@harbourlane.example",
        })
    );
}

#[test]
fn twice_is_once() {
    for by_key in [true, false] {
        let mut console = Console::signed_in(Setup::default());
        console.fill();
        let gate = RunGate::closed();
        let held = Answer::real().held_by(&gate);
        console.server.fault(On::Create, Fault::Always(held));
        if by_key {
            console.submit_twice();
            console.submit();
        } else {
            console.click_twice("Create in Custom");
        }
        console.until_log(|log| log.count(&On::Create) == 1);
        // The form cannot be left while the result is open.
        console.press(Key::Escape);
        console.press(Key::Escape);
        console.assert_shows("Creating…");
        assert!(!console.shows("Discard") && !console.shows("Cancel"));
        assert!(console.workspace().creating.is_open);
        gate.open();
        console.wait_for_text("Created in Custom");
        console.press_with(Modifiers::COMMAND, Key::Enter);
        console.settle();
        assert_eq!((console.create_requests(), console.stored_count()), (1, 7));
    }
}

#[test]
fn the_button_stays_in_line_with_the_fields_where_space_is_short() {
    for size in [vec2(900.0, 600.0), vec2(600.0, 400.0)] {
        let mut console = Console::signed_in(Setup {
            size,
            settings: Settings {
                scale: Scale::percent(110),
                ..Settings::default()
            },
            ..Setup::default()
        });
        console.open_form();
        console.retype("external_id", "quit-test-1");
        let button = console.rect_of("Create in Custom");
        let field = console.field_rect("external_id");
        assert!(
            button.right() <= field.right() + 0.5,
            "{button:?} beside {field:?} in {size:?}"
        );
        let discard = console.rect_of("Discard draft");
        let cancel = console.rect_of("Cancel");
        assert!(discard.left() >= field.left() - 0.5, "{discard:?}");
        assert!(discard.right() <= cancel.left(), "{discard:?} {cancel:?}");
    }
}

#[test]
fn a_long_wait_is_counted() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Create, Fault::Always(held));
    console.submit();
    console.until_log(|log| log.count(&On::Create) == 1);
    assert!(!console.shows("Waiting for Custom"));
    console.pass(Duration::from_secs(1));
    console.assert_shows("Waiting for Custom, 1 s");
    assert!(
        console.repaint_delay() <= Duration::from_secs(1),
        "it is drawn for the next one"
    );
    console.pass(Duration::from_secs(2));
    console.assert_shows("Waiting for Custom, 3 s");
    gate.open();
    console.wait_for_text("Created in Custom");
}

#[test]
fn types_of_the_loaded_list_are_offered_where_no_list_is_complete() {
    let of = |number, country, entity_type: &'static str| DemoBusiness {
        entity_type: Some(entity_type.into()),
        ..business(
            number,
            &format!("Used {number}"),
            &format!("used-{number}"),
            country,
        )
    };
    let mut setup = Setup::default();
    setup.businesses.extend([
        of(20, "FR", "sarl"),
        of(21, "FR", "sas"),
        of(22, "FR", "sas"),
        of(23, "GB", "cic"),
        of(24, "DE", "stiftung"),
    ]);
    let mut console = Console::signed_in(setup);
    console.open_form();
    console.choose("Country", "France");
    console.assert_shows("used so far for France; you can enter any text");
    let [first, second] = ["sas", "sarl"].map(|name| console.rect_of(name).left());
    assert!(first < second, "the most frequent first");
    console.click("sarl");
    assert_eq!(console.typed(Field::EntityType), "sarl");
    console.retype("Entity type", "eurl");
    assert_eq!(console.typed(Field::EntityType), "eurl");
    // What the server has accepted before is no cause for a warning.
    console.choose("Country", "Germany");
    console.retype("Entity type", "verein");
    console.assert_shows("“verein” may not be on it");
    console.click("stiftung");
    assert!(!console.shows("may not be on it"));
    console.choose("Country", "United Kingdom");
    assert!(!console.shows("RadioButton: cic"), "the list is complete");
}

#[test]
fn a_type_that_is_being_typed_survives_the_arrival_of_the_list() {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        entity_type: Some("sas".into()),
        ..business(20, "Used", "used-20", "FR")
    });
    let mut console = Console::start(setup);
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::List, Fault::Always(held));
    console.sign_in();
    console.wait_for("the session", |console| {
        console.state().workspace().is_some()
    });
    console.open_form();
    console.choose("Country", "France");
    console.type_into("Entity type", "sas");
    gate.open();
    console.wait_for_text("used so far for France");
    console.type_text("u");
    assert_eq!(console.typed(Field::EntityType), "sasu");
}
