//! A key press takes effect in the frame that receives it, and keys that arrive together act one after another.

use egui::{Key, Modifiers};

use crate::support::{Burst, Console, Setup};

#[test]
fn a_shortcut_shows_its_page_in_the_same_frame() {
    let mut console = Console::signed_in(Setup::default());
    console.hold_for_a_frame(Modifiers::COMMAND, Key::Num2);
    console.assert_shows("No tokens in this session");
    console.let_go(Modifiers::COMMAND, Key::Num2);
    console.hold_for_a_frame(Modifiers::COMMAND, Key::Num1);
    console.assert_shows("row 1 of 6");
}

#[test]
fn an_arrow_moves_the_selection_and_the_details_in_the_same_frame() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let before = console.workspace().selected.unwrap();
    console.hold_for_a_frame(Modifiers::NONE, Key::ArrowUp);
    let after = console.workspace().selected.unwrap();
    assert_ne!(after, before);
    assert!(
        console.shows(&after.to_string()) && !console.shows(&before.to_string()),
        "{}",
        console.screen()
    );
}

#[test]
fn what_is_typed_into_the_filter_filters_in_the_same_frame() {
    let mut console = Console::signed_in(Setup::default());
    console.press(Key::Slash);
    console.type_for_a_frame("acme");
    console.assert_shows("Acme Ltd, row 1 of 1");
}

#[test]
fn keys_that_arrive_together_find_a_business_and_copy_its_token() {
    let mut console = Console::signed_in(Setup::default());
    console.burst(&[
        Burst::Key(Key::Slash),
        Burst::Text("lind"),
        Burst::Key(Key::Enter),
        Burst::Key(Key::T),
    ]);
    console.wait_for("the copy", |console| {
        console.state().clipboard.held().is_some()
    });
    console.assert_shows("Token for Lindenhof Käse GmbH (Custom) copied");
}

#[test]
fn a_shortcut_after_an_arrow_is_about_the_row_that_it_moved_to() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let before = console.workspace().selected.unwrap();
    console.burst(&[Burst::Key(Key::ArrowUp), Burst::Key(Key::P)]);
    let workspace = console.workspace();
    let after = workspace.selected.unwrap();
    assert_ne!(after, before);
    assert!(workspace.list.shortlist.is_pinned(after));
    assert!(!workspace.list.shortlist.is_pinned(before));
}

#[test]
fn enter_in_the_palette_runs_what_was_typed_before_it() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.burst(&[
        Burst::Shortcut(Key::K),
        Burst::Text("lock"),
        Burst::Key(Key::Enter),
    ]);
    console.assert_shows("Unlock");
    assert_eq!(console.token_requests(), 0);
}
