//! Sends the rows of a run, a few at a time, each exactly as often as it has to be.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use tokio::sync::{mpsc, watch};

use super::super::inbox::Outbox;
use super::gate::Gate;
use super::halts::{no_notes, outage, refused};
use super::notes::{self, Notes};
use super::session;
use crate::domain::business::Business;
use crate::domain::draft::{Differences, Draft, Stored, TaughtTypes};
use crate::domain::failure::FailureKind;
use crate::domain::import::{
    JournalEntry, Mapping, Repairs, RowOutcome, RowReader, Sheet, refusal_in_words,
};
use crate::domain::write::{CreateAnswer, CreateOutcome, WriteFailure, WriteOutcome};
use crate::partner_api::PartnerApi;
use crate::platform::files::AppFolder;
use crate::state::generation::Generation;
use crate::state::import::messages::{Halt, ImportEvent, RowNews, RunPlan, Steer};

/// The news of so many rows go to the window together.
const NEWS: usize = 64;

/// Sends all rows of the plan, and tells what becomes of them.
pub(super) async fn run(
    api: PartnerApi,
    plan: RunPlan,
    place: Option<(PathBuf, AppFolder)>,
    steer: watch::Sender<Steer>,
    steering: watch::Receiver<Steer>,
    outbox: Outbox,
    generation: Generation,
) {
    let (news, arriving) = mpsc::channel(NEWS);
    let reporting = report(arriving, &outbox, generation);
    let gate = Gate::new(steer, steering);
    let sending = async move {
        let mapping = plan.journal.head.mapping.clone();
        let repairs = plan.journal.head.repairs.clone();
        let mut halts = 0;
        let notes = loop {
            match open_notes(plan.journal.clone(), place.clone(), plan.leaves_trace).await {
                Ok(notes) => break notes,
                Err(halt) => {
                    gate.halt(halts);
                    let _ = news.send(ImportEvent::Halted(halt)).await;
                }
            }
            // Without notes nothing is sent.
            match gate.passed().await {
                Some(now) => halts = now,
                None => return,
            }
        };
        let sender = RowSender {
            api,
            gate,
            notes: notes.clone(),
            news,
            sheet: plan.sheet,
            mapping,
            repairs,
            taught: plan.taught,
            zone: plan.zone,
        };
        let rows = Mutex::new(plan.rows.into_iter());
        // Four requests are under way at the same time.
        tokio::join!(
            sender.rows(&rows),
            sender.rows(&rows),
            sender.rows(&rows),
            sender.rows(&rows)
        );
        forget_notes(notes).await;
    };
    tokio::join!(sending, reporting);
    outbox.send(session(generation, ImportEvent::Ended)).await;
}

/// Brings the news to the window, those of many rows at once where they come fast.
async fn report(
    mut arriving: mpsc::Receiver<ImportEvent>,
    outbox: &Outbox,
    generation: Generation,
) {
    while let Some(first) = arriving.recv().await {
        let mut rows = Vec::new();
        let mut next = Some(first);
        while let Some(event) = next.take() {
            match event {
                ImportEvent::Rows(more) => rows.extend(more),
                other => {
                    send_rows(&mut rows, outbox, generation).await;
                    outbox.send(session(generation, other)).await;
                }
            }
            if rows.len() < NEWS {
                next = arriving.try_recv().ok();
            }
        }
        send_rows(&mut rows, outbox, generation).await;
    }
}

async fn send_rows(rows: &mut Vec<RowNews>, outbox: &Outbox, generation: Generation) {
    if !rows.is_empty() {
        let event = ImportEvent::Rows(std::mem::take(rows));
        outbox.send(session(generation, event)).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the journal is opened on a thread that may wait for the disk"
)]
async fn open_notes(
    journal: crate::domain::import::Journal,
    place: Option<(PathBuf, AppFolder)>,
    leaves_trace: bool,
) -> Result<Notes, Halt> {
    let open = move || Notes::open(journal, notes::place(place, leaves_trace));
    let opened = tokio::task::spawn_blocking(open).await;
    opened
        .map_err(std::io::Error::other)
        .and_then(|opened| opened)
        .map_err(|error| no_notes(&error))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the journal is read once more on a thread that may wait for the disk"
)]
async fn forget_notes(notes: Notes) {
    if let Err(error) = tokio::task::spawn_blocking(move || notes.forget()).await {
        tracing::warn!("the journal is kept: {error}");
    }
}

/// What each row needs to be sent.
struct RowSender {
    api: PartnerApi,
    gate: Gate,
    notes: Notes,
    news: mpsc::Sender<ImportEvent>,
    sheet: Arc<Sheet>,
    mapping: Mapping,
    repairs: Repairs,
    taught: TaughtTypes,
    zone: TimeZone,
}

/// What an attempt came to.
enum RowAttempt {
    /// Nothing more is to be done.
    Settled,
    /// It was certainly not created, and all rows wait.
    Again,
    /// Nobody knows; the same request asks.
    Unknown(WriteFailure),
}

impl RowSender {
    /// Sends one row after another until none is left.
    async fn rows(&self, rows: &Mutex<std::vec::IntoIter<usize>>) {
        let next = || {
            let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
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
            self.settle(row, RowOutcome::Refused { reason }, None, None)
                .await;
            return;
        };
        let mut attempt = 0;
        let mut doubts = 0;
        let mut mark = None;
        let mut halts_before = 0;
        while let Some(halts) = self.gate.passed().await {
            if std::mem::replace(&mut halts_before, halts) != halts {
                // Whoever resumes knows of a pause, and wants as much patience as at first.
                self.api.end_pause();
                attempt = 0;
                doubts = 0;
            }
            // Once: a second mark would make a doubt of an attempt that was certainly refused.
            if mark.is_none() {
                mark = self.mark(row, halts).await;
            }
            if mark.is_none() {
                continue;
            }
            attempt += 1;
            match self.attempt(row, &draft, &body, (attempt, halts)).await {
                RowAttempt::Settled => return,
                RowAttempt::Again => {}
                RowAttempt::Unknown(failure) => {
                    doubts += 1;
                    let reason = refusal_in_words(&failure, &self.zone);
                    let outcome = RowOutcome::Unclear { reason };
                    mark = Some(outcome.clone());
                    let in_a_row = self.gate.silence(halts);
                    // While the others have no answer either, it is not the row.
                    if doubts > 1 && in_a_row.is_some_and(|silences| silences <= doubts) {
                        self.settle(row, outcome, None, None).await;
                        return;
                    }
                    let _ = self.note(row, outcome).await;
                    let wait = self.api.wait_after(1, &failure.failure);
                    match wait.filter(|_| in_a_row.is_some()) {
                        Some(wait) => self.wait(wait, failure).await,
                        // The row stays open: whoever resumes has it sent again.
                        None if in_a_row.is_none() => {
                            self.halt(outage(&failure, &self.zone), halts).await;
                        }
                        // Longer than anybody waits: whoever resumes asks before that.
                        None if failure.failure.asked_pause().is_some() => {
                            self.halt(refused(&failure, &self.zone), halts).await;
                        }
                        None => {}
                    }
                }
            }
        }
        // The user ended the run while the row waited for another attempt.
        let outcome = match mark {
            None => return,
            Some(RowOutcome::Sending) => RowOutcome::Refused {
                reason: "Not sent: the import was stopped first".to_owned(),
            },
            Some(doubt) => doubt,
        };
        self.settle(row, outcome, None, None).await;
    }

    fn body(&self, row: usize) -> Option<(Draft, Map<String, Value>)> {
        let row = self.sheet.row(row)?;
        let reader = RowReader {
            columns: &self.sheet.columns,
            mapping: &self.mapping,
            repairs: &self.repairs,
            taught: &self.taught,
        };
        let draft = reader.read(&row).draft;
        match draft.to_request_json() {
            Ok(Value::Object(body)) => Some((draft, body)),
            _ => None,
        }
    }

    /// Notes that the row is about to be sent; without that, which is `None`, it is not.
    /// Returns what is noted, which is a doubt where an attempt of an earlier session had no answer.
    async fn mark(&self, row: usize, halts: u32) -> Option<RowOutcome> {
        match self.note(row, RowOutcome::Sending).await {
            Ok(entry) => {
                let noted = entry.outcome.clone();
                let news = RowNews {
                    entry,
                    business: None,
                    failure: None,
                };
                let _ = self.news.send(ImportEvent::Rows(vec![news])).await;
                Some(noted)
            }
            Err(error) => {
                self.halt(no_notes(&error), halts).await;
                None
            }
        }
    }

    async fn attempt(
        &self,
        row: usize,
        draft: &Draft,
        body: &Map<String, Value>,
        (attempt, halts): (u32, u32),
    ) -> RowAttempt {
        let failure = match self.api.create_once(body).await {
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
            let reason = refusal_in_words(&failure, &self.zone);
            let outcome = RowOutcome::Refused { reason };
            self.settle(row, outcome, None, Some(Box::new(failure)))
                .await;
            return RowAttempt::Settled;
        }
        // A server that only wants less at a time is never given up for one row's sake.
        let attempt = match failure.failure.kind {
            FailureKind::TooMany { .. } => 1,
            _ => attempt,
        };
        match self.api.wait_after(attempt, &failure.failure) {
            Some(wait) if self.gate.bears_refusal() => self.wait(wait, failure).await,
            _ => {
                self.halt(refused(&failure, &self.zone), halts).await;
            }
        }
        RowAttempt::Again
    }

    async fn answered(&self, row: usize, draft: &Draft, answer: CreateAnswer) {
        let CreateAnswer { detail, outcome } = answer;
        let id = detail.business.id;
        let outcome = match outcome {
            CreateOutcome::Created => RowOutcome::Created { id },
            CreateOutcome::Existed => {
                let differences = Differences::between(draft, &Stored::from_detail(&detail));
                let different = differences.different.into_iter();
                RowOutcome::Existed {
                    id,
                    differs: different.map(|difference| difference.field).collect(),
                    after_doubt: false,
                }
            }
        };
        self.settle(row, outcome, Some(Box::new(detail.business)), None)
            .await;
    }

    /// All rows wait.
    async fn wait(&self, wait: std::time::Duration, failure: WriteFailure) {
        if self.gate.close_for(wait) {
            let event = ImportEvent::Waiting {
                resumes_in: wait,
                failure: failure.failure,
            };
            let _ = self.news.send(event).await;
        }
    }

    /// The run pauses: what stands in the way would meet every row.
    async fn halt(&self, halt: Halt, sent_after: u32) {
        if self.gate.halt(sent_after) {
            let _ = self.news.send(ImportEvent::Halted(halt)).await;
        }
    }

    /// Notes and tells how the row has ended.
    async fn settle(
        &self,
        row: usize,
        outcome: RowOutcome,
        business: Option<Box<Business>>,
        failure: Option<Box<WriteFailure>>,
    ) {
        let known = outcome.clone();
        let entry = match self.note(row, outcome).await {
            Ok(entry) => entry,
            Err(error) => {
                // What the server has answered is told all the same.
                self.halt(no_notes(&error), self.gate.halts()).await;
                JournalEntry {
                    row,
                    outcome: known,
                }
            }
        };
        let news = RowNews {
            entry,
            business,
            failure,
        };
        let _ = self.news.send(ImportEvent::Rows(vec![news])).await;
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the journal is written on a thread that may wait for the disk"
    )]
    async fn note(&self, row: usize, outcome: RowOutcome) -> std::io::Result<JournalEntry> {
        let notes = self.notes.clone();
        tokio::task::spawn_blocking(move || notes.note(row, outcome))
            .await
            .map_err(std::io::Error::other)?
    }
}
