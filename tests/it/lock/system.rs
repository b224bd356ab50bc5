//! Locking because the system's session was locked or the computer goes to sleep.

use thred_console::domain::session_signal::SessionSignal;
use thred_console::state::session::lock::LockReason;

use super::signed_in;
use crate::support::{Console, Setup};

fn waits_for_lock(console: &mut Console, signal: SessionSignal) {
    console.system_says(signal);
    console.wait_for("the lock", Console::is_locked);
    assert_eq!(console.locked().why, LockReason::System(signal));
}

#[test]
fn the_console_locks_with_the_session_and_for_the_sleep() {
    for (signal, said) in [
        (SessionSignal::Locked, "The computer was locked."),
        (SessionSignal::Sleeping, "The computer went to sleep."),
    ] {
        let mut console = signed_in(Setup::default());
        waits_for_lock(&mut console, signal);
        console.assert_shows(said);
        console.unlock();
        waits_for_lock(&mut console, signal);
    }
}

#[test]
fn each_has_a_setting_of_its_own() {
    let mut setup = Setup::default();
    setup.settings.locks_with_session = false;
    let mut console = signed_in(setup);
    console.system_says(SessionSignal::Locked);
    // Signals are handled in order, so once the console locks for this one, it has ignored the first.
    waits_for_lock(&mut console, SessionSignal::Sleeping);

    let mut setup = Setup::default();
    setup.settings.locks_before_sleep = false;
    let mut console = signed_in(setup);
    console.system_says(SessionSignal::Sleeping);
    waits_for_lock(&mut console, SessionSignal::Locked);
}

#[test]
fn nothing_is_said_of_a_console_that_is_signed_out_or_locked() {
    let mut console = Console::start(Setup::default());
    console.system_says(SessionSignal::Locked);
    console.settle();
    assert!(!console.is_locked());
    let mut console = signed_in(Setup::default());
    waits_for_lock(&mut console, SessionSignal::Sleeping);
    console.system_says(SessionSignal::Locked);
    console.settle();
    assert_eq!(
        console.locked().why,
        LockReason::System(SessionSignal::Sleeping)
    );
}
