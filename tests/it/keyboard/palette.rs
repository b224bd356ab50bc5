//! The command palette.

use egui::{Key, Modifiers};
use thred_console::state::shell::messages::Page;

use crate::support::{Console, Setup};

fn open(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::K);
    assert_eq!(console.focused(), "Find or run a command");
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
    // It works there too, and a letter does what it does only when it is closed.
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
    assert_eq!(console.focused(), "Find or run a command");
}

#[test]
fn it_opens_from_the_band_and_over_no_dialog() {
    let mut console = Console::signed_in(Setup::default());
    console.click("Find or run a command");
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
