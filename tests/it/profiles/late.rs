//! Responses that arrive after their profile was left.

use egui::Key;
use thred_console::platform::file_dialog::FileDialogOutcome;

use super::{press_switch, profile, switch_to, with_two};
use crate::support::{Answer, Fault, On, RunGate};

/// A page and a token of the first profile arrive while the second is open.
#[test]
fn answers_for_a_profile_that_was_left_change_nothing() {
    let (mut console, other) = with_two();
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_until("the first profile", |state| {
        state.workspace().is_some_and(|workspace| {
            !workspace.list.loading.is_running() && workspace.list.businesses().len() == 6
        })
    });
    console.select("Acme Ltd");
    let gate = RunGate::closed();
    for on in [On::Token, On::List] {
        let held = Answer::real().held_by(&gate);
        console.server.fault(on, Fault::Once(held));
    }
    let before = console.log().count(&On::List);
    console.press(Key::T);
    console.press(Key::F5);
    console.until_log(|log| log.count(&On::Token) == 1 && log.count(&On::List) > before);

    switch_to(&mut console, &other);
    console.wait_until("the check of the archive", |state| {
        state.workspace().unwrap().list.is_read()
    });
    let (shown, copies) = (format!("{:?}", console.state()), console.clipboard.copies());
    gate.open();
    console.wait_for("the end of all requests", |console| {
        console.log().in_flight() == 0
    });
    console.settle();
    assert_eq!(format!("{:?}", console.state()), shown);
    assert_eq!(console.clipboard.copies(), copies);
    assert_eq!(console.listed().len(), 3);

    // The first profile loads completely when it is opened again, and nothing of it is still pending.
    press_switch(&mut console);
    console.press(Key::Enter);
    console.wait_until("the first profile", |state| {
        state.workspace().is_some_and(|workspace| {
            !workspace.list.loading.is_running() && workspace.list.businesses().len() == 6
        })
    });
    assert_eq!(console.workspace().profile, profile(&console.server));
    assert!(console.workspace().tokens.is_empty());
    console.select("Acme Ltd");
    console.copy_token();
}

/// A response that arrives during another sign-in attempt belongs to the running session.
#[test]
fn a_token_that_arrives_while_the_form_is_open_is_there_afterwards() {
    let (mut console, other) = with_two();
    console.select("Business 0100");
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    other.fault(On::Token, Fault::Once(held));
    console.press(Key::R);
    console.wait_until("the fetch", |state| {
        state
            .workspace()
            .is_some_and(|workspace| workspace.tokens.is_fetching())
    });
    press_switch(&mut console);
    console.click("Add a profile…");
    gate.open();
    console.wait_for_text("New token for Business 0100");
    console.press(Key::Escape);
    assert_eq!(console.workspace().tokens.len(), 1);
    assert!(!console.workspace().tokens.is_fetching());
}

/// The dialog was opened in one profile and is answered in another.
#[test]
fn a_file_dialog_of_a_profile_that_was_left_is_not_obeyed() {
    let (mut console, _other) = with_two();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.csv");
    console.dialog_gate.close();
    console
        .dialogs
        .answer(FileDialogOutcome::Chosen(path.clone()));
    console.click("Export the shown list");
    console.click("Export 3 as CSV…");
    press_switch(&mut console);
    console.press(Key::Enter);
    let first = profile(&console.server);
    console.wait_until("the first profile", |state| {
        let workspace = state.workspace();
        workspace.is_some_and(|workspace| workspace.profile == first)
    });
    console.dialog_gate.open();
    console.wait_for_text("Not exported");
    console.assert_shows("or you left the profile");
    assert!(!path.exists());
}
