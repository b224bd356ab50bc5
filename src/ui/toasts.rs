//! The toasts at the lower right.

use egui::{Context, OpenUrl};
use url::Url;

use super::{Screen, words};
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::list::messages::ListCommand;
use crate::state::session::messages::SessionCommand;
use crate::state::shell::messages::{Page, ShellCommand};
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
    let texts: Vec<(String, String)> = shown
        .iter()
        .map(|toast| {
            let said = |text: &str| match &named {
                Some((name, stand_in)) => text.replace(name.as_str(), stand_in),
                None => text.to_owned(),
            };
            (said(&toast.title), said(&toast.body))
        })
        .collect();
    // Before the sign-in there are no pages to go to.
    let has_pages = screen.state.workspace().is_some();
    let drawn: Vec<widgets::ToastCard<'_>> = shown
        .iter()
        .zip(&texts)
        .map(|(toast, (title, detail))| widgets::ToastCard {
            id: toast.id.0,
            kind: match toast.kind {
                ToastKind::Done => widgets::ToastTone::Done,
                ToastKind::Info => widgets::ToastTone::Info,
                ToastKind::Refused => widgets::ToastTone::Failed,
            },
            title,
            detail,
            action: toast
                .action
                .filter(|action| *action != ToastAction::OpenSettings || has_pages)
                .map_or("", label),
            stays: toast.kind == ToastKind::Refused,
        })
        .collect();
    // What can be done about a toast must not lie under it: "Unarchive" under "Archived".
    let foot = screen
        .state
        .workspace()
        .map_or(0.0, |workspace| match workspace.page {
            Page::Import if workspace.import.open().is_some() => height::FOOT,
            Page::Key | Page::History => height::FOOT,
            Page::Businesses | Page::Tokens | Page::Import | Page::Overview | Page::Settings => 0.0,
        });
    // Beside a pane: what was copied is read there.
    let right = screen.pane_width + space::L;
    let room = ctx.content_rect().width() - right - space::L;
    let place = widgets::ToastPlace {
        right,
        bottom: layout::STATUS + foot + space::L,
        width: room.clamp(layout::TOAST_LEAST, layout::TOAST),
    };
    let response = widgets::toasts(ctx, place, &drawn);
    let find = |id: u64| shown.iter().find(|toast| toast.id.0 == id);
    if let Some(toast) = response.action.and_then(find) {
        match (toast.action, &screen.state.told_file) {
            (Some(ToastAction::ShowFile), Some(path)) => {
                if let Ok(url) = Url::from_file_path(path) {
                    ctx.open_url(OpenUrl::new_tab(url));
                }
                screen.ask(ShellCommand::DismissToast(toast.id));
            }
            _ => screen.out.extend(command(toast)),
        }
    }
    if let Some(toast) = response.closed.and_then(find) {
        screen.ask(ShellCommand::DismissToast(toast.id));
    }
    let is_held = response.held.is_some();
    if is_held != screen.state.toasts.is_held() {
        screen.ask(ShellCommand::HoldToasts(is_held));
    }
}

/// The name of the selected business and what stands for it, where no letter of it can be drawn.
fn undrawable_name(ctx: &Context, screen: &Screen<'_>) -> Option<(String, String)> {
    let workspace = screen.state.workspace()?;
    let business = workspace.list.book().get(workspace.selected?)?;
    let (name, _) = words::title(&business, screen.state.share);
    let (drawn, _) = words::drawn_title(ctx, &business, screen.state.share);
    (name != drawn).then(|| (name.into_owned(), drawn.into_owned()))
}

fn label(action: ToastAction) -> &'static str {
    match action {
        ToastAction::ClearClipboard => "Clear now",
        ToastAction::CopyToken(_) => "Copy token",
        ToastAction::KeepKey => "Try again",
        ToastAction::Refresh => "Refresh",
        ToastAction::OpenKey => "Go to API key",
        ToastAction::OpenSettings => "Open settings",
        ToastAction::ShowFile => "Show file",
        ToastAction::UndoDiscard | ToastAction::Unarchive(_) => "Undo",
    }
}

fn command(toast: &Toast) -> Option<Command> {
    Some(match toast.action? {
        ToastAction::ClearClipboard => Command::Token(TokenCommand::ClearClipboard),
        ToastAction::CopyToken(business) => Command::Token(TokenCommand::Copy {
            business,
            format: None,
        }),
        ToastAction::KeepKey => Command::Session(SessionCommand::StoreKey),
        ToastAction::Refresh => Command::List(ListCommand::Refresh),
        ToastAction::OpenKey => Command::Shell(ShellCommand::ShowPage(Page::Key)),
        ToastAction::OpenSettings => Command::Shell(ShellCommand::ShowPage(Page::Settings)),
        // Nothing that the state does.
        ToastAction::ShowFile => return None,
        ToastAction::UndoDiscard => Command::Create(CreateCommand::UndoDiscard),
        ToastAction::Unarchive(business) => Command::Edit(EditCommand::SetArchived {
            business,
            is_archived: false,
        }),
    })
}
