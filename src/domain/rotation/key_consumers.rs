//! The other systems that use a key: a checklist of the user, without any secret.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::domain::text::visible;
use crate::domain::token::Fingerprint;

/// A system that uses the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyConsumer {
    pub name: String,
    /// Whether it has the new key.
    #[serde(default)]
    pub is_done: bool,
}

/// All systems, in the user's order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyConsumers(pub Vec<KeyConsumer>);

/// Longest name in characters, and the largest number of systems.
const MAX_NAME_LEN: usize = 120;
const MAX: usize = 100;

impl KeyConsumers {
    /// Adds a system, unless the name is empty or already listed, or the list is full. Returns whether it was added.
    pub fn add(&mut self, name: &str) -> bool {
        let name = tidy(name);
        let is_listed = self.0.iter().any(|consumer| consumer.name == name);
        let is_added = !name.is_empty() && !is_listed && !self.is_full();
        if is_added {
            self.0.push(KeyConsumer {
                name,
                is_done: false,
            });
        }
        is_added
    }

    /// Whether no further system can be added.
    pub fn is_full(&self) -> bool {
        self.0.len() >= MAX
    }

    /// Renames a system, unless the name is empty.
    pub fn rename(&mut self, index: usize, name: &str) {
        let name = tidy(name);
        if let Some(consumer) = self.0.get_mut(index).filter(|_| !name.is_empty()) {
            consumer.name = name;
        }
    }

    /// Marks a system as done or not done.
    pub fn tick(&mut self, index: usize, is_done: bool) {
        if let Some(consumer) = self.0.get_mut(index) {
            consumer.is_done = is_done;
        }
    }

    pub fn remove(&mut self, index: usize) {
        if index < self.0.len() {
            self.0.remove(index);
        }
    }

    /// Enforces the rules for typed names, because the file may have been edited.
    #[must_use]
    pub fn repaired(self) -> Self {
        let mut repaired = Self::default();
        for consumer in self.0.into_iter().take(MAX) {
            if repaired.add(&consumer.name)
                && let Some(added) = repaired.0.last_mut()
            {
                added.is_done = consumer.is_done;
            }
        }
        repaired
    }

    /// Resets all systems for a new rotation.
    pub fn reset_progress(&mut self) {
        for consumer in &mut self.0 {
            consumer.is_done = false;
        }
    }

    /// Number of systems that still have the old key.
    pub fn open(&self) -> usize {
        self.0.iter().filter(|consumer| !consumer.is_done).count()
    }
}

fn tidy(name: &str) -> String {
    let one_line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    visible(&one_line).chars().take(MAX_NAME_LEN).collect()
}

/// The checklist as text to pass on. It identifies the new key only by its fingerprint.
pub fn list_text(heading: &str, new: Option<Fingerprint>, consumers: &KeyConsumers) -> String {
    let mut text = format!("{heading}\n");
    if let Some(new) = new {
        let _ = writeln!(text, "The new key has the fingerprint {new}.");
    }
    for consumer in &consumers.0 {
        let mark = if consumer.is_done { 'x' } else { ' ' };
        let _ = writeln!(text, "[{mark}] {}", consumer.name);
    }
    text
}
