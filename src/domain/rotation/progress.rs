//! The progress of a key rotation. Saved to disk; contains no secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::token::Fingerprint;

/// The steps of the assistant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationStep {
    /// Create a new key in the Partner Portal.
    Portal,
    /// Paste it.
    Paste,
    /// Check that it works while the old key still does.
    Verify,
    /// Enter it in the other systems.
    OtherSystems,
    /// Use it on this computer.
    Switch,
    /// Check that the old key no longer works.
    Check,
}

impl RotationStep {
    /// In order.
    pub const ALL: [Self; 6] = [
        Self::Portal,
        Self::Paste,
        Self::Verify,
        Self::OtherSystems,
        Self::Switch,
        Self::Check,
    ];

    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// Whether the step requires the new key.
    pub fn needs_new_key(self) -> bool {
        match self {
            Self::Portal | Self::Paste | Self::Check => false,
            Self::Verify | Self::OtherSystems | Self::Switch => true,
        }
    }
}

/// Why a key is replaced. This determines when the old key is revoked, and the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationReason {
    /// Scheduled: the old key works until the end.
    #[default]
    Scheduled,
    /// Leaked, or suspected to be: the old key is revoked first.
    Leaked,
    /// The server already rejects it.
    Rejected,
}

/// A rotation in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    #[serde(default)]
    pub reason: RotationReason,
    /// The current step.
    pub step: RotationStep,
    pub began_at: Timestamp,
    /// When each step was completed.
    #[serde(default)]
    pub done: Vec<(RotationStep, Timestamp)>,
    /// The key to replace.
    #[serde(default)]
    pub old: Option<Fingerprint>,
    /// The new key, once it was tested and works.
    #[serde(default)]
    pub new: Option<Fingerprint>,
}

impl Rotation {
    /// Starts at the first step.
    pub fn begin(reason: RotationReason, old: Option<Fingerprint>, now: Timestamp) -> Self {
        Self {
            reason,
            step: RotationStep::Portal,
            began_at: now,
            done: Vec::new(),
            old,
            new: None,
        }
    }

    /// When a step was completed.
    pub fn done_at(&self, step: RotationStep) -> Option<Timestamp> {
        self.done
            .iter()
            .find(|(of, _)| *of == step)
            .map(|(_, at)| *at)
    }

    /// Completes a step and continues with the next one.
    pub fn complete(&mut self, step: RotationStep, now: Timestamp) {
        self.done.retain(|(of, _)| *of != step);
        self.done.push((step, now));
        if let Some(next) = RotationStep::ALL.get(step as usize + 1) {
            self.step = *next;
        }
    }

    /// Goes back to a step. Later steps have to be done again.
    pub fn back_to(&mut self, step: RotationStep) {
        self.step = step;
        self.done.retain(|(of, _)| *of < step);
    }

    /// Whether the keychain already holds the new key. After that, going back is impossible.
    pub fn is_switched(&self) -> bool {
        self.step == RotationStep::Check
    }
}
