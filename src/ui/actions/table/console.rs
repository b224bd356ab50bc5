//! Profiles, lock, help and the window.

use egui::{Key, Modifiers};

use super::{Action, ActionEntry, CTRL_SHIFT, entry, keyless, plain, with};
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    entry(
        Action::Palette,
        "Find or run a command",
        with(Modifiers::COMMAND, Key::K),
        "Ctrl+K",
    )
    .icon(Icon::Search)
    .anywhere(),
    entry(
        Action::SwitchProfile,
        "Switch profile…",
        with(Modifiers::COMMAND, Key::E),
        "Ctrl+E",
    )
    .synonyms("environment partner")
    .icon(Icon::Chevrons)
    .anywhere(),
    keyless(Action::AddProfile, "Add a profile…")
        .synonyms("sign in")
        .icon(Icon::Plus),
    keyless(Action::RenameProfile, "Rename this profile…").icon(Icon::Edit),
    entry(
        Action::Lock,
        "Lock",
        with(Modifiers::COMMAND, Key::L),
        "Ctrl+L",
    )
    .icon(Icon::Lock)
    .anywhere(),
    entry(
        Action::Close,
        "Close, or leave filter",
        plain(Key::Escape),
        "Esc",
    )
    .icon(Icon::X)
    .anywhere(),
    entry(Action::Help, "Help", plain(Key::Questionmark), "?")
        .also(plain(Key::F1), "F1")
        .synonyms("shortcuts keys version about")
        .icon(Icon::Help),
    keyless(Action::ShowLicences, "Licences of the software used…")
        .synonyms("license third-party open source notices about")
        .icon(Icon::File),
    keyless(Action::OpenDocumentation, "Open the Thred documentation")
        .synonyms("api docs")
        .icon(Icon::External),
    keyless(Action::OpenDataFolder, "Open the data folder")
        .synonyms("log files history")
        .icon(Icon::File),
    keyless(Action::RemoveProfile, "Remove this profile…")
        .icon(Icon::Trash)
        .destructive(),
    entry(
        Action::SignOut,
        "Sign out…",
        with(CTRL_SHIFT, Key::Q),
        "Ctrl+Shift+Q",
    )
    .synonyms("log out")
    .icon(Icon::User)
    .anywhere()
    .destructive(),
    keyless(Action::Quit, "Quit")
        .synonyms("exit close window")
        .icon(Icon::XCircle)
        .destructive(),
];
