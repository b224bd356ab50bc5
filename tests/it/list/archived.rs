//! The filter `is:archived`, and unarchiving in a later run.

use std::time::Duration;

use serde_json::json;
use thred_console::demo::DemoBusiness;

use crate::support::{Answer, Console, Fault, On, RunGate, Setup, business};

const FIELD: &str = "Filter businesses";

fn with_archived() -> Setup {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        is_archived: true,
        ..business(7, "Old Mill", "mill-7", "GB")
    });
    setup
}

/// Draws frames until the archive was requested this many times.
fn until_checked(console: &mut Console, requests: usize) {
    console.wait_for("the check of the archive", |console| {
        console.log().count(&On::Archived) == requests
    });
}

#[test]
fn archived_businesses_are_listed_and_taken_back() {
    let mut console = Console::signed_in(with_archived());
    console.wait_for_text("GB, mill-7, archived");
    let asked = console.log().count(&On::Archived);
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the archive", |console| console.listed() == ["Old Mill"]);
    console.assert_shows("Old Mill, row 1 of 1, GB, mill-7, archived");
    console.retype(FIELD, "");
    console.type_into(FIELD, "!is:archived ");
    assert_eq!(console.listed().len(), 6);
    console.retype(FIELD, "");
    console.type_into(FIELD, "is:active ");
    assert!(!console.listed().contains(&"Old Mill".to_owned()));
    console.click("Clear field");
    console.type_into(FIELD, "is:archived ");
    assert_eq!(
        console.log().count(&On::Archived),
        asked,
        "it is asked for once"
    );
    console.select("Old Mill");
    console.wait_for("the details", |console| console.offers("Unarchive"));
    console.click("Unarchive");
    console.wait_for_text("Unarchived in Custom");
    assert!(console.listed().is_empty());
    assert!(!console.stored("mill-7").unwrap().is_archived);
}

#[test]
fn a_failure_is_said_and_asked_again_the_next_time() {
    let mut console = Console::start(with_archived());
    console
        .server
        .fault(On::Archived, Fault::Always(Answer::status(403)));
    console.sign_in();
    until_checked(&mut console, 1);
    console.settle();
    assert!(console.toasts().is_empty(), "nobody has asked for it");
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the toast", |console| !console.toasts().is_empty());
    console.server.clear_faults();
    console.click("Clear field");
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the archive", |console| console.listed() == ["Old Mill"]);
}

#[test]
fn what_is_archived_while_the_archive_is_read_stays_archived() {
    let mut console = Console::start(with_archived());
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    let first = Fault::Once(Answer::real());
    console.server.fault(On::Archived, first);
    console.server.fault(On::Archived, Fault::Once(held));
    console.sign_in();
    until_checked(&mut console, 2);
    console.select("Acme Ltd");
    console.wait_for("the details", |console| console.offers("Archive"));
    console.click("Archive");
    console.wait_for_text("Archived in ");
    // The answer that is under way may be older.
    let id = console.stored("acme-1").unwrap().id;
    let mut store = console.server.state().store_mut();
    store.get_mut(id).unwrap().is_archived = false;
    drop(store);
    gate.open();
    console.wait_for_text("GB, mill-7, archived");
    console.type_into(FIELD, "is:archived ");
    console.wait_for("both", |console| console.listed().len() == 2);
}

#[test]
fn a_status_that_the_server_does_not_state_is_not_shown() {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        is_active: None,
        ..business(7, "Old Mill", "mill-7", "GB")
    });
    let mut console = Console::signed_in(setup);
    console.select("Old Mill");
    console.wait_for("the details", |console| console.offers("Edit"));
    assert!(!console.shows("Copy status"), "{}", console.screen());
    console.select("Acme Ltd");
    console.wait_for("the details", |console| console.offers("Edit"));
    assert!(console.shows("Copy status"), "{}", console.screen());
    console.type_into(FIELD, "is:active ");
    assert!(!console.listed().iter().any(|name| name == "Old Mill"));
}

#[test]
fn stop_ends_the_reading_of_archived_businesses_too() {
    let mut setup = with_archived();
    setup.api.retry.retry_after_cap = Duration::from_secs(120);
    let mut console = Console::start(setup);
    let busy = Answer::status(503).retry_after_secs(30);
    console.server.fault(On::Archived, Fault::Always(busy));
    console.sign_in();
    until_checked(&mut console, 1);
    console.settle();
    assert!(
        console.workspace().retry.is_none(),
        "nobody has asked for it"
    );
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the retry", |console| console.workspace().retry.is_some());
    console.click("Stop");
    let before = console.log().count(&On::Archived);
    console.leap(Duration::from_secs(60));
    console.settle();
    assert_eq!(console.log().count(&On::Archived), before);
    assert!(console.workspace().retry.is_none());
}

#[test]
fn the_status_is_right_after_a_restart() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.wait_for("the details", |console| console.offers("Archive"));
    console.click("Archive");
    console.wait_for_text("Archived in ");
    let mut console = console.restart();
    console.wait_for_text("GB, acme-1, archived");
    console.select("Acme Ltd");
    console.wait_for("the details", |console| console.offers("Unarchive"));
    console.click("Overview");
    console.wait_for_text("Archived");
}

#[test]
fn a_server_that_ignores_the_filter_archives_nothing() {
    let mut console = Console::start(Setup::default());
    let all = On::Archived;
    let page = json!({ "count": 6, "results": [{ "id": business(1, "", "", "").id }] });
    let answer = Answer::json(200, &page);
    console.server.fault(all.clone(), Fault::Always(answer));
    console.sign_in();
    until_checked(&mut console, 2);
    console.settle();
    assert!(console.toasts().is_empty());
    assert!(
        !console
            .workspace()
            .list
            .is_archived(console.id_of("Acme Ltd"))
    );
    console.type_into(FIELD, "is:archived ");
    console.wait_for_text("does not list archived businesses");
    assert!(console.listed().is_empty());
}

#[test]
fn archived_businesses_that_the_list_leaves_out_are_shown_on_request() {
    let mut console = Console::start(with_archived());
    let others = Answer::real().edited(|_, page| {
        if let Some(rows) = page["results"].as_array_mut() {
            rows.retain(|row| row["external_id"] != "mill-7");
        }
    });
    console.server.fault(On::List, Fault::Always(others));
    console.sign_in();
    until_checked(&mut console, 3);
    console.settle();
    assert_eq!(console.listed().len(), 6);
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the archive", |console| console.listed() == ["Old Mill"]);
}
