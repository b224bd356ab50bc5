//! Rules that the accessibility tree must meet on every screen.

use std::collections::HashSet;

use egui::Role;
use egui::accessibility::is_input;
use egui_kittest::kittest::NodeT as _;

use super::{Console, KEY};

impl Console {
    /// Checks the whole tree. `Console::settle` calls this, so every flow is checked at each step.
    ///
    /// # Panics
    /// If a control, a dialog or the focused node has no name, an id repeats, a row does not state its position, or a secret appears.
    #[track_caller]
    pub fn audit(&self) {
        let secrets = self.secrets();
        let mut ids = HashSet::new();
        for node in self.nodes() {
            let node = node.accesskit_node();
            let role = node.role();
            let fault = if !ids.insert(node.id()) {
                Some("an id that is there twice")
            } else if needs_a_name(role) && is_blank(node.label().as_deref()) {
                Some("no name")
            } else if node.is_focused() && is_blank(node.label().as_deref()) {
                Some("the keyboard is with something without a name")
            } else if role == Role::Row && !node.label().is_some_and(|label| is_placed(&label)) {
                Some("a row that does not say which it is")
            } else if tells_one_of(&secrets, node.data()) {
                Some("a secret")
            } else {
                None
            };
            if let Some(fault) = fault {
                panic!("{fault}: {:?} on\n{}", node.data(), self.screen());
            }
        }
    }

    /// The window's accessible name.
    pub fn window_name(&self) -> Option<String> {
        self.harness.root().accesskit_node().label()
    }

    /// The roles of the ancestors of each node with `role`, innermost first, in tree order.
    pub fn containers(&self, role: Role) -> Vec<Vec<Role>> {
        let nodes = self.nodes();
        let found = nodes.filter(|node| node.accesskit_node().role() == role);
        found
            .map(|node| {
                let first = node.accesskit_node().parent();
                let above = std::iter::successors(first, |node| node.parent());
                let roles = above.map(|node| node.role());
                roles
                    .filter(|role| *role != Role::GenericContainer)
                    .collect()
            })
            .collect()
    }

    /// The roles of all nodes, in tree order.
    pub fn roles(&self) -> Vec<Role> {
        let nodes = self.nodes();
        nodes.map(|node| node.accesskit_node().role()).collect()
    }

    /// The sort direction that a column header announces.
    pub fn sort_direction(&self, head: &str) -> Option<egui::accesskit::SortDirection> {
        let mut nodes = self.nodes();
        let found = nodes.find(|node| {
            let node = node.accesskit_node();
            node.role() == Role::ColumnHeader && node.label().as_deref() == Some(head)
        });
        found?.accesskit_node().data().sort_direction()
    }

    /// What the tree must not contain: the key, and a copied token.
    fn secrets(&self) -> Vec<String> {
        let is_held = self.state().clipboard.held().is_some();
        let token = self.clipboard.content().filter(|_| is_held);
        [KEY.to_owned()].into_iter().chain(token).collect()
    }

    /// Texts of all live regions, which a screen reader announces by itself.
    pub fn live_regions(&self) -> Vec<String> {
        let nodes = self.nodes();
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

fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Whether any text of the node contains a secret.
fn tells_one_of(secrets: &[String], node: &egui::accesskit::Node) -> bool {
    let texts = [
        node.label(),
        node.value(),
        node.description(),
        node.placeholder(),
        node.tooltip(),
        node.state_description(),
        node.role_description(),
    ];
    let mut told = texts.into_iter().flatten();
    told.any(|text| secrets.iter().any(|secret| text.contains(secret)))
}

fn needs_a_name(role: Role) -> bool {
    is_input(role)
        || matches!(
            role,
            Role::Table
                | Role::Row
                | Role::ColumnHeader
                | Role::ProgressIndicator
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
