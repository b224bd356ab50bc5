//! The API key of the session.

use super::super::action::Action;
use super::super::entry::{ActionEntry, keyless};
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    keyless(Action::RotateKey, "Rotate the API key")
        .synonyms("renew key")
        .icon(Icon::Key),
    keyless(
        Action::RotateLeakedKey,
        "Key leaked: revoke first, then rotate",
    )
    .icon(Icon::Leak),
    keyless(
        Action::SaveCalendar,
        "Save the key’s due date to a calendar…",
    )
    .synonyms("ics reminder")
    .icon(Icon::Calendar),
    keyless(Action::TestConnection, "Test connection")
        .synonyms("network proxy check")
        .icon(Icon::Shield),
];
