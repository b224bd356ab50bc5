//! The pages and their exports.

use egui::{Key, Modifiers};

use super::{Action, ActionEntry, entry, keyless, plain, with};
use crate::domain::export::Format;
use crate::state::shell::messages::Page;
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    entry(
        Action::ShowPage(Page::Businesses),
        "Go to Businesses",
        with(Modifiers::COMMAND, Key::Num1),
        "Ctrl+1",
    )
    .icon(Icon::Business)
    .anywhere(),
    entry(
        Action::ShowPage(Page::Tokens),
        "Go to Tokens",
        with(Modifiers::COMMAND, Key::Num2),
        "Ctrl+2",
    )
    .icon(Icon::Token)
    .anywhere(),
    entry(
        Action::ShowPage(Page::Import),
        "Import from a file",
        plain(Key::I),
        "I",
    )
    .also(with(Modifiers::COMMAND, Key::Num3), "Ctrl+3")
    .synonyms("csv spreadsheet")
    .icon(Icon::Import),
    keyless(Action::SaveSample, "Save a sample import file…").icon(Icon::File),
    entry(
        Action::ShowPage(Page::Key),
        "Go to API key",
        with(Modifiers::COMMAND, Key::Num4),
        "Ctrl+4",
    )
    .icon(Icon::Key)
    .anywhere(),
    entry(
        Action::ShowPage(Page::History),
        "Go to History",
        with(Modifiers::COMMAND, Key::Num5),
        "Ctrl+5",
    )
    .synonyms("log")
    .icon(Icon::History)
    .anywhere(),
    keyless(
        Action::ExportHistory(Format::Csv),
        "Export the shown history as CSV…",
    )
    .icon(Icon::Export),
    keyless(
        Action::ExportHistory(Format::Json),
        "Export the shown history as JSON…",
    )
    .icon(Icon::Export),
    entry(
        Action::ShowPage(Page::Overview),
        "Go to Overview",
        with(Modifiers::COMMAND, Key::Num6),
        "Ctrl+6",
    )
    .synonyms("charts")
    .icon(Icon::Overview)
    .anywhere(),
    entry(
        Action::ShowPage(Page::Settings),
        "Go to Settings",
        with(Modifiers::COMMAND, Key::Comma),
        "Ctrl+,",
    )
    .synonyms("preferences options")
    .icon(Icon::Settings)
    .anywhere(),
];
