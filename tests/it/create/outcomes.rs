//! Results of a create: created, already existed, rejected.

use egui::Key;
use thred_console::demo::DemoBusiness;
use thred_console::domain::draft::Field;
use thred_console::state::create::form_input::FormPhase;

use crate::support::{Answer, Console, ErrorShape, Fault, On, Setup};

/// A stored business that differs from what [`Console::fill`] types.
fn quicker() -> DemoBusiness {
    DemoBusiness {
        country: Some("GB".into()),
        entity_type: Some("limited".into()),
        base_currency: Some("GBP".into()),
        legal_name: Some("Quicker Ltd".into()),
        name: Some("Quicker Ltd".into()),
        email: Some("accounts@harbourlane.example".into()),
        is_active: Some(true),
        ..DemoBusiness::default()
    }
}

fn existed() -> Console {
    let mut console = Console::signed_in(Setup::default());
    console
        .server
        .fault(On::Create, Fault::Once(Answer::taken_by(quicker())));
    console.fill();
    console.submit_and_wait();
    console.assert_shows("Dialog: Already existed; nothing was changed");
    console
}

#[test]
fn a_created_one_is_shown_selected_and_ready_for_t() {
    let mut console = Console::signed_in(Setup::default());
    // A filter must not hide the new business.
    console.type_into("Filter businesses", "zebra");
    assert_eq!(console.listed(), ["Zebra Zoo"]);
    console.press(Key::Escape);
    console.click("New business");
    console.choose("Country", "United Kingdom");
    console.click("Private limited company");
    console.type_into("external_id", "user-1");
    console.type_into("Legal name", "Harbour Lane Books Ltd");
    console.type_into("E-mail", "accounts@harbourlane.example");
    console.submit();
    console.wait_for_text("Created in Custom");
    assert_eq!(console.toast().body, "Harbour Lane Books Ltd");
    let stored = console.stored("user-1").unwrap();
    let workspace = console.workspace();
    assert_eq!(workspace.selected.map(|id| id.0), Some(stored.id));
    assert!(!workspace.creating.is_open && workspace.creating.input.draft.is_blank());
    assert!(
        console
            .rows()
            .iter()
            .any(|row| row.starts_with("Harbour Lane Books Ltd, row ")),
        "{:?}",
        console.rows()
    );
    let token = console.copy_token();
    assert_eq!(token.split('.').count(), 3);
    let asked = &console.log().of(&On::Token)[0];
    assert!(asked.uri.path().contains(&stored.id.to_string()));
}

#[test]
fn a_created_one_is_scrolled_to() {
    let mut console = Console::signed_in(Setup::with_many(300));
    console.press(Key::End);
    console.settle();
    assert!(!console.rows().iter().any(|row| row.contains("row 1 of")));
    console.fill();
    console.submit();
    console.wait_for_text("Created in Custom");
    console.wait_for("the row", |console| {
        console
            .rows()
            .iter()
            .any(|row| row.starts_with("Harbour Lane Books Ltd, row "))
    });
}

#[test]
fn a_created_one_is_in_the_middle_of_the_table() {
    let mut setup = Setup::with_many(300);
    // Sorted by name, half of the others come after it.
    for business in setup.businesses.iter_mut().skip(150) {
        let name = format!("Ship {}", business.id);
        (business.name, business.legal_name) = (Some(name.clone().into()), Some(name.into()));
    }
    let mut console = Console::signed_in(setup);
    console.click("Name");
    console.fill();
    console.submit();
    console.wait_for_text("Created in Custom");
    let table = console.rect_of("Businesses");
    let row = console.row_rect("Harbour Lane Books Ltd");
    let off = (row.center().y - table.center().y).abs();
    assert!(off < 2.0 * row.height(), "{row:?} in {table:?}");
}

#[test]
fn one_that_existed_is_other_news_with_the_differences() {
    let mut console = existed();
    console.assert_shows("None of your input was saved.");
    for text in ["Legal name", "Harbour Lane Books Ltd", "Quicker Ltd"] {
        console.assert_shows(text);
    }
    console.assert_shows("5 fields are the same");
    assert!(!console.shows("Created in Custom"));
    console.press(Key::Escape);
    console.assert_shows("Dialog: New business");
    assert!(console.is_focused("external_id"), "the field to change");
    assert_eq!(console.field_value("Legal name"), "Harbour Lane Books Ltd");
    console.assert_shows("Already used by Quicker Ltd.");
    assert_eq!(
        console.stored("user-1").unwrap().legal_name.as_deref(),
        Some("Quicker Ltd")
    );
}

#[test]
fn one_that_existed_can_be_opened() {
    let mut console = existed();
    console.click("Open business");
    let id = console.stored("user-1").unwrap().id;
    assert_eq!(console.workspace().selected.map(|id| id.0), Some(id));
    assert!(
        console
            .rows()
            .iter()
            .any(|row| row.starts_with("Quicker Ltd, row "))
    );
    console.assert_shows("Draft kept");
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "Harbour Lane Books Ltd");
}

#[test]
fn one_that_existed_can_be_edited() {
    let mut console = existed();
    console.click("Edit existing…");
    console.assert_shows("Dialog: Edit business");
    assert_eq!(console.field_value("Legal name"), "Quicker Ltd");
    assert!(!console.shows("Draft discarded"));
    assert_eq!(
        console.kept_draft().draft[Field::LegalName],
        "Harbour Lane Books Ltd"
    );
    console.retype("Legal name", "Harbour Lane Books Ltd");
    console.click("Review changes…");
    console.click("Save in Custom");
    console.wait_for_text("Changes saved");
    assert_eq!(
        console.stored("user-1").unwrap().legal_name.as_deref(),
        Some("Harbour Lane Books Ltd")
    );
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "Harbour Lane Books Ltd");
}

#[test]
fn the_differences_can_be_copied() {
    let mut console = existed();
    console.click("Copy differences");
    console.wait_for("the copy", |console| console.clipboard.copies() == 1);
    let text = console.clipboard.content().unwrap();
    assert!(
        text.contains("Quicker Ltd") && text.contains("Harbour Lane Books Ltd"),
        "{text}"
    );
}

#[test]
fn what_the_server_refuses_is_said_beside_the_fields() {
    let fields = [("email", "Not an address."), ("tin", "Too short.")];
    for shape in ErrorShape::ALL {
        let mut console = Console::signed_in(Setup::default());
        let answer = Answer::invalid(shape, &fields);
        console.server.fault(On::Create, Fault::Once(answer));
        console.fill();
        console.submit_and_wait();
        console.assert_shows("rejected the request");
        console.assert_shows("Not an address.");
        console.assert_shows("Too short.");
        assert_eq!(console.field_value("external_id"), "user-1");
        assert_eq!(console.field_value("Legal name"), "Harbour Lane Books Ltd");
        if shape != ErrorShape::Detail {
            assert!(console.is_marked_wrong("E-mail"), "{shape:?}");
            assert!(console.is_marked_wrong("Tax number"), "{shape:?}");
            assert!(console.is_focused("E-mail"), "{shape:?}");
            // The message stays until its value changes.
            console.type_into("Legal name", " 2");
            assert!(console.is_marked_wrong("E-mail"));
            console.type_into("E-mail", ".example");
            assert!(!console.is_marked_wrong("E-mail") && !console.shows("Not an address."));
            assert!(console.is_marked_wrong("Tax number"));
        }
        console.submit();
        console.wait_for_text("Created in Custom");
        assert_eq!((console.create_requests(), console.stored_count()), (2, 7));
    }
}

#[test]
fn what_is_refused_of_a_choice_is_said_under_it() {
    let fields = [
        ("country", "Not served."),
        ("base_currency", "Not used there."),
        ("accounting_method", "Not offered."),
    ];
    let mut console = Console::signed_in(Setup::default());
    let answer = Answer::invalid(ErrorShape::Errors, &fields);
    console.server.fault(On::Create, Fault::Once(answer));
    console.fill();
    console.submit_and_wait();
    for (_, message) in fields {
        console.assert_shows(message);
    }
}

#[test]
fn a_message_for_a_field_that_the_form_has_not_is_said_above() {
    let mut console = Console::signed_in(Setup::default());
    let answer = Answer::invalid(ErrorShape::Errors, &[("owner", "Unknown owner.")]);
    console.server.fault(On::Create, Fault::Once(answer));
    console.fill();
    console.submit_and_wait();
    console.assert_shows("owner: Unknown owner.");
}

#[test]
fn types_that_the_server_teaches_become_choices_and_are_remembered() {
    let valid = [
        ("sdn_bhd", "Sdn. Bhd. (Private (Limited))"),
        ("berhad", "Berhad"),
    ];
    let mut console = Console::signed_in(Setup::default());
    let answer = Answer::type_refused("limited", "MY", &valid);
    console.server.fault(On::Create, Fault::Once(answer));
    console.open_form();
    console.choose("Country", "Malaysia");
    console.type_into("Entity type", "limited");
    for (field, text) in [
        ("external_id", "user-1"),
        ("Legal name", "Teh Tarik"),
        ("E-mail", "a@teh.example"),
    ] {
        console.type_into(field, text);
    }
    console.submit_and_wait();
    assert!(matches!(
        console.workspace().creating.input.phase,
        FormPhase::Failed(_)
    ));
    console.assert_shows("as listed by the server for Malaysia");
    console.click("Sdn. Bhd. (Private (Limited))");
    assert_eq!(console.typed(Field::EntityType), "sdn_bhd");

    console.until_remembered();
    let mut console = console.restart();
    console.until_listed();
    console.open_form();
    assert_eq!(console.chosen("Country"), "Malaysia");
    console.assert_shows("RadioButton: Berhad");
}

#[test]
fn a_type_that_is_refused_without_a_word_of_the_field_has_the_focus() {
    let mut console = Console::signed_in(Setup::default());
    let valid = [("sas", "SAS")];
    let answer = Answer::type_refused("limited", "FR", &valid);
    console.server.fault(On::Create, Fault::Once(answer));
    console.open_form();
    console.choose("Country", "France");
    for (field, text) in [
        ("Entity type", "limited"),
        ("external_id", "user-1"),
        ("Legal name", "Le Coin"),
        ("E-mail", "a@coin.example"),
    ] {
        console.type_into(field, text);
    }
    console.submit_and_wait();
    console.assert_shows("The server does not accept this type in this country.");
    assert!(!console.is_focused("E-mail"));
}

#[test]
fn each_refusal_has_its_own_words_and_keeps_what_was_typed() {
    for (answer, title, body) in [
        (
            Answer::status(409),
            "reported a conflict",
            "Another business may have this external_id.",
        ),
        (
            Answer::status(403),
            "does not allow creating the business",
            "Nothing was created.",
        ),
        (
            Answer::status(401),
            "rejected the sign-in",
            "Nothing was created.",
        ),
    ] {
        let mut console = Console::signed_in(Setup::default());
        console.server.fault(On::Create, Fault::Always(answer));
        console.fill();
        console.submit_and_wait();
        console.assert_shows(title);
        console.assert_shows(body);
        assert_eq!(console.field_value("external_id"), "user-1");
        assert_eq!(console.stored_count(), 6);
        console.server.clear_faults();
        console.submit();
        console.wait_for_text("Created in Custom");
    }
}

#[test]
fn a_server_error_leaves_it_unknown_in_its_own_words() {
    for status in [500, 503] {
        let mut console = Console::signed_in(Setup::default());
        console
            .server
            .fault(On::Create, Fault::Once(Answer::status(status)));
        console.fill();
        console.submit_and_wait();
        console.assert_shows("It may or may not have been created");
        console.assert_shows(&format!("Details: {status}"));
        assert_eq!(console.create_requests(), 1, "it is not repeated by itself");
    }
}
