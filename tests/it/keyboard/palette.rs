//! The command palette.

use egui::{Key, Modifiers};
use thred_console::domain::settings::{Density, ThemePreference};
use thred_console::state::shell::messages::Page;

use crate::support::{Console, Setup, business};

fn open(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::K);
    assert_eq!(console.focused(), "Find a business or run a command");
}

#[test]
fn a_few_letters_and_enter_run_a_command() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    open(&mut console);
    console.assert_shows("ListBoxOption: Copy a token, as Raw token, T");
    console.type_text("gtt");
    console.press(Key::Enter);
    assert_eq!(console.workspace().page, Page::Tokens);
    assert!(!console.shows("ListBoxOption"), "it has closed");
    // The palette works on other pages too, and single letters are no shortcuts while it is open.
    open(&mut console);
    console.type_text("gtb");
    console.press(Key::Enter);
    assert_eq!(console.workspace().page, Page::Businesses);
    assert_eq!(console.token_requests(), 0);
    open(&mut console);
    console.type_text("copy a token");
    let before = console.clipboard.copies();
    console.press(Key::Enter);
    console.wait_for("the copy", |console| console.clipboard.copies() > before);
}

#[test]
fn a_command_that_cannot_run_says_why_and_stays() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.type_text("clear the clip");
    console.assert_shows("Clear the clipboard, The clipboard holds no token from this console");
    console.press(Key::Enter);
    console.assert_shows("ListBoxOption: Clear the clipboard");
    console.press_with(Modifiers::COMMAND, Key::A);
    console.type_text("zzzz");
    console.assert_shows("Nothing matches");
    console.press(Key::Enter);
    console.assert_shows("Nothing matches");
}

#[test]
fn a_business_is_found_by_its_name_and_by_its_numbers() {
    let mut console = Console::signed_in(Setup::default());
    console.type_into("Filter businesses", "acme");
    open(&mut console);
    console.type_text("lindenhof ka");
    console.assert_shows("ListBoxOption: Lindenhof Käse GmbH, DE · linde-2");
    console.press(Key::Enter);
    console.wait_until("the details", |state| {
        let workspace = state.workspace().unwrap();
        workspace.is_detail_open && workspace.selected_detail().is_some()
    });
    let chosen = console.id_of("Lindenhof Käse GmbH");
    assert_eq!(console.workspace().selected, Some(chosen));
    open(&mut console);
    console.type_text("molen-3");
    console.assert_shows("ListBoxOption: Bakkerij de Molen, NL · molen-3");
}

#[test]
fn the_best_match_comes_first_whatever_its_group() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    for (typed, first) in [
        ("", "Copy a token, as Raw token, T"),
        ("col", "Choose columns…"),
        ("acme", "Acme Ltd, GB · acme-1"),
        ("help", "Help, ?"),
    ] {
        open(&mut console);
        console.type_text(typed);
        assert_eq!(console.chosen_option(), first, "{typed}");
        console.press(Key::Escape);
    }
}

#[test]
fn the_arrows_choose_and_home_and_end_jump() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    let first = console.chosen_option();
    console.press(Key::ArrowDown);
    let second = console.chosen_option();
    assert_ne!(first, second);
    console.press(Key::ArrowUp);
    assert_eq!(console.chosen_option(), first);
    console.press(Key::ArrowUp);
    let last = console.chosen_option();
    console.press(Key::Home);
    assert_eq!(console.chosen_option(), first);
    console.press(Key::End);
    assert_eq!(console.chosen_option(), last);
    assert_ne!(last, first);
    assert_eq!(console.focused(), "Find a business or run a command");
}

#[test]
fn it_opens_from_the_band_and_over_no_dialog() {
    let mut console = Console::signed_in(Setup::default());
    console.click("Find a business or run a command");
    console.assert_shows("ListBoxOption");
    console.press(Key::Escape);
    assert!(!console.shows("ListBoxOption"));
    console.press(Key::Questionmark);
    console.press_with(Modifiers::COMMAND, Key::K);
    assert!(!console.shows("ListBoxOption"));
    console.press(Key::Escape);
    console.press(Key::N);
    console.press_with(Modifiers::COMMAND, Key::K);
    assert!(!console.shows("ListBoxOption"));
    let mut console = Console::start(Setup::default());
    console.press_with(Modifiers::COMMAND, Key::K);
    assert!(!console.shows("ListBoxOption"), "before the sign-in");
}

#[test]
fn of_many_businesses_a_few_are_offered() {
    let mut console = Console::signed_in(Setup::with_many(400));
    open(&mut console);
    console.type_text("business");
    let offered = console.screen().matches("GB · ext-").count();
    assert!((1..=5).contains(&offered), "{offered}");
    console.type_text(" 0217");
    console.assert_shows("ListBoxOption: Business 0217, GB · ext-217");
}

#[test]
fn everything_that_can_be_done_is_listed_and_what_cannot_says_why() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    // Commands that can run come first; those that remove something or quit come last.
    assert_eq!(console.chosen_option(), "Filter the list, /");
    for listed in [
        "Copy a token, Select a business first, T",
        "Archive business, Select a business first",
        "Copy as curl command, Select a business first",
        "Copy VAT number, Select a business first",
        "Stop loading the list, The list is not loading",
        "Export the shown history as CSV…, Go to History first",
        "Save the key’s due date to a calendar…",
        "Rotate the API key",
        "Test connection",
        "Theme: System, In use",
        "Theme: High contrast",
        "Density: Compact",
        "Zoom in, now 100 %, Ctrl++",
        "Add a profile…",
        "Open the data folder",
        "Lock, Ctrl+L",
    ] {
        console.assert_shows(&format!("ListBoxOption: {listed}"));
    }
    // Other names of a command match by whole words only.
    console.type_text("copy");
    assert!(!console.shows("ListBoxOption: Test connection"));
    console.press_with(Modifiers::COMMAND, Key::A);
    console.press(Key::Backspace);
    console.press(Key::End);
    assert_eq!(console.chosen_option(), "Quit");
    console.press(Key::ArrowUp);
    assert!(console.chosen_option().starts_with("Sign out…"));
    console.press(Key::Escape);

    console.select("Acme Ltd");
    open(&mut console);
    console.type_text("tok");
    assert!(console.chosen_option().starts_with("Copy a token, "));
    console.press(Key::End);
    assert!(console.chosen_option().starts_with("Forget all tokens…"));
}

#[test]
fn settings_and_the_archive_are_changed_from_there_and_the_last_commands_are_offered_again() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let run = |console: &mut Console, typed: &str| {
        open(console);
        console.type_text(typed);
        console.press(Key::Enter);
        assert!(!console.shows("ListBoxOption"), "{typed}");
    };
    // Commands are also found by their other names.
    run(&mut console, "row height compact");
    run(&mut console, "theme dark");
    run(&mut console, "larger");
    let settings = &console.state().saved.settings;
    assert_eq!(settings.density, Density::Compact);
    assert_eq!(settings.theme, ThemePreference::Dark);
    assert_eq!(settings.scale.as_percent(), 110);
    run(&mut console, "archive");
    console.wait_for_text("Archived in Custom");

    open(&mut console);
    console.press(Key::ArrowDown);
    assert_eq!(console.chosen_option(), "Zoom in, now 110 %, Ctrl++");
    console.press(Key::ArrowDown);
    assert_eq!(console.chosen_option(), "Theme: Dark, In use");
    console.type_text("unarch");
    assert_eq!(console.chosen_option(), "Unarchive business");
    console.press(Key::Escape);
    run(&mut console, "shortcuts");
    console.assert_shows("Dialog: Help");
    console.press(Key::Escape);
    run(&mut console, "test connection");
    assert_eq!(console.workspace().page, Page::Settings);
    console.wait_for_text("Test again");
}

#[test]
fn a_token_is_copied_in_any_form_and_forgotten() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    open(&mut console);
    console.type_text("bearer");
    let before = console.clipboard.copies();
    console.press(Key::Enter);
    console.wait_for("the copy", |console| console.clipboard.copies() > before);
    let copied = console.clipboard.content().unwrap();
    assert!(copied.starts_with("Authorization: Bearer "));
    open(&mut console);
    console.type_text("forget this");
    console.press(Key::Enter);
    assert!(console.workspace().tokens.is_empty());
}

#[test]
fn help_opens_from_it() {
    let mut console = Console::signed_in(Setup::default());
    open(&mut console);
    console.type_text("help");
    console.press(Key::Enter);
    console.assert_shows("Dialog: Help");
}

#[test]
fn a_name_that_no_font_can_draw_gives_way_to_the_external_id() {
    let mut setup = Setup::default();
    setup.businesses.push(business(7, "ไทย", "thai-7", "GB"));
    let mut console = Console::at_business(setup, "ไทย");
    open(&mut console);
    console.assert_shows("Label: thai-7");
    console.press(Key::Escape);
    console.select("Acme Ltd");
    open(&mut console);
    // Screen readers still get the name. Drawing it would fail the test.
    console.assert_shows("ListBoxOption: ไทย, GB · thai-7");
    console.type_text("thai");
    console.assert_shows("ListBoxOption: ไทย, GB · thai-7");
}

#[test]
fn a_business_is_found_by_a_word_of_its_name_before_a_command_that_begins_alike() {
    let mut setup = Setup::default();
    setup.businesses.extend((10..40).map(|number| {
        let name = format!("Zoom {number}");
        business(number, &name, &format!("zoom-{number}"), "GB")
    }));
    setup
        .businesses
        .push(business(100, "Export Ltd", "export-100", "GB"));
    setup
        .businesses
        .push(business(101, "Copenhagen Ltd", "cop-101", "GB"));
    let mut console = Console::at_business(setup, "Copenhagen Ltd");
    for (typed, first) in [
        // A whole word of the name.
        ("zoo", "Zebra Zoo, GB · zoo-6"),
        // The beginning of the name of a recent business.
        ("cop", "Copenhagen Ltd, GB · cop-101"),
        // A word of a command.
        ("zoom", "Zoom in, now 100 %, Ctrl++"),
        ("export", "Export the shown list as CSV…"),
        ("copy", "Copy a token, as Raw token, T"),
        // Only begins alike.
        ("zo", "Zoom in, now 100 %, Ctrl++"),
    ] {
        open(&mut console);
        console.type_text(typed);
        assert_eq!(console.chosen_option(), first, "{typed}");
        console.press(Key::Escape);
    }
    open(&mut console);
    console.type_text("cop");
    console.assert_shows("Ctrl+Enter copies a token");
    console.press_with(Modifiers::COMMAND, Key::Enter);
    console.wait_for_text("Token for Copenhagen Ltd");
}

#[test]
fn a_recent_business_is_found_among_more_than_are_compared() {
    let mut console = Console::signed_in(Setup::with_many(400));
    console.type_into("Filter businesses", "0030");
    console.select("Business 0030");
    console.copy_token();
    open(&mut console);
    console.type_text("business 00");
    assert_eq!(console.chosen_option(), "Business 0030, GB · ext-30");
}
