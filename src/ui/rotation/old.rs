//! Whether the old key still works, as far as that was found out: much of what is said before the switch hangs on it.

use crate::domain::failure::FailureKind;
use crate::domain::rotation::{Rotation, RotationReason};
use crate::state::session::open::Open;
use crate::theme::Icon;
use crate::widgets::Tone;

/// How the old key did when it was tried beside the new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OldWorks {
    Yes,
    No,
    NotKnown,
}

impl OldWorks {
    /// What the proof has found, or what the reason says where there is none.
    pub(super) fn of(rotation: &Rotation, open: &Open) -> Self {
        match open.keys.proof.as_ref().map(|proof| &proof.old) {
            Some(Ok(())) => Self::Yes,
            Some(Err(failure)) if failure.kind == FailureKind::KeyRefused => Self::No,
            Some(Err(_)) => Self::NotKnown,
            None => match rotation.reason {
                RotationReason::InTime => Self::Yes,
                RotationReason::Leaked => Self::NotKnown,
                RotationReason::Refused => Self::No,
            },
        }
    }

    /// The tag of its card; `yes` is what a key is that works.
    pub(super) fn tag(self, yes: &'static str) -> (Icon, &'static str, Tone) {
        match self {
            Self::Yes => (Icon::Check, yes, Tone::Neutral),
            Self::No => (Icon::X, "Rejected", Tone::Care),
            Self::NotKnown => (Icon::Info, "Unknown", Tone::Neutral),
        }
    }
}
