//! What a user sees: as a screen reader is told it.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use thred_console::state::rotation::Keys;
use thred_console::state::session::attempt::{AttemptStage, SignInProblem};
use thred_console::state::session::workspace::Workspace;
use thred_console::state::shell::toasts::Toast;

use super::Console;

impl Console {
    /// Every name, value and description on screen, line by line.
    pub fn screen(&self) -> String {
        let mut lines = Vec::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let texts = [
                node.label(),
                node.value(),
                node.data().description().map(str::to_owned),
            ];
            let texts: Vec<String> = texts
                .into_iter()
                .flatten()
                .filter(|text| !text.is_empty())
                .collect();
            if !texts.is_empty() {
                lines.push(format!("{:?}: {}", node.role(), texts.join(" | ")));
            }
        }
        lines.join("\n")
    }

    /// Whether this text is part of anything on screen.
    pub fn shows(&self, text: &str) -> bool {
        let screen = self.screen();
        screen.contains(text)
            || (text.contains(CUSTOM) && without_hosts(&screen).contains(&without_hosts(text)))
    }

    /// A text in which the server of the test is called by its host, as the window calls it.
    pub fn with_host(&self, text: &str) -> String {
        text.replace(CUSTOM, &self.environment().host())
    }

    #[track_caller]
    pub fn assert_shows(&self, text: &str) {
        assert!(
            self.shows(text),
            "“{text}” is not on screen:\n{}",
            self.screen()
        );
    }

    /// The whole accessibility tree, with whatever else it says.
    pub fn tree(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let said: Vec<String> = nodes
            .map(|node| format!("{:?}", node.accesskit_node().data()))
            .collect();
        said.join("\n")
    }

    /// Titles that the window was given in the last frame.
    pub fn titles(&self) -> String {
        let commands = &self.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
        format!("{commands:?}")
    }

    /// What the title bar says.
    pub fn title(&self) -> &str {
        self.harness.state().title()
    }

    /// The names of the rows, top to bottom.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all(by().role(Role::Row));
        rows.filter_map(|row| row.accesskit_node().label())
            .collect()
    }

    /// Whether a button of this name can be pressed.
    pub fn offers(&self, button: &str) -> bool {
        let mut found = self
            .harness
            .query_all(by().role(Role::Button))
            .filter(|node| {
                let node = node.accesskit_node();
                is_text(node.label().as_deref(), button) && !node.is_disabled()
            });
        found.next().is_some()
    }

    /// The signed-in profile's world.
    #[track_caller]
    pub fn workspace(&self) -> &Workspace {
        self.state().workspace().expect("signed in")
    }

    /// The key of the session and its replacement.
    #[track_caller]
    pub fn keys(&self) -> &Keys {
        self.state().keys().expect("signed in")
    }

    /// Why the last sign-in failed, where the form tells it.
    pub fn sign_in_problem(&self) -> Option<&SignInProblem> {
        match &self.state().attempt()?.stage {
            AttemptStage::Form { problem, .. } => problem.as_ref(),
            AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Proving(_)
            | AttemptStage::Tested(_) => None,
        }
    }

    pub fn toasts(&self) -> &[Toast] {
        self.state().toasts.shown()
    }

    /// The newest toast.
    #[track_caller]
    pub fn toast(&self) -> &Toast {
        self.toasts().last().expect("a toast")
    }

    /// Titles of all businesses that have arrived and pass the filter, in their order.
    pub fn listed(&self) -> Vec<String> {
        let list = &self.workspace().list;
        let title = |place| {
            let row = list.shown(place);
            let title = row.as_ref().and_then(|row| row.title());
            title.map_or("", |title| title.raw()).to_owned()
        };
        (0..list.shown_count()).map(title).collect()
    }
}

/// What tests call a server of theirs, since its port differs in each run. The window calls it by its host.
const CUSTOM: &str = "Custom";

/// The text with each server of a test called [`CUSTOM`].
pub fn without_hosts(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(CUSTOM);
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// Whether this is the text, by either name of a server.
pub(super) fn is_text(found: Option<&str>, text: &str) -> bool {
    found.is_some_and(|found| {
        found == text || (text.contains(CUSTOM) && without_hosts(found) == without_hosts(text))
    })
}
