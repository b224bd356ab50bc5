//! The page of tokens: the time axis of live tokens, and the expired ones below it.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::time_axis::TimeAxis;

use crate::support::{Console, Setup, without_hosts};

const HOUR: Duration = Duration::from_hours(1);
const MINUTE: Duration = Duration::from_mins(1);

/// A console on the page of tokens, with a token for each name, copied at intervals of `apart`, after the last toast.
fn with_tokens(names: &[&str], apart: Duration) -> Console {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    for name in names {
        console.pass(apart);
        console.select(name);
        console.copy_token();
    }
    let heard = console.heard();
    console.pass(MINUTE);
    console.wait_for("the clearing", |console| console.heard() > heard);
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console
}

fn remaining(console: &Console, name: &str) -> Duration {
    let held = console.workspace().tokens.get(console.id_of(name)).unwrap();
    held.token.remaining(console.now().boot)
}

/// The axis at its drawn width: without the gutters and the column of names.
fn axis(console: &Console, sentence: &str) -> TimeAxis {
    let wide = console.rect_of(sentence).width();
    TimeAxis::new(HOUR, (wide - 2.0 * 16.0 - 176.0) as u32)
}

#[test]
fn the_axis_is_drawn_when_a_bar_is_a_pixel_shorter_or_the_time_reads_differently() {
    let mut console = with_tokens(&["Acme Ltd"], Duration::ZERO);
    let axis = axis(&console, "1 live token. Acme Ltd: 58 min left.");
    let mut pixels = 0;
    for _ in 0..40 {
        let left = remaining(&console, "Acme Ltd");
        let text = thred_console::domain::countdown::Countdown::read(left, Duration::ZERO);
        let pixel = axis.changes_in(left).unwrap();
        assert_eq!(console.repaint_delay(), pixel.min(text.changes_in));
        pixels += u32::from(pixel <= text.changes_in);
        console.pass(console.repaint_delay());
    }
    assert!(pixels > 30, "a pixel is less than a minute: {pixels}");
    // The last ten minutes begin between two pixels of the axis, and need a frame of their own.
    let left = remaining(&console, "Acme Ltd");
    console.clock.suspend(left - 10 * MINUTE);
    console.settle();
    assert_eq!(console.repaint_delay(), Duration::from_nanos(1));

    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.clock.suspend(Duration::from_nanos(1));
    console.settle();
    assert_eq!(
        console.repaint_delay(),
        Duration::from_secs(1),
        "elsewhere only the words count"
    );
}

#[test]
fn expired_tokens_are_folded_below_and_forgotten_by_pointer() {
    let mut console = with_tokens(&["Acme Ltd", "Zebra Zoo"], 20 * MINUTE);
    console.assert_shows("2 live tokens. Acme Ltd: 38 min left. Zebra Zoo: 58 min left.");
    console.pass(39 * MINUTE);
    console.assert_shows("Image: 1 live token. Zebra Zoo: 19 min left.");
    assert_eq!(console.rows().len(), 1, "{:?}", console.rows());
    console.click("1 expired");
    assert!(console.rows()[1].starts_with("Acme Ltd, row 1 of 1, token expired"));
    console.click("1 expired");
    assert_eq!(console.rows().len(), 1);
    console.click("Forget expired");
    assert_eq!(console.workspace().tokens.len(), 1);
    assert!(!console.offers("Forget expired"));
    console.press_with(Modifiers::COMMAND, Key::Num5);
    console.assert_shows("Token forgotten");
}

#[test]
fn expired_tokens_are_reached_and_forgotten_by_keyboard() {
    let mut console = with_tokens(&["Acme Ltd", "Zebra Zoo"], 20 * MINUTE);
    console.pass(39 * MINUTE);
    console.tab_to("1 expired");
    console.press(Key::Enter);
    console.tab_to("Expired tokens");
    console.press(Key::ArrowDown);
    assert_eq!(
        console.workspace().selected,
        Some(console.id_of("Acme Ltd"))
    );
    console.tab_to("Forget expired");
    console.press(Key::Enter);
    assert_eq!(console.workspace().tokens.len(), 1);
}

#[test]
fn with_nothing_live_the_expired_ones_are_shown() {
    let mut console = with_tokens(&["Acme Ltd"], Duration::ZERO);
    console.pass(HOUR);
    assert!(console.rows()[0].starts_with("Acme Ltd, row 1 of 1, token expired"));
    assert!(!console.shows("live token."), "there is nothing on an axis");
}

#[test]
fn the_pane_of_a_token_copies_it() {
    let mut console = with_tokens(&["Acme Ltd"], Duration::ZERO);
    console.click("Copy token");
    console.wait_for("the copy", |console| console.clipboard.copies() == 2);
    console.tab_to("Copy token");
    console.press(Key::Enter);
    console.wait_for("the copy", |console| console.clipboard.copies() == 3);
    assert_eq!(console.token_requests(), 1);
}

#[test]
fn a_hand_over_note_tells_all_but_the_token() {
    let mut console = with_tokens(&["Acme Ltd"], Duration::ZERO);
    let token = console.copy_token();
    console.click("Copy hand-over note");
    console.wait_for_text("Copied hand-over note");
    let note = console.clipboard.content().unwrap();
    let said = without_hosts(&note);
    assert!(said.starts_with("Thred token for Acme Ltd (acme-1)\nEnvironment: Custom\n"));
    assert!(note.contains("Form: Raw token\nValid until: "));
    assert!(said.ends_with("For another token, ask the sender for acme-1 in Custom."));
    assert!(!note.contains(&token));
    // The palette copies the note too.
    console.press_with(Modifiers::COMMAND, Key::Num1);
    console.copy_token();
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("hand-over");
    console.press(Key::Enter);
    console.wait_for("the note", |console| {
        console.clipboard.content() == Some(note.clone())
    });
    // A business without a token has no hand-over note.
    console.select("Zebra Zoo");
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("hand-over");
    console.assert_shows("Fetch a token first");
}
