//! Dispatches keys to actions, using the table of actions.

use egui::{Context, Event};

use super::Screen;
use super::actions::{Action, ActionEntry, entries};
use super::held_keys::{self, KeysDown};
use super::pasted_secret::NOT_SEARCHED;
use super::run_action::act;
use super::screens::Screens;
use crate::state::AppState;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::widgets::is_select_focused;

/// Runs the actions whose keys were pressed in this frame. An open dialog or menu gets all other keys than those of
/// [`Action::runs_over_dialogs`].
pub(super) fn dispatch(screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    screens.held_keys.follow(ctx);
    held_keys::clipboard_keys(ctx);
    let runs_over = |entry: &ActionEntry| entry.action.runs_over_dialogs();
    if let Some(entry) = pressed(&screens.held_keys, ctx, false, runs_over) {
        run(entry, screens, ctx, screen);
        return;
    }
    // Not `Context::any_popup_open`, which only knows popups already drawn in this frame.
    if screens.is_dialog_over(screen.state) || egui::Popup::is_any_open(ctx) {
        return;
    }
    plus_without_shift(ctx);
    let is_typing = ctx.text_edit_focused();
    if !is_typing && let Some(text) = paste_on_the_list(ctx, screen) {
        // A filter is displayed and stored; neither may happen to a secret.
        if screen.state.is_secret(&text) {
            screen.send(ShellCommand::ShowUnavailable(NOT_SEARCHED));
        } else if text.trim().chars().count() > MAX_SEARCHED_LEN {
            screen.send(ShellCommand::ShowUnavailable(TOO_LONG));
        } else {
            screens.businesses.search_for(text);
        }
        return;
    }
    let takes_letters = !is_typing && !is_select_focused(ctx) && takes_letters(screen.state);
    if let Some(entry) = pressed(&screens.held_keys, ctx, takes_letters, |_| true) {
        run(entry, screens, ctx, screen);
    }
}

/// Runs the action, or says why it can't run.
fn run(entry: &ActionEntry, screens: &mut Screens, ctx: &Context, screen: &mut Screen<'_>) {
    match entry.action.unavailable_reason(screen.state, screen.now) {
        None => act(entry.action, screens, ctx, screen),
        // Escape had nothing to close, and before sign-in no action is available.
        Some(_) if screen.state.workspace().is_none() => {}
        Some(why) => screen.send(ShellCommand::ShowUnavailable(why)),
    }
}

const TOO_LONG: &str = "The clipboard holds too much text to search for";

/// Longest text of a business, in characters.
const MAX_SEARCHED_LEN: usize = 255;

/// While a key is being typed or pasted on the key page, a letter that misses the field must not trigger an action.
fn takes_letters(state: &AppState) -> bool {
    let is_at_key = state
        .workspace()
        .is_some_and(|workspace| workspace.page == Page::Key);
    !(is_at_key && state.rotation().is_some())
}

/// Text pasted while the list has the focus, to be searched for.
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

/// Treats Ctrl and the equals key as Ctrl and plus, for layouts with plus on the same key.
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

/// The action whose shortcut was pressed, if `is_meant`. Without `takes_letters`, only actions that also work while typing count.
fn pressed(
    held: &KeysDown,
    ctx: &Context,
    takes_letters: bool,
    is_meant: impl Fn(&ActionEntry) -> bool,
) -> Option<&'static ActionEntry> {
    ctx.input_mut(|input| {
        let (at, entry) = (0..input.events.len()).find_map(|at| {
            let Some(Event::Key { key, modifiers, .. }) = input.events.get(at) else {
                return None;
            };
            let (key, modifiers) = (*key, *modifiers);
            let entry = entries().find(|entry| {
                is_meant(entry)
                    && entry.is_bound_to(key, modifiers, takes_letters)
                    && held.is_press_of(entry, input, at)
            })?;
            // The focused button or the table handles these keys itself.
            (entry.action != Action::OpenDetail).then_some((at, entry))
        })?;
        if entry.action != Action::Close {
            input.events.remove(at);
        }
        if !entry.in_text {
            // Keeps the letter out of a field that gets the focus in this frame.
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)));
        }
        Some(entry)
    })
}
