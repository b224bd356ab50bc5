//! Locking and unlocking, and what is kept meanwhile.

mod idle;
mod kept;
mod profiles;
mod system;
mod unlock;

use egui::{Key, Modifiers};
use thred_console::state::Foreground;
use thred_console::state::session::lock::Locked;
use thred_console::state::session::open::Open;

use crate::support::{Console, Setup};

/// A console that is signed in and has stored the key in the keychain.
fn signed_in(setup: Setup) -> Console {
    let mut console = Console::signed_in(setup);
    console.wait_until("the key", |state| {
        state.open().is_some_and(Open::is_key_in_keychain)
    });
    console
}

impl Console {
    fn lock(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::L);
        assert!(self.is_locked(), "{:?}", self.state().front());
    }

    fn is_locked(&self) -> bool {
        matches!(self.state().front(), Foreground::Lock(_, None))
    }

    #[track_caller]
    fn locked(&self) -> &Locked {
        self.state().locked().expect("locked")
    }

    /// Unlocks with Enter and waits for the list.
    fn unlock(&mut self) {
        self.press(Key::Enter);
        self.until_listed();
    }
}
