//! Derives an entry of the history from a command.

use crate::domain::draft::Field;
use crate::domain::history::{HistoryAction, HistoryCounts, HistoryEntry, HistoryOutcome};
use crate::domain::text::ServerText;
use crate::domain::time::Now;
use crate::state::app_state::AppState;
use crate::state::command::Command;
use crate::state::create::messages::{CreateCommand, EditCommand};
use crate::state::import::messages::ImportCommand;
use crate::state::session::messages::SessionCommand;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::messages::TokenCommand;

use super::entries::{ImportResults, PendingEntry, entry};
use super::of_event::source_of;

pub(super) fn of_command(state: &AppState, command: &Command, now: Now) -> Option<PendingEntry> {
    if let (Command::Session(SessionCommand::OpenTested), Some(attempt)) =
        (command, state.attempt())
    {
        let profile = attempt.profile()?;
        let entry = entry(Some(profile), HistoryAction::SignedIn, now);
        return Some(PendingEntry::of(
            profile,
            entry.with_key_from(source_of(attempt)),
        ));
    }
    let workspace = state.workspace()?;
    let entry = |action| entry(Some(&workspace.profile), action, now);
    let entry = match command {
        Command::Session(SessionCommand::SignOut) => entry(HistoryAction::SignedOut),
        Command::Create(CreateCommand::Cancel) => {
            workspace.creating.input.sent_at()?;
            let typed = workspace.creating.input.draft[Field::LegalName].as_str();
            // `recording` changes this to unknown if the request may have been sent.
            let entry = entry(HistoryAction::Created).ended(HistoryOutcome::Stopped);
            entry.named(&ServerText::from(typed))
        }
        Command::Edit(EditCommand::Cancel) => {
            let editing = workspace.editing.as_ref()?;
            editing.input.sent_at()?;
            let row = workspace.list.businesses().get(editing.business);
            let entry = entry(HistoryAction::Edited).ended(HistoryOutcome::Unknown);
            entry.about(editing.business, row.as_ref().and_then(|row| row.title()))
        }
        Command::Token(TokenCommand::Forget(id)) => {
            let held = workspace.tokens.get(*id)?;
            let entry = entry(HistoryAction::TokenForgotten).about(*id, held.name.as_ref());
            entry.with_fingerprint(held.token.fingerprint)
        }
        Command::Token(TokenCommand::ForgetExpired) => {
            let tokens = &workspace.tokens;
            forgotten(&entry, tokens.len() - tokens.live_count(now.boot))?
        }
        Command::Token(TokenCommand::ForgetAll) => forgotten(&entry, workspace.tokens.len())?,
        // `recording` drops the entry if the other import does not start yet.
        Command::Import(
            ImportCommand::Discard | ImportCommand::DiscardAndStart | ImportCommand::Confirm,
        ) => unfinished(workspace)?.entry_in_all(entry(HistoryAction::ImportDiscarded)),
        // All others do nothing to a business, key or token, or are recorded once their result is known.
        Command::Session(
            SessionCommand::SignIn { .. }
            | SessionCommand::SignInFrom { .. }
            | SessionCommand::OpenTested
            | SessionCommand::ChangeTested
            | SessionCommand::ApproveSource(_)
            | SessionCommand::OpenProfile(_)
            | SessionCommand::ExploreDemo
            | SessionCommand::CancelSignIn
            | SessionCommand::CancelKeyRefetch
            | SessionCommand::StoreKey
            | SessionCommand::AddProfile
            | SessionCommand::RenameProfile(..)
            | SessionCommand::RemoveProfile(_),
        )
        | Command::Create(
            CreateCommand::Open
            | CreateCommand::Close
            | CreateCommand::Change(_)
            | CreateCommand::Discard
            | CreateCommand::UndoDiscard
            | CreateCommand::Submit
            | CreateCommand::ConfirmProduction
            | CreateCommand::CheckOutcome
            | CreateCommand::BackToDraft
            | CreateCommand::AcceptExisting,
        )
        | Command::Edit(
            EditCommand::Open
            | EditCommand::OpenOnceRead(_)
            | EditCommand::Close
            | EditCommand::Discard
            | EditCommand::DiscardRestored
            | EditCommand::Change(_)
            | EditCommand::Preview
            | EditCommand::Back
            | EditCommand::Submit
            | EditCommand::SetArchived { .. },
        )
        | Command::Token(
            TokenCommand::Copy { .. }
            | TokenCommand::CopySelected
            | TokenCommand::CopyNote(_)
            | TokenCommand::FetchNew(_)
            | TokenCommand::CancelFetch(_)
            | TokenCommand::ClearClipboard,
        )
        | Command::Lock(_)
        | Command::List(_)
        | Command::Import(_)
        | Command::Rotation(_)
        | Command::History(_)
        | Command::Shell(_)
        | Command::Settings(_) => return None,
    };
    Some(PendingEntry::of(&workspace.profile, entry))
}

/// The results of the interrupted import.
fn unfinished(workspace: &Workspace) -> Option<ImportResults> {
    let unfinished = workspace.import.unfinished()?;
    Some(unfinished.journal.as_ref().into())
}

/// The entry for forgetting this many tokens at once.
fn forgotten(
    entry: &impl Fn(HistoryAction) -> HistoryEntry,
    tokens: usize,
) -> Option<HistoryEntry> {
    let counts = HistoryCounts {
        done: tokens as u64,
        ..HistoryCounts::default()
    };
    (tokens > 0).then(|| entry(HistoryAction::TokenForgotten).counting(counts))
}
