//! Reminders of the key's age, and the rotation of the key.

mod assistant;
mod demo;
mod failures;
mod keys;
mod reminder;
mod restart;
mod systems;

use std::time::Duration;

use egui::{Key, Modifiers};
use thred_console::domain::credentials::ApiKey;
use thred_console::domain::rotation::RotationStep;
use thred_console::domain::token::Fingerprint;
use thred_console::state::rotation::RotationActivity;

use crate::support::{Console, KEY, Setup};

const DAY: Duration = Duration::from_hours(24);
const PORTAL: &str = "https://portal.thred.example/keys";

/// A console that is signed in with a key stored `days` days ago, without the idle lock.
fn aged(days: i64) -> Console {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    console = console.restart_with(|saved| {
        saved.settings.lock_minutes = None;
        let key = &mut saved.profiles[0].key;
        let added = key.added_at.unwrap();
        key.added_at = Some(added - jiff::SignedDuration::from_hours(24 * days));
    });
    console.until_listed();
    console
}

impl Console {
    fn open_key_page(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Num4);
    }

    #[track_caller]
    fn step(&self) -> RotationStep {
        self.state().rotation().expect("a rotation").step
    }

    /// Starts a rotation, goes to a step with a new key, and returns that key.
    fn walk_to(&mut self, step: RotationStep) -> String {
        let new = self.server.state().issue_api_key();
        self.open_key_page();
        self.click("Rotate key");
        self.walk_on_to(step, &new);
        assert_eq!(self.step(), step);
        self.until_saved();
        new
    }

    /// Goes from the current step to a later one with this new key.
    #[track_caller]
    fn walk_on_to(&mut self, step: RotationStep, new: &str) {
        while self.step() < step {
            match self.step() {
                RotationStep::Portal => self.click("I have the new key"),
                RotationStep::Paste => self.verify(new),
                RotationStep::Verify => self.click("Continue to other systems"),
                RotationStep::OtherSystems => self.click("Continue to the switch"),
                RotationStep::Switch => self.switch(),
                RotationStep::Check => break,
            }
        }
    }

    /// Completes step 1: enters the portal's address if it is missing, and opens the portal.
    fn go_to_the_portal(&mut self) {
        self.open_key_page();
        self.click("Rotate key");
        if self.state().saved.settings.portal_url.is_none() {
            self.type_into("Partner Portal address", PORTAL);
            self.click("Save address");
        }
        self.click("Open the Partner Portal");
        assert_eq!(self.step(), RotationStep::Paste);
    }

    fn offer(&mut self, key: &str) {
        self.paste_into("New API key", key);
        self.click("Test the new key");
    }

    #[track_caller]
    fn verify(&mut self, key: &str) {
        self.offer(key);
        self.wait_for("the proof", |console| {
            console.step() == RotationStep::Verify
        });
    }

    /// Goes to the switch step with a newly issued key, and returns that key.
    #[track_caller]
    fn up_to_the_switch(&mut self) -> String {
        let new = self.server.state().issue_api_key();
        self.go_to_the_portal();
        self.verify(&new);
        self.click("Continue to other systems");
        self.click("Continue to the switch");
        assert_eq!(self.step(), RotationStep::Switch);
        new
    }

    #[track_caller]
    fn begin_to_switch(&mut self) {
        self.click("Switch in Custom");
        self.wait_until("the keychain's turn", |state| {
            let keys = state.keys();
            keys.is_some_and(|keys| matches!(keys.work, RotationActivity::Switching(_)))
        });
    }

    #[track_caller]
    fn switch(&mut self) {
        self.click("Switch in Custom");
        self.wait_for("the switch", |console| {
            console.step() == RotationStep::Check
        });
    }

    fn stored_key(&self) -> Option<String> {
        self.keychain.key(&self.item())
    }

    fn is_old_alive(&self) -> bool {
        self.keys().old_worked_at.is_some()
    }

    /// Asserts that the current key works, by refreshing the list.
    #[track_caller]
    fn works(&mut self) {
        self.press(Key::F5);
        self.until_listed();
        let list = &self.workspace().list;
        assert!(list.loading.failure().is_none(), "{}", self.screen());
    }
}

fn fingerprint(key: &str) -> Fingerprint {
    Fingerprint::of(&ApiKey::parse(key).unwrap())
}

/// Asserts that the preferences contain none of these keys and not [`KEY`].
#[track_caller]
fn assert_no_file_holds(console: &Console, keys: &[&str]) {
    let text = format!("{:?}", console.preferences());
    for key in keys.iter().chain(&[KEY]) {
        assert!(!text.contains(key), "a key is in the preferences");
    }
}
