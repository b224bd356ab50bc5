//! Showing the businesses that a run created in the list.

use egui::Key;

use super::{Console, HEADER};
use crate::support::Setup;

/// A finished import: two rows were created; a third already existed with the same values, from an earlier import.
fn done() -> Console {
    let first = "seen-1,Seen Before Ltd,limited,s@new.example,GB\n";
    let mut console = Console::at_dry_run(Setup::default(), &format!("{HEADER}{first}"));
    console.click("Create 1 in Custom");
    console.wait_for_end();
    let text = format!("{}{first}", super::rows(2));
    console.open_file("second.csv", text);
    console.dry_run();
    console.click("Create 2 in Custom");
    console.wait_for_end();
    console
}

fn shown(console: &Console) -> Vec<String> {
    let mut names = console.listed();
    names.sort();
    names
}

const CREATED: [&str; 2] = ["Newcomer 1 Ltd", "Newcomer 2 Ltd"];

#[test]
fn exactly_the_created_ones_are_shown_and_stay_through_a_reload_and_a_lock() {
    let mut console = done();
    console.click("Show the 2 created");
    assert_eq!(shown(&console), CREATED);
    console.assert_shows("is:imported");
    console.press(Key::F5);
    console.until_listed();
    assert_eq!(shown(&console), CREATED);
    console.until_remembered();
    console.press_with(egui::Modifiers::COMMAND, Key::L);
    console.press(Key::Enter);
    console.until_listed();
    assert_eq!(shown(&console), CREATED);
}

#[test]
fn it_is_a_term_like_others_and_the_next_start_does_not_begin_with_it() {
    let mut console = done();
    console.tab_to("Show the 2 created");
    console.press(Key::Enter);
    assert_eq!(shown(&console), CREATED);
    console.type_into("Filter businesses", "Newcomer 2");
    assert_eq!(shown(&console), CREATED[1..]);
    let console = console.restart_from_disk();
    let filters = console
        .state()
        .saved
        .profiles
        .iter()
        .map(|known| known.filter.clone());
    assert!(
        filters.clone().all(|filter| filter.is_empty()),
        "{:?}",
        filters.collect::<Vec<_>>()
    );
}
