//! The one place that derives the history from what is asked for and from what happens.

use std::path::PathBuf;

use crate::domain::draft::Field;
use crate::domain::failure::FailureKind;
use crate::domain::history::{Action, Counts, HistoryEntry, Outcome, Reason, Whose};
use crate::domain::import::Tally;
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::text::ServerText;
use crate::domain::time::Now;
use crate::domain::write::{WriteFailure, WriteOutcome};
use crate::state::app_state::{AppState, Front};
use crate::state::command::Command;
use crate::state::create::creating::Phase;
use crate::state::create::editing::EditPhase;
use crate::state::create::messages::{CreateCommand, CreateEvent, EditCommand, EditEvent};
use crate::state::cx::Cx;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEffect;
use crate::state::import::messages::ImportEvent;
use crate::state::rotation::messages::RotationEvent;
use crate::state::session::attempt::{Attempt, AttemptStage};
use crate::state::session::lock::Why;
use crate::state::session::messages::{KeychainEvent, Removal, SessionCommand, SignInEvent};
use crate::state::session::open::Open;
use crate::state::shell::messages::{FileTrouble, SavedFile, ShellEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenCommand, TokenEvent};

/// What has to be known before a change, to tell afterwards what was done.
pub(in crate::state) struct Watch {
    was_locked: bool,
    /// An import that was running, and what it had done.
    running: Option<(Profile, Tally)>,
    /// The profile that has not switched to a new key yet, where news may tell that it has.
    not_switched: Option<Profile>,
    noted: Option<Noted>,
}

/// An entry with the profile that it is about: the entry itself has only the short form of that, which does not tell
/// whether it may be written down.
struct Noted {
    profile: Option<Profile>,
    entry: HistoryEntry,
}

impl Noted {
    fn of(profile: &Profile, entry: HistoryEntry) -> Self {
        Self {
            profile: Some(profile.clone()),
            entry,
        }
    }
}

impl Watch {
    /// Before time passes.
    pub(in crate::state) fn tick(state: &AppState) -> Self {
        Self {
            was_locked: state.locked().is_some(),
            running: running(state),
            not_switched: None,
            noted: None,
        }
    }

    /// Before a command is followed.
    pub(in crate::state) fn command(state: &AppState, command: &Command, now: Now) -> Self {
        Self {
            noted: of_command(state, command, now),
            ..Self::tick(state)
        }
    }

    /// Before an event is taken note of.
    pub(in crate::state) fn event(state: &AppState, event: &Event, now: Now) -> Self {
        Self {
            not_switched: switch(state, false).map(|(profile, _)| profile.clone()),
            noted: of_event(state, event, now),
            ..Self::tick(state)
        }
    }

    /// Afterwards: what was done joins the history, and what is to be written the effects.
    pub(in crate::state) fn end(self, state: &mut AppState, cx: &mut Cx) {
        let now = cx.now;
        let is_told = |action: Action| {
            let noted = self.noted.as_ref();
            noted.is_some_and(|noted| noted.entry.action == action)
        };
        let broken_off = self
            .running
            .filter(|_| running(state).is_none() && !is_told(Action::Imported))
            .map(|(profile, tally)| {
                let entry = entry(Some(&profile), Action::Imported, now);
                let entry = entry.counting(counts(tally)).ended(Outcome::Stopped);
                Noted::of(&profile, entry)
            });
        let found_switched = self
            .not_switched
            .filter(|_| !is_told(Action::Rotated))
            .and_then(|before| Some((before, switch(state, true)?)))
            .filter(|(before, (profile, _))| before == *profile)
            .map(|(_, (profile, new))| Noted::of(profile, rotated(profile, new, now)));
        // What begins locked was not open before.
        let locked = state
            .locked()
            .filter(|locked| !self.was_locked && locked.why != Why::AtStart)
            .map(|locked| &locked.profile)
            .map(|profile| Noted::of(profile, entry(Some(profile), Action::Locked, now)));
        let noted = self.noted.map(|noted| corrected(noted, state));
        let all = [broken_off, noted, found_switched, locked];
        for Noted { profile, entry } in all.into_iter().flatten() {
            if profile.is_none_or(|profile| state.leaves_trace(&profile)) {
                cx.push(HistoryEffect::Record(Box::new(entry.clone())));
            }
            state.history.push(entry);
        }
    }
}

fn running(state: &AppState) -> Option<(Profile, Tally)> {
    let open = state.open.as_ref()?;
    let run = open.workspace.import.running()?;
    Some((open.profile().clone(), run.tally()))
}

/// The profile and its new key, if that is in use by now or is not, as is asked. A switch whose answer went astray is
/// found out when the key is read again, or when another is typed in its place.
fn switch(state: &AppState, is_switched: bool) -> Option<(&Profile, Option<KeyFingerprint>)> {
    let profile = state.profile()?;
    let known = match state.front() {
        Front::Session(_) => state.known_now(),
        Front::Lock(..) | Front::SignIn(_) => state.saved.known(profile),
    };
    let rotation = known.and_then(|known| known.rotation.as_ref());
    let switched = rotation.filter(|rotation| rotation.is_switched());
    (switched.is_some() == is_switched).then(|| (profile, switched.and_then(|it| it.new)))
}

fn rotated(profile: &Profile, new: Option<KeyFingerprint>, now: Now) -> HistoryEntry {
    let mut entry = entry(Some(profile), Action::Rotated, now);
    entry.fingerprint = new.map(Into::into);
    entry
}

fn entry(profile: Option<&Profile>, action: Action, now: Now) -> HistoryEntry {
    HistoryEntry::new(now.wall, profile.map(Whose::from), action)
}

fn counts(tally: Tally) -> Counts {
    Counts {
        done: tally.created as u64,
        existed: tally.existed as u64,
        failed: (tally.refused + tally.open) as u64,
    }
}

/// Whether a business was created, existed, or is in doubt is decided with what was asked before.
fn corrected(noted: Noted, state: &AppState) -> Noted {
    let Noted { profile, entry } = noted;
    let phase = state
        .open
        .as_ref()
        .filter(|open| entry.action == Action::Created && profile.as_ref() == Some(open.profile()))
        .map(|open| &open.workspace.creating.phase);
    let entry = match phase {
        Some(Phase::Existed(_)) => entry.ended(Outcome::Existed),
        Some(Phase::Unknown(_)) => entry.ended(Outcome::Unknown),
        Some(Phase::Typing | Phase::Arming | Phase::Sending { .. } | Phase::Failed(_)) | None => {
            entry
        }
    };
    Noted { profile, entry }
}

fn of_command(state: &AppState, command: &Command, now: Now) -> Option<Noted> {
    let workspace = state.workspace()?;
    let entry = |action| entry(Some(&workspace.profile), action, now);
    let entry = match command {
        Command::Session(SessionCommand::SignOut) => entry(Action::SignedOut),
        Command::Create(CreateCommand::Cancel) => {
            if !matches!(workspace.creating.phase, Phase::Sending { .. }) {
                return None;
            }
            let typed = workspace.creating.draft.get(Field::LegalName);
            // Stays so where it was certainly not sent.
            let entry = entry(Action::Created).ended(Outcome::Stopped);
            entry.named(&ServerText::from(typed))
        }
        Command::Edit(EditCommand::Cancel) => {
            let editing = workspace.editing.as_ref()?;
            if !matches!(editing.phase, EditPhase::Sending { .. }) {
                return None;
            }
            let row = workspace.list.book().get(editing.business);
            let entry = entry(Action::Edited).ended(Outcome::Unknown);
            entry.about(editing.business, row.as_ref().and_then(|row| row.title()))
        }
        Command::Token(TokenCommand::Forget(id)) => {
            let held = workspace.tokens.get(*id)?;
            let entry = entry(Action::TokenForgotten).about(*id, held.name.as_ref());
            entry.with_fingerprint(held.token.fingerprint)
        }
        Command::Token(TokenCommand::ForgetAll) => {
            if workspace.tokens.is_empty() {
                return None;
            }
            let done = workspace.tokens.len() as u64;
            entry(Action::TokenForgotten).counting(Counts {
                done,
                ..Counts::default()
            })
        }
        // What else is asked for does nothing to a business, a key or a token, or is noted when it is answered.
        Command::Session(
            SessionCommand::SignIn { .. }
            | SessionCommand::OpenProfile(_)
            | SessionCommand::ExploreDemo
            | SessionCommand::CancelSignIn
            | SessionCommand::StoreKey
            | SessionCommand::DismissProblem
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
            | EditCommand::Close
            | EditCommand::Change(_)
            | EditCommand::Preview
            | EditCommand::Back
            | EditCommand::Submit
            | EditCommand::SetArchived { .. },
        )
        | Command::Token(
            TokenCommand::Copy { .. }
            | TokenCommand::Renew(_)
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
    Some(Noted::of(&workspace.profile, entry))
}

fn of_event(state: &AppState, event: &Event, now: Now) -> Option<Noted> {
    match event {
        Event::Session(generation, event) => of_session(state, *generation, event, now),
        Event::Keychain(KeychainEvent::Removed(profile, removal)) => {
            let entry = entry(Some(profile), Action::ProfileRemoved, now);
            let entry = match removal {
                Removal::Proved => entry,
                Removal::Refused(_) | Removal::StillThere | Removal::NotProved(_) => {
                    entry.failed(Reason::Keychain)
                }
            };
            Some(Noted::of(profile, entry))
        }
        Event::Clipboard(ClipboardEvent::HandoutCopied { ticket, result }) => {
            let open = state.open.as_ref()?;
            let copying = open.copying.as_ref();
            let copying = copying.filter(|copying| copying.ticket == *ticket)?;
            let held = open.workspace.tokens.get(copying.business)?;
            let mut entry = entry(Some(open.profile()), Action::TokenCopied, now)
                .about(copying.business, held.name.as_ref())
                .with_fingerprint(held.token.fingerprint);
            entry.format = Some(copying.format);
            let entry = match result {
                Ok(()) => entry,
                Err(_) => entry.failed(Reason::Clipboard),
            };
            Some(Noted::of(open.profile(), entry))
        }
        Event::Shell(ShellEvent::Exported {
            profile,
            count,
            result,
        }) => exported(Some(profile), *count, result, now),
        Event::Shell(ShellEvent::FileSaved {
            profile,
            what: SavedFile::History(count),
            result,
        }) => exported(profile.as_ref(), *count, result, now),
        // Nothing that is done to a business, a key or a token.
        Event::Keychain(KeychainEvent::Deleted(..))
        | Event::Clipboard(ClipboardEvent::TextCopied { .. } | ClipboardEvent::Cleared(_))
        | Event::Shell(
            ShellEvent::ZoneChanged(_)
            | ShellEvent::FileSaved {
                what: SavedFile::Sample | SavedFile::Calendar | SavedFile::FailedRows(_),
                ..
            }
            | ShellEvent::NotSaved { .. },
        )
        | Event::Settings(_)
        | Event::History(_) => None,
    }
}

/// A file is written, or is not; a dialog that was closed is nothing.
fn exported(
    profile: Option<&Profile>,
    count: usize,
    result: &Result<Option<PathBuf>, FileTrouble>,
    now: Now,
) -> Option<Noted> {
    let entry = entry(profile, Action::Exported, now);
    let entry = match result {
        Ok(Some(_)) => entry.counting(Counts {
            done: count as u64,
            ..Counts::default()
        }),
        Ok(None) => return None,
        Err(FileTrouble::SessionEnded) => entry.ended(Outcome::Stopped),
        Err(FileTrouble::NoDialog | FileTrouble::Refused(_)) => entry.failed(Reason::File),
    };
    Some(Noted {
        profile: profile.cloned(),
        entry,
    })
}

/// What happens to the sign-in that is tried, or to the session that runs; anything else belongs to one that has ended.
fn of_session(
    state: &AppState,
    generation: Generation,
    event: &SessionEvent,
    now: Now,
) -> Option<Noted> {
    let attempt = state.attempt.as_ref();
    if let Some(attempt) = attempt.filter(|attempt| attempt.generation == generation) {
        return match event {
            SessionEvent::SignIn(event) => of_attempt(state, attempt, event, now),
            SessionEvent::List(_)
            | SessionEvent::Token(_)
            | SessionEvent::Create(_)
            | SessionEvent::Edit(_)
            | SessionEvent::Import(_)
            | SessionEvent::Rotation(_)
            | SessionEvent::Request(_) => None,
        };
    }
    let open = state.open.as_ref();
    let open = open.filter(|open| open.generation == generation)?;
    let entry = of_open(open, event, now)?;
    Some(Noted::of(open.profile(), entry))
}

/// A sign-in or an unlocking has come to its end.
fn of_attempt(state: &AppState, attempt: &Attempt, event: &SignInEvent, now: Now) -> Option<Noted> {
    let why = match (event, &attempt.stage) {
        (SignInEvent::Proved(result), AttemptStage::Proving(_)) => {
            result.as_ref().err().map(Reason::from)
        }
        (SignInEvent::KeyFetched(Err(_)), AttemptStage::FetchingKey { .. }) => {
            Some(Reason::Keychain)
        }
        // Of variables without a key no more is said than on the screen.
        (SignInEvent::KeyFetched(Ok(None)), AttemptStage::FetchingKey { source, .. })
            if *source == KeySource::Keychain =>
        {
            Some(Reason::NoKey)
        }
        (
            SignInEvent::Proved(_)
            | SignInEvent::KeyFetched(_)
            | SignInEvent::DemoReady(_)
            | SignInEvent::KeyStored(_),
            _,
        ) => return None,
    };
    let profile = attempt.profile()?;
    let action = match state.locked() {
        Some(_) => Action::Unlocked,
        None => Action::SignedIn,
    };
    let entry = entry(Some(profile), action, now);
    let entry = match why {
        Some(why) => entry.failed(why),
        None => entry,
    };
    Some(Noted::of(profile, entry))
}

/// The switch to a new key, and whether the old one still works.
fn of_rotation(open: &Open, news: &RotationEvent, now: Now) -> Option<HistoryEntry> {
    let entry = |action| entry(Some(open.profile()), action, now);
    match news {
        RotationEvent::Proved(_) | RotationEvent::ProvedAgain(Ok(())) => None,
        RotationEvent::ProvedAgain(Err(failure)) => {
            Some(entry(Action::Rotated).failed(failure.into()))
        }
        RotationEvent::Switched { .. } if news.is_switch() => {
            let new = open.keys.proof.as_ref().map(|proof| proof.fingerprint);
            Some(rotated(open.profile(), new, now))
        }
        RotationEvent::Switched { .. } => Some(entry(Action::Rotated).failed(Reason::Keychain)),
        RotationEvent::OldChecked(Ok(())) => {
            Some(entry(Action::OldKeyChecked).failed(Reason::OldKeyAlive))
        }
        RotationEvent::OldChecked(Err(failure)) if failure.kind == FailureKind::KeyRefused => {
            Some(entry(Action::OldKeyChecked))
        }
        RotationEvent::OldChecked(Err(failure)) => {
            Some(entry(Action::OldKeyChecked).failed(failure.into()))
        }
    }
}

fn of_open(open: &Open, event: &SessionEvent, now: Now) -> Option<HistoryEntry> {
    let workspace = &open.workspace;
    let entry = |action| entry(Some(open.profile()), action, now);
    let name_of = |id| {
        let row = workspace.list.book().get(id);
        row.and_then(|row| row.title().cloned())
    };
    match event {
        SessionEvent::Rotation(news) => of_rotation(open, news, now),
        SessionEvent::Token(TokenEvent::Fetched(id, result)) => {
            // A fetch that was cancelled is nobody's.
            workspace.tokens.fetch(*id)?;
            let entry = entry(Action::TokenIssued).about(*id, name_of(*id).as_ref());
            Some(match result {
                Ok(token) => entry.with_fingerprint(token.fingerprint),
                Err(failure) => entry.failed(failure.into()),
            })
        }
        SessionEvent::Create(CreateEvent::Created(Ok(answer))) => {
            let business = &answer.detail.business;
            Some(entry(Action::Created).about(business.id, business.title()))
        }
        SessionEvent::Create(CreateEvent::Created(Err(failure))) => {
            let typed = workspace.creating.draft.get(Field::LegalName);
            let named = entry(Action::Created).named(&ServerText::from(typed));
            Some(not_done(named, failure))
        }
        SessionEvent::Edit(EditEvent::Updated(id, result)) => {
            let entry = entry(Action::Edited).about(*id, name_of(*id).as_ref());
            Some(ended(entry, result.as_ref().err()))
        }
        SessionEvent::Edit(EditEvent::Archived {
            business,
            is_archived,
            result,
        }) => {
            let action = if *is_archived {
                Action::Archived
            } else {
                Action::Unarchived
            };
            let entry = entry(action).about(*business, name_of(*business).as_ref());
            Some(ended(entry, result.as_ref().err()))
        }
        SessionEvent::Import(ImportEvent::Ended) => {
            let run = workspace.import.running()?;
            let result = if run.is_stopping {
                Outcome::Stopped
            } else {
                Outcome::Done
            };
            let entry = entry(Action::Imported).counting(counts(run.tally()));
            Some(entry.ended(result))
        }
        SessionEvent::Import(
            ImportEvent::Chosen(_)
            | ImportEvent::Progress { .. }
            | ImportEvent::Read { .. }
            | ImportEvent::Judging { .. }
            | ImportEvent::Judged { .. }
            | ImportEvent::Unfinished(_)
            | ImportEvent::Rows(_)
            | ImportEvent::Waiting { .. }
            | ImportEvent::Halted(_),
        )
        | SessionEvent::SignIn(_)
        | SessionEvent::List(_)
        | SessionEvent::Request(_) => None,
    }
}

fn ended(entry: HistoryEntry, failure: Option<&WriteFailure>) -> HistoryEntry {
    match failure {
        Some(failure) => not_done(entry, failure),
        None => entry,
    }
}

fn not_done(entry: HistoryEntry, failure: &WriteFailure) -> HistoryEntry {
    let entry = entry.failed((&failure.failure).into());
    match failure.outcome {
        WriteOutcome::NotDone => entry,
        WriteOutcome::Unknown => entry.ended(Outcome::Unknown),
        WriteOutcome::Done => HistoryEntry {
            why: None,
            ..entry.ended(Outcome::Done)
        },
    }
}
