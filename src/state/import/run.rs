//! A run: what was sent, what came of it, and how fast it goes.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use super::messages::Halt;
use super::shown::RowResult;
use crate::domain::business::BusinessIds;
use crate::domain::import::{Journal, RowOutcome, RowVerdict, Tally, Verdict};
use crate::domain::time::BootInstant;

/// How far back the rate looks.
const RATE_SPAN: Duration = Duration::from_secs(30);

/// A run under way, or over.
#[derive(Debug)]
pub struct Run {
    /// What became of the rows.
    pub journal: Journal,
    /// Rows that this run sends; the others are for earlier sessions or not to be created.
    rows: HashSet<usize>,
    /// Sums of the outcomes, kept because every frame shows them.
    tally: Tally,
    /// How many rows wait for an answer.
    sending: usize,
    /// How many rows wait for their turn.
    unsent: usize,
    /// How many rows the dry run found to exist, and no session has sent.
    existing: usize,
    /// How many rows the dry run found to be invalid, and no session has sent.
    invalid: usize,
    /// How many of this run's rows have an answer.
    done: usize,
    /// The user wants nothing more sent for now.
    pub is_paused: bool,
    /// The user has ended it; the last answers are awaited.
    pub is_stopping: bool,
    /// It paused by itself.
    pub halt: Option<Halt>,
    /// The server wants all requests to wait.
    pub wait: Option<Wait>,
    /// When how many rows were answered, the last half minute of them.
    paces: VecDeque<(BootInstant, usize)>,
}

/// A wait that the server asked for.
#[derive(Debug)]
pub struct Wait {
    /// Until when.
    pub until: BootInstant,
    /// Its reason, in a few words.
    pub why: String,
}

impl Run {
    pub(super) fn new(journal: Journal, rows: HashSet<usize>, verdicts: &[Verdict]) -> Self {
        let outcomes = &journal.outcomes;
        // What an earlier session did with a row counts for more than what is said of it now.
        let untouched = |is_meant: fn(&RowVerdict) -> bool| {
            let rows = verdicts.iter().filter(|verdict| is_meant(&verdict.outcome));
            rows.filter(|verdict| !outcomes.contains_key(&verdict.row))
                .count()
        };
        let sending = outcomes.values().filter(|one| **one == RowOutcome::Sending);
        let unsent = rows.iter().filter(|row| !outcomes.contains_key(row));
        Self {
            tally: journal.tally(),
            sending: sending.count(),
            unsent: unsent.count(),
            existing: untouched(|outcome| {
                matches!(
                    outcome,
                    RowVerdict::Exists { .. } | RowVerdict::Differs { .. }
                )
            }),
            invalid: untouched(|outcome| matches!(outcome, RowVerdict::Invalid { .. })),
            journal,
            rows,
            done: 0,
            is_paused: false,
            is_stopping: false,
            halt: None,
            wait: None,
            paces: VecDeque::new(),
        }
    }

    /// How many rows have an answer, earlier sessions included, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        let total = self.total();
        let left = self.rows.len().saturating_sub(self.done);
        (total.saturating_sub(left), total)
    }

    /// How many rows there are in all, earlier sessions included.
    pub fn total(&self) -> usize {
        self.journal.head.to_create.max(self.rows.len())
    }

    /// Sums of what came of them.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// What it has created, earlier sessions included.
    pub(super) fn created(&self) -> BusinessIds {
        let outcomes = self.journal.outcomes.values();
        outcomes
            .filter_map(|outcome| match outcome {
                RowOutcome::Created { id } => Some(*id),
                _ => None,
            })
            .collect()
    }

    /// How many rows existed, whether the dry run or the server says so.
    pub fn existed(&self) -> usize {
        self.existing + self.tally.existed
    }

    /// Rows per minute over the last half minute; `None` while nothing can be said.
    pub fn per_minute(&self, now: BootInstant) -> Option<u64> {
        let (first, _) = self.paces.front()?;
        let span = now.saturating_since(*first);
        if span < Duration::from_secs(1) {
            return None;
        }
        let rows: usize = self.paces.iter().map(|(_, rows)| rows).sum();
        Some((rows as f64 * 60.0 / span.as_secs_f64()).round() as u64)
    }

    /// How many rows did not become businesses. While it runs, rows that wait for their turn or for
    /// an answer do not count; in the end they do.
    pub(super) fn failed_count(&self, is_over: bool) -> usize {
        let settled = self.invalid + self.tally.refused + self.tally.open;
        if is_over {
            settled + self.unsent
        } else {
            settled - self.sending
        }
    }

    pub(super) fn result_of<'a>(&'a self, verdict: &'a Verdict) -> RowResult<'a> {
        match self.journal.outcomes.get(&verdict.row) {
            Some(outcome) => RowResult::Sent(outcome),
            None if self.rows.contains(&verdict.row) => RowResult::Waiting,
            None if verdict.outcome == RowVerdict::Create => RowResult::Waiting,
            None => RowResult::Judged(verdict),
        }
    }

    /// Takes note of a row.
    pub(in super::super) fn note(&mut self, row: usize, outcome: RowOutcome, now: BootInstant) {
        let is_ours = self.rows.contains(&row);
        let is_sending = outcome == RowOutcome::Sending;
        let is_final = outcome.is_final();
        let before = self.journal.outcomes.insert(row, outcome.clone());
        self.sending += usize::from(is_sending);
        *of(&mut self.tally, &outcome) += 1;
        if let Some(before) = &before {
            *of(&mut self.tally, before) -= 1;
        }
        self.sending -= usize::from(before == Some(RowOutcome::Sending));
        self.unsent -= usize::from(is_ours && before.is_none());
        // A doubt is no answer, be it one of an earlier session that is asked about again.
        if is_final && !before.is_some_and(|before| before.is_final()) {
            self.done += usize::from(is_ours);
            self.wait = None;
            match self.paces.back_mut() {
                Some((at, rows)) if *at == now => *rows += 1,
                _ => self.paces.push_back((now, 1)),
            }
        }
    }

    /// Time passes.
    pub(in super::super) fn tick(&mut self, now: BootInstant) {
        self.wait.take_if(|wait| wait.until <= now);
        while let Some((at, _)) = self.paces.front()
            && now.saturating_since(*at) > RATE_SPAN
        {
            self.paces.pop_front();
        }
    }

    /// The rate starts anew after a pause.
    pub(in super::super) fn forget_pace(&mut self) {
        self.paces.clear();
    }

    /// Whether anything is being sent.
    pub fn is_moving(&self) -> bool {
        !self.is_paused && self.halt.is_none()
    }

    pub(super) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let counts_down = self.wait.is_some() || (self.is_moving() && !self.paces.is_empty());
        counts_down.then(|| now.saturating_add(Duration::from_secs(1)))
    }
}

/// The sum that an outcome counts for.
fn of<'a>(tally: &'a mut Tally, outcome: &RowOutcome) -> &'a mut usize {
    match outcome {
        RowOutcome::Created { .. } => &mut tally.created,
        RowOutcome::Existed { .. } => &mut tally.existed,
        RowOutcome::Refused { .. } => &mut tally.refused,
        RowOutcome::Sending | RowOutcome::Unclear { .. } => &mut tally.open,
    }
}
