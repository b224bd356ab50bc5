//! The effects that the state requests from the runtime, which alone runs them.

use crate::state::create::messages::ChangeEffect;
use crate::state::history::messages::HistoryEffect;
use crate::state::import::messages::ImportEffect;
use crate::state::list::messages::ListEffect;
use crate::state::rotation::messages::RotationEffect;
use crate::state::session::messages::SessionEffect;
use crate::state::shell::messages::{SettingsEffect, ShellEffect};
use crate::state::tokens::messages::TokenEffect;

/// Everything the runtime can do.
#[derive(Debug)]
pub enum Effect {
    /// Sign-ins, sessions and stored keys.
    Session(SessionEffect),
    /// Reading businesses.
    List(ListEffect),
    /// Tokens and the clipboard.
    Token(TokenEffect),
    /// Creating, editing and archiving businesses.
    Change(ChangeEffect),
    /// Importing a file.
    Import(ImportEffect),
    /// Replacing the key, and reminders about it.
    Rotation(RotationEffect),
    /// The history's files.
    History(HistoryEffect),
    /// Network settings and the connection test.
    Settings(SettingsEffect),
    /// Saving files, and copying text that is not secret.
    Shell(ShellEffect),
}

from_features!(Effect: Session(SessionEffect), List(ListEffect), Token(TokenEffect), Change(ChangeEffect), Import(ImportEffect), Rotation(RotationEffect), History(HistoryEffect), Settings(SettingsEffect), Shell(ShellEffect));
