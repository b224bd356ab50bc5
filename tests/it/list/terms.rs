//! Typing a filter: completion, chips, and clearing it in steps.

use egui::{Key, Modifiers, Vec2};

use crate::support::{Console, Setup, Stroke, business};

const FIELD: &str = "Filter businesses";
const TERMS: &str =
    "country:NL,BE,DE,GB type:limited currency:EUR is:active !token:live created:>2020-01-01 ";

#[test]
fn what_is_typed_stays_in_sight_however_many_terms_there_are() {
    let setup = Setup {
        size: Vec2::new(900.0, 600.0),
        ..Setup::default()
    };
    let mut console = Console::signed_in(setup);
    console.press(Key::Slash);
    console.type_text(TERMS);
    console.type_text("acme");
    assert_eq!(console.field_value(FIELD), "acme");
    assert_eq!(console.listed(), ["Acme Ltd"]);
    let text = console.rect_of(FIELD);
    let end = console.rect_of("Clear field");
    assert!(text.width() > 100.0, "{text:?}");
    assert!(text.right() <= end.left() + 1.0, "{text:?} {end:?}");
    // A term that is scrolled out of sight is scrolled back when it gets the focus.
    console.go_to(
        "Edit filter country:NL,BE,DE,GB",
        Modifiers::SHIFT,
        Key::Tab,
    );
    let chip = console.rect_of("Edit filter country:NL,BE,DE,GB");
    assert!(chip.left() >= 0.0 && chip.right() < end.left(), "{chip:?}");
}

#[test]
fn everything_is_cleared_at_once_by_pointer_and_by_key() {
    for by_key in [false, true] {
        let mut console = Console::signed_in(Setup::default());
        assert!(!console.shows("Clear field"));
        console.type_into(FIELD, "country:NL molen");
        if by_key {
            console.tab_to("Clear field");
            console.strike(Stroke::SPACE);
        } else {
            console.click("Clear field");
        }
        assert_eq!(console.listed().len(), 6);
        assert_eq!(console.field_value(FIELD), "");
        assert_eq!(console.focused(), FIELD);
    }
}

#[test]
fn terms_and_values_are_completed_by_tab_and_arrows() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("cou");
    console.assert_shows("ListBoxOption: country:");
    console.strike(Stroke::plain(Key::Tab));
    assert_eq!(console.field_value(FIELD), "country:");
    assert_eq!(console.focused(), FIELD);
    // The most frequent values come first.
    console.assert_shows("ListBoxOption: country:GB, 2 businesses");
    console.assert_shows("ListBoxOption: country:BE, 1 business");
    console.press(Key::ArrowDown);
    console.press(Key::ArrowDown);
    assert_eq!(console.chosen_option(), "country:NL, 2 businesses, Tab");
    console.press(Key::Enter);
    assert_eq!(console.field_value(FIELD), "");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
    console.type_text("is:a");
    console.press(Key::Tab);
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    // Completions also work with the pointer.
    console.type_text("!type:");
    console.click("!type:limited, 6 businesses, Tab");
    assert!(console.listed().is_empty());
    assert_eq!(console.focused(), FIELD);
}

#[test]
fn a_name_that_begins_like_a_term_leaves_the_arrows_to_the_list() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("is");
    console.assert_shows("ListBoxOption: is:");
    console.press(Key::Backspace);
    console.press(Key::Backspace);
    console.type_text("to");
    console.assert_shows("ListBoxOption: token:");
    console.press(Key::Backspace);
    console.press(Key::Backspace);
    console.type_text("cl");
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Closed Shop"))
    );
}

#[test]
fn an_unfinished_term_does_not_filter_until_it_is_left() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("!acme ");
    for letters in ["coun", "try", ":", "N"] {
        console.type_text(letters);
        assert_eq!(console.listed().len(), 5, "after {letters}");
    }
    console.type_text("L");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
    console.type_text(",B");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
    for letters in [" is:", "arch"] {
        console.type_text(letters);
        assert_eq!(console.listed().len(), 2, "after {letters}");
    }
    console.type_text("ived");
    assert!(console.listed().is_empty());
    // What is finished filters, even if it is only the start of something.
    for finishes in [Key::Space, Key::Tab, Key::Enter] {
        console.click("Clear field");
        console.type_text("ext:acme");
        assert_eq!(console.listed().len(), 6);
        assert!(!console.shows("6 matches"));
        match finishes {
            Key::Space => console.type_text(" "),
            key => console.press(key),
        }
        assert!(console.listed().is_empty(), "after {finishes:?}");
        console.assert_shows("Nothing matches");
    }
}

#[test]
fn escape_takes_it_back_in_steps() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("country:NL mol");
    console.type_text(" is:");
    console.assert_shows("ListBoxOption: is:active");
    console.press(Key::Escape);
    assert!(!console.shows("ListBoxOption"), "first the list of values");
    assert_eq!(console.focused(), FIELD);
    console.press(Key::Escape);
    assert_eq!(console.focused(), "Businesses", "then the field is left");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    console.press(Key::Escape);
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
    console.press(Key::Escape);
    assert_eq!(console.listed().len(), 6);
}

#[test]
fn the_explanation_of_a_term_leaves_the_column_headings_free() {
    let mut console = Console::signed_in(Setup::default());
    let headings = console.rect_of("Name");
    console.press(Key::Slash);
    console.type_text("contry:NL");
    console.assert_shows("Label: Unknown filter");
    console.assert_shows("Filter ignored");
    assert!(!console.shows("6 matches"));
    // Every stop of the filter bar keeps it, so that Tab reaches its link.
    console.tab_to("Did you mean country:NL?");
    console.go_to(FIELD, Modifiers::SHIFT, Key::Tab);
    console.press(Key::Escape);
    assert!(!console.shows("Label: Unknown filter"));
    console.assert_shows("Button: Edit filter contry:NL | Unknown filter");
    console.click_at(headings.center());
    console.assert_shows("Filter ignored");
    assert_eq!(console.listed()[0], "Acme Ltd", "sorted by name");
    console.click("Edit filter contry:NL");
    console.click("Did you mean country:NL?");
    assert_eq!(console.listed(), ["Bakkerij de Molen", "Closed Shop"]);
    assert!(!console.shows("Filter ignored"));
}

#[test]
fn a_term_that_no_filter_has_but_a_business_does_is_counted() {
    let mut setup = Setup::default();
    setup.businesses.push(business(7, "Urn", "urn:9:7", "GB"));
    let mut console = Console::signed_in(setup);
    console.type_into(FIELD, "urn:9:7");
    console.assert_shows("1 match");
    console.retype(FIELD, "acme urn:8");
    console.assert_shows("1 match");
    assert!(!console.shows("Filter ignored"));
}

#[test]
fn an_unknown_term_is_said_and_ignored() {
    let mut console = Console::signed_in(Setup::default());
    for typed in ["contry:NL ", "is:gone ", "nonsense:1 "] {
        console.retype(FIELD, typed);
        assert_eq!(console.listed().len(), 6, "{typed}");
        console.assert_shows("Unknown ");
        console.click("Clear field");
    }
    // An external_id that looks like a term is found.
    let mut setup = Setup::default();
    setup.businesses.push(business(7, "Urn", "urn:9:7", "GB"));
    let mut console = Console::signed_in(setup);
    console.retype(FIELD, "urn:9:7");
    assert_eq!(console.listed(), ["Urn"]);
}

#[test]
fn share_mode_hides_the_explanation_of_a_term() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("contry:NL");
    console.tab_to("Refresh");
    console.assert_shows("Did you mean country:NL?");
    console.assert_shows("Unknown filter “contry:”");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.assert_shows("Its value is hidden in share mode.");
    assert!(!console.shows("country:NL"), "{}", console.screen());
    assert!(!console.shows("Unknown filter"), "{}", console.screen());
}

#[test]
fn share_mode_shows_a_code_that_nothing_matches() {
    let mut console = Console::signed_in(Setup::default());
    console.retype(FIELD, "country:france ");
    console.tab_to("Refresh");
    console.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::H);
    console.assert_shows("france");
    console.assert_shows("Did you mean country:FR?");
    assert!(
        !console.shows("hidden in share mode"),
        "{}",
        console.screen()
    );
}

#[test]
fn a_second_country_replaces_the_first_and_another_key_does_not() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_text("country:NL is:active ");
    assert_eq!(console.listed(), ["Bakkerij de Molen"]);
    for letters in ["country:", "DE"] {
        console.type_text(letters);
    }
    assert_eq!(
        console.listed(),
        ["Lindenhof Käse GmbH"],
        "while it is typed"
    );
    console.press(Key::Enter);
    assert_eq!(console.listed(), ["Lindenhof Käse GmbH"]);
    assert!(!console.shows("Edit filter country:NL"));
    console.assert_shows("Edit filter country:DE");
    console.assert_shows("Edit filter is:active");
    // A negated one contradicts nothing.
    console.type_into(FIELD, "!country:GB ");
    console.assert_shows("Edit filter country:DE");
}

#[test]
fn ctrl_a_selects_the_terms_with_the_text() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    let filter = |console: &mut Console| {
        console.type_text("country:NL ");
        console.type_text("molen");
        console.press_with(Modifiers::COMMAND, Key::A);
    };
    for key in [Key::Delete, Key::Backspace] {
        filter(&mut console);
        console.press(key);
        assert_eq!(console.workspace().list.filter(), "", "{key:?}");
        assert_eq!(console.focused(), FIELD);
    }
    // Without text, too, and what is typed replaces everything.
    console.type_text("country:NL ");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.type_text("acme");
    assert_eq!(console.workspace().list.filter(), "acme");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.press(Key::Delete);
    // Likewise what an input method composes, which can then be corrected.
    console.type_text("country:NL ");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.compose("käse");
    assert_eq!(console.workspace().list.filter(), "käse");
    console.press(Key::Backspace);
    assert_eq!(console.workspace().list.filter(), "käs");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.press(Key::Delete);
    filter(&mut console);
    console.press(Key::ArrowRight);
    console.press(Key::Backspace);
    assert_eq!(console.workspace().list.filter(), "country:NL mole");
}

#[test]
fn a_name_in_place_of_a_code_is_replaced_with_a_click() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into(FIELD, "country:netherlands ");
    assert!(console.listed().is_empty());
    console.assert_shows("A country is a code of two letters, such as FR.");
    console.click("Did you mean country:NL?");
    assert_eq!(console.listed(), ["Closed Shop", "Bakkerij de Molen"]);
}
