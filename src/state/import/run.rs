//! A run: the rows that were sent, their results, and the rate.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use super::messages::AutoPause;
use super::row_result::RowResult;
use crate::domain::business::BusinessIds;
use crate::domain::import::{Journal, RowOutcome, RowVerdict, Tally, Verdict};
use crate::domain::time::BootInstant;

/// The time span of the rate.
const RATE_SPAN: Duration = Duration::from_secs(30);

/// A run that is under way or has ended.
#[derive(Debug)]
pub struct ImportRun {
    /// The results of the rows.
    pub journal: Journal,
    /// The rows that this run sends. The others were sent in earlier sessions or are not to be created.
    rows: HashSet<usize>,
    /// Counts of the results, maintained because every frame shows them.
    tally: Tally,
    /// Number of rows waiting to be sent.
    unsent: usize,
    /// Number of rows that the dry run found to exist, and that no session has sent.
    existing: usize,
    /// Number of rows that the dry run found to be invalid, and that no session has sent.
    invalid: usize,
    /// Number of this run's rows that have an answer.
    done: usize,
    /// Number of requests that are under way.
    pub in_flight: usize,
    /// The last row of the file that was sent so far.
    pub last: Option<usize>,
    /// Whether the user has paused it.
    pub is_paused: bool,
    /// Whether the user has stopped it, with some answers still pending.
    pub is_stopping: bool,
    /// Why it has paused by itself.
    pub auto_pause: Option<AutoPause>,
    /// Set while the server requires a pause of all requests.
    pub wait: Option<ServerWait>,
    /// How many rows were answered at which time, within `RATE_SPAN`.
    paces: VecDeque<(BootInstant, usize)>,
}

/// A pause that the server requires.
#[derive(Debug)]
pub struct ServerWait {
    pub until: BootInstant,
    /// The reason, in a few words.
    pub why: String,
}

impl ImportRun {
    pub(super) fn new(journal: Journal, rows: HashSet<usize>, verdicts: &[Verdict]) -> Self {
        let outcomes = &journal.outcomes;
        // If an earlier session sent a row, its result takes precedence over the new verdict.
        let untouched = |is_meant: fn(&RowVerdict) -> bool| {
            let rows = verdicts.iter().filter(|verdict| is_meant(&verdict.outcome));
            rows.filter(|verdict| !outcomes.contains_key(&verdict.row))
                .count()
        };
        let unsent = rows.iter().filter(|row| !outcomes.contains_key(row));
        Self {
            tally: journal.tally(),
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
            in_flight: 0,
            last: None,
            is_paused: false,
            is_stopping: false,
            auto_pause: None,
            wait: None,
            paces: VecDeque::new(),
        }
    }

    /// Number of rows with an answer, and of all rows, both including earlier sessions.
    pub fn progress(&self) -> (usize, usize) {
        let total = self.journal.head.to_create.max(self.rows.len());
        let left = self.rows.len().saturating_sub(self.done);
        (total.saturating_sub(left), total)
    }

    /// Counts of the results.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The businesses it created, including earlier sessions.
    pub(super) fn created(&self) -> BusinessIds {
        let outcomes = self.journal.outcomes.values();
        outcomes
            .filter_map(|outcome| match outcome {
                RowOutcome::Created { id, .. } => Some(*id),
                _ => None,
            })
            .collect()
    }

    /// Number of rows without a final result.
    pub fn left(&self) -> usize {
        self.unsent + self.tally.unknown
    }

    /// Number of rows that existed, according to the dry run or the server.
    pub fn existed(&self) -> usize {
        self.existing + self.tally.existed
    }

    /// Rows per minute over the last half minute; `None` if it is too early to say.
    pub fn per_minute(&self, now: BootInstant) -> Option<u64> {
        let (first, _) = self.paces.front()?;
        let span = now.saturating_since(*first);
        if span < Duration::from_secs(1) || self.paces.len() < 2 {
            return None;
        }
        // The first rows were sent before the span began.
        let later = self.paces.iter().skip(1);
        let rows: usize = later.map(|(_, rows)| rows).sum();
        Some((rows as f64 * 60.0 / span.as_secs_f64()).round() as u64)
    }

    /// Number of rows that the dry run found to exist, and that no session has sent.
    pub(in super::super) fn existing(&self) -> usize {
        self.existing
    }

    /// Number of rows that the dry run found to be invalid, and that no session has sent.
    pub(in super::super) fn invalid(&self) -> usize {
        self.invalid
    }

    /// Number of rows that have not been sent.
    pub(super) fn unsent(&self) -> usize {
        self.unsent
    }

    pub(super) fn result_of<'a>(&'a self, verdict: &'a Verdict) -> RowResult<'a> {
        match self.journal.outcomes.get(&verdict.row) {
            Some(outcome) => RowResult::Sent(outcome),
            None if self.rows.contains(&verdict.row) => RowResult::Waiting,
            None if verdict.outcome == RowVerdict::Create => RowResult::Waiting,
            None => RowResult::Validated(verdict),
        }
    }

    /// Records the result of a row.
    pub(in super::super) fn record(&mut self, row: usize, outcome: RowOutcome, now: BootInstant) {
        self.last = self.last.max(Some(row));
        let is_ours = self.rows.contains(&row);
        let is_final = outcome.is_final();
        let before = self.journal.outcomes.insert(row, outcome.clone());
        *of(&mut self.tally, &outcome) += 1;
        if let Some(before) = &before {
            *of(&mut self.tally, before) -= 1;
        }
        self.unsent -= usize::from(is_ours && before.is_none());
        // An unknown result is not an answer, even if an earlier session left it and the row is being sent again.
        if is_final && !before.is_some_and(|before| before.is_final()) {
            self.done += usize::from(is_ours);
            match self.paces.back_mut() {
                Some((at, rows)) if *at == now => *rows += 1,
                _ => self.paces.push_back((now, 1)),
            }
        }
    }

    /// Takes back that a row was being sent: the run was stopped while it waited for another try.
    pub(in super::super) fn withdraw(&mut self, row: usize) {
        if let Some(before) = self.journal.outcomes.remove(&row) {
            *of(&mut self.tally, &before) -= 1;
            self.unsent += usize::from(self.rows.contains(&row));
        }
    }

    /// Ends a wait that is over, and drops old entries of the rate.
    pub(in super::super) fn tick(&mut self, now: BootInstant) {
        self.wait.take_if(|wait| wait.until <= now);
        while let Some((at, _)) = self.paces.front()
            && now.saturating_since(*at) > RATE_SPAN
        {
            self.paces.pop_front();
        }
    }

    /// Resets the rate, for a pause.
    pub(in super::super) fn forget_pace(&mut self) {
        self.paces.clear();
    }

    /// Whether rows are being sent.
    pub fn is_sending(&self) -> bool {
        !self.is_paused && self.auto_pause.is_none()
    }

    pub(super) fn next_deadline(&self, now: BootInstant) -> Option<BootInstant> {
        let counts_down = self.wait.is_some() || (self.is_sending() && !self.paces.is_empty());
        counts_down.then(|| now.saturating_add(Duration::from_secs(1)))
    }
}

/// The count that a result belongs to.
fn of<'a>(tally: &'a mut Tally, outcome: &RowOutcome) -> &'a mut usize {
    match outcome {
        RowOutcome::Created { .. } => &mut tally.created,
        RowOutcome::Existed { .. } => &mut tally.existed,
        RowOutcome::Rejected { .. } => &mut tally.rejected,
        RowOutcome::Sending | RowOutcome::Unknown { .. } => &mut tally.unknown,
    }
}
