//! What has happened outside.

use crate::state::create::messages::{CreateEvent, EditEvent};
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEvent;
use crate::state::import::messages::ImportEvent;
use crate::state::list::messages::ListEvent;
use crate::state::rotation::messages::RotationEvent;
use crate::state::session::messages::{KeychainEvent, RequestEvent, SignInEvent};
use crate::state::shell::messages::{SettingsEvent, ShellEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenEvent};

/// Everything the runtime can report.
#[derive(Debug)]
pub enum Event {
    /// Belongs to one sign-in; of one that has ended it is dropped.
    Session(Generation, SessionEvent),
    /// A key was deleted, or was not.
    Keychain(KeychainEvent),
    /// Something was copied or cleared.
    Clipboard(ClipboardEvent),
    /// Something of the history's files.
    History(HistoryEvent),
    /// Something about the way to the network.
    Settings(SettingsEvent),
    /// Files, and the time zone.
    Shell(ShellEvent),
}

from_features!(Event: Keychain(KeychainEvent), Clipboard(ClipboardEvent), History(HistoryEvent), Settings(SettingsEvent), Shell(ShellEvent));

/// What can happen during a sign-in or a session.
#[derive(Debug)]
pub enum SessionEvent {
    /// To the sign-in and its key.
    SignIn(SignInEvent),
    /// To the list.
    List(ListEvent),
    /// To a token.
    Token(TokenEvent),
    /// To a create.
    Create(CreateEvent),
    /// To a change of a stored business.
    Edit(EditEvent),
    /// To an import.
    Import(ImportEvent),
    /// To the replacement of the key.
    Rotation(RotationEvent),
    /// To any request.
    Request(RequestEvent),
}

from_features!(SessionEvent: SignIn(SignInEvent), List(ListEvent), Token(TokenEvent), Create(CreateEvent), Edit(EditEvent), Import(ImportEvent), Rotation(RotationEvent), Request(RequestEvent));
