//! The toasts at the lower right.

use egui::Context;

use super::Screen;
use super::businesses::detail::FOOT;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
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
    let drawn: Vec<widgets::ToastCard<'_>> = shown
        .iter()
        .map(|toast| widgets::ToastCard {
            id: toast.id.0,
            kind: match toast.kind {
                ToastKind::Done => widgets::ToastTone::Done,
                ToastKind::Info => widgets::ToastTone::Info,
                ToastKind::Refused => widgets::ToastTone::Failed,
            },
            title: &toast.title,
            detail: &toast.body,
            action: toast.action.map_or("", label),
            stays: toast.kind == ToastKind::Refused,
        })
        .collect();
    // What can be done about a toast must not lie under it: "Unarchive" under "Archived".
    let foot = screen
        .state
        .workspace()
        .map_or(0.0, |workspace| match workspace.page {
            Page::Businesses if workspace.is_detail_open && workspace.selected.is_some() => FOOT,
            Page::Import if workspace.import.open().is_some() => height::FOOT,
            Page::Key | Page::History => height::FOOT,
            Page::Businesses | Page::Tokens | Page::Import | Page::Settings => 0.0,
        });
    let response = widgets::toasts(ctx, space::L, layout::STATUS + foot + space::L, &drawn);
    let find = |id: u64| shown.iter().find(|toast| toast.id.0 == id);
    if let Some(toast) = response.action.and_then(find) {
        screen.out.extend(command(toast));
    }
    if let Some(toast) = response.closed.and_then(find) {
        screen.ask(ShellCommand::DismissToast(toast.id));
    }
    let is_held = response.held.is_some();
    if is_held != screen.state.toasts.is_held() {
        screen.ask(ShellCommand::HoldToasts(is_held));
    }
}

fn label(action: ToastAction) -> &'static str {
    match action {
        ToastAction::ClearClipboard => "Clear now",
        ToastAction::CopyToken(_) => "Copy token",
        ToastAction::KeepKey => "Try again",
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
        ToastAction::UndoDiscard => Command::Create(CreateCommand::UndoDiscard),
        ToastAction::Unarchive(business) => Command::Edit(EditCommand::SetArchived {
            business,
            is_archived: false,
        }),
    })
}
