//! The toasts at the bottom right.

use egui::{Context, OpenUrl, vec2};
use url::Url;

use super::{Screen, words};
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::history::messages::HistoryCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::messages::SessionCommand;
use crate::state::shell::messages::{Page, SavedFile, ShellCommand};
use crate::state::shell::toasts::{Toast, ToastAction, ToastKind};
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{height, layout, space};
use crate::widgets;

pub(super) fn show(ctx: &Context, screen: &mut Screen<'_>) {
    let shown = screen.state.toasts.shown();
    if shown.is_empty() {
        return;
    }
    let named = undrawable_name(ctx, screen);
    let texts: Vec<[String; 3]> = shown
        .iter()
        .map(|toast| {
            let said = |text: &str| match &named {
                Some((name, stand_in)) => text.replace(name.as_str(), stand_in),
                None => text.to_owned(),
            };
            [&toast.title, &toast.name, &toast.body].map(|text| said(text))
        })
        .collect();
    let has_session = screen.state.workspace().is_some();
    let drawn: Vec<widgets::ToastCard<'_>> = shown
        .iter()
        .zip(&texts)
        .map(|(toast, [title, name, detail])| widgets::ToastCard {
            id: toast.id.0,
            tone: match toast.kind {
                ToastKind::Done => widgets::Tone::Verified,
                ToastKind::Info => widgets::Tone::Neutral,
                ToastKind::Warning => widgets::Tone::Warning,
                ToastKind::Failed => widgets::Tone::Stop,
            },
            title,
            name,
            detail,
            action: toast
                .action
                .filter(|action| has_session || !needs_session(*action))
                .map_or("", label),
            stays: toast.kind.stays(),
        })
        .collect();
    // Keeps toasts off buttons that belong to them, such as "Unarchive" below "Archived".
    let footer = screen
        .state
        .workspace()
        .map_or(0.0, |workspace| match workspace.page {
            Page::Import if workspace.import.open().is_some() => height::FOOT,
            Page::Key | Page::History => height::FOOT,
            Page::Businesses | Page::Tokens | Page::Import | Page::Overview | Page::Settings => 0.0,
        });
    // Beside the side pane, where users read what they have just copied.
    let right = screen.pane_width + space::L;
    let room = ctx.content_rect().width() - right - space::L;
    let corner = vec2(right, layout::STATUS + footer + space::L);
    let width = room.clamp(layout::TOAST_MIN, layout::TOAST);
    let response = widgets::toasts(ctx, corner, width, &drawn);
    let find = |id: u64| shown.iter().find(|toast| toast.id.0 == id);
    if let Some(toast) = response.action.and_then(find) {
        if let Some(path) = &toast.path
            && let Ok(url) = Url::from_file_path(path)
        {
            ctx.open_url(OpenUrl::new_tab(url));
        }
        if closes_on_action(toast.action) {
            screen.send(ShellCommand::DismissToast(toast.id));
        }
        screen.out.extend(command(toast));
    }
    if let Some(toast) = response.closed.and_then(find) {
        screen.send(ShellCommand::DismissToast(toast.id));
    }
    let is_held = response.held.is_some();
    if is_held != screen.state.toasts.is_held() {
        screen.send(ShellCommand::HoldToasts(is_held));
    }
}

/// The name of the selected business and its replacement, if no letter of the name can be drawn.
fn undrawable_name(ctx: &Context, screen: &Screen<'_>) -> Option<(String, String)> {
    let workspace = screen.state.workspace()?;
    let business = workspace.list.businesses().get(workspace.selected?)?;
    let (name, _) = words::title(&business, screen.state.share);
    let (drawn, _) = words::drawn_title(ctx, &business, screen.state.share);
    (name != drawn).then(|| (name.into_owned(), drawn.into_owned()))
}

/// Whether the action only works while a session is on screen.
fn needs_session(action: ToastAction) -> bool {
    // Before sign-in there are no pages to open.
    action == ToastAction::OpenSettings || action.is_about_session()
}

/// Whether the toast is done once its action is pressed, because it opens a folder or a dialog.
fn closes_on_action(action: Option<ToastAction>) -> bool {
    matches!(
        action,
        Some(ToastAction::ShowFile | ToastAction::ShowFolder | ToastAction::SaveAgain(_))
    )
}

fn label(action: ToastAction) -> &'static str {
    match action {
        ToastAction::ClearClipboard => "Clear now",
        ToastAction::CopyToken(_) => "Copy token",
        ToastAction::StoreKey => "Try again",
        ToastAction::Refresh => "Refresh",
        ToastAction::OpenKey => "Go to API key",
        ToastAction::OpenSettings => "Open settings",
        ToastAction::ShowFile => "Show file",
        ToastAction::ShowFolder => "Show folder",
        ToastAction::SaveAgain(_) => "Choose another location",
        ToastAction::UndoDiscard | ToastAction::ReopenFile | ToastAction::Unarchive(_) => "Undo",
    }
}

fn command(toast: &Toast) -> Option<Command> {
    Some(match toast.action? {
        ToastAction::ClearClipboard => Command::Token(TokenCommand::ClearClipboard),
        ToastAction::CopyToken(business) => Command::Token(TokenCommand::Copy {
            business,
            format: None,
        }),
        ToastAction::StoreKey => Command::Session(SessionCommand::StoreKey),
        ToastAction::Refresh => Command::List(ListCommand::Refresh),
        ToastAction::OpenKey => Command::Shell(ShellCommand::ShowPage(Page::Key)),
        ToastAction::OpenSettings => Command::Shell(ShellCommand::ShowPage(Page::Settings)),
        // Handled outside the state.
        ToastAction::ShowFile | ToastAction::ShowFolder => return None,
        ToastAction::SaveAgain(file) => match file {
            SavedFile::List(format) => Command::List(ListCommand::Export(format)),
            SavedFile::Sample => Command::Import(ImportCommand::SaveSample),
            SavedFile::History(format) => Command::History(HistoryCommand::Export(format)),
            SavedFile::Calendar => Command::Rotation(RotationCommand::SaveCalendar),
            SavedFile::FailedRows(_) => Command::Import(ImportCommand::SaveFailed),
        },
        ToastAction::UndoDiscard => Command::Create(CreateCommand::UndoDiscard),
        ToastAction::ReopenFile => Command::Import(ImportCommand::Reopen),
        ToastAction::Unarchive(business) => Command::Edit(EditCommand::SetArchived {
            business,
            is_archived: false,
        }),
    })
}
