//! What must hold of the accessibility tree on every screen.

use std::collections::HashSet;

use egui::Role;
use egui_kittest::kittest::NodeT as _;

use super::{Console, KEY};

impl Console {
    /// Looks at the whole tree.
    ///
    /// # Panics
    /// If a control or a dialog has no name, an id is there twice, a row does not say which it is, or a secret is told.
    #[track_caller]
    pub fn audit(&self, screen: &str) {
        let mut ids = HashSet::new();
        for node in self.harness.root().children_recursive() {
            let node = node.accesskit_node();
            let role = node.role();
            assert!(ids.insert(node.id()), "{screen}: an id twice, {role:?}");
            let label = node.label().unwrap_or_default();
            if needs_a_name(role) {
                let data = node.data();
                assert!(
                    !label.trim().is_empty(),
                    "{screen}: {role:?} without a name: {data:?}"
                );
            }
            if role == Role::Row {
                assert!(
                    is_placed(&label),
                    "{screen}: a row that does not say which it is: {label}"
                );
            }
        }
        let tree = self.tree();
        assert!(!tree.contains(KEY), "{screen}: the key is told");
        if let Some(workspace) = &self.state().workspace {
            for held in workspace.tokens.by_expiry() {
                let token = self.clipboard.content();
                let is_secret = |text: &String| text.len() > 40 && tree.contains(text);
                assert!(
                    !token.as_ref().is_some_and(is_secret),
                    "{screen}: {:?}",
                    held.name
                );
            }
        }
    }

    /// Texts of all live regions: what a screen reader says by itself.
    pub fn live_regions(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        let mut said = Vec::new();
        for node in nodes {
            let node = node.accesskit_node();
            if matches!(node.data().live(), Some(live) if live != egui::accesskit::Live::Off) {
                said.extend(node.label());
            }
        }
        said
    }
}

fn needs_a_name(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::Link
            | Role::TextInput
            | Role::PasswordInput
            | Role::MultilineTextInput
            | Role::CheckBox
            | Role::RadioButton
            | Role::MenuItem
            | Role::MenuItemRadio
            | Role::ComboBox
            | Role::Tab
            | Role::Table
            | Role::Row
            | Role::ColumnHeader
            | Role::ListBoxOption
            | Role::ProgressIndicator
            | Role::Splitter
            | Role::Dialog
            | Role::Alert
            | Role::Status
    )
}

/// "…, row 12 of 310, …"
fn is_placed(label: &str) -> bool {
    label.split(", ").any(|part| {
        part.strip_prefix("row ")
            .and_then(|part| part.split_once(" of "))
            .is_some_and(|(at, of)| at.parse::<u64>().is_ok() && !of.is_empty())
    })
}
