//! The main task in a few keystrokes: finding a business and copying its token.

use egui::{Key, Modifiers};
use thred_console::demo::DemoBusiness;

use crate::support::{Console, KEY, PARTNER, Setup, Stroke, business};

const FIELD: &str = "Filter businesses";

fn with_numbers() -> Setup {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        vat_number: Some("NL 812.345-678".to_owned().into()),
        email: Some("office@quay.example".to_owned().into()),
        ..business(7, "Quayside", "quay-7", "NL")
    });
    setup
}

fn wait_for_token(console: &mut Console, name: &str) {
    console.wait_for_text(&format!("Token for {name} (Custom) copied"));
    assert_eq!(console.workspace().selected, Some(console.id_of(name)));
}

#[test]
fn slash_name_enter_t_copies_the_token_of_the_first_match() {
    let mut console = Console::signed_in(Setup::default());
    console.strike(Stroke::GERMAN_SLASH);
    console.type_text("lind");
    console.strike(Stroke::plain(Key::Enter));
    assert_eq!(console.focused(), "Businesses");
    console.strike(Stroke::T);
    wait_for_token(&mut console, "Lindenhof Käse GmbH");
}

#[test]
fn enter_keeps_the_match_that_the_arrows_have_chosen() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("country:NL ");
    let matches = console.listed();
    console.press(Key::ArrowDown);
    console.press(Key::ArrowDown);
    console.press(Key::Enter);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of(&matches[1]))
    );
    // An earlier selection does not carry over to the next search.
    console.press(Key::Slash);
    console.type_text("closed");
    console.press(Key::Enter);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Closed Shop"))
    );
}

#[test]
fn enter_where_nothing_matches_stays_in_the_field() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.press(Key::Slash);
    console.type_text("nobody");
    console.press(Key::Enter);
    assert_eq!(console.focused(), FIELD);
    console.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(console.token_requests(), 0, "Acme Ltd is not on the list");
}

#[test]
fn ctrl_enter_copies_the_token_of_the_match_in_filter_and_palette() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("molen");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    wait_for_token(&mut console, "Bakkerij de Molen");
    assert_eq!(console.focused(), FIELD);
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("zebra");
    console.assert_shows("Ctrl+Enter copies a token");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    wait_for_token(&mut console, "Zebra Zoo");
    assert!(!console.shows("ListBoxOption"), "the palette has closed");
    // A command has no token to copy, and Ctrl+Enter does not run it.
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("go to tokens");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.assert_shows("ListBoxOption: Go to Tokens");
}

#[test]
fn a_letter_that_can_do_nothing_says_why() {
    let mut console = Console::signed_in(Setup::default());
    console.strike(Stroke::T);
    console.assert_shows("Select a business first");
    assert_eq!(console.toasts().len(), 1);
    console.strike(Stroke::T);
    assert_eq!(console.toasts().len(), 1, "said once");
    console.select("No Number");
    console.press(Key::E);
    console.assert_shows("This business has no external_id");
    let mut console = Console::start(Setup::default());
    console.tab_to("Explore the demo");
    console.strike(Stroke::T);
    assert!(console.toasts().is_empty());
}

#[test]
fn what_is_pasted_on_the_list_is_searched_for() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into(FIELD, "country:GB ");
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Businesses");
    console.paste_text(" Bakkerij\n de Molen ");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    assert_eq!(console.focused(), FIELD);
    console.type_text("x");
    assert_eq!(console.field_value(FIELD), "Bakkerij de Molenx");
    // In the filter field, text is pasted at the cursor as usual.
    console.retype(FIELD, "a");
    console.paste_text("cme");
    assert_eq!(console.field_value(FIELD), "acme");
}

#[test]
fn a_token_is_never_searched_for() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    console.paste_text(&token);
    assert_eq!(console.workspace().list.filter(), "");
    console.assert_shows("so it was not searched for");
    console.click("Clear now");
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
    // The same for a token that another program put on the clipboard.
    console.paste_text(&token);
    assert_eq!(console.workspace().list.filter(), "");
}

#[test]
fn list_and_palette_say_which_text_matches() {
    let mut console = Console::signed_in(with_numbers());
    console.type_into(FIELD, "812345");
    console.assert_shows("Row: Quayside, row 1 of 1, NL, quay-7, VAT number NL 812.345-678");
    console.retype(FIELD, "quay-7");
    assert_eq!(console.rows(), ["Quayside, row 1 of 1, NL, quay-7"]);
    // A whole external_id opens the details, and only these contain the e-mail address.
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("812345");
    console.assert_shows("ListBoxOption: Quayside, NL · quay-7 · VAT number NL 812.345-678");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.type_text("office@");
    console.assert_shows("Quayside, NL · quay-7 · E-mail office@quay.example");
    console.press(Key::Escape);
    // Share mode names the field that matches and hides its value.
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    console.retype(FIELD, "812345");
    console.press(Key::Escape);
    console.assert_shows("VAT number ••••••");
    assert!(!console.shows("812.345"));
}

#[test]
fn no_secret_is_pasted_into_the_filter_and_other_texts_are_while_a_token_is_copied() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::J);
    let token = console.copy_token();
    // By now, the clipboard holds another text.
    console.paste_text("Bakkerij");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    assert_eq!(console.focused(), FIELD);
    for secret in [
        token,
        format!("{PARTNER}:sk_live_0123456789"),
        KEY.to_owned(),
    ] {
        console.retype(FIELD, "");
        console.paste_text(&secret);
        assert_eq!(console.field_value(FIELD), "", "{secret}");
        console.assert_shows("so it was not searched for");
    }
    console.until_saved();
    let saved = serde_json::to_string(&console.preferences()).unwrap();
    assert!(!saved.contains(KEY));
}
