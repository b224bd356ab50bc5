//! Profiles, lock, help and the window.

use egui::Key;

use super::super::action::Action;
use super::super::entry::{ActionEntry, ctrl, ctrl_shift, entry, keyless, plain};
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    entry(
        Action::Palette,
        "Find a business or run a command",
        ctrl(Key::K),
    )
    .icon(Icon::Search)
    .anywhere(),
    entry(Action::SwitchProfile, "Switch profile…", ctrl(Key::E))
        .synonyms("environment partner")
        .icon(Icon::Chevrons)
        .anywhere(),
    keyless(Action::AddProfile, "Add a profile…")
        .synonyms("sign in")
        .icon(Icon::Plus),
    keyless(Action::RenameProfile, "Rename this profile…").icon(Icon::Edit),
    entry(Action::Lock, "Lock", ctrl(Key::L))
        .icon(Icon::Lock)
        .anywhere(),
    entry(Action::Close, "Close, or leave filter", plain(Key::Escape))
        .icon(Icon::X)
        .anywhere(),
    entry(Action::Help, "Help", plain(Key::Questionmark))
        .also(plain(Key::F1))
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
    entry(Action::SignOut, "Sign out…", ctrl_shift(Key::Q))
        .synonyms("log out")
        .icon(Icon::User)
        .anywhere()
        .destructive(),
    keyless(Action::Quit, "Quit")
        .synonyms("exit close window")
        .icon(Icon::XCircle)
        .destructive(),
];
