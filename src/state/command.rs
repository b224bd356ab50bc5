//! The commands of all features in one enum.

use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::history::messages::HistoryCommand;
use crate::state::import::messages::ImportCommand;
use crate::state::list::messages::ListCommand;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::messages::{LockCommand, SessionCommand};
use crate::state::shell::messages::{SettingsCommand, ShellCommand};
use crate::state::tokens::messages::TokenCommand;

/// Everything a screen, or the start of the program, can request from the state.
#[derive(Debug)]
pub enum Command {
    /// Sign-in, sign-out and profiles.
    Session(SessionCommand),
    /// Lock, unlock, or stay unlocked.
    Lock(LockCommand),
    /// The list of businesses.
    List(ListCommand),
    /// Business tokens.
    Token(TokenCommand),
    /// The form for a new business.
    Create(CreateCommand),
    /// The form for a stored business, and the archive.
    Edit(EditCommand),
    /// Import from a file.
    Import(ImportCommand),
    /// The key of the session and its replacement.
    Rotation(RotationCommand),
    /// The page of the history.
    History(HistoryCommand),
    /// Pages, toasts, share mode.
    Shell(ShellCommand),
    /// Settings, including the network.
    Settings(SettingsCommand),
}

from_features!(Command: Session(SessionCommand), Lock(LockCommand), List(ListCommand), Token(TokenCommand), Create(CreateCommand), Edit(EditCommand), Import(ImportCommand), Rotation(RotationCommand), History(HistoryCommand), Shell(ShellCommand), Settings(SettingsCommand));
