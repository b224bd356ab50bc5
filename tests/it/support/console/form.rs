//! The forms for creating and editing a business, and the files they are saved to.

use std::time::Duration;

use egui::{Key, Modifiers};
use serde_json::Value;
use thred_console::demo::DemoBusiness;
use thred_console::domain::draft::Field;
use thred_console::runtime::DRAFTS_FILE;
use thred_console::state::create::creating::{Drafts, SavedDraft};
use thred_console::state::create::form_input::FormPhase;
use thred_console::state::session::messages::SessionCommand;

use super::{Console, Parts, StartOptions, read};
use crate::support::On;

/// What [`Console::fill`] types, in the order of the form.
const TYPED: [(&str, &str); 3] = [
    ("external_id", "user-1"),
    ("Legal name", "Harbour Lane Books Ltd"),
    ("E-mail", "accounts@harbourlane.example"),
];

impl Console {
    /// Opens the empty form with `N`.
    pub fn open_form(&mut self) {
        self.press(Key::N);
        self.wait_for("the form", |console| console.shows("Dialog: New business"));
    }

    /// Opens the form and fills in every required field.
    pub fn fill(&mut self) {
        self.open_form();
        self.choose("Country", "United Kingdom");
        self.click("Private limited company");
        for (field, text) in TYPED {
            self.type_into(field, text);
        }
    }

    /// Chooses a value of a select.
    #[track_caller]
    pub fn choose(&mut self, select: &str, value: &str) {
        let start = format!("{select}: ");
        let screen = self.screen();
        let name = screen
            .lines()
            .filter_map(|line| line.strip_prefix("ComboBox: "))
            .find(|name| name.starts_with(&start))
            .unwrap_or_else(|| panic!("no select {select}; on screen:\n{screen}"))
            .to_owned();
        self.click(&name);
        self.click(value);
    }

    /// The current value of a select.
    #[track_caller]
    pub fn chosen(&self, select: &str) -> String {
        let start = format!("{select}: ");
        let screen = self.screen();
        let found = screen
            .lines()
            .filter_map(|line| line.strip_prefix("ComboBox: "))
            .find_map(|name| name.strip_prefix(&start));
        found
            .unwrap_or_else(|| panic!("no select {select}; on screen:\n{screen}"))
            .to_owned()
    }

    /// Submits with Ctrl+Enter.
    pub fn submit(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Enter);
    }

    /// Submits with Ctrl+Enter and waits for the result.
    pub fn submit_and_wait(&mut self) {
        self.submit();
        self.until_submitted();
    }

    /// Waits for the result of a submitted form.
    pub fn until_submitted(&mut self) {
        self.wait_for("the outcome", |console| {
            !matches!(
                console.workspace().creating.input.phase,
                FormPhase::Sending { .. } | FormPhase::Confirming
            )
        });
    }

    /// Shows the optional fields.
    pub fn unfold(&mut self) {
        self.click("Optional details, 0 of 10 filled");
    }

    /// How many create requests the server received.
    pub fn create_requests(&self) -> usize {
        self.log().count(&On::Create)
    }

    /// The body of the only request of this kind.
    #[track_caller]
    pub fn only_body(&self, on: &On) -> Value {
        let seen = self.log().of(on);
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].json()
    }

    /// The server's business with this `external_id`.
    pub fn stored(&self, external_id: &str) -> Option<DemoBusiness> {
        let store = self.server.state().store();
        store.get_by_external_id(external_id).cloned()
    }

    /// How many businesses the server has.
    pub fn stored_count(&self) -> usize {
        self.server.state().store().len()
    }

    /// The drafts on disk, after pending writes.
    pub fn drafts(&self) -> Drafts {
        self.harness.state().flush();
        read(&self.folder(), DRAFTS_FILE)
    }

    /// The signed-in profile's draft on disk.
    pub fn kept_draft(&self) -> SavedDraft {
        self.drafts().of(&self.workspace().profile)
    }

    /// A field of the draft in memory.
    #[track_caller]
    pub fn typed(&self, field: Field) -> &str {
        &self.workspace().creating.input.draft[field]
    }

    /// Lets a second pass, within which a draft is saved to disk.
    pub fn pass_a_second(&mut self) {
        self.pass(Duration::from_secs(1));
    }

    /// Kills the process without closing it, and starts it again.
    pub fn crash(mut self) -> Self {
        let saved = self.found_at_start();
        let start = StartOptions {
            command: saved
                .last_profile
                .clone()
                .map(|profile| SessionCommand::OpenProfile(profile).into()),
            prefill: None,
            notices: Vec::new(),
        };
        let dead = {
            let parts: Parts<'_> = self.parts();
            let fresh = parts.window(saved, start);
            std::mem::replace(&mut self.harness, fresh)
        };
        drop(dead);
        self
    }

    /// Waits until a toast says that the file was written. Until then, no other dialog opens.
    #[track_caller]
    pub fn until_saved_to(&mut self, path: &std::path::Path) {
        let path = path.display().to_string();
        self.wait_for("the file", |console| {
            console
                .toasts()
                .iter()
                .any(|toast| toast.body.starts_with(&path))
        });
    }

    /// Waits until the preferences on disk match those in memory.
    #[track_caller]
    pub fn until_saved(&mut self) {
        self.wait_for("the preferences", |console| {
            console.preferences() == console.state().saved
        });
    }

    /// Waits for the list after a start.
    pub fn until_listed(&mut self) {
        self.wait_until("the list", |state| {
            state
                .workspace()
                .is_some_and(|workspace| !workspace.list.loading.is_running())
        });
    }

    /// Waits until the key is in the keychain and the profile in the preferences.
    pub fn until_remembered(&mut self) {
        self.wait_for("the preferences", |console| {
            console.preferences().last_profile.is_some()
        });
    }
}
