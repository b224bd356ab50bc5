//! The one place that derives the history from what is asked for and from what happens.

use std::path::PathBuf;

use crate::domain::draft::Field;
use crate::domain::failure::FailureKind;
use crate::domain::history::{Action, Counts, HistoryEntry, Outcome, Reason, Whose};
use crate::domain::import::Tally;
use crate::domain::profile::Profile;
use crate::domain::rotation::KeyFingerprint;
use crate::domain::text::ServerText;
use crate::domain::time::Now;
use crate::domain::write::{WriteFailure, WriteOutcome};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::create::creating::Phase;
use crate::state::create::editing::EditPhase;
use crate::state::create::messages::{CreateCommand, CreateEvent, EditCommand, EditEvent};
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::history::messages::HistoryEffect;
use crate::state::import::messages::ImportEvent;
use crate::state::rotation::Keys;
use crate::state::rotation::messages::RotationEvent;
use crate::state::session::attempt::Session;
use crate::state::session::lock::Why;
use crate::state::session::messages::{KeychainEvent, Removal, SessionCommand, SignInEvent};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{FileTrouble, SavedFile, ShellEvent};
use crate::state::tokens::messages::{ClipboardEvent, TokenCommand, TokenEvent};

/// What has to be known before a change, to tell afterwards what was done.
pub(in crate::state) struct Watch {
    was_locked: bool,
    /// An import that was running, and what it had done.
    running: Option<(Profile, Tally)>,
    /// The profile that has not switched to a new key yet, where news may tell that it has.
    not_switched: Option<Profile>,
    entry: Option<HistoryEntry>,
}

impl Watch {
    /// Before time passes.
    pub(in crate::state) fn tick(state: &AppState) -> Self {
        Self {
            was_locked: state.locked().is_some(),
            running: running(state),
            not_switched: None,
            entry: None,
        }
    }

    /// Before a command is followed.
    pub(in crate::state) fn command(state: &AppState, command: &Command, now: Now) -> Self {
        Self {
            entry: of_command(state, command, now),
            ..Self::tick(state)
        }
    }

    /// Before an event is taken note of.
    pub(in crate::state) fn event(state: &AppState, event: &Event, now: Now) -> Self {
        Self {
            not_switched: switch(state, false).map(|(profile, _)| profile.clone()),
            entry: of_event(state, event, now),
            ..Self::tick(state)
        }
    }

    /// Afterwards: what was done joins the history, and what is to be written the effects.
    pub(in crate::state) fn end(self, state: &mut AppState, effects: &mut Vec<Effect>, now: Now) {
        let has_ended = |entry: &HistoryEntry| entry.action == Action::Imported;
        let broken_off = self
            .running
            .filter(|_| running(state).is_none() && !self.entry.as_ref().is_some_and(has_ended));
        let has_switched = |entry: &HistoryEntry| entry.action == Action::Rotated;
        let is_told = self.entry.as_ref().is_some_and(has_switched);
        let found_switched = self
            .not_switched
            .filter(|_| !is_told)
            .and_then(|before| Some((before, switch(state, true)?)))
            .filter(|(before, (profile, _))| before == *profile)
            .map(|(_, (profile, new))| rotated(profile, new, now));
        let entries = [
            broken_off.map(|(profile, tally)| {
                let entry = entry(Some(&profile), Action::Imported, now);
                entry.counting(counts(tally)).ended(Outcome::Stopped)
            }),
            self.entry.map(|entry| corrected(entry, state)),
            found_switched,
            (!self.was_locked && is_newly_locked(state))
                .then(|| entry(profile_of(state), Action::Locked, now)),
        ];
        for entry in entries.into_iter().flatten() {
            if is_written(state, &entry) {
                effects.push(Effect::History(HistoryEffect::Record(Box::new(
                    entry.clone(),
                ))));
            }
            state.history.push(entry);
        }
    }
}

/// The worlds that are open: the one that is shown, and the one that waits while another sign-in is tried.
fn open_worlds(state: &AppState) -> impl Iterator<Item = &Workspace> {
    let waiting = state.others.waiting_workspace();
    state.workspace.iter().chain(waiting)
}

fn running(state: &AppState) -> Option<(Profile, Tally)> {
    open_worlds(state).find_map(|workspace| {
        let run = workspace.import.running()?;
        Some((workspace.profile.clone(), run.tally()))
    })
}

/// The profile and its new key, if that is in use by now or is not, as is asked. A switch whose answer went astray is
/// found out when the key is read again, or when another is typed in its place.
fn switch(state: &AppState, is_switched: bool) -> Option<(&Profile, Option<KeyFingerprint>)> {
    let profile = profile_of(state)?;
    let known = match &state.workspace {
        Some(_) => state.known_now(),
        None => state.saved.known(profile),
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

/// What begins locked was not open before.
fn is_newly_locked(state: &AppState) -> bool {
    matches!(&state.session, Session::Locked(locked) if locked.why != Why::AtStart)
}

/// Whether an entry goes to the file: the demo leaves no trace, as its businesses leave none, and no more does a session
/// from the variables that the console was started with.
fn is_written(state: &AppState, entry: &HistoryEntry) -> bool {
    let Some(whose) = &entry.whose else {
        return true;
    };
    let traceless = state.traceless.as_ref();
    let is_traceless = traceless
        .filter(|profile| !state.leaves_trace(profile))
        .is_some_and(|profile| *whose == Whose::from(profile));
    whose.environment != DEMO && !is_traceless
}

/// As the environment of the embedded server calls itself; a test holds it to that.
const DEMO: &str = "Demo";

fn entry(profile: Option<&Profile>, action: Action, now: Now) -> HistoryEntry {
    HistoryEntry::new(now.wall, profile.map(Whose::from), action)
}

fn profile_of(state: &AppState) -> Option<&Profile> {
    state.session.profile()
}

fn counts(tally: Tally) -> Counts {
    Counts {
        done: tally.created as u64,
        existed: tally.existed as u64,
        failed: (tally.refused + tally.open) as u64,
    }
}

/// Whether a business was created, existed, or is in doubt is decided with what was asked before.
fn corrected(entry: HistoryEntry, state: &AppState) -> HistoryEntry {
    if entry.action != Action::Created {
        return entry;
    }
    let phase = open_worlds(state)
        .find(|world| entry.whose.as_ref() == Some(&Whose::from(&world.profile)))
        .map(|workspace| &workspace.creating.phase);
    match phase {
        Some(Phase::Existed(_)) => entry.ended(Outcome::Existed),
        Some(Phase::Unknown(_)) => entry.ended(Outcome::Unknown),
        _ => entry,
    }
}

fn of_command(state: &AppState, command: &Command, now: Now) -> Option<HistoryEntry> {
    let workspace = state.workspace.as_ref()?;
    let entry = |action| entry(Some(&workspace.profile), action, now);
    match command {
        Command::Session(SessionCommand::SignOut) => Some(entry(Action::SignedOut)),
        Command::Create(CreateCommand::Cancel)
            if matches!(workspace.creating.phase, Phase::Sending { .. }) =>
        {
            let typed = workspace.creating.draft.get(Field::LegalName);
            // Stays so where it was certainly not sent.
            let entry = entry(Action::Created).ended(Outcome::Stopped);
            Some(entry.named(&ServerText::from(typed)))
        }
        Command::Edit(EditCommand::Cancel) => {
            let editing = workspace.editing.as_ref()?;
            let is_sending = matches!(editing.phase, EditPhase::Sending { .. });
            let row = workspace.list.book().get(editing.business);
            let entry = entry(Action::Edited).ended(Outcome::Unknown);
            let entry = entry.about(editing.business, row.as_ref().and_then(|row| row.title()));
            is_sending.then_some(entry)
        }
        Command::Token(TokenCommand::Forget(id)) => {
            let held = workspace.tokens.get(*id)?;
            let entry = entry(Action::TokenForgotten).about(*id, held.name.as_ref());
            Some(entry.with_fingerprint(held.token.fingerprint))
        }
        Command::Token(TokenCommand::ForgetAll) if !workspace.tokens.is_empty() => {
            let done = workspace.tokens.len() as u64;
            Some(entry(Action::TokenForgotten).counting(Counts {
                done,
                ..Counts::default()
            }))
        }
        _ => None,
    }
}

fn of_event(state: &AppState, event: &Event, now: Now) -> Option<HistoryEntry> {
    match event {
        Event::Session(generation, event) if *generation == state.generation => {
            of_session(state, event, now)
        }
        Event::Session(generation, event) if state.others.waits_as(*generation) => {
            let (workspace, keys) = state.others.waiting_world()?;
            match event {
                SessionEvent::Rotation(news) => of_rotation(&workspace.profile, keys, news, now),
                _ => of_work(workspace, event, now),
            }
        }
        Event::Keychain(KeychainEvent::Removed(profile, removal)) => {
            let entry = entry(Some(profile), Action::ProfileRemoved, now);
            Some(match removal {
                Removal::Proved => entry,
                Removal::Refused(_) | Removal::StillThere | Removal::NotProved(_) => {
                    entry.failed(Reason::Keychain)
                }
            })
        }
        Event::Clipboard(ClipboardEvent::HandoutCopied { ticket, result }) => {
            let copying = state.copying.as_ref();
            let copying = copying.filter(|copying| copying.ticket == *ticket)?;
            let mut worlds = open_worlds(state);
            let world = worlds.find(|world| world.profile == copying.profile)?;
            let held = world.tokens.get(copying.business)?;
            let mut entry = entry(Some(&copying.profile), Action::TokenCopied, now)
                .about(copying.business, held.name.as_ref())
                .with_fingerprint(held.token.fingerprint);
            entry.format = Some(copying.format);
            Some(match result {
                Ok(()) => entry,
                Err(_) => entry.failed(Reason::Clipboard),
            })
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
        // Nothing that is done to a business, a key or a token, or something of a session that has ended.
        Event::Session(..)
        | Event::Keychain(KeychainEvent::Deleted(..))
        | Event::Shell(ShellEvent::ZoneChanged(_))
        | Event::Clipboard(ClipboardEvent::TextCopied { .. })
        | Event::Clipboard(ClipboardEvent::Cleared(_))
        | Event::Shell(ShellEvent::FileSaved { .. })
        | Event::Settings(_)
        | Event::History(_)
        | Event::Shell(ShellEvent::NotSaved { .. }) => None,
    }
}

/// A file is written, or is not; a dialog that was closed is nothing.
fn exported(
    profile: Option<&Profile>,
    count: usize,
    result: &Result<Option<PathBuf>, FileTrouble>,
    now: Now,
) -> Option<HistoryEntry> {
    let entry = entry(profile, Action::Exported, now);
    match result {
        Ok(Some(_)) => Some(entry.counting(Counts {
            done: count as u64,
            ..Counts::default()
        })),
        Ok(None) => None,
        Err(FileTrouble::SessionEnded) => Some(entry.ended(Outcome::Stopped)),
        Err(FileTrouble::NoDialog | FileTrouble::Refused(_)) => Some(entry.failed(Reason::File)),
    }
}

fn of_session(state: &AppState, event: &SessionEvent, now: Now) -> Option<HistoryEntry> {
    let entry = |action| entry(profile_of(state), action, now);
    let beginning = || {
        entry(match state.lock.unlocking {
            Some(_) => Action::Unlocked,
            None => Action::SignedIn,
        })
    };
    match (event, &state.session) {
        (SessionEvent::SignIn(SignInEvent::Proved(result)), Session::SigningIn { .. }) => {
            Some(match result {
                Ok(()) => beginning(),
                Err(failure) => beginning().failed(failure.into()),
            })
        }
        (SessionEvent::SignIn(SignInEvent::KeyRead(Ok(None))), Session::ReadingKey { .. }) => {
            Some(beginning().failed(Reason::NoKey))
        }
        (SessionEvent::SignIn(SignInEvent::KeyRead(Err(_))), Session::ReadingKey { .. }) => {
            Some(beginning().failed(Reason::Keychain))
        }
        (SessionEvent::Rotation(news), _) => {
            of_rotation(profile_of(state)?, &state.keys, news, now)
        }
        _ => of_work(state.workspace.as_ref()?, event, now),
    }
}

/// The switch to a new key, and whether the old one still works.
fn of_rotation(
    profile: &Profile,
    keys: &Keys,
    news: &RotationEvent,
    now: Now,
) -> Option<HistoryEntry> {
    let entry = |action| entry(Some(profile), action, now);
    match news {
        RotationEvent::Proved(_) | RotationEvent::ProvedAgain(Ok(())) => None,
        RotationEvent::ProvedAgain(Err(failure)) => {
            Some(entry(Action::Rotated).failed(failure.into()))
        }
        RotationEvent::Switched { .. } if news.is_switch() => {
            let new = keys.proof.as_ref().map(|proof| proof.fingerprint);
            Some(rotated(profile, new, now))
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

fn of_work(workspace: &Workspace, event: &SessionEvent, now: Now) -> Option<HistoryEntry> {
    let entry = |action| entry(Some(&workspace.profile), action, now);
    let name_of = |id| {
        let row = workspace.list.book().get(id);
        row.and_then(|row| row.title().cloned())
    };
    match event {
        // A fetch that was cancelled is nobody's.
        SessionEvent::Token(TokenEvent::Fetched(id, result))
            if workspace.tokens.fetch(*id).is_some() =>
        {
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
        _ => None,
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
