//! Loading the list: pages, changes while loading, and stopping.

use std::collections::HashSet;
use std::time::Duration;

use super::{is_loaded, signed_in_until, with_first_page};
use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

#[test]
fn rows_appear_as_they_come() {
    let gate = RunGate::closed();
    let mut console = with_first_page(Setup::with_many(310), 100, &gate);
    console.until_log(|log| log.in_flight() == 3);
    console.pass(Duration::from_millis(500));
    console.assert_shows("100 of 310 loaded");
    console.assert_shows("row 1 of 100");
    console.select("Business 0310");
    assert!(
        console.copy_token().starts_with("eyJ"),
        "what is there can be used"
    );
    gate.open();
    console.wait_for("the rest", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 310);
    console.assert_shows("310 loaded at");
    console.assert_shows("row 1 of 310");
}

#[test]
fn eight_requests_are_in_flight_and_never_more() {
    let gate = RunGate::closed();
    let mut console = with_first_page(Setup::with_many(400).paged(10), 10, &gate);
    console.until_log(|log| log.in_flight() == 8);
    gate.open();
    console.wait_for("the rest", is_loaded);
    assert_eq!(console.log().most_in_flight(), 8);
    let asked = console.log().count(&On::List);
    assert_eq!(
        asked,
        40 + 1,
        "each page once, and whether one follows the last, which is full"
    );
    assert_eq!(console.workspace().list.shown_count(), 400);
}

#[test]
fn both_envelopes_are_read() {
    for is_older in [false, true] {
        let prepare = |console: &Console| {
            if is_older {
                console.server.become_older();
            }
        };
        let console = signed_in_until(Setup::with_many(250), prepare, "the list", is_loaded);
        assert_eq!(
            console.workspace().list.shown_count(),
            250,
            "older: {is_older}"
        );
        let first = console.workspace().list.shown(0).unwrap();
        assert_eq!(
            first
                .base_currency
                .as_ref()
                .map(|text| text.raw().to_owned())
                .as_deref(),
            Some("EUR"),
            "older: {is_older}"
        );
    }
}

/// Loads 310 businesses that change while page 2 is read, and compares the list with the server's afterwards.
fn drifts(answer: Answer) {
    let gate = RunGate::closed();
    let prepare = |console: &Console| {
        console.server.fault(On::Page(2), Fault::Once(answer));
        let later = On::matching(|seen| seen.page() > 2);
        console
            .server
            .fault(later, Fault::Always(Answer::real().held_by(&gate)));
    };
    let has_two_pages = |console: &Console| console.workspace().list.shown_count() >= 199;
    let mut console = signed_in_until(Setup::with_many(310), prepare, "two pages", has_two_pages);
    gate.open();
    console.wait_for("the list", is_loaded);
    let state = console.server.state().store();
    let expected: HashSet<_> = state.newest_first().map(|business| business.id).collect();
    let list = &console.workspace().list;
    let found: HashSet<_> = (0..list.shown_count())
        .filter_map(|place| list.shown(place))
        .map(|row| row.id.0)
        .collect();
    assert_eq!(found, expected);
    assert_eq!(list.loading.missing(), 0);
}

#[test]
fn businesses_that_come_while_loading_are_neither_doubled_nor_missed() {
    drifts(Answer::real().then_insert(3));
}

#[test]
fn businesses_that_go_while_loading_leave_no_gap() {
    drifts(Answer::real().then_remove(3));
}

#[test]
fn a_business_listed_twice_is_shown_once() {
    drifts(Answer::duplicate_id());
}

#[test]
fn a_server_with_its_own_page_size_is_read_to_the_end() {
    for answer in [
        Answer::page_size_ignored(20),
        Answer::page_size_lied_about(20),
    ] {
        let prepare = |console: &Console| {
            console
                .server
                .fault(On::List, Fault::Always(answer.clone()))
        };
        let console = signed_in_until(Setup::with_many(310), prepare, "the list", is_loaded);
        assert_eq!(console.workspace().list.shown_count(), 310);
        assert!(
            console.log().count(&On::List) <= 16 * 3,
            "{}",
            console.log().count(&On::List)
        );
    }
}

#[test]
fn what_the_server_counts_but_does_not_list_is_said() {
    let prepare = |console: &Console| {
        console
            .server
            .fault(On::Page(2), Fault::Always(Answer::empty_page()))
    };
    let console = signed_in_until(Setup::with_many(150), prepare, "the list", is_loaded);
    console.assert_shows("100 loaded, 50 not listed by the server");
}

#[test]
fn a_list_without_end_comes_to_one() {
    for answer in [Answer::never_ending(), Answer::looping()] {
        let mut setup = Setup::default();
        setup.api.list.page_cap = 40;
        let prepare = |console: &Console| {
            console
                .server
                .fault(On::List, Fault::Always(answer.clone()))
        };
        let console = signed_in_until(setup, prepare, "the list", is_loaded);
        assert!(console.log().count(&On::List) <= 3 * 40);
        assert!(!console.rows().is_empty());
    }
}

#[test]
fn loading_can_be_stopped_and_what_has_arrived_stays() {
    let gate = RunGate::closed();
    let mut console = with_first_page(Setup::with_many(310), 100, &gate);
    console.until_log(|log| log.in_flight() == 3);
    console.pass(Duration::from_secs(11));
    console.click("Stop");
    console.until_log(|log| log.in_flight() == 0);
    gate.open();
    console.settle();
    console.assert_shows("Stopped at 100");
    assert_eq!(console.workspace().list.shown_count(), 100);
    assert_eq!(console.log().count(&On::List), 4);

    console.click("Refresh");
    console.wait_for("the rest", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 310);
}

#[test]
fn waiting_for_the_first_page_can_be_cancelled() {
    let gate = RunGate::closed();
    let hold = |console: &Console| {
        console
            .server
            .fault(On::List, Fault::Always(Answer::real().held_by(&gate)))
    };
    let mut console = signed_in_until(Setup::default(), hold, "the workspace", |console| {
        console.state().workspace().is_some()
    });
    console.pass(Duration::from_secs(12));
    console.assert_shows("Waiting for Custom to answer, 12 s");
    console.click("Cancel");
    console.assert_shows("Loading stopped");
    console.until_log(|log| log.in_flight() == 0);
    console.server.clear_faults();
    console.click("Refresh");
    console.wait_for("the list", is_loaded);
    assert_eq!(console.workspace().list.shown_count(), 6);
}
