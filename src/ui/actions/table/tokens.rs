//! Business tokens and the clipboard.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::super::action::Action;
use super::super::entry::{ActionEntry, ctrl_shift, entry, keyless, plain};
use crate::domain::token::TokenFormat;
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    entry(Action::CopyToken, "Copy a token", plain(Key::T))
        .icon(Icon::Copy)
        .about_subject(),
    entry(
        Action::PickFormat,
        "Copy a token as…",
        KeyboardShortcut::new(Modifiers::SHIFT, Key::T),
    )
    .synonyms("format")
    .icon(Icon::Copy)
    .about_subject(),
    keyless(Action::CopyNote, "Copy hand-over note")
        .icon(Icon::Clipboard)
        .about_subject(),
    entry(Action::FetchNewToken, "Fetch a new token", plain(Key::R))
        .synonyms("renew token")
        .icon(Icon::Refresh)
        .about_subject(),
    entry(
        Action::ClearClipboard,
        "Clear the clipboard",
        ctrl_shift(Key::C),
    )
    .icon(Icon::Clipboard)
    .anywhere(),
    keyless(Action::ForgetToken, "Forget this token")
        .icon(Icon::Trash)
        .about_subject()
        .destructive(),
    keyless(Action::ForgetExpired, "Forget expired tokens")
        .icon(Icon::Trash)
        .destructive(),
    keyless(Action::ForgetAllTokens, "Forget all tokens…")
        .icon(Icon::Trash)
        .destructive(),
];

/// Listed after the more common actions.
pub(super) const FORMATS: &[ActionEntry] = &[
    copy_as(TokenFormat::Raw, "Copy as raw token"),
    copy_as(TokenFormat::Bearer, "Copy as Bearer header"),
    copy_as(TokenFormat::EnvLine, "Copy as .env line"),
    copy_as(TokenFormat::WidgetJson, "Copy as widget JSON"),
    copy_as(TokenFormat::Curl, "Copy as curl command"),
];

const fn copy_as(format: TokenFormat, text: &'static str) -> ActionEntry {
    keyless(Action::CopyAs(format), text)
        .synonyms("format")
        .icon(Icon::Copy)
        .about_subject()
}
