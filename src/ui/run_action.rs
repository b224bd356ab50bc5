//! Runs an action triggered by a key, the palette or a help button, once nothing prevents it.

use egui::{Context, OpenUrl, ViewportCommand};

use super::actions::{Action, subject};
use super::dialog::Dialog;
use super::dialogs::OpenDialog;
use super::help::{DOCUMENTATION, open_data_folder};
use super::screen::UiRequest;
use super::screens::Screens;
use super::subject_action::{at_subject, several};
use super::{Screen, history, settings};
use crate::domain::rotation::RotationReason;
use crate::domain::settings::Scale;
use crate::state::command::Command;
use crate::state::create::messages::CreateCommand;
use crate::state::history::messages::HistoryCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::list::messages::{ListCommand, SelectionMove};
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::messages::{LockCommand, SessionCommand};
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
        Action::ForgetAllTokens => ask(Dialog::ForgetAll, screens, screen),
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
        Action::SwitchProfile => ask(Dialog::SwitchProfile, screens, screen),
        Action::AddProfile => Some(SessionCommand::AddProfile.into()),
        Action::RenameProfile => {
            let profile = screen.state.workspace()?.profile.clone();
            ask(Dialog::RenameProfile(profile), screens, screen)
        }
        Action::RemoveProfile => {
            let profile = screen.state.workspace()?.profile.clone();
            ask(Dialog::RemoveProfile(profile), screens, screen)
        }
        Action::Lock => Some(LockCommand::Now.into()),
        Action::Close => close(screens, screen),
        Action::Help => {
            screen.request(UiRequest::Dialog(Dialog::Help));
            None
        }
        Action::ShowLicences => ask(Dialog::Licences, screens, screen),
        Action::OpenDocumentation => {
            ctx.open_url(OpenUrl::new_tab(DOCUMENTATION));
            None
        }
        Action::OpenDataFolder => {
            open_data_folder(ctx, screen);
            None
        }
        Action::SignOut => ask(Dialog::SignOut, screens, screen),
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

fn ask(dialog: Dialog, screens: &mut Screens, screen: &Screen<'_>) -> Option<Command> {
    screens.dialog = OpenDialog::new(dialog, screen.state);
    None
}

/// Moves the selection by `rows`; negative moves up.
fn step(rows: isize) -> Option<Command> {
    Some(ListCommand::MoveSelection(SelectionMove::By(rows)).into())
}

fn rotate(reason: RotationReason, screen: &mut Screen<'_>) -> Option<Command> {
    screen.send(ShellCommand::ShowPage(Page::Key));
    Some(RotationCommand::Begin(reason).into())
}

fn is_at_history(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    workspace.is_some_and(|workspace| workspace.page == Page::History)
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
