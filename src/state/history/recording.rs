//! Records the history. This is the only module that derives entries from commands and events.

use jiff::Timestamp;

use crate::domain::history::{HistoryAction, HistoryOutcome};
use crate::domain::profile::Profile;
use crate::domain::time::Now;
use crate::domain::token::Fingerprint;
use crate::state::app_state::AppState;
use crate::state::command::Command;
use crate::state::cx::Cx;
use crate::state::event::Event;
use crate::state::history::messages::HistoryEffect;
use crate::state::import::messages::ImportEffect;
use crate::state::session::lock::LockReason;

use super::entries::{ImportResults, PendingEntry, entry, interrupted, rotated};
use super::of_command::of_command;
use super::of_event::of_event;

/// The facts that must be captured before a change in order to tell afterwards what was done.
pub(in crate::state) struct BeforeChange {
    was_locked: bool,
    /// An import that was running.
    running: Option<RunningImport>,
    /// The profile, if it had not switched to a new key yet. An event may reveal that it has.
    not_switched: Option<Profile>,
    noted: Option<PendingEntry>,
}

impl BeforeChange {
    /// Captures the state before a tick.
    pub(in crate::state) fn tick(state: &AppState) -> Self {
        Self {
            was_locked: state.locked().is_some(),
            running: running(state),
            not_switched: None,
            noted: None,
        }
    }

    /// Captures the state before a command.
    pub(in crate::state) fn command(state: &AppState, command: &Command, now: Now) -> Self {
        Self {
            noted: of_command(state, command, now),
            ..Self::tick(state)
        }
    }

    /// Captures the state before an event.
    pub(in crate::state) fn event(state: &AppState, event: &Event, now: Now) -> Self {
        Self {
            not_switched: switch(state, false).map(|(profile, _)| profile.clone()),
            noted: of_event(state, event, now),
            ..Self::tick(state)
        }
    }

    /// Adds what was done to the history, and saves it if the profile may leave traces.
    pub(in crate::state) fn end(self, state: &mut AppState, cx: &mut Cx) {
        let now = cx.now;
        let is_told = |action: HistoryAction| {
            let noted = self.noted.as_ref();
            noted.is_some_and(|noted| noted.entry.action == action)
        };
        let interrupted = self
            .running
            .filter(|_| running(state).is_none() && !is_told(HistoryAction::Imported))
            .map(|run| run.interrupted(state, cx));
        let found_switched = self
            .not_switched
            .filter(|_| !is_told(HistoryAction::Rotated))
            .and_then(|before| Some((before, switch(state, true)?)))
            .filter(|(before, (profile, _))| before == *profile)
            .map(|(_, (profile, new))| PendingEntry::of(profile, rotated(profile, new, now)));
        // A profile that starts locked was not open before.
        let locked = state
            .locked()
            .filter(|locked| !self.was_locked && locked.why != LockReason::AtStart)
            .map(|locked| &locked.profile)
            .map(|profile| {
                PendingEntry::of(profile, entry(Some(profile), HistoryAction::Locked, now))
            });
        let noted = self
            .noted
            .filter(|noted| !was_discard_declined(noted, state));
        let noted = noted.map(|noted| corrected(noted, state));
        let all = [interrupted, noted, found_switched, locked];
        for noted in all.into_iter().flatten() {
            record(state, noted, cx);
        }
    }
}

/// Records an import that the end of the program interrupts.
pub(in crate::state) fn before_exit(state: &mut AppState, cx: &mut Cx) {
    if let Some(run) = running(state) {
        let noted = run.interrupted(state, cx);
        record(state, noted, cx);
    }
}

fn record(state: &mut AppState, noted: PendingEntry, cx: &mut Cx) {
    let PendingEntry { profile, entry } = noted;
    if profile.is_none_or(|profile| state.may_persist(&profile)) {
        cx.push(HistoryEffect::Record(Box::new(entry.clone())));
    }
    state.history.push(entry, &state.zone);
}

/// An import under way.
struct RunningImport {
    profile: Profile,
    started: Timestamp,
    results: ImportResults,
}

impl RunningImport {
    /// The entry for its interruption. Marks its results as recorded, because it can be resumed.
    fn interrupted(self, state: &AppState, cx: &mut Cx) -> PendingEntry {
        let noted = interrupted(&self.profile, &self.results, cx.now);
        if state.may_persist(&self.profile) {
            let results = self.results.settled();
            cx.push(ImportEffect::Recorded(self.profile, self.started, results));
        }
        noted
    }
}

fn running(state: &AppState) -> Option<RunningImport> {
    let open = state.open.as_ref()?;
    let run = open.workspace.import.running()?;
    Some(RunningImport {
        profile: open.profile().clone(),
        started: run.journal.head.started,
        results: run.into(),
    })
}

/// Whether the interrupted import still exists, because the import that would replace it is waiting for a confirmation.
fn was_discard_declined(noted: &PendingEntry, state: &AppState) -> bool {
    let open = state.open.as_ref();
    noted.entry.action == HistoryAction::ImportDiscarded
        && open.is_some_and(|open| open.workspace.import.unfinished().is_some())
}

/// The profile on screen, if its rotation has switched or, for `is_switched == false`, has not; and its new key. A switch
/// whose answer was lost is found when the key is read again or another key is entered instead.
fn switch(state: &AppState, is_switched: bool) -> Option<(&Profile, Option<Fingerprint>)> {
    let profile = state.profile()?;
    let rotation = state
        .known(profile)
        .and_then(|known| known.rotation.as_ref());
    let switched = rotation.filter(|rotation| rotation.is_switched());
    (switched.is_some() == is_switched).then(|| (profile, switched.and_then(|it| it.new)))
}

/// Corrects the outcome of a create: only its handler can decide whether the business existed or the result is unknown.
fn corrected(noted: PendingEntry, state: &AppState) -> PendingEntry {
    let PendingEntry { profile, entry } = noted;
    let creating = state
        .open
        .as_ref()
        .filter(|open| {
            entry.action == HistoryAction::Created && profile.as_ref() == Some(open.profile())
        })
        .map(|open| &open.workspace.creating);
    let entry = match creating {
        Some(creating) if creating.existed.is_some() => entry.ended(HistoryOutcome::Existed),
        Some(creating) if creating.input.is_unknown() => entry.ended(HistoryOutcome::Unknown),
        Some(_) | None => entry,
    };
    PendingEntry { profile, entry }
}
