//! The events that the runtime reports.

use crate::domain::business::BusinessId;
use crate::domain::failure::Failure;
use crate::domain::request_notice::RequestNotice;
use crate::domain::token::BusinessToken;
use crate::state::create::messages::ChangeEvent;
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEvent;
use crate::state::import::messages::ImportEvent;
use crate::state::list::messages::ListEvent;
use crate::state::rotation::messages::RotationEvent;
use crate::state::session::messages::{KeychainEvent, SignInEvent};
use crate::state::shell::messages::{SettingsEvent, ShellEvent};
use crate::state::tokens::messages::ClipboardEvent;

/// Everything the runtime can report.
#[derive(Debug)]
pub enum Event {
    /// Belongs to one sign-in or session; dropped if that has ended.
    Session(Generation, SessionEvent),
    /// A key was deleted, or deleting it failed.
    Keychain(KeychainEvent),
    /// A copy or a clearing of the clipboard has succeeded or failed.
    Clipboard(ClipboardEvent),
    /// The history's files were read or written.
    History(HistoryEvent),
    /// Certificate files, network settings and the connection test.
    Settings(SettingsEvent),
    /// Saved files, time zone changes and signals of the system's session.
    Shell(ShellEvent),
}

from_features!(Event: Keychain(KeychainEvent), Clipboard(ClipboardEvent), History(HistoryEvent), Settings(SettingsEvent), Shell(ShellEvent));

/// Events of one sign-in or session.
#[derive(Debug)]
pub enum SessionEvent {
    /// Events of the sign-in and its key.
    SignIn(SignInEvent),
    List(ListEvent),
    /// Fetching a token has ended; a token that failed its checks is a failure.
    TokenFetched(BusinessId, Result<BusinessToken, Failure>),
    /// New, edited and archived businesses.
    Change(ChangeEvent),
    Import(ImportEvent),
    /// The replacement of the key.
    Rotation(RotationEvent),
    /// Any request.
    Request(RequestNotice),
}

/// An event of a feature, with its sign-in or session.
impl<E: Into<SessionEvent>> From<(Generation, E)> for Event {
    fn from((generation, event): (Generation, E)) -> Self {
        Self::Session(generation, event.into())
    }
}

from_features!(SessionEvent: SignIn(SignInEvent), List(ListEvent), Change(ChangeEvent), Import(ImportEvent), Rotation(RotationEvent), Request(RequestNotice));
