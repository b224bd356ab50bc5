//! What a lock keeps for the unlock, what it drops, and requests that it interrupts.

use egui::{Key, Modifiers};
use thred_console::domain::draft::Field;
use thred_console::state::session::lock::ClipboardClearance;
use thred_console::state::shell::messages::Page;

use super::signed_in;
use crate::support::{Answer, Console, Fault, On, RunGate, Setup};

#[test]
fn page_filter_selection_and_draft_come_back() {
    let mut console = signed_in(Setup::default());
    console.type_into("Filter businesses", "country:NL ");
    console.select("Closed Shop");
    console.fill();
    console.press(Key::Escape);
    console.click("Close");
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.lock();
    console.assert_shows("1 draft is kept.");
    for name in ["Closed Shop", "country:NL", "Harbour Lane"] {
        assert!(!console.shows(name), "{name} is on the lock");
    }
    console.wait_for("the draft on disk", |console| {
        !console.kept_drafts_are_empty()
    });

    console.unlock();
    let workspace = console.workspace();
    assert_eq!(workspace.page, Page::Tokens);
    assert_eq!(workspace.selected, Some(console.id_of("Closed Shop")));
    assert_eq!(console.listed().len(), 2);
    assert_eq!(console.typed(Field::LegalName), "Harbour Lane Books Ltd");
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    console.assert_shows("country:");
}

#[test]
fn it_locks_over_whatever_is_open() {
    let mut console = signed_in(Setup::default());
    console.fill();
    console.lock();
    assert!(!console.shows("Dialog: New business"));
    console.unlock();
    console.assert_shows("Dialog: New business");
    console.press(Key::Escape);
    console.click("Close");

    console.select("Acme Ltd");
    console.press_with(Modifiers::SHIFT, Key::T);
    console.assert_shows("Copy token as");
    console.lock();
    assert!(!console.shows("Copy token as"));
}

#[test]
fn an_edit_stays_as_it_was_typed_and_one_that_was_sent_is_in_doubt() {
    let mut console = signed_in(Setup::default());
    console.select("Acme Ltd");
    console.wait_for("the details", |console| {
        console.workspace().selected_detail().is_some()
    });
    console.click("Edit");
    console.retype("Legal name", "Acme Trading Ltd");
    console.lock();
    console.unlock();
    assert_eq!(console.field_value("Legal name"), "Acme Trading Ltd");

    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Update, Fault::Always(held));
    console.click("Review changes…");
    console.click("Save in Custom");
    console.wait_for("the request", |console| {
        console.log().count(&On::Update) == 1
    });
    console.lock();
    console.unlock();
    console.assert_shows("The changes may or may not have been saved");
    assert_eq!(console.field_value("Legal name"), "Acme Trading Ltd");
    gate.open();
}

#[test]
fn a_create_that_was_sent_is_in_doubt_and_can_be_checked() {
    let mut console = signed_in(Setup::default());
    console.fill();
    let late = Answer::real().unanswered();
    console.server.fault(On::Create, Fault::Once(late));
    console.click("Create in Custom");
    console.wait_for("the request", |console| console.create_requests() == 1);
    console.lock();
    console.unlock();
    console.assert_shows("It may or may not have been created");
    console.click("Check now");
    console.wait_for_text("Created in Custom");
    assert_eq!(console.stored_count(), 7, "once");
}

#[test]
fn the_clipboard_is_cleared_if_it_is_ours_and_the_lock_says_so() {
    let mut console = signed_in(Setup::default());
    console.select("Acme Ltd");
    let token = console.copy_token();
    console.lock();
    console.wait_for("the clearing", |console| {
        console.locked().clipboard == ClipboardClearance::Cleared
    });
    assert_eq!(console.clipboard.content(), None);
    console.assert_shows("Key and tokens were removed from memory, and the clipboard was cleared.");
    assert!(!console.shows("copied"), "no toast names the business");

    console.unlock();
    assert!(console.workspace().tokens.is_empty());
    assert_ne!(console.copy_token(), token, "the old one was not kept");
    console.clipboard.overwrite_by_other("of another program");
    console.lock();
    console.wait_for("the look", |console| {
        console.locked().clipboard == ClipboardClearance::LeftAlone
    });
    assert_eq!(
        console.clipboard.content().as_deref(),
        Some("of another program")
    );
    assert!(!console.shows("clipboard was cleared"));
}

#[test]
fn answers_that_arrive_while_it_is_locked_are_dropped() {
    let mut console = signed_in(Setup::default());
    console.select("Acme Ltd");
    let gate = RunGate::closed();
    let held = Answer::real().held_by(&gate);
    console.server.fault(On::Token, Fault::Once(held));
    console.press(Key::T);
    console.wait_for("the request", |console| console.token_requests() == 1);
    console.lock();
    gate.open();
    console.unlock();
    assert_eq!(console.clipboard.content(), None);
    assert!(console.workspace().tokens.is_empty() && !console.workspace().tokens.is_fetching());
}

impl Console {
    fn kept_drafts_are_empty(&self) -> bool {
        self.drafts() == thred_console::state::create::creating::Drafts::default()
    }
}
