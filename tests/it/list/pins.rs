//! Pinned businesses, at the top of the list and in the command palette.

use egui::{Key, Modifiers};

use crate::support::{Console, Setup};

fn first_names(console: &Console) -> Vec<String> {
    let name = |row: &String| row.split(", row").next().unwrap().to_owned();
    console.rows().iter().map(name).collect()
}

#[test]
fn a_pinned_business_stands_on_top_whatever_the_order_and_after_a_restart() {
    let mut console = Console::signed_in(Setup::default());
    assert_eq!(first_names(&console)[0], "Zebra Zoo");
    console.select("Acme Ltd");
    console.press(Key::P);
    assert_eq!(first_names(&console)[..2], ["Acme Ltd", "Zebra Zoo"]);
    assert_eq!(console.rows().len(), 6, "it is there once");
    console.assert_shows("Acme Ltd, row 1 of 6, GB, acme-1, pinned");
    console.click("Name");
    assert_eq!(
        first_names(&console)[..2],
        ["Acme Ltd", "Bakkerij de Molen"]
    );
    // Keys move through the rows in the order shown.
    console.press(Key::J);
    let selected = console.workspace().selected;
    assert_eq!(selected, Some(console.id_of("Bakkerij de Molen")));
    // The filter hides pinned businesses too.
    console.type_into("Filter businesses", "zebra");
    assert_eq!(first_names(&console), ["Zebra Zoo"]);
    console.press(Key::Escape);
    console.press(Key::Escape);

    let mut console = console.restart();
    console.wait_until("the list", |state| {
        state
            .workspace()
            .is_some_and(|workspace| !workspace.list.loading.is_running())
    });
    let acme = console.id_of("Acme Ltd");
    assert_eq!(console.workspace().list.shortlist.pinned, [acme]);
}

#[test]
fn the_palette_begins_with_pinned_and_recent_ones() {
    let mut console = Console::signed_in(Setup::default());
    console.select("Acme Ltd");
    console.press(Key::P);
    console.select("Bakkerij de Molen");
    console.select("Zebra Zoo");
    console.press_with(Modifiers::COMMAND, Key::K);
    // With a business selected, Enter copies its token.
    assert!(console.chosen_option().starts_with("Copy a token"));
    console.press(Key::ArrowDown);
    assert!(console.chosen_option().starts_with("Acme Ltd"));
    console.press(Key::ArrowDown);
    // The selected business is not offered.
    assert!(console.chosen_option().starts_with("Bakkerij de Molen"));
    console.press(Key::ArrowUp);
    console.press(Key::Enter);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    // On a page without a selected business, pinned ones come first.
    console.press_with(Modifiers::COMMAND, Key::Num6);
    console.press_with(Modifiers::COMMAND, Key::K);
    assert!(console.chosen_option().starts_with("Acme Ltd"));
    console.press(Key::Escape);
    console.press_with(Modifiers::COMMAND, Key::Num1);
    // The palette can unpin a business too.
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("unpin");
    console.press(Key::Enter);
    assert!(console.workspace().list.shortlist.pinned.is_empty());
}

#[test]
fn what_the_server_no_longer_has_is_forgotten_once_the_list_is_whole() {
    let mut console = Console::signed_in(Setup::default());
    console.select("Acme Ltd");
    console.press(Key::P);
    let acme = console.id_of("Acme Ltd");
    let lists = |console: &Console| console.log().count(&crate::support::On::List);
    let before = lists(&console);
    console.server.fault(
        crate::support::On::List,
        crate::support::Fault::Once(crate::support::Answer::status(403)),
    );
    console.press(Key::F5);
    console.wait_for("the failure", |console| {
        lists(console) > before && !console.workspace().list.loading.is_running()
    });
    assert_eq!(
        console.workspace().list.shortlist.pinned,
        [acme],
        "nothing is known of it"
    );
    console.server.state().store_mut().remove(acme.0);
    console.press(Key::F5);
    console.wait_for("list and archive", |console| {
        console.listed().len() == 5 && console.workspace().list.shortlist.pinned.is_empty()
    });
    assert!(
        console.preferences().profiles[0]
            .shortlist
            .pinned
            .is_empty()
    );
}
