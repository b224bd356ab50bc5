//! Archiving and unarchiving a business.

use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

fn at_acme() -> Console {
    Console::at_business(Setup::default(), "Acme Ltd")
}

fn is_archived(console: &Console) -> bool {
    console.stored("acme-1").unwrap().is_archived
}

#[test]
fn archived_and_taken_back() {
    let mut console = at_acme();
    console.click("Archive");
    console.wait_for("the toast", |console| !console.toasts().is_empty());
    assert_eq!(
        console.toast().title,
        console.with_host("Archived in Custom")
    );
    assert!(
        !console.screen().contains("in Custom"),
        "it goes by its host"
    );
    assert_eq!(console.toast().body, "Acme Ltd");
    assert!(is_archived(&console));
    // The list and the details say so too.
    assert!(console.rows().iter().any(|row| row.ends_with(", archived")));
    console.assert_shows("Label: Archived");
    console.click("Undo");
    console.wait_for_text("Unarchived in Custom");
    assert!(!console.shows("Undo") && !console.shows("Label: Archived"));
    assert!(!is_archived(&console));
    assert!(console.offers("Archive"));
}

#[test]
fn a_server_without_an_archive_is_asked_once() {
    for absent in Answer::NO_ARCHIVE {
        let mut console = at_acme();
        console.server.fault(On::Archive, Fault::Always(absent()));
        console.click("Archive");
        console.wait_for_text("does not support archiving the business");
        assert!(!console.shows("Button: Archive"));
        console.select("Zebra Zoo");
        assert!(!console.shows("Button: Archive"), "for the whole session");
        assert!(console.shows("Button: Edit"));
    }
}

#[test]
fn a_failure_says_so_and_changes_nothing() {
    for (status, words) in [
        (403, "does not allow archiving the business"),
        (409, "reported a conflict"),
    ] {
        let mut console = at_acme();
        console
            .server
            .fault(On::Archive, Fault::Once(Answer::status(status)));
        console.click("Archive");
        console.wait_for_text(words);
        assert!(console.offers("Archive"));
        assert!(!is_archived(&console));
    }
    let mut console = at_acme();
    console
        .server
        .fault(On::Archive, Fault::Once(Answer::real().hung_up()));
    console.click("Archive");
    console.wait_for_text("may or may not have been");
    assert!(console.offers("Archive"), "once more does no harm");
}

#[test]
fn a_double_click_archives_and_does_not_take_back() {
    let mut console = at_acme();
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Archive, Fault::Always(held));
    console.click("Archive");
    console.until_log(|log| log.count(&On::Archive) == 1);
    console.click("Archive");
    gate.open();
    console.wait_for_text("Unarchive");
    console.until_log(|log| log.in_flight() == 0);
    console.settle();
    let paths: Vec<_> = console
        .log()
        .of(&On::Archive)
        .iter()
        .map(|seen| seen.uri.path().to_owned())
        .collect();
    assert_eq!(paths.len(), 1, "{paths:?}");
    assert!(is_archived(&console));
    assert_eq!(console.toasts().len(), 1);
}

#[test]
fn the_answer_does_not_cut_off_what_is_read_of_another() {
    let mut console = at_acme();
    let (archive, reading) = (RunGate::closed(), RunGate::closed());
    let held = Answer::real().held_by(&archive);
    console.server.fault(On::Archive, Fault::Once(held));
    console.click("Archive");
    console.until_log(|log| log.count(&On::Archive) == 1);
    let reads = console.log().count(&On::Get);
    let held = Answer::real().held_by(&reading);
    console.server.fault(On::Get, Fault::Always(held));
    console.select("Zebra Zoo");
    console.until_log(|log| log.count(&On::Get) == reads + 1);
    archive.open();
    console.wait_for("the toast", |console| !console.toasts().is_empty());
    reading.open();
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    assert!(console.offers("Edit"));
}
