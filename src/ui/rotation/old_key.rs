//! Whether the old key still works, as far as is known. Many texts before the switch depend on it.

use crate::domain::failure::FailureKind;
use crate::domain::rotation::{Rotation, RotationReason};
use crate::state::session::open::Open;
use crate::theme::Icon;
use crate::widgets::Tone;

/// Result of testing the old key next to the new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OldKeyState {
    Yes,
    No,
    NotKnown,
}

impl OldKeyState {
    /// The result of the test, or what the reason for the rotation implies if there was none.
    pub(super) fn of(rotation: &Rotation, open: &Open) -> Self {
        match open.keys.proof.as_ref().map(|proof| &proof.old) {
            Some(Ok(())) => Self::Yes,
            Some(Err(failure)) if failure.kind == FailureKind::KeyRejected => Self::No,
            Some(Err(_)) => Self::NotKnown,
            None => match rotation.reason {
                RotationReason::Scheduled => Self::Yes,
                RotationReason::Leaked => Self::NotKnown,
                RotationReason::Rejected => Self::No,
            },
        }
    }

    /// The tag of the old key's card. `yes` is the text for a key that works.
    pub(super) fn tag(self, yes: &'static str) -> (Icon, &'static str, Tone) {
        match self {
            Self::Yes => (Icon::Check, yes, Tone::Neutral),
            Self::No => (Icon::X, "Rejected", Tone::Warning),
            Self::NotKnown => (Icon::Info, "Unknown", Tone::Neutral),
        }
    }
}
