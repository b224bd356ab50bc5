//! The draft of a new business.

use std::fs;
use std::time::Duration;

use egui::{Key, Modifiers, ViewportCommand};
use thred_console::domain::draft::Field;
use thred_console::runtime::DRAFTS_FILE;

use crate::support::{Answer, Console, Fault, KEY, On, Setup, Stroke};

/// A form with some input.
fn typing() -> Console {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    console.open_form();
    console.choose("Country", "Germany");
    console.type_into("Legal name", "Lindenhof Käse");
    console
}

#[track_caller]
fn assert_kept(console: &mut Console) {
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "Lindenhof Käse");
    assert_eq!(console.chosen("Country"), "Germany");
}

#[test]
fn a_failed_draft_save_is_reported_and_closing_asks_first() {
    let mut console = typing();
    // Missing permissions would not stop root. Replacing a folder by a file fails for every user.
    let path = console.folder().file(DRAFTS_FILE);
    fs::remove_file(&path).unwrap_or_default();
    fs::create_dir(&path).unwrap();
    console.retype("Legal name", "Lindenhof");
    console.pass(Duration::from_secs(5));
    console.wait_for_text("Draft could not be saved");
    assert!(!console.shows("Draft saved on this computer"));

    assert!(
        console
            .request_close()
            .contains(&ViewportCommand::CancelClose)
    );
    console.assert_shows("Dialog: Close without saving drafts?");
    console.assert_shows("it is a folder");
    // Enter answers the question, also where the form behind it has a shortcut with Enter.
    console.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(!console.shows("Close without saving drafts?"));
    assert!(!console.shows("E-mail is missing."));

    console.request_close();
    console.click("Keep open");
    assert!(!console.shows("Close without saving drafts?"));
    assert_eq!(console.field_value("Legal name"), "Lindenhof");

    console.request_close();
    assert!(console.click_closes_window("Close and lose drafts"));
    assert!(
        !console
            .request_close()
            .contains(&ViewportCommand::CancelClose)
    );
}

#[test]
fn a_signal_that_ends_the_program_closes_the_window_unasked() {
    let mut console = typing();
    let path = console.folder().file(DRAFTS_FILE);
    fs::remove_file(&path).unwrap_or_default();
    fs::create_dir(&path).unwrap();
    console.retype("Legal name", "Lindenhof");
    console.pass(Duration::from_secs(5));
    console.wait_for_text("Draft could not be saved");
    console.terminate();
    let asked = console.request_close();
    assert!(!asked.contains(&ViewportCommand::CancelClose));
    assert!(!console.shows("Close without saving drafts?"));
}

#[test]
fn drafts_that_are_saved_after_all_close_without_a_question() {
    let mut console = typing();
    let path = console.folder().file(DRAFTS_FILE);
    fs::remove_file(&path).unwrap_or_default();
    fs::create_dir(&path).unwrap();
    console.retype("Legal name", "Lindenhof");
    console.pass(Duration::from_secs(5));
    console.wait_for_text("Draft could not be saved");
    fs::remove_dir(&path).unwrap();
    console.retype("Legal name", "Lindenhof AG");
    console.pass(Duration::from_secs(5));
    console.wait_for_text("Draft saved on this computer");
    assert!(
        !console
            .request_close()
            .contains(&ViewportCommand::CancelClose)
    );
}

#[test]
fn closing_the_form_keeps_it() {
    let mut console = typing();
    console.click("Cancel");
    assert!(!console.shows("Dialog: New business"));
    assert_kept(&mut console);
    console.click("Close");
    assert_kept(&mut console);
}

#[test]
fn a_restored_one_is_said_and_can_be_started_over() {
    let mut console = typing();
    assert!(!console.shows("restored"), "it is being typed");
    let typed = console.now().wall.to_zoned_datetime(console.zone.clone());
    let typed = typed
        .strftime("Draft from %-d %b %Y, %H:%M restored.")
        .to_string();
    console.pass(Duration::from_mins(3));
    console.click("Cancel");
    console.open_form();
    console.assert_shows(&typed);
    console.click("Cancel");
    let mut console = console.restart();
    console.until_listed();
    console.open_form();
    console.assert_shows(&typed);
    console.click("Start over");
    console.assert_shows("Dialog: New business");
    console.assert_shows("Draft discarded");
    assert!(!console.shows("restored"));
    assert_eq!(console.field_value("Legal name"), "");
    console.click("Undo");
    assert_eq!(console.field_value("Legal name"), "Lindenhof Käse");
    assert!(!console.shows("restored"), "the user did that");
}

#[test]
fn a_click_outside_does_not_close() {
    let mut console = typing();
    console.click_at(egui::pos2(8.0, 400.0));
    console.assert_shows("Dialog: New business");
    assert_eq!(console.field_value("Legal name"), "Lindenhof Käse");
}

#[test]
fn signing_out_keeps_it() {
    let mut console = typing();
    console.click("Cancel");
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for("the end", |console| console.state().workspace().is_none());
    console.sign_in();
    console.until_listed();
    assert_kept(&mut console);
}

#[test]
fn a_restart_keeps_it() {
    let mut console = typing().restart();
    console.until_listed();
    assert!(!console.shows("Dialog: New business"), "it waits");
    assert_kept(&mut console);
}

#[test]
fn it_is_on_disk_a_second_after_the_first_key() {
    let mut console = typing();
    assert_eq!(console.kept_draft().draft[Field::LegalName], "");
    // The console requests a frame to save the draft, and further typing does not delay it.
    assert!(console.repaint_delay() <= Duration::from_secs(1));
    console.pass(Duration::from_millis(500));
    console.type_into("Legal name", " GmbH");
    console.pass(Duration::from_millis(500));
    console.wait_for("the file", |console| {
        console.kept_draft().draft[Field::LegalName] == "Lindenhof Käse GmbH"
    });
    let mut console = console.crash();
    console.until_listed();
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "Lindenhof Käse GmbH");
}

#[test]
fn escape_asks_only_if_something_was_typed() {
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    console.choose("Country", "Germany");
    console.press(Key::Escape);
    assert!(
        !console.shows("Dialog: New business"),
        "the country is no loss"
    );

    console.open_form();
    console.type_into("Legal name", "L");
    console.press(Key::Escape);
    console.assert_shows("Close the form? Your draft is kept.");
    console.click("Keep editing");
    console.assert_shows("Dialog: New business");
    assert!(!console.shows("Close the form?"));
    // Pressing Esc twice keeps the form open and restores the focus.
    console.press(Key::Escape);
    console.press(Key::Escape);
    console.assert_shows("Dialog: New business");
    assert!(!console.shows("Close the form?"));
    assert_eq!(console.focused(), "Legal name");
    console.press(Key::Escape);
    console.click("Close");
    assert!(!console.shows("Dialog: New business"));
    assert_eq!(console.typed(Field::LegalName), "L");
}

#[test]
fn a_discarded_one_can_be_brought_back() {
    let mut console = typing();
    console.pass_a_second();
    console.wait_for("the file", |console| !console.kept_draft().draft.is_blank());
    console.click("Discard draft");
    assert!(!console.shows("Dialog: New business"));
    assert!(console.workspace().creating.input.draft.is_blank());
    console.wait_for("the file", |console| console.kept_draft().draft.is_blank());
    console.assert_shows("Draft discarded");
    console.click("Undo");
    console.assert_shows("Dialog: New business");
    assert_eq!(console.field_value("Legal name"), "Lindenhof Käse");
    assert!(!console.shows("Draft discarded"), "it is undone once");
    console.wait_for("the file", |console| !console.kept_draft().draft.is_blank());
}

#[test]
fn each_profile_has_its_own() {
    let mut console = typing();
    console.pass_a_second();
    console.click("Cancel");
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for("the end", |console| console.state().workspace().is_none());
    console.click("Explore the demo");
    console.until_listed();
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "");
}

#[test]
fn the_file_is_private_and_holds_no_secret() {
    let mut console = typing();
    console.pass_a_second();
    console.wait_for("the file", |console| !console.kept_draft().draft.is_blank());
    let path = console.folder().root().join(DRAFTS_FILE);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("Lindenhof Käse"));
    assert!(!text.contains(KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn a_sign_in_that_expires_keeps_it() {
    let mut console = typing();
    console
        .server
        .fault(On::Any, Fault::Always(Answer::status(401)));
    console.click("Cancel");
    console.press(Key::F5);
    console.wait_until("the refusal", |state| {
        let workspace = state.workspace();
        workspace.is_none_or(|workspace| workspace.sign_in_failure.is_some())
    });
    console.server.clear_faults();
    assert_kept(&mut console);
    console.pass_a_second();
    console.wait_for("the file", |console| !console.kept_draft().draft.is_blank());
    let mut console = console.crash();
    console.until_listed();
    assert_kept(&mut console);
}

#[test]
fn a_create_whose_draft_cannot_be_written_is_not_sent() {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    console.fill();
    // A folder cannot be replaced by the draft's file.
    let path = console.folder().file(DRAFTS_FILE);
    fs::create_dir(&path).unwrap();
    console.click("Create in Custom");
    console.wait_for_text("The draft could not be saved");
    console.assert_shows("Nothing was created.");
    console.assert_shows("Drafts not saved");
    assert_eq!(console.create_requests(), 0);

    fs::remove_dir(&path).unwrap();
    console.click("Create in Custom");
    console.wait_for_text("Created in Custom");
    assert_eq!(console.create_requests(), 1);
}

#[test]
fn a_held_escape_asks_once_and_answers_nothing() {
    let escape = Stroke::plain(Key::Escape);
    let mut console = Console::signed_in(Setup::default());
    console.open_form();
    console.type_into("Legal name", "L");
    for question in [true, false, true] {
        console.hold(escape);
        console.settle();
        for _ in 0..3 {
            console.repeat(escape);
            assert_eq!(console.shows("Close the form?"), question);
        }
        console.release(escape);
        console.assert_shows("Dialog: New business");
    }
    assert_eq!(console.focused(), "Keep editing");
    assert_eq!(console.typed(Field::LegalName), "L");
}

#[test]
fn a_form_that_was_closed_after_a_failure_opens_without_it() {
    let mut console = Console::signed_in(Setup::default());
    console.fill();
    let refused = Answer::status(403);
    console.server.fault(On::Create, Fault::Once(refused));
    console.submit();
    console.wait_for_text("Nothing was created.");
    console.retype("Legal name", "Another name");
    console.press(Key::Escape);
    console.click("Close");
    console.open_form();
    assert_eq!(console.field_value("Legal name"), "Another name");
    assert!(!console.shows("Nothing was created."));
    assert!(
        console.focused().starts_with("Country"),
        "{}",
        console.focused()
    );
}
