//! The pages and their exports.

use egui::Key;

use super::super::action::Action;
use super::super::entry::{ActionEntry, ctrl, entry, keyless, plain};
use crate::domain::export::Format;
use crate::state::shell::messages::Page;
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    page(Page::Businesses, "Go to Businesses", Key::Num1).icon(Icon::Business),
    page(Page::Tokens, "Go to Tokens", Key::Num2).icon(Icon::Token),
    entry(
        Action::ShowPage(Page::Import),
        "Import from a file",
        plain(Key::I),
    )
    .also(ctrl(Key::Num3))
    .synonyms("csv spreadsheet")
    .icon(Icon::Import),
    keyless(Action::SaveSample, "Save a sample import file…").icon(Icon::File),
    page(Page::Key, "Go to API key", Key::Num4).icon(Icon::Key),
    page(Page::History, "Go to History", Key::Num5)
        .synonyms("log")
        .icon(Icon::History),
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
    page(Page::Overview, "Go to Overview", Key::Num6)
        .synonyms("charts")
        .icon(Icon::Overview),
    page(Page::Settings, "Go to Settings", Key::Comma)
        .synonyms("preferences options")
        .icon(Icon::Settings),
];

const fn page(page: Page, text: &'static str, key: Key) -> ActionEntry {
    entry(Action::ShowPage(page), text, ctrl(key)).anywhere()
}
