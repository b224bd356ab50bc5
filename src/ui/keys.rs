//! From keys to what they do, by the one table of actions.

use egui::{Context, Event};

use super::actions::{Action, ActionEntry, TABLE, subject};
use super::businesses::row_menu::copy_of_several;
use super::dialogs::Dialog;
use super::held_keys::{self, KeysDown};
use super::profiles::ProfilesDialog;
use super::{Screen, Screens, history, settings};
use crate::domain::business::BusinessText;
use crate::domain::export::Format;
use crate::domain::settings::Scale;
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::list::messages::{ListCommand, SelectionMove};
use crate::state::session::messages::LockCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::state::tokens::messages::TokenCommand;
use crate::ui::screen::Wish;
use crate::widgets::{focus_on, is_select_focused};

/// How far a key moves the edge of the pane, in px.
const PANE_STEP: f32 = 16.0;

/// Does what the keys of this frame ask for. A dialog or an open menu has the keys for itself.
pub(super) fn dispatch(screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    screens.held_keys.follow(ctx);
    held_keys::clipboard_keys(ctx);
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
    if !is_typing && let Some(text) = paste_on_the_list(ctx, screen) {
        // A filter is shown and remembered, and a secret must be neither.
        if screen.state.is_secret(&text) {
            screen.ask(ShellCommand::SayObstacle(NOT_SEARCHED));
        } else if text.trim().chars().count() > LONGEST_SEARCHED {
            screen.ask(ShellCommand::SayObstacle(TOO_LONG));
        } else {
            screens.businesses.search_for(text);
        }
        return;
    }
    let takes_letters = !is_typing && !is_select_focused(ctx) && takes_letters(screen.state);
    let Some(entry) = pressed(&screens.held_keys, ctx, takes_letters) else {
        return;
    };
    match entry.action.obstacle(screen.state) {
        None => act(entry.action, screens, ctx, screen),
        // Esc has nothing to close, and before the sign-in there is nothing to do yet.
        Some(_) if screen.state.workspace().is_none() => {}
        Some(why) => screen.ask(ShellCommand::SayObstacle(why)),
    }
}

/// Said of a secret that is pasted where it would be shown and remembered.
pub(super) const NOT_SEARCHED: &str =
    "This looks like a key or a token, so it was not searched for";

const TOO_LONG: &str = "The clipboard holds too much text to search for";

/// No text of a business is longer, in characters.
const LONGEST_SEARCHED: usize = 255;

/// Takes a secret that is being pasted out of the events of this frame; whether there was one.
pub(super) fn refuse_secret(ctx: &Context, state: &AppState) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input
            .events
            .retain(|event| !matches!(event, Event::Paste(text) if state.is_secret(text)));
        input.events.len() < before
    })
}

/// Where a key is typed or pasted, a letter that misses its field must do nothing.
fn takes_letters(state: &AppState) -> bool {
    let is_at_key = state
        .workspace()
        .is_some_and(|workspace| workspace.page == Page::Key);
    !(is_at_key && state.rotation().is_some())
}

/// What is pasted while the list has the keyboard is looked for.
fn paste_on_the_list(ctx: &Context, screen: &Screen<'_>) -> Option<String> {
    let workspace = screen.state.workspace()?;
    if workspace.page != Page::Businesses {
        return None;
    }
    ctx.input_mut(|input| {
        let at = input
            .events
            .iter()
            .position(|event| matches!(event, Event::Paste(_)))?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })
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

/// The action whose key was pressed. Without `takes_letters`, only of those that act while something is typed.
fn pressed(held: &KeysDown, ctx: &Context, takes_letters: bool) -> Option<&'static ActionEntry> {
    ctx.input_mut(|input| {
        let (at, entry) = (0..input.events.len()).find_map(|at| {
            let Some(Event::Key { key, modifiers, .. }) = input.events.get(at) else {
                return None;
            };
            let (key, modifiers) = (*key, *modifiers);
            let entry = TABLE.iter().find(|entry| {
                entry.is_bound_to(key, modifiers, takes_letters)
                    && held.is_press_of(entry, input, at)
            })?;
            // A focused button or the table takes these for itself.
            (entry.action != Action::OpenDetail).then_some((at, entry))
        })?;
        if entry.action != Action::Close {
            input.events.remove(at);
        }
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
            focus_on(ctx, history::filter_id());
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
        Action::CopyId | Action::CopyExternalId if several(screen).is_some() => several(screen)
            .map(|workspace| {
                let (text, what) = match action {
                    Action::CopyId => (None, "ids"),
                    _ => (Some(BusinessText::ExternalId), "external_ids"),
                };
                copy_of_several(workspace, text, what).into()
            }),
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
        Action::CopyNote => business.map(|business| TokenCommand::CopyNote(business).into()),
        Action::Refresh => Some(Command::List(ListCommand::Refresh)),
        Action::OpenDetail => Some(Command::List(ListCommand::ShowDetail(true))),
        Action::TogglePin => business.map(|id| ListCommand::TogglePin(id).into()),
        Action::NewBusiness => Some(Command::Create(CreateCommand::Open)),
        Action::Close => close(screens, screen),
        Action::SelectNext => step(1),
        Action::SelectPrevious => step(-1),
        Action::ShowBusinesses => Some(Command::Shell(ShellCommand::ShowPage(Page::Businesses))),
        Action::ShowImport => Some(Command::Shell(ShellCommand::ShowPage(Page::Import))),
        Action::ShowKey => Some(Command::Shell(ShellCommand::ShowPage(Page::Key))),
        Action::ShowTokens => Some(Command::Shell(ShellCommand::ShowPage(Page::Tokens))),
        Action::ShowSettings => settings::open(screen),
        Action::Larger => Some(settings::zoom(screen, |scale| scale.step(true))),
        Action::Smaller => Some(settings::zoom(screen, |scale| scale.step(false))),
        Action::NaturalSize => Some(settings::zoom(screen, |_| Scale::default())),
        Action::ShowHistory => Some(Command::Shell(ShellCommand::ShowPage(Page::History))),
        Action::ShowOverview => Some(Command::Shell(ShellCommand::ShowPage(Page::Overview))),
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
            screen.wish(Wish::Palette);
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
            screen.wish(Wish::Dialog(Dialog::Help));
            None
        }
    };
    screen.out.extend(command);
}

fn step(rows: isize) -> Option<Command> {
    Some(ListCommand::MoveSelection(SelectionMove::By(rows)).into())
}

fn is_at_history(screen: &Screen<'_>) -> bool {
    let workspace = screen.state.workspace();
    workspace.is_some_and(|workspace| workspace.page == Page::History)
}

/// The workspace where several rows of its list are chosen.
fn several<'a>(screen: &Screen<'a>) -> Option<&'a Workspace> {
    let workspace = screen.state.workspace()?;
    let is_here = workspace.page == Page::Businesses;
    (is_here && workspace.marks.several().is_some()).then_some(workspace)
}

fn external_id(screen: &Screen<'_>) -> Option<String> {
    let workspace = screen.state.workspace()?;
    let row = workspace.list.book().get(subject(screen.state)?)?;
    row.external_id.as_ref().map(|id| id.raw().to_owned())
}

/// Esc leaves a text field first, then chooses one row only, then closes the pane, then takes the filter away: its text, and then its terms.
fn close(screens: &mut Screens, screen: &Screen<'_>) -> Option<Command> {
    if screens.was_typing {
        return None;
    }
    let workspace = screen.state.workspace()?;
    if several(screen).is_some() {
        return Some(Command::List(ListCommand::ClearMarks));
    }
    if workspace.is_detail_open {
        return Some(Command::List(ListCommand::ShowDetail(false)));
    }
    if workspace.page == Page::Businesses {
        screens.businesses.clear_a_step();
    }
    None
}

/// From the filter field into the list: the arrows move the selection without leaving the field.
pub(super) fn steps_from_filter(ctx: &Context) -> Option<Command> {
    ctx.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        if input.consume_key(none, egui::Key::ArrowDown) {
            step(1)
        } else if input.consume_key(none, egui::Key::ArrowUp) {
            step(-1)
        } else {
            None
        }
    })
}
