//! Runs the actions on a business.

use super::Screen;
use super::actions::Action;
use super::businesses::copy_several::{copy_of_several, external_ids, ids};
use super::dialog::Dialog;
use super::screen::UiRequest;
use crate::domain::business::{BusinessId, BusinessText};
use crate::domain::export::{ExportColumn, json_object};
use crate::state::command::Command;
use crate::state::create::messages::EditCommand;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::tokens::messages::TokenCommand;

/// Actions on a business.
pub(super) fn at_subject(
    action: Action,
    business: BusinessId,
    screen: &mut Screen<'_>,
) -> Option<Command> {
    let copy_token = |format| TokenCommand::Copy { business, format }.into();
    match action {
        Action::CopyToken => Some(copy_token(None)),
        Action::CopyAs(format) => Some(copy_token(Some(format))),
        Action::PickFormat => {
            screen.request(UiRequest::Dialog(Dialog::PickFormat(business)));
            None
        }
        Action::CopyNote => Some(TokenCommand::CopyNote(business).into()),
        Action::FetchNewToken => Some(TokenCommand::FetchNew(business).into()),
        Action::ForgetToken => Some(TokenCommand::Forget(business).into()),
        Action::OpenDetail => Some(ListCommand::ShowDetail(true).into()),
        Action::TogglePin => Some(ListCommand::TogglePin(business).into()),
        Action::CopyId => match several(screen) {
            Some(workspace) => Some(copy_of_several(ids(workspace), "id", workspace).into()),
            None => Some(copy_text("id", business.to_string())),
        },
        Action::CopyExternalId => match several(screen) {
            Some(workspace) => {
                let lines = external_ids(workspace).collect();
                Some(copy_of_several(lines, "external_id", workspace).into())
            }
            None => copy_of(BusinessText::ExternalId, "external_id", business, screen),
        },
        Action::CopyVatNumber => copy_of(BusinessText::VatNumber, "VAT number", business, screen),
        Action::CopyEmail => copy_of(BusinessText::Email, "e-mail", business, screen),
        Action::CopyJson => {
            let row = screen.state.workspace()?.list.businesses().get(business)?;
            Some(copy_text("row", json_object(&row, &ExportColumn::ALL)))
        }
        Action::EditBusiness => Some(EditCommand::OpenOnceRead(business).into()),
        Action::ToggleArchive => archive(business, screen),
        _ => None,
    }
}

/// Archives the business. In Production, asks for confirmation first.
fn archive(business: BusinessId, screen: &mut Screen<'_>) -> Option<Command> {
    let workspace = screen.state.workspace()?;
    if workspace.asks_before_archiving(business) {
        screen.request(UiRequest::Dialog(Dialog::Archive(business)));
        return None;
    }
    let is_archived = !workspace.list.is_archived(business);
    let command = EditCommand::SetArchived {
        business,
        is_archived,
    };
    Some(command.into())
}

fn copy_text(what: &'static str, text: String) -> Command {
    let what = what.into();
    ShellCommand::CopyText { what, text }.into()
}

fn copy_of(
    text: BusinessText,
    what: &'static str,
    business: BusinessId,
    screen: &Screen<'_>,
) -> Option<Command> {
    let row = screen.state.workspace()?.list.businesses().get(business)?;
    Some(copy_text(what, row.text(text)?.raw().to_owned()))
}

/// The workspace, if several rows of its list are selected.
pub(super) fn several<'a>(screen: &Screen<'a>) -> Option<&'a Workspace> {
    let workspace = screen.state.workspace()?;
    let is_here = workspace.page == Page::Businesses;
    (is_here && workspace.selected_rows.several().is_some()).then_some(workspace)
}
