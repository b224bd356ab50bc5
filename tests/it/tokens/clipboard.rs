//! Clearing the clipboard.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::clipboard::ClipboardProblem;

use crate::support::{Console, Setup};

const SECOND: Duration = Duration::from_secs(1);

fn with_token() -> Console {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.copy_token();
    console
}

#[test]
fn it_is_cleared_after_a_minute() {
    let mut console = with_token();
    console.assert_shows("Clipboard clears in 60 s");
    console.pass(SECOND);
    console.assert_shows("Clipboard clears in 59 s");
    console.pass(59 * SECOND - Duration::from_nanos(1));
    console.assert_shows("Clipboard clears in 1 s");
    assert!(console.clipboard.content().is_some());
    console.pass(Duration::from_nanos(1));
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
    assert!(!console.shows("Clipboard clears"));
}

#[test]
fn what_somebody_else_put_there_stays() {
    let mut console = with_token();
    console.clipboard.overwrite_by_other("shopping list");
    console.pass(61 * SECOND);
    console.copy_token();
    console.clipboard.overwrite_by_other("shopping list");
    console.click("Clear now");
    console.wait_for_text("Clipboard unchanged");
    assert_eq!(
        console.clipboard.content().as_deref(),
        Some("shopping list")
    );
}

#[test]
fn clear_now_clears_now() {
    let mut console = with_token();
    console.pass(10 * SECOND);
    console.click("Clear now");
    console.wait_for_text("Clipboard cleared");
    assert_eq!(console.clipboard.content(), None);
    assert!(!console.shows("Clipboard clears in"));

    console.copy_token();
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
}

#[test]
fn copying_again_restarts_the_minute() {
    let mut console = with_token();
    console.pass(40 * SECOND);
    console.assert_shows("Clipboard clears in 20 s");
    console.copy_token();
    console.assert_shows("Clipboard clears in 60 s");
    console.pass(40 * SECOND);
    assert!(console.clipboard.content().is_some());
}

#[test]
fn the_clock_cannot_prolong_the_minute() {
    let mut console = with_token();
    console
        .clock
        .shift_wall(jiff::SignedDuration::from_hours(-24));
    console.pass(60 * SECOND);
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
}

#[test]
fn it_is_cleared_on_sign_out() {
    let mut console = with_token();
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for("the clearing", |console| {
        console.clipboard.content().is_none()
    });
}

#[test]
fn it_is_cleared_when_the_window_closes() {
    let mut console = with_token();
    console.close();
    assert_eq!(console.clipboard.content(), None);

    let mut console = with_token();
    console.clipboard.overwrite_by_other("shopping list");
    console.close();
    assert_eq!(
        console.clipboard.content().as_deref(),
        Some("shopping list")
    );
}

#[test]
fn harmless_text_is_never_cleared() {
    let mut console = with_token();
    console.press(Key::C);
    console.wait_for_text("Copied id");
    assert_eq!(
        console.clipboard.content(),
        Some(console.id_of("Acme Ltd").to_string())
    );
    assert!(!console.clipboard.is_excluded_from_history());
    assert!(!console.shows("Clipboard clears in"));
    console.pass(61 * SECOND);
    console.close();
    assert_eq!(
        console.clipboard.content(),
        Some(console.id_of("Acme Ltd").to_string())
    );
}

#[test]
fn a_clearing_that_fails_is_told() {
    let mut console = with_token();
    console.clipboard.fail_with(Some(ClipboardProblem::Busy));
    console.pass(60 * SECOND);
    console.wait_for_text("Clipboard not cleared");
    assert!(
        console
            .toast()
            .body
            .contains("The token may still be on the clipboard"),
        "{:?}",
        console.toast()
    );
    // After the last attempt, the user can still clear it.
    for _ in 0..4 {
        console.pass(5 * SECOND);
        console.settle();
    }
    console.wait_until("the last attempt", |state| state.clipboard.is_left());
    console.assert_shows("Clipboard not cleared");
    console.clipboard.fail_with(None);
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::C);
    console.wait_for_text("Clipboard cleared");
    assert!(!console.state().clipboard.is_left());
}
