//! The forms for a new and for a stored business.

use std::time::Duration;

use egui::{Key, Modifiers};
use serde_json::Value;
use thred_console::demo::DemoBusiness;
use thred_console::domain::draft::Field;
use thred_console::runtime::DRAFTS_FILE;
use thred_console::state::create::creating::{CreatePhase, Drafts, KeptDraft};
use thred_console::state::session::messages::SessionCommand;

use super::{Console, Parts, Start, read};
use crate::support::On;

/// What [`Console::fill`] types, in the order of the form.
const TYPED: [(&str, &str); 3] = [
    ("external_id", "user-1"),
    ("Legal name", "Harbour Lane Books Ltd"),
    ("E-mail", "accounts@harbourlane.example"),
];

impl Console {
    /// `N`: the empty form.
    pub fn open_form(&mut self) {
        self.press(Key::N);
        self.wait_for("the form", |console| console.shows("Dialog: New business"));
    }

    /// A form in which nothing is missing.
    pub fn fill(&mut self) {
        self.open_form();
        self.choose("Country", "United Kingdom");
        self.click("Private limited company");
        for (field, text) in TYPED {
            self.type_into(field, text);
        }
    }

    /// Picks a value of a select.
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

    /// What the select says.
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

    /// Ctrl+Enter.
    pub fn submit(&mut self) {
        self.press_with(Modifiers::COMMAND, Key::Enter);
    }

    /// Ctrl+Enter, and the wait until that has come to its end.
    pub fn submit_and_wait(&mut self) {
        self.submit();
        self.until_submitted();
    }

    /// Waits until what was submitted has come to its end.
    pub fn until_submitted(&mut self) {
        self.wait_for("the outcome", |console| {
            !matches!(
                console.workspace().creating.phase,
                CreatePhase::Sending { .. } | CreatePhase::Arming
            )
        });
    }

    /// Opens all fields.
    pub fn unfold(&mut self) {
        self.click("Optional details, 0 of 10 filled");
    }

    /// How often the server was asked to create something.
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

    /// What the server stores under this `external_id`.
    pub fn stored(&self, external_id: &str) -> Option<DemoBusiness> {
        let store = self.server.state().store();
        store.get_by_external_id(external_id).cloned()
    }

    /// How many the server has.
    pub fn stored_count(&self) -> usize {
        self.server.state().store().len()
    }

    /// The drafts as they are on disk, once what was sent there so far is.
    pub fn drafts(&self) -> Drafts {
        self.harness.state().flush();
        read(&self.folder(), DRAFTS_FILE)
    }

    /// The draft of the profile that is signed in, as it is on disk.
    pub fn kept_draft(&self) -> KeptDraft {
        self.drafts().of(&self.workspace().profile)
    }

    /// The draft in memory.
    #[track_caller]
    pub fn typed(&self, field: Field) -> &str {
        self.workspace().creating.draft.get(field)
    }

    /// Time passes until a draft is on disk at the latest.
    pub fn pass_a_second(&mut self) {
        self.pass(Duration::from_secs(1));
    }

    /// The process dies, without a last word, and is started again.
    pub fn crash(mut self) -> Self {
        let saved = self.found_at_start();
        let start = Start {
            command: saved
                .last_profile
                .clone()
                .map(|profile| SessionCommand::OpenProfile(profile).into()),
            prefill: None,
            news: Vec::new(),
        };
        let dead = {
            let parts: Parts<'_> = self.parts();
            let fresh = parts.window(saved, start);
            std::mem::replace(&mut self.harness, fresh)
        };
        drop(dead);
        self
    }

    /// Waits until it is told that the file was written: until then no other dialog opens.
    #[track_caller]
    pub fn until_saved_to(&mut self, path: &std::path::Path) {
        let path = path.display().to_string();
        self.wait_for("the file", |console| {
            console.toasts().iter().any(|toast| toast.body == path)
        });
    }

    /// The preferences are on disk as they are in memory.
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
