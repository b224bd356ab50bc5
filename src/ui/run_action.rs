//! Runs an action triggered by a key, the palette or a help button, once nothing prevents it.

use egui::{Context, OpenUrl, ViewportCommand};
use url::Url;

use super::actions::{Action, subject};
use super::businesses::copy_several::{copy_of_several, external_ids, ids};
use super::dialogs::Dialog;
use super::help::DOCUMENTATION;
use super::licences::Licences;
use super::profiles::{ProfileSwitcher, Rename};
use super::screen::UiRequest;
use super::{Screen, Screens, history, settings};
use crate::domain::business::{BusinessId, BusinessText};
use crate::domain::export::{ExportColumn, json_object};
use crate::domain::rotation::RotationReason;
use crate::domain::settings::Scale;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::history::messages::HistoryCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::list::messages::{ListCommand, SelectionMove};
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::messages::{LockCommand, SessionCommand};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, SettingsCommand, ShellCommand};
use crate::state::tokens::messages::TokenCommand;
use crate::widgets::focus_on;

/// Distance that a key moves the edge of the side pane, in px.
const PANE_STEP: f32 = 16.0;

pub(super) fn act(action: Action, screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    let command = if action.entry().is_about_subject {
        let command = subject(screen.state).and_then(|id| at_subject(action, id, screen));
        screens.handle_request(ctx, screen);
        command
    } else {
        anywhere(action, screens, ctx, screen)
    };
    screen.out.extend(command);
}

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

/// Actions that do not need a selected business.
fn anywhere(
    action: Action,
    screens: &mut Screens,
    ctx: &Context,
    screen: &mut Screen<'_>,
) -> Option<Command> {
    let page = |page| Some(ShellCommand::ShowPage(page).into());
    match action {
        Action::FocusFilter if is_at_history(screen) => {
            focus_on(ctx, history::filter_id());
            None
        }
        Action::FocusFilter => {
            screens.businesses.focus_filter();
            page(Page::Businesses)
        }
        Action::ClearFilter => {
            screen.send(ListCommand::SetFilter(String::new()));
            page(Page::Businesses)
        }
        Action::SelectNext => step(1),
        Action::SelectPrevious => step(-1),
        Action::SelectAll => Some(ListCommand::SelectAll.into()),
        Action::NewBusiness => Some(CreateCommand::Open.into()),
        Action::Refresh => Some(ListCommand::Refresh.into()),
        Action::StopLoading => Some(ListCommand::StopLoading.into()),
        Action::ExportList(format) => Some(ListCommand::Export(format).into()),
        Action::ChooseColumns => {
            screens.businesses.open_columns();
            page(Page::Businesses)
        }
        Action::WidenPane | Action::NarrowPane => {
            let is_wider = action == Action::WidenPane;
            screens.pane_step = if is_wider { PANE_STEP } else { -PANE_STEP };
            ctx.request_repaint();
            None
        }
        Action::ClearClipboard => Some(TokenCommand::ClearClipboard.into()),
        Action::ForgetExpired => Some(TokenCommand::ForgetExpired.into()),
        Action::ForgetAllTokens => ask(screens, Dialog::ForgetAll),
        Action::ShowPage(Page::Settings) => settings::open(screen),
        Action::ShowPage(shown) => page(shown),
        Action::SaveSample => Some(ImportCommand::SaveSample.into()),
        Action::ExportHistory(format) => Some(HistoryCommand::Export(format).into()),
        Action::RotateKey => rotate(RotationReason::Scheduled, screen),
        Action::RotateLeakedKey => rotate(RotationReason::Leaked, screen),
        Action::SaveCalendar => Some(RotationCommand::SaveCalendar.into()),
        Action::TestConnection => {
            let environment = screen.state.workspace()?.profile.environment.clone();
            screens.settings.reveal_test();
            screen.send(ShellCommand::ShowPage(Page::Settings));
            Some(SettingsCommand::TestConnection(environment).into())
        }
        Action::UseTheme(theme) => Some(settings::changed(screen, |all| all.theme = theme)),
        Action::UseDensity(density) => Some(settings::changed(screen, |all| all.density = density)),
        Action::ZoomIn => Some(settings::zoom(screen, |scale| scale.step(true))),
        Action::ZoomOut => Some(settings::zoom(screen, |scale| scale.step(false))),
        Action::ResetZoom => Some(settings::zoom(screen, |_| Scale::default())),
        Action::ToggleShare => Some(ShellCommand::ToggleShare.into()),
        Action::Palette => {
            screen.request(UiRequest::Palette);
            None
        }
        Action::SwitchProfile => ask(screens, Dialog::SwitchProfile(ProfileSwitcher::open(ctx))),
        Action::AddProfile => Some(SessionCommand::AddProfile.into()),
        Action::RenameProfile => {
            let profile = &screen.state.workspace()?.profile;
            let rename = Rename::of(profile, screen.state);
            ask(screens, Dialog::RenameProfile(rename))
        }
        Action::RemoveProfile => {
            let profile = &screen.state.workspace()?.profile;
            ask(screens, Dialog::RemoveProfile(profile.clone()))
        }
        Action::Lock => Some(LockCommand::Now.into()),
        Action::Close => close(screens, screen),
        Action::Help => {
            screen.request(UiRequest::Dialog(Dialog::Help));
            None
        }
        Action::ShowLicences => ask(screens, Dialog::Licences(Licences::new())),
        Action::OpenDocumentation => {
            ctx.open_url(OpenUrl::new_tab(DOCUMENTATION));
            None
        }
        Action::OpenDataFolder => {
            open_data_folder(ctx, screen);
            None
        }
        Action::SignOut => ask(screens, Dialog::SignOut),
        Action::Quit => {
            ctx.send_viewport_cmd(ViewportCommand::Close);
            None
        }
        Action::CopyToken
        | Action::CopyAs(_)
        | Action::PickFormat
        | Action::CopyNote
        | Action::FetchNewToken
        | Action::ForgetToken
        | Action::OpenDetail
        | Action::TogglePin
        | Action::CopyId
        | Action::CopyExternalId
        | Action::CopyVatNumber
        | Action::CopyEmail
        | Action::CopyJson
        | Action::EditBusiness
        | Action::ToggleArchive => None,
    }
}

/// Opens the console's data folder in the system's file manager.
pub(super) fn open_data_folder(ctx: &Context, screen: &Screen<'_>) {
    let folder = screen.state.data_folder.as_ref();
    if let Some(url) = folder.and_then(|path| Url::from_directory_path(path).ok()) {
        ctx.open_url(OpenUrl::new_tab(url));
    }
}

fn ask(screens: &mut Screens, dialog: Dialog) -> Option<Command> {
    screens.dialog = Some(dialog);
    None
}

/// Moves the selection by `rows`; negative moves up.
pub(super) fn step(rows: isize) -> Option<Command> {
    Some(ListCommand::MoveSelection(SelectionMove::By(rows)).into())
}

fn rotate(reason: RotationReason, screen: &mut Screen<'_>) -> Option<Command> {
    screen.send(ShellCommand::ShowPage(Page::Key));
    Some(RotationCommand::Begin(reason).into())
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

fn is_at_history(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    workspace.is_some_and(|workspace| workspace.page == Page::History)
}

/// The workspace, if several rows of its list are selected.
fn several<'a>(screen: &Screen<'a>) -> Option<&'a Workspace> {
    let workspace = screen.state.workspace()?;
    let is_here = workspace.page == Page::Businesses;
    (is_here && workspace.selected_rows.several().is_some()).then_some(workspace)
}

/// Escape acts on the first of these that applies: leave a text field, select a single row, close the side pane, clear the filter's text and
/// then its terms.
fn close(screens: &mut Screens, screen: &Screen<'_>) -> Option<Command> {
    if screens.was_typing {
        return None;
    }
    let workspace = screen.state.workspace()?;
    if several(screen).is_some() {
        return Some(ListCommand::SelectOne.into());
    }
    if workspace.shows_pane() {
        return Some(ListCommand::ShowDetail(false).into());
    }
    if workspace.page == Page::Businesses {
        screens.businesses.clear_a_step();
    }
    None
}
