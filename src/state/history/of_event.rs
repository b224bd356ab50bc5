//! Derives an entry of the history from an event.

use std::path::PathBuf;

use crate::domain::draft::Field;
use crate::domain::failure::FailureKind;
use crate::domain::history::{
    FailureReason, HistoryAction, HistoryCounts, HistoryEntry, HistoryOutcome,
};
use crate::domain::key_source::{ExternalSource, KeyProblem, KeySource};
use crate::domain::profile::Profile;
use crate::domain::request_failure::RequestFailure;
use crate::domain::text::ServerText;
use crate::domain::time::Now;
use crate::domain::write_outcome::WriteOutcome;
use crate::state::app_state::AppState;
use crate::state::create::messages::ChangeEvent;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::import::messages::ImportEvent;
use crate::state::rotation::messages::RotationEvent;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::messages::{KeyRemoval, KeychainEvent, SignInEvent};
use crate::state::session::open::Open;
use crate::state::shell::messages::{FileFailure, SavedFile, ShellEvent};
use crate::state::tokens::messages::ClipboardEvent;

use super::entries::{ImportResults, PendingEntry, entry, interrupted, rotated};

pub(super) fn of_event(state: &AppState, event: &Event, now: Now) -> Option<PendingEntry> {
    match event {
        Event::Session(generation, event) => of_session(state, *generation, event, now),
        Event::Keychain(KeychainEvent::Removed(profile, removal)) => {
            let entry = entry(Some(profile), HistoryAction::ProfileRemoved, now);
            let entry = match removal {
                KeyRemoval::Verified => entry,
                KeyRemoval::Failed(_) | KeyRemoval::StillThere => {
                    entry.failed(FailureReason::Keychain)
                }
            };
            Some(PendingEntry::of(profile, entry))
        }
        Event::Clipboard(ClipboardEvent::HandoutCopied { ticket, result }) => {
            let open = state.open.as_ref()?;
            let copying = open.copying.as_ref();
            let copying = copying.filter(|copying| copying.ticket == *ticket)?;
            let held = open.workspace.tokens.get(copying.business)?;
            let mut entry = entry(Some(open.profile()), HistoryAction::TokenCopied, now)
                .about(copying.business, held.name.as_ref())
                .with_fingerprint(held.token.fingerprint);
            entry.format = Some(copying.format);
            let entry = match result {
                Ok(()) => entry,
                Err(_) => entry.failed(FailureReason::Clipboard),
            };
            Some(PendingEntry::of(open.profile(), entry))
        }
        Event::Shell(ShellEvent::FileSaved {
            profile,
            what: SavedFile::List(_) | SavedFile::History(_),
            count,
            result,
        }) => exported(profile.as_ref(), *count, result, now),
        // Nothing here affects a business, a key or a token.
        Event::Keychain(KeychainEvent::Deleted(..) | KeychainEvent::AnswerDeleted(_))
        | Event::Clipboard(ClipboardEvent::TextCopied { .. } | ClipboardEvent::Cleared(_))
        | Event::Shell(
            ShellEvent::SystemSession(_)
            | ShellEvent::ZoneChanged(_)
            | ShellEvent::FileSaved {
                what: SavedFile::Sample | SavedFile::Calendar | SavedFile::FailedRows(_),
                ..
            }
            | ShellEvent::NotSaved { .. }
            | ShellEvent::DialogIsOpen
            | ShellEvent::DraftsSavedAgain,
        )
        | Event::Settings(_)
        | Event::History(_) => None,
    }
}

/// The entry for an export. A dialog that the user closed leaves none.
fn exported(
    profile: Option<&Profile>,
    count: u64,
    result: &Result<Option<PathBuf>, FileFailure>,
    now: Now,
) -> Option<PendingEntry> {
    let entry = entry(profile, HistoryAction::Exported, now);
    let entry = match result {
        Ok(Some(_)) => entry.counting(HistoryCounts {
            done: count,
            ..HistoryCounts::default()
        }),
        Ok(None) => return None,
        Err(FileFailure::SessionEnded) => entry.ended(HistoryOutcome::Interrupted),
        Err(FileFailure::NoDialog | FileFailure::UnresponsiveDialog | FileFailure::Io(_)) => {
            entry.failed(FailureReason::File)
        }
    };
    Some(PendingEntry {
        profile: profile.cloned(),
        entry,
    })
}

/// The entry for an event of the sign-in attempt or the running session. Other events belong to a session that has ended.
fn of_session(
    state: &AppState,
    generation: Generation,
    event: &SessionEvent,
    now: Now,
) -> Option<PendingEntry> {
    let attempt = state.attempt.as_ref();
    if let Some(attempt) = attempt.filter(|attempt| attempt.generation == generation) {
        return match event {
            SessionEvent::SignIn(event) => of_attempt(state, attempt, event, now),
            SessionEvent::List(_)
            | SessionEvent::TokenFetched(..)
            | SessionEvent::Change(_)
            | SessionEvent::Import(_)
            | SessionEvent::Rotation(_)
            | SessionEvent::Request(_) => None,
        };
    }
    let open = state.open.as_ref();
    let open = open.filter(|open| open.generation == generation)?;
    let entry = of_open(open, event, now)?;
    Some(PendingEntry::of(open.profile(), entry))
}

/// The entry for a sign-in or an unlock that has succeeded or failed.
fn of_attempt(
    state: &AppState,
    attempt: &Attempt,
    event: &SignInEvent,
    now: Now,
) -> Option<PendingEntry> {
    let why = match (event, &attempt.stage) {
        // A tested source may still be rejected by the user. Its sign-in is recorded when the session opens.
        (SignInEvent::Verified(Ok(())), AttemptStage::Verifying(verifying))
            if verifying.is_only_tested() =>
        {
            return None;
        }
        (SignInEvent::Verified(result), AttemptStage::Verifying(_)) => {
            result.as_ref().err().map(FailureReason::from)
        }
        (
            SignInEvent::KeyFetched(Err(KeyProblem::Keychain(_))),
            AttemptStage::FetchingKey { .. },
        ) => Some(FailureReason::Keychain),
        (SignInEvent::KeyFetched(Err(KeyProblem::Source(_))), AttemptStage::FetchingKey { .. }) => {
            Some(FailureReason::KeySource)
        }
        // Of the sources without a key, only the keychain is recorded. The sign-in screen reports the others.
        (SignInEvent::KeyFetched(Ok(None)), AttemptStage::FetchingKey { source, .. })
            if *source == KeySource::Keychain =>
        {
            Some(FailureReason::NoKey)
        }
        (
            SignInEvent::Verified(_)
            | SignInEvent::KeyFetched(_)
            | SignInEvent::KeyRefetching
            | SignInEvent::KeyRefetchEnded
            | SignInEvent::KeyRefetched(_)
            | SignInEvent::AnswerStored(_)
            | SignInEvent::DemoGenerating(_)
            | SignInEvent::DemoReady(_)
            | SignInEvent::KeyStored(_),
            _,
        ) => return None,
    };
    let profile = attempt.profile()?;
    let action = match state.locked() {
        Some(_) => HistoryAction::Unlocked,
        None => HistoryAction::SignedIn,
    };
    let entry = entry(Some(profile), action, now);
    let entry = entry.with_key_from(source_of(attempt));
    let entry = match why {
        Some(why) => entry.failed(why),
        None => entry,
    };
    Some(PendingEntry::of(profile, entry))
}

/// The source of a sign-in's key, if it is external.
pub(super) fn source_of(attempt: &Attempt) -> Option<&ExternalSource> {
    match &attempt.stage {
        AttemptStage::FetchingKey { source, .. } => source.external(),
        AttemptStage::Verifying(verifying) | AttemptStage::Tested(verifying) => {
            verifying.source.external()
        }
        AttemptStage::Form { .. } | AttemptStage::StartingDemo { .. } => None,
    }
}

/// The entry for the switch to a new key, or for the check of the old one.
fn of_rotation(open: &Open, event: &RotationEvent, now: Now) -> Option<HistoryEntry> {
    let entry = |action| entry(Some(open.profile()), action, now);
    match event {
        RotationEvent::Verified(_)
        | RotationEvent::VerifiedAgain(Ok(()))
        | RotationEvent::KeyMissing => None,
        RotationEvent::VerifiedAgain(Err(failure)) => {
            Some(entry(HistoryAction::Rotated).failed(failure.into()))
        }
        RotationEvent::Switched { .. } if event.is_switch() => {
            let new = open.keys.proof.as_ref().map(|proof| proof.fingerprint);
            Some(rotated(open.profile(), new, now))
        }
        RotationEvent::Switched { .. } => {
            let why = match open.source.external() {
                Some(_) => FailureReason::KeySource,
                None => FailureReason::Keychain,
            };
            Some(entry(HistoryAction::Rotated).failed(why))
        }
        RotationEvent::OldChecked(Ok(())) => {
            Some(entry(HistoryAction::OldKeyChecked).failed(FailureReason::OldKeyWorks))
        }
        RotationEvent::OldChecked(Err(failure)) if failure.kind == FailureKind::KeyRejected => {
            Some(entry(HistoryAction::OldKeyChecked))
        }
        RotationEvent::OldChecked(Err(failure)) => {
            Some(entry(HistoryAction::OldKeyChecked).failed(failure.into()))
        }
    }
}

fn of_open(open: &Open, event: &SessionEvent, now: Now) -> Option<HistoryEntry> {
    let workspace = &open.workspace;
    let entry = |action| entry(Some(open.profile()), action, now);
    let name_of = |id| {
        let row = workspace.list.businesses().get(id);
        row.and_then(|row| row.title().cloned())
    };
    match event {
        SessionEvent::Rotation(event) => of_rotation(open, event, now),
        SessionEvent::TokenFetched(id, result) => {
            // The result of a cancelled fetch is not recorded.
            workspace.tokens.fetch(*id)?;
            let entry = entry(HistoryAction::TokenIssued).about(*id, name_of(*id).as_ref());
            Some(match result {
                Ok(token) => entry.with_fingerprint(token.fingerprint),
                Err(failure) => entry.failed(failure.into()),
            })
        }
        SessionEvent::Change(ChangeEvent::Created(Ok(answer))) => {
            let business = &answer.detail.business;
            Some(entry(HistoryAction::Created).about(business.id, business.title()))
        }
        SessionEvent::Change(ChangeEvent::Created(Err(failure))) => {
            let typed = workspace.creating.input.draft[Field::LegalName].as_str();
            let named = entry(HistoryAction::Created).named(&ServerText::from(typed));
            Some(not_done(named, failure))
        }
        SessionEvent::Change(ChangeEvent::Updated(id, result)) => {
            let entry = entry(HistoryAction::Edited).about(*id, name_of(*id).as_ref());
            Some(ended(entry, result.as_ref().err()))
        }
        SessionEvent::Change(ChangeEvent::Archived {
            business,
            is_archived,
            result,
        }) => {
            let action = if *is_archived {
                HistoryAction::Archived
            } else {
                HistoryAction::Unarchived
            };
            let entry = entry(action).about(*business, name_of(*business).as_ref());
            Some(ended(entry, result.as_ref().err()))
        }
        SessionEvent::Import(ImportEvent::Ended) => {
            let run = workspace.import.running()?;
            let result = if run.is_stopping {
                HistoryOutcome::Stopped
            } else {
                HistoryOutcome::Done
            };
            let results = ImportResults::from(run);
            let entry = results.naming_file(entry(HistoryAction::Imported));
            Some(entry.counting(results.at_end()).ended(result))
        }
        SessionEvent::Import(ImportEvent::Unfinished(Ok(journal))) => {
            // The program was killed, or more answers arrived after the entry for the interruption.
            let recorded = workspace.import.recorded(journal);
            let results = ImportResults::from(&**journal).since(recorded);
            let is_new = recorded != Some(results.settled());
            let is_interrupted = is_new && workspace.import.running().is_none();
            is_interrupted.then(|| interrupted(open.profile(), &results, now).entry)
        }
        SessionEvent::Import(
            ImportEvent::Chosen(_)
            | ImportEvent::Progress { .. }
            | ImportEvent::Read { .. }
            | ImportEvent::Validating { .. }
            | ImportEvent::Validated { .. }
            | ImportEvent::Unfinished(Err(_))
            | ImportEvent::Rows(_)
            | ImportEvent::InFlight(_)
            | ImportEvent::Withdrawn(_)
            | ImportEvent::Waiting { .. }
            | ImportEvent::AutoPaused(_),
        )
        | SessionEvent::SignIn(_)
        | SessionEvent::List(_)
        | SessionEvent::Request(_) => None,
    }
}

fn ended(entry: HistoryEntry, failure: Option<&RequestFailure>) -> HistoryEntry {
    match failure {
        Some(failure) => not_done(entry, failure),
        None => entry,
    }
}

fn not_done(entry: HistoryEntry, failure: &RequestFailure) -> HistoryEntry {
    let entry = entry.failed((&failure.failure).into());
    match failure.outcome {
        WriteOutcome::NotDone => entry,
        WriteOutcome::Unknown => entry.ended(HistoryOutcome::Unknown),
        WriteOutcome::Done => HistoryEntry {
            why: None,
            ..entry.ended(HistoryOutcome::Done)
        },
    }
}
