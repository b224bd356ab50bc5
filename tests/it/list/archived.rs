//! The filter `is:archived`, and unarchiving in a later run.

use thred_console::demo::DemoBusiness;

use crate::support::{Answer, Console, Fault, On, Setup, business};

const FIELD: &str = "Filter businesses";

fn with_archived() -> Setup {
    let mut setup = Setup::default();
    setup.businesses.push(DemoBusiness {
        is_archived: true,
        ..business(7, "Old Mill", "mill-7", "GB")
    });
    setup
}

#[test]
fn archived_businesses_are_listed_and_taken_back() {
    let mut console = Console::signed_in(with_archived());
    let before = console.log().count(&On::List);
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the archive", |console| console.listed() == ["Old Mill"]);
    console.assert_shows("Old Mill, row 1 of 1, GB, mill-7, archived");
    console.retype(FIELD, "");
    console.type_into(FIELD, "!is:archived ");
    assert_eq!(console.listed().len(), 6);
    assert!(console.log().count(&On::List) > before);
    let asked = console.log().count(&On::List);
    console.click("Clear field");
    console.type_into(FIELD, "is:archived ");
    assert_eq!(
        console.log().count(&On::List),
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
    let mut console = Console::signed_in(with_archived());
    console
        .server
        .fault(On::List, Fault::Always(Answer::status(403)));
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the toast", |console| !console.toasts().is_empty());
    console.server.clear_faults();
    console.click("Clear field");
    console.type_into(FIELD, "is:archived ");
    console.wait_for("the archive", |console| console.listed() == ["Old Mill"]);
}
