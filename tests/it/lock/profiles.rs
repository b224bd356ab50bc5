//! Locking with more than one profile.

use std::time::Duration;

use egui::{Key, Modifiers};

use super::signed_in;
use crate::support::{Console, Setup};

/// A console with the form for another profile in front of the running session.
fn adding_another() -> Console {
    let mut console = signed_in(Setup::default().locking_after(10));
    console.until_remembered();
    console.press_with(Modifiers::COMMAND, Key::E);
    console.click("Add a profile…");
    assert!(console.state().workspace().is_none() && console.state().can_lock());
    console
}

#[test]
fn a_session_behind_the_form_for_another_is_announced_and_locked() {
    let mut console = adding_another();
    console.retype("API key", "sk_half_typed_0123456789");
    console.pass(9 * Duration::from_mins(1));
    console.assert_shows("Stay unlocked");
    console.pass(Duration::from_mins(1));
    assert!(console.is_locked());
    console.click("Sign in another way");
    assert_eq!(console.field_value("API key"), "", "nothing typed is left");
    let text = console.tree();
    assert!(!text.contains("sk_half_typed"));
}

#[test]
fn a_session_behind_the_form_is_locked_on_demand_and_comes_back() {
    let mut console = adding_another();
    console.lock();
    console.unlock();
    console.assert_shows("Acme Ltd");
    assert_eq!(console.keychain.calls(), ["write", "read"]);
}
