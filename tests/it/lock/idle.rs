//! Locking after idle time.

use std::time::Duration;

use egui::{Key, Modifiers};
use jiff::SignedDuration;

use super::signed_in;
use crate::support::{Console, On, Setup};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

fn locking() -> Console {
    signed_in(Setup::default().locking_after(10))
}

#[test]
fn it_warns_a_minute_ahead_and_locks_then() {
    let mut console = locking();
    assert_eq!(console.repaint_delay(), 9 * MINUTE, "not a frame before");
    console.pass(9 * MINUTE);
    console.assert_shows("Stay unlocked");
    for _ in 0..59 {
        assert_eq!(console.repaint_delay(), SECOND);
        console.pass(SECOND);
        assert!(!console.is_locked());
    }
    console.assert_shows("The console locks within a minute unless you use it.");
    console.assert_shows("Acme Ltd");
    console.pass(SECOND);
    assert!(console.is_locked());
    console.assert_shows("The console was idle for 10 min.");
    assert!(!console.shows("Acme Ltd"));
    console.assert_undrawn("a lock stands still");
    assert!(console.titles().contains("Locked") || console.titles() == "[]");
}

#[test]
fn whatever_its_user_does_keeps_it_open() {
    let mut console = locking();
    console.pass(9 * MINUTE);
    console.assert_shows("Stay unlocked");
    // Moving the pointer to the button already counts as input. The button keeps its position, so the click hits it.
    console.click_at(egui::pos2(640.0, 400.0));
    console.assert_shows("Stays unlocked.");
    assert_eq!(console.repaint_delay(), 3 * SECOND);
    console.pass(3 * SECOND);
    assert!(!console.shows("Stays unlocked.") && !console.shows("Stay unlocked"));
    assert_eq!(console.repaint_delay(), 9 * MINUTE - 3 * SECOND);

    console.pass(9 * MINUTE + 30 * SECOND - 3 * SECOND);
    console.assert_shows("Stay unlocked");
    console.press(Key::ArrowDown);
    assert!(!console.shows("Stay unlocked"));

    console.pass(9 * MINUTE + 59 * SECOND);
    console.click_at(egui::pos2(640.0, 400.0));
    console.pass(9 * MINUTE - SECOND);
    assert!(!console.shows("Stay unlocked"));

    console.pass(30 * SECOND);
    console.assert_shows("Stay unlocked");
    let path = console.folder().file("dropped.csv");
    std::fs::create_dir_all(console.folder().root()).unwrap();
    std::fs::write(&path, "external_id\n").unwrap();
    console.drop_files(&[&path]);
    assert!(!console.shows("Stay unlocked"), "a dropped file");
}

#[test]
fn a_machine_that_slept_is_locked_when_it_wakes() {
    let mut console = locking();
    console.clock.suspend(Duration::from_hours(1));
    console.settle();
    assert!(console.is_locked());
}

#[test]
fn a_clock_that_was_set_back_does_not_put_it_off() {
    let mut console = locking();
    console.clock.shift_wall(SignedDuration::from_hours(-24));
    console.pass(10 * MINUTE);
    assert!(console.is_locked());
}

#[test]
fn it_never_locks_where_that_is_set() {
    let mut console = signed_in(Setup::default());
    console.pass(Duration::from_hours(24));
    assert!(!console.is_locked() && !console.shows("Stay unlocked"));
    console.assert_undrawn("no lock");
}

#[test]
fn the_sign_in_form_never_locks() {
    let mut console = Console::start(Setup::default().locking_after(1));
    console.pass(Duration::from_hours(1));
    assert!(console.shows("API key") && !console.is_locked());
    console.press_with(Modifiers::COMMAND, Key::L);
    assert!(!console.is_locked(), "there is nothing to lock");
}

#[test]
fn a_locked_console_asks_no_server_for_anything() {
    let mut console = locking();
    console.select("Acme Ltd");
    console.lock();
    let before = console.log().all().len();
    for key in [Key::F5, Key::T, Key::N, Key::Slash, Key::I, Key::R] {
        console.press(key);
    }
    console.pass(Duration::from_hours(3));
    assert_eq!(console.log().all().len(), before);
    assert!(console.is_locked());
    console.unlock();
    assert_eq!(
        console.log().count(&On::SignIn),
        2,
        "nothing of the sign-in was kept"
    );
}
