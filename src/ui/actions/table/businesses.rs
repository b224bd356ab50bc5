//! The list and its selected business.

use egui::Key;

use super::super::action::Action;
use super::super::entry::{ActionEntry, ctrl, entry, keyless, plain};
use crate::domain::export::Format;
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    entry(Action::FocusFilter, "Filter the list", plain(Key::Slash))
        .also(ctrl(Key::F))
        .synonyms("search find")
        .icon(Icon::Search),
    keyless(Action::ClearFilter, "Show all businesses")
        .synonyms("clear filter")
        .icon(Icon::X),
    entry(Action::SelectNext, "Next business", plain(Key::J)).icon(Icon::ArrowDown),
    entry(Action::SelectPrevious, "Previous business", plain(Key::K)).icon(Icon::ArrowUp),
    entry(
        Action::SelectAll,
        "Select all shown businesses",
        ctrl(Key::A),
    )
    .synonyms("mark every row")
    .icon(Icon::Check),
    entry(Action::NewBusiness, "New business…", plain(Key::N))
        .synonyms("create add")
        .icon(Icon::Plus),
    entry(Action::OpenDetail, "Open details", plain(Key::Enter))
        .icon(Icon::Info)
        .about_subject(),
    entry(Action::TogglePin, "Pin to the top", plain(Key::P))
        .icon(Icon::Pin)
        .about_subject(),
    entry(Action::CopyId, "Copy id", plain(Key::C))
        .icon(Icon::Copy)
        .about_subject(),
    entry(Action::CopyExternalId, "Copy external_id", plain(Key::E))
        .icon(Icon::Copy)
        .about_subject(),
    keyless(Action::CopyVatNumber, "Copy VAT number")
        .icon(Icon::Copy)
        .about_subject(),
    keyless(Action::CopyEmail, "Copy e-mail")
        .icon(Icon::Copy)
        .about_subject(),
    keyless(Action::CopyJson, "Copy row as JSON")
        .icon(Icon::Copy)
        .about_subject(),
    entry(Action::EditBusiness, "Edit business…", plain(Key::F2))
        .synonyms("change")
        .icon(Icon::Edit)
        .about_subject(),
    entry(Action::Refresh, "Refresh", plain(Key::F5))
        .synonyms("reload list")
        .icon(Icon::Refresh)
        .anywhere(),
    keyless(Action::StopLoading, "Stop loading the list").icon(Icon::Stop),
    keyless(
        Action::ExportList(Format::Csv),
        "Export the shown list as CSV…",
    )
    .icon(Icon::Export),
    keyless(
        Action::ExportList(Format::Json),
        "Export the shown list as JSON…",
    )
    .icon(Icon::Export),
    keyless(Action::ChooseColumns, "Choose columns…").icon(Icon::Columns),
    entry(Action::WidenPane, "Widen details", plain(Key::OpenBracket)).icon(Icon::ArrowLeft),
    entry(
        Action::NarrowPane,
        "Narrow details",
        plain(Key::CloseBracket),
    )
    .icon(Icon::ArrowRight),
    keyless(Action::ToggleArchive, "Archive business")
        .icon(Icon::Archive)
        .about_subject()
        .destructive(),
];
