//! What a user sees, read from the accessibility tree.

use egui::Role;
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};
use thred_console::state::rotation::Keys;
use thred_console::state::session::attempt::{AttemptStage, SignInProblem};
use thred_console::state::session::workspace::Workspace;
use thred_console::state::shell::toasts::Toast;

use super::Console;

impl Console {
    /// All nodes of the accessibility tree, in the order of the tree. `Node::children_recursive` gives the same, but goes
    /// through one iterator for each level.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        let root = self.harness.root();
        let mut left: Vec<_> = root.accesskit_node().children().rev().collect();
        std::iter::from_fn(move || {
            let node = left.pop()?;
            left.extend(node.children().rev());
            Some(root.new_related(node))
        })
    }

    /// Every name, value and description on screen, one node a line.
    pub fn screen(&self) -> String {
        let mut lines = Vec::new();
        for node in self.nodes() {
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

    /// Whether this text is anywhere on screen.
    pub fn shows(&self, text: &str) -> bool {
        let screen = self.screen();
        screen.contains(text)
            || (text.contains(CUSTOM) && without_hosts(&screen).contains(&without_hosts(text)))
    }

    /// The text with "Custom" replaced by the host of the test's server, as the window shows it.
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

    /// The whole accessibility tree with all properties.
    pub fn tree(&self) -> String {
        let nodes = self.nodes();
        let said: Vec<String> = nodes
            .map(|node| format!("{:?}", node.accesskit_node().data()))
            .collect();
        said.join("\n")
    }

    /// The commands to the window in the last frame, which include its title.
    pub fn titles(&self) -> String {
        let commands = &self.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
        format!("{commands:?}")
    }

    /// The text of the title bar.
    pub fn title(&self) -> &str {
        self.harness.state().title()
    }

    /// The accessible names of the rows, top to bottom.
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

    /// The workspace of the signed-in profile.
    #[track_caller]
    pub fn workspace(&self) -> &Workspace {
        self.state().workspace().expect("signed in")
    }

    /// The key of the session and its replacement.
    #[track_caller]
    pub fn keys(&self) -> &Keys {
        self.state().keys().expect("signed in")
    }

    /// Why the last sign-in failed, if the form shows it.
    pub fn sign_in_problem(&self) -> Option<&SignInProblem> {
        match &self.state().attempt()?.stage {
            AttemptStage::Form { problem, .. } => problem.as_ref(),
            AttemptStage::FetchingKey { .. }
            | AttemptStage::StartingDemo { .. }
            | AttemptStage::Verifying(_)
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

    /// Titles of all loaded businesses that pass the filter, in the order of the list.
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

/// The name of a test's server in the tests, because its port differs in each run. The window shows its host.
const CUSTOM: &str = "Custom";

/// The text with the host of each test server replaced by [`CUSTOM`].
pub fn without_hosts(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(CUSTOM);
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// Whether `found` is `text`, with the server named either way.
pub(super) fn is_text(found: Option<&str>, text: &str) -> bool {
    found.is_some_and(|found| {
        found == text || (text.contains(CUSTOM) && without_hosts(found) == without_hosts(text))
    })
}
