//! From keys to what they do, by the one table of actions.

use egui::{Context, Event, KeyboardShortcut};

use super::actions::{Action, ActionEntry, TABLE, subject};
use super::dialogs::Dialog;
use super::profiles::ProfilesDialog;
use super::{Screen, Screens, history, settings};
use crate::domain::export::Format;
use crate::domain::settings::Scale;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::list::messages::{ListCommand, SelectionMove};
use crate::state::session::messages::LockCommand;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::tokens::messages::TokenCommand;

/// How far a key moves the edge of the pane, in px.
const PANE_STEP: f32 = 16.0;

/// Does what the keys of this frame ask for. A dialog or an open menu has the keys for itself.
pub(super) fn dispatch(screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    // Whatever is in the way: who locks wants it at once.
    let lock = Action::Lock.entry().shortcut;
    if Action::Lock.obstacle(screen.state).is_none()
        && lock.is_some_and(|keys| ctx.input_mut(|input| input.consume_shortcut(&keys)))
    {
        screen.ask(LockCommand::Now);
        return;
    }
    // Not `Context::any_popup_open`, which knows only of what has been drawn in this frame.
    if screens.is_dialog_over(screen.state) || egui::Popup::is_any_open(ctx) {
        return;
    }
    plus_without_shift(ctx);
    let is_typing = ctx.text_edit_focused();
    let Some(entry) = pressed(ctx, is_typing) else {
        return;
    };
    if entry.action.obstacle(screen.state).is_none() {
        act(entry.action, screens, ctx, screen);
    }
}

/// Where plus stands above the equals sign, Ctrl and that key mean Ctrl and plus.
fn plus_without_shift(ctx: &Context) {
    ctx.input_mut(|input| {
        for event in &mut input.events {
            if let Event::Key { key, modifiers, .. } = event
                && *key == egui::Key::Equals
                && modifiers.command
            {
                *key = egui::Key::Plus;
            }
        }
    });
}

/// The action whose key was pressed, longest combination first, since a shorter one matches too.
fn pressed(ctx: &Context, is_typing: bool) -> Option<&'static ActionEntry> {
    let mut entries: Vec<(&ActionEntry, KeyboardShortcut)> = TABLE
        .iter()
        .filter(|entry| entry.in_text || !is_typing)
        .filter_map(|entry| Some((entry, entry.shortcut?)))
        .collect();
    entries.sort_by_key(|(_, shortcut)| {
        let modifiers = shortcut.modifiers;
        !(modifiers.shift && modifiers.command)
    });
    entries.sort_by_key(|(_, shortcut)| shortcut.modifiers.is_none());
    ctx.input_mut(|input| {
        // A held key would copy or fetch again and again.
        let is_repeat = input
            .events
            .iter()
            .any(|event| matches!(event, Event::Key { repeat: true, .. }));
        if is_repeat {
            return None;
        }
        let (entry, _) = entries
            .into_iter()
            .find(|(entry, shortcut)| match entry.action {
                // A focused button or the table takes these for itself.
                Action::OpenDetail => false,
                Action::Close => input.key_pressed(shortcut.logical_key),
                _ => input.consume_shortcut(shortcut),
            })?;
        if !entry.in_text {
            // The letter must not also arrive in a field that gets the focus in this frame.
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        }
        Some(entry)
    })
}

/// Does what a key or a line of the palette stands for, if nothing is in its way.
pub(super) fn act(action: Action, screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    let business = subject(screen.state);
    let command = match action {
        Action::FocusFilter if is_at_history(screen) => {
            ctx.memory_mut(|memory| memory.request_focus(history::filter_id()));
            None
        }
        Action::FocusFilter => {
            screens.businesses.focus_filter();
            Some(Command::Shell(ShellCommand::ShowPage(Page::Businesses)))
        }
        Action::CopyToken => business.map(|business| {
            Command::Token(TokenCommand::Copy {
                business,
                format: None,
            })
        }),
        Action::PickFormat => {
            screens.dialog = business.map(Dialog::PickFormat);
            None
        }
        Action::RenewToken => business.map(|business| TokenCommand::Renew(business).into()),
        Action::CopyId => business.map(|id| {
            Command::Shell(ShellCommand::CopyText {
                what: "id",
                text: id.to_string(),
            })
        }),
        Action::CopyExternalId => external_id(screen).map(|text| {
            Command::Shell(ShellCommand::CopyText {
                what: "external_id",
                text,
            })
        }),
        Action::Refresh => Some(Command::List(ListCommand::Refresh)),
        Action::OpenDetail => Some(Command::List(ListCommand::ShowDetail(true))),
        Action::NewBusiness => Some(Command::Create(CreateCommand::Open)),
        Action::Close => close(screens.was_typing, screen),
        Action::ShowBusinesses => Some(Command::Shell(ShellCommand::ShowPage(Page::Businesses))),
        Action::ShowImport => Some(Command::Shell(ShellCommand::ShowPage(Page::Import))),
        Action::ShowKey => Some(Command::Shell(ShellCommand::ShowPage(Page::Key))),
        Action::ShowTokens => Some(Command::Shell(ShellCommand::ShowPage(Page::Tokens))),
        Action::ShowSettings => settings::open(screen),
        Action::Larger => Some(settings::zoom(screen, |scale| scale.step(true))),
        Action::Smaller => Some(settings::zoom(screen, |scale| scale.step(false))),
        Action::NaturalSize => Some(settings::zoom(screen, |_| Scale::default())),
        Action::ShowHistory => Some(Command::Shell(ShellCommand::ShowPage(Page::History))),
        Action::ClearClipboard => Some(Command::Token(TokenCommand::ClearClipboard)),
        Action::Lock => Some(Command::Lock(LockCommand::Now)),
        Action::ForgetAllTokens => {
            screens.dialog = Some(Dialog::ForgetAll);
            None
        }
        Action::EditBusiness => Some(Command::Edit(EditCommand::Open)),
        Action::ExportCsv => Some(Command::List(ListCommand::Export(Format::Csv))),
        Action::ExportJson => Some(Command::List(ListCommand::Export(Format::Json))),
        Action::ChooseColumns => {
            screens.businesses.open_columns();
            Some(Command::Shell(ShellCommand::ShowPage(Page::Businesses)))
        }
        Action::WidenPane | Action::NarrowPane => {
            let is_wider = action == Action::WidenPane;
            screens.pane_step = if is_wider { PANE_STEP } else { -PANE_STEP };
            ctx.request_repaint();
            None
        }
        Action::Palette => {
            screen.wants_palette = true;
            None
        }
        Action::ToggleShare => Some(Command::Shell(ShellCommand::ToggleShare)),
        Action::SwitchProfile => {
            screens.dialog = Some(ProfilesDialog::switch(ctx));
            None
        }
        Action::SignOut => {
            screens.dialog = Some(Dialog::SignOut);
            None
        }
        Action::Help => {
            screen.wants_help = true;
            None
        }
    };
    screen.out.extend(command);
}

fn is_at_history(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    workspace.is_some_and(|workspace| workspace.page == Page::History)
}

fn external_id(screen: &Screen<'_>) -> Option<String> {
    let workspace = screen.state.workspace()?;
    let row = workspace.list.book().get(subject(screen.state)?)?;
    row.external_id.as_ref().map(|id| id.raw().to_owned())
}

/// Esc leaves a text field first, then closes the pane.
fn close(was_typing: bool, screen: &Screen<'_>) -> Option<Command> {
    if was_typing {
        return None;
    }
    let workspace = screen.state.workspace()?;
    workspace
        .is_detail_open
        .then_some(Command::List(ListCommand::ShowDetail(false)))
}

/// From the filter field into the list: the arrows move the selection without leaving the field.
pub(super) fn steps_from_filter(ctx: &Context) -> Option<Command> {
    ctx.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        if input.consume_key(none, egui::Key::ArrowDown) {
            Some(Command::List(ListCommand::MoveSelection(
                SelectionMove::By(1),
            )))
        } else if input.consume_key(none, egui::Key::ArrowUp) {
            Some(Command::List(ListCommand::MoveSelection(
                SelectionMove::By(-1),
            )))
        } else {
            None
        }
    })
}
