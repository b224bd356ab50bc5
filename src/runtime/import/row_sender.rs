//! Sends the rows of a run. A row is sent again if it was certainly not created, or if its result is unknown.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use parking_lot::Mutex;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::auto_pause_reasons::{journal_failed, outage, rejected};
use super::gate::RunGate;
use super::known_ids::KnownIds;
use super::run_journal::RunJournal;
use crate::domain::business::Business;
use crate::domain::draft::{Differences, Draft, Field, LearnedTypes, Stored};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::import::{
    JournalEntry, Mapping, Repairs, RowOutcome, RowReader, Sheet, rejection_in_words,
};
use crate::domain::request_failure::RequestFailure;
use crate::domain::write_outcome::{CreateOutcome, CreateResponse, WriteOutcome};
use crate::partner_api::PartnerApi;
use crate::state::import::messages::{AutoPause, ImportEvent, RowUpdate};

/// Everything needed to send a row.
pub(super) struct RowSender {
    pub(super) api: PartnerApi,
    pub(super) gate: RunGate,
    pub(super) journal: RunJournal,
    pub(super) known_ids: KnownIds,
    pub(super) events: mpsc::Sender<ImportEvent>,
    pub(super) sheet: Arc<Sheet>,
    pub(super) mapping: Mapping,
    pub(super) repairs: Repairs,
    pub(super) learned_types: LearnedTypes,
    pub(super) zone: TimeZone,
    /// Number of requests that are under way.
    pub(super) in_flight: AtomicUsize,
}

/// The result of an attempt to send a row.
enum RowAttempt {
    /// The row is done.
    Settled,
    /// The row was certainly not created; all rows wait before the next attempt.
    Again,
    /// The result is unknown. Sending the same request again resolves it.
    Unknown(RequestFailure),
}

impl RowSender {
    /// Sends row after row until none is left.
    pub(super) async fn rows(&self, rows: &Mutex<std::vec::IntoIter<usize>>) {
        let next = || {
            let mut rows = rows.lock();
            rows.next()
        };
        while let Some(row) = next() {
            self.row(row).await;
        }
    }

    /// Sends one row until it is settled or the run ends.
    async fn row(&self, row: usize) {
        let Some((draft, body)) = self.body(row) else {
            let reason = "The row can no longer be read.".to_owned();
            self.settle(row, RowOutcome::Rejected { reason }, None, None)
                .await;
            return;
        };
        let mut attempt = 0;
        let mut unknown_attempts = 0;
        let mut mark = None;
        let mut auto_pauses_before = 0;
        while let Some(auto_pauses) = self.gate.passed().await {
            if std::mem::replace(&mut auto_pauses_before, auto_pauses) != auto_pauses {
                // The user has resumed the run, so count attempts from the start.
                attempt = 0;
                unknown_attempts = 0;
            }
            // Sending would wait for it silently.
            if let Some((left, failure)) = self.api.short_pause(Operation::CreateBusiness) {
                self.wait(left, failure).await;
                continue;
            }
            // Recorded once only. A second record would make an attempt that was rejected look unresolved.
            if mark.is_none() {
                mark = self.mark(row, auto_pauses).await;
            }
            if mark.is_none() {
                continue;
            }
            attempt += 1;
            match self
                .attempt(row, &draft, &body, (attempt, auto_pauses))
                .await
            {
                RowAttempt::Settled => return,
                RowAttempt::Again => {}
                RowAttempt::Unknown(failure) => {
                    unknown_attempts += 1;
                    let reason = rejection_in_words(&failure, &self.zone);
                    let outcome = RowOutcome::Unknown { reason };
                    mark = Some(outcome.clone());
                    let in_a_row = self.gate.count_no_response(auto_pauses);
                    // While other rows get no response either, the row is not the cause, so it is not settled.
                    if unknown_attempts > 1
                        && in_a_row.is_some_and(|silences| silences <= unknown_attempts)
                    {
                        self.settle(row, outcome, None, None).await;
                        return;
                    }
                    let _ = self.record(row, outcome).await;
                    let wait = self.api.wait_after(1, &failure.failure);
                    match wait.filter(|_| in_a_row.is_some()) {
                        Some(wait) => self.wait(wait, failure.failure).await,
                        // The row stays unsettled and is sent again when the user resumes.
                        None if in_a_row.is_none() => {
                            let auto_pause = outage(&failure, &self.zone);
                            self.auto_pause(auto_pause, Some(&failure), auto_pauses)
                                .await;
                        }
                        // The wait is longer than acceptable, so pause; the user may resume sooner.
                        None if failure.failure.requested_pause().is_some() => {
                            let auto_pause = rejected(&failure, &self.zone);
                            self.auto_pause(auto_pause, Some(&failure), auto_pauses)
                                .await;
                        }
                        None => {}
                    }
                }
            }
        }
        // The user stopped the run while the row was waiting for another attempt.
        match mark {
            None => {}
            Some(RowOutcome::Sending) => {
                let _ = self.events.send(ImportEvent::Withdrawn(row)).await;
            }
            Some(doubt) => self.settle(row, doubt, None, None).await,
        }
    }

    fn body(&self, row: usize) -> Option<(Draft, Map<String, Value>)> {
        let row = self.sheet.row(row)?;
        let reader = RowReader {
            columns: &self.sheet.columns,
            mapping: &self.mapping,
            repairs: &self.repairs,
            learned_types: &self.learned_types,
        };
        let draft = reader.read(&row).draft;
        match draft.to_request_json() {
            Ok(Value::Object(body)) => Some((draft, body)),
            _ => None,
        }
    }

    /// Records that the row is about to be sent. Returns the recorded state, which is an unknown result if an attempt of an earlier session had no
    /// response; `None` if recording failed, so the row must not be sent.
    async fn mark(&self, row: usize, auto_pauses: u32) -> Option<RowOutcome> {
        match self.record(row, RowOutcome::Sending).await {
            Ok(entry) => {
                let noted = entry.outcome.clone();
                let update = RowUpdate {
                    entry,
                    business: None,
                    failure: None,
                };
                let _ = self.events.send(ImportEvent::Rows(vec![update])).await;
                Some(noted)
            }
            Err(error) => {
                self.auto_pause(journal_failed(&error), None, auto_pauses)
                    .await;
                None
            }
        }
    }

    async fn attempt(
        &self,
        row: usize,
        draft: &Draft,
        body: &Map<String, Value>,
        (attempt, auto_pauses): (u32, u32),
    ) -> RowAttempt {
        // Not the rows that were marked: some of them may be waiting for another attempt. All rows are sent by one task, so the numbers are
        // reported in order.
        let before = self.in_flight.fetch_add(1, Ordering::Relaxed);
        let _ = self.events.send(ImportEvent::InFlight(before + 1)).await;
        let response = self.api.create_once(body).await;
        let before = self.in_flight.fetch_sub(1, Ordering::Relaxed);
        let _ = self.events.send(ImportEvent::InFlight(before - 1)).await;
        let failure = match response {
            Ok(answer) => {
                self.gate.was_answered();
                self.answered(row, draft, answer).await;
                return RowAttempt::Settled;
            }
            Err(failure) => failure,
        };
        if failure.outcome != WriteOutcome::NotDone {
            return RowAttempt::Unknown(failure);
        }
        let is_about_the_row = matches!(
            failure.failure.kind,
            FailureKind::Invalid { .. } | FailureKind::Conflict
        );
        if is_about_the_row {
            self.gate.was_answered();
            let reason = rejection_in_words(&failure, &self.zone);
            let outcome = RowOutcome::Rejected { reason };
            self.settle(row, outcome, None, Some(Box::new(failure)))
                .await;
            return RowAttempt::Settled;
        }
        // If a server only asks for fewer requests at a time, a row is never given up because of that.
        let attempt = match failure.failure.kind {
            FailureKind::RateLimited { .. } => 1,
            _ => attempt,
        };
        match self.api.wait_after(attempt, &failure.failure) {
            Some(wait) if self.gate.allows_rejection() => self.wait(wait, failure.failure).await,
            _ => {
                let auto_pause = rejected(&failure, &self.zone);
                self.auto_pause(auto_pause, Some(&failure), auto_pauses)
                    .await;
            }
        }
        RowAttempt::Again
    }

    async fn answered(&self, row: usize, draft: &Draft, answer: CreateResponse) {
        let CreateResponse { detail, outcome } = answer;
        let id = detail.business.id;
        let external_id = |row| {
            self.body(row)
                .map_or_else(String::new, |(draft, _)| draft[Field::ExternalId].clone())
        };
        if self.known_ids.is_of_another(id, row, external_id) {
            self.settle(row, RowOutcome::of_another(), None, None).await;
            return;
        }
        let differences = Differences::between(draft, &Stored::from_detail(&detail));
        let outcome = match outcome {
            CreateOutcome::Created => RowOutcome::Created {
                id,
                differs: differences.stored_otherwise().collect(),
            },
            CreateOutcome::Existed => {
                let different = differences.different.into_iter();
                RowOutcome::Existed {
                    id,
                    differs: different.map(|difference| difference.field).collect(),
                    after_unknown: false,
                }
            }
        };
        self.settle(row, outcome, Some(Box::new(detail.business)), None)
            .await;
    }

    /// Makes all rows wait.
    async fn wait(&self, wait: Duration, failure: Failure) {
        if self.gate.pause_for(wait) {
            let event = ImportEvent::Waiting {
                resumes_in: wait,
                failure,
            };
            let _ = self.events.send(event).await;
        }
    }

    /// Pauses the run, because the problem would affect every row. `failure` is the server's response, if it is the problem.
    async fn auto_pause(
        &self,
        auto_pause: AutoPause,
        failure: Option<&RequestFailure>,
        sent_after: u32,
    ) {
        let pause = failure.and_then(|failure| failure.failure.requested_pause());
        let pause = pause.and_then(|_| self.api.pause_end());
        if self.gate.auto_pause(sent_after, pause) {
            let _ = self.events.send(ImportEvent::AutoPaused(auto_pause)).await;
        }
    }

    /// Records and reports the final state of the row.
    async fn settle(
        &self,
        row: usize,
        outcome: RowOutcome,
        business: Option<Box<Business>>,
        failure: Option<Box<RequestFailure>>,
    ) {
        let known = outcome.clone();
        let entry = match self.record(row, outcome).await {
            Ok(entry) => entry,
            Err(error) => {
                // The server's response is reported nevertheless.
                self.auto_pause(journal_failed(&error), None, self.gate.auto_pauses())
                    .await;
                JournalEntry {
                    row,
                    outcome: known,
                }
            }
        };
        let update = RowUpdate {
            entry,
            business,
            failure,
        };
        let _ = self.events.send(ImportEvent::Rows(vec![update])).await;
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the journal is written on a thread that may wait for the disk"
    )]
    async fn record(&self, row: usize, outcome: RowOutcome) -> std::io::Result<JournalEntry> {
        let journal = self.journal.clone();
        tokio::task::spawn_blocking(move || journal.record(row, outcome))
            .await
            .map_err(std::io::Error::other)?
    }
}
