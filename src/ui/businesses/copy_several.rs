//! What is copied of several selected businesses: one line for each of them.

use crate::domain::business::{Business, BusinessText};
use crate::domain::clipboard::CopiedText;
use crate::domain::text::ServerText;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::ShellCommand;

/// Why the `external_id`s of the selected businesses can't be copied.
pub(in super::super) const NO_EXTERNAL_ID: &str = "The selected businesses have no external_id";

/// The id of each selected business.
pub(in super::super) fn ids(workspace: &Workspace) -> Vec<String> {
    let ids = workspace.selected_ids().into_iter();
    ids.map(|id| id.to_string()).collect()
}

/// The `external_id` of each selected business that has one.
pub(in super::super) fn external_ids(workspace: &Workspace) -> impl Iterator<Item = String> {
    let ids = workspace.selected_ids().into_iter();
    ids.filter_map(|id| workspace.list.businesses().get(id))
        .filter_map(|row| Some(value(&row, BusinessText::ExternalId)?.raw().to_owned()))
}

/// Copies `lines`, each of which is a `what`.
pub(in super::super) fn copy_of_several(
    lines: Vec<String>,
    what: &'static str,
    workspace: &Workspace,
) -> ShellCommand {
    let selected = workspace.selected_ids().len();
    ShellCommand::CopyText {
        what: CopiedText::Several {
            what,
            copied: lines.len(),
            missing: selected.saturating_sub(lines.len()),
        },
        text: lines.join("\n"),
    }
}

/// A text of the business, unless it is blank.
pub(super) fn value(business: &Business, text: BusinessText) -> Option<&ServerText> {
    let value = business.text(text);
    value.filter(|value| !value.raw().trim().is_empty())
}
