//! When the window is drawn: at the moment something on screen changes, and at no other time.

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::countdown::Countdown;

use crate::support::{Answer, Console, Fault, On, PARTNER, RunGate, Setup};

const SECOND: Duration = Duration::from_secs(1);
const NANO: Duration = Duration::from_nanos(1);

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    let mut console = Console::start(Setup::default());
    assert_eq!(console.repaint_delay(), Duration::MAX, "the sign-in screen");
    console.sign_in_with(&PARTNER.to_string(), "sk_wrong_0123456789");
    console.wait_for_text("rejected the API key");
    assert_eq!(console.repaint_delay(), Duration::MAX, "a failure");

    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    console.assert_undrawn("the list");
    console.select("Acme Ltd");
    console.wait_until("the details", |state| {
        state.workspace().unwrap().selected_detail().is_some()
    });
    console.assert_undrawn("the details");
    console.type_into("Filter businesses", "country:XX ");
    // Until the filter is saved.
    console.pass(Duration::from_secs(1));
    console.assert_undrawn("nothing that matches");
    console.press_with(Modifiers::COMMAND, Key::Num2);
    console.assert_undrawn("no tokens");
    console.press_with(Modifiers::COMMAND, Key::K);
    console.type_text("to");
    console.assert_undrawn("the palette");
    console.press(Key::Escape);
    console.press(Key::Questionmark);
    console.assert_undrawn("help");
    console.press(Key::Escape);
    console.clock.advance(Duration::from_hours(5));
    console.frame();
    console.assert_undrawn("hours later");
}

#[test]
fn an_error_stays_without_drawing() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::status(404)));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    console.assert_undrawn("an error");
    console.pass(Duration::from_hours(1));
    console.assert_shows("Token not copied");
}

/// A console with one token, after its toast has gone and the clipboard was cleared.
fn with_token_only() -> Console {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console.copy_token();
    let heard = console.heard();
    console.pass(60 * SECOND);
    // The clipboard's thread reports the clearing, which draws another frame.
    console.wait_for("the clearing", |console| console.heard() > heard);
    assert_eq!(console.clipboard.content(), None);
    assert!(console.toasts().is_empty());
    console
}

fn countdown(console: &Console) -> Countdown {
    use thred_console::domain::time::Clock as _;
    let held = console
        .workspace()
        .tokens
        .get(console.id_of("Acme Ltd"))
        .unwrap();
    held.countdown(console.clock.now().boot)
}

#[test]
fn a_countdown_is_drawn_when_its_text_changes_and_not_before() {
    let mut console = with_token_only();
    // 3595 s less one minute is 58 min 55 s, shown as "58 min" for another 55 s.
    assert_eq!(console.repaint_delay(), 55 * SECOND + NANO);
    console.assert_shows("token, 58 min left");
    console.pass(55 * SECOND);
    console.assert_shows("token, 58 min left");
    assert_eq!(console.repaint_delay(), NANO);
    console.pass(NANO);
    console.assert_shows("token, 57 min left");
    assert_eq!(console.repaint_delay(), 60 * SECOND);

    let mut frames = 0;
    loop {
        let shown = countdown(&console);
        if shown.is_over() {
            break;
        }
        let delay = console.repaint_delay();
        console.clock.advance(delay);
        console.frame();
        assert_ne!(
            (countdown(&console).text, countdown(&console).phase),
            (shown.text, shown.phase),
            "drawn for nothing"
        );
        frames += 1;
        // The computer sleeps for 43 minutes, and later for 8 of the last ten.
        let asleep = match frames {
            3 => 43,
            60 => 8,
            _ => continue,
        };
        console.clock.suspend(Duration::from_mins(asleep));
        console.frame();
    }
    assert!(
        (100..200).contains(&frames),
        "a frame a minute, then one a second: {frames}"
    );
    console.assert_shows("token expired just now");
    assert_eq!(console.repaint_delay(), 60 * SECOND);
    console.pass(60 * SECOND);
    console.assert_shows("token expired 1 min ago");
}

#[test]
fn a_clipboard_countdown_is_drawn_once_a_second() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console.copy_token();
    for left in (50..=60).rev() {
        console.assert_shows(&format!("Clipboard clears in {left} s"));
        assert_eq!(console.repaint_delay(), SECOND);
        console.pass(SECOND);
    }
    console.pass(SECOND / 4);
    assert_eq!(console.repaint_delay(), SECOND * 3 / 4);
}

#[test]
fn good_news_leaves_by_itself_after_six_seconds() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.until_remembered();
    console.press(Key::C);
    console.wait_for_text("Copied id");
    assert_eq!(console.repaint_delay(), 6 * SECOND);
    console.pass(6 * SECOND - NANO);
    console.assert_shows("Copied id");
    console.pass(NANO);
    assert!(!console.shows("Copied id"));
    console.assert_undrawn("afterwards");
}

#[test]
fn waiting_is_drawn_at_its_stages() {
    let mut console = Console::start(Setup::default());
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::real().held_by(&gate)));
    console.sign_in_with(&PARTNER.to_string(), crate::support::KEY);
    console.until_log(|log| log.count(&On::SignIn) == 1);
    for (passed, delay) in [
        (0, 100),
        (100, 900),
        (900, 9_000),
        (9_000, 1_000),
        (1_000, 1_000),
        (300, 700),
    ] {
        console.pass(Duration::from_millis(passed));
        assert_eq!(
            console.repaint_delay(),
            Duration::from_millis(delay),
            "after {passed} ms more"
        );
    }
    gate.open();
}
