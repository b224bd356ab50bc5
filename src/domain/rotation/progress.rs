//! How far the replacement of a key has come. It is kept on disk and holds no secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::fingerprint::KeyFingerprint;

/// The steps of the assistant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationStep {
    /// Create a new key in the Partner Portal.
    Portal,
    /// Paste it.
    Paste,
    /// See that it works while the old one still does.
    Prove,
    /// Give it to the other places.
    Places,
    /// Use it here.
    Switch,
    /// See that the old one no longer works.
    Check,
}

impl RotationStep {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [
        Self::Portal,
        Self::Paste,
        Self::Prove,
        Self::Places,
        Self::Switch,
        Self::Check,
    ];

    /// Counted from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// Whether the new key must be at hand for it.
    pub fn needs_new_key(self) -> bool {
        match self {
            Self::Portal | Self::Paste | Self::Check => false,
            Self::Prove | Self::Places | Self::Switch => true,
        }
    }
}

/// Why a key is replaced; it decides the order of revoking and the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RotationReason {
    /// In time: the old key works until the end.
    #[default]
    InTime,
    /// It has leaked, or may have: it is revoked first.
    Leaked,
    /// The server refuses it already.
    Refused,
}

/// A replacement under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// Why.
    #[serde(default)]
    pub reason: RotationReason,
    /// Where it stands.
    pub step: RotationStep,
    /// Since when.
    pub began_at: Timestamp,
    /// When each step was done.
    #[serde(default)]
    pub done: Vec<(RotationStep, Timestamp)>,
    /// The key that is replaced.
    #[serde(default)]
    pub old: Option<KeyFingerprint>,
    /// The key that replaces it, once it has been proved.
    #[serde(default)]
    pub new: Option<KeyFingerprint>,
}

impl Rotation {
    /// At its first step.
    pub fn begin(reason: RotationReason, old: Option<KeyFingerprint>, now: Timestamp) -> Self {
        Self {
            reason,
            step: RotationStep::Portal,
            began_at: now,
            done: Vec::new(),
            old,
            new: None,
        }
    }

    /// When a step was done.
    pub fn done_at(&self, step: RotationStep) -> Option<Timestamp> {
        self.done
            .iter()
            .find(|(of, _)| *of == step)
            .map(|(_, at)| *at)
    }

    /// A step is done; what follows it is next.
    pub fn complete(&mut self, step: RotationStep, now: Timestamp) {
        self.done.retain(|(of, _)| *of != step);
        self.done.push((step, now));
        if let Some(next) = RotationStep::ALL.get(step as usize + 1) {
            self.step = *next;
        }
    }

    /// Goes back: what follows is still to be done.
    pub fn back_to(&mut self, step: RotationStep) {
        self.step = step;
        self.done.retain(|(of, _)| *of < step);
    }

    /// Whether the keychain already holds the new key, so that there is no way back.
    pub fn is_switched(&self) -> bool {
        self.step == RotationStep::Check
    }
}
