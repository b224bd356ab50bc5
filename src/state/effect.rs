//! What the state wants done outside. Only the runtime carries it out.

use crate::state::create::messages::{CreateEffect, EditEffect};
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
    /// Creating a business.
    Create(CreateEffect),
    /// Changing a business.
    Edit(EditEffect),
    /// Importing a file.
    Import(ImportEffect),
    /// Replacing the key, and reminding of it.
    Rotation(RotationEffect),
    /// The history's files.
    History(HistoryEffect),
    /// The way to the network.
    Settings(SettingsEffect),
    /// Files and harmless texts.
    Shell(ShellEffect),
}

from_features!(Effect: Session(SessionEffect), List(ListEffect), Token(TokenEffect), Create(CreateEffect), Edit(EditEffect), Import(ImportEffect), Rotation(RotationEffect), History(HistoryEffect), Settings(SettingsEffect), Shell(ShellEffect));
