//! Refreshing a loaded list.

use egui::Key;

use super::is_loaded;
use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business};

#[test]
fn refresh_keeps_the_old_rows_the_selection_and_what_it_shows() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let acme = console.id_of("Acme Ltd");
    let gate = RunGate::closed();
    console
        .server
        .fault(On::List, Fault::Once(Answer::real().held_by(&gate)));
    console
        .server
        .state()
        .store_mut()
        .insert(business(70, "Newcomer", "new-70", "SE"));
    console
        .server
        .state()
        .store_mut()
        .remove(console.id_of("Closed Shop").0);
    console.press(Key::F5);
    console.until_log(|log| log.count(&On::List) == 2);
    console.settle();
    assert_eq!(console.listed().len(), 6, "the old rows stay meanwhile");
    assert!(!console.offers("Refresh"), "once is enough");
    gate.open();
    console.wait_for("the list", is_loaded);
    let listed = console.listed();
    assert_eq!(
        listed,
        [
            "Newcomer",
            "Zebra Zoo",
            "No Number",
            "Bakkerij de Molen",
            "Lindenhof Käse GmbH",
            "Acme Ltd"
        ]
    );
    assert_eq!(console.workspace().selected, Some(acme));
    assert!(console.workspace().selected_detail().is_some() && console.workspace().is_detail_open);
}

#[test]
fn tokens_live_through_a_refresh() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let token = console.copy_token();
    console.press(Key::F5);
    console.wait_for("the list", |console| {
        is_loaded(console) && console.log().count(&On::List) == 2
    });
    assert_eq!(console.copy_token(), token);
    assert_eq!(console.token_requests(), 1);
}

#[test]
fn a_changed_business_is_shown_as_it_is_now() {
    let mut console = Console::signed_in(Setup::default());
    let id = console.id_of("Acme Ltd").0;
    console.server.state().store_mut().remove(id);
    console
        .server
        .state()
        .store_mut()
        .insert(business(1, "Acme Holding", "acme-1", "GB"));
    console.press(Key::F5);
    console.wait_for_text("Acme Holding, row ");
    assert!(!console.shows("Acme Ltd"));
}

#[test]
fn offline_the_last_list_stays_and_says_so() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Any, Fault::Always(Answer::real().hung_up()));
    console.press(Key::F5);
    console.wait_for_text("Offline.");
    console.assert_shows("Showing the list from");
    assert_eq!(console.listed().len(), 6);
    assert!(
        console.log().count(&On::List) <= 1 + 2 * 3,
        "bounded: {}",
        console.log().count(&On::List)
    );
    assert!(
        console.workspace().selected_detail().is_some(),
        "the details that were read stay too"
    );

    console.server.clear_faults();
    console.click("Try again");
    console.wait_for("the list", is_loaded);
    assert!(!console.shows("Offline."));
}
