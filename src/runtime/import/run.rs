//! A run of an import: opens the journal, sends the rows a few at a time, and reports their outcomes.

use std::sync::atomic::AtomicUsize;

use parking_lot::Mutex;
use tokio::sync::{mpsc, watch};

use super::super::inbox::Outbox;
use super::auto_pause_reasons::journal_failed;
use super::gate::RunGate;
use super::known_ids::KnownIds;
use super::row_sender::RowSender;
use super::run_journal::{JournalLocation, RunJournal};
use crate::partner_api::PartnerApi;
use crate::state::generation::Generation;
use crate::state::import::messages::{AutoPause, ImportEvent, RowUpdate, RunControl, RunPlan};

/// Maximum number of rows reported to the window in one event.
const MAX_ROWS_PER_EVENT: usize = 64;

/// Sends all rows of the plan and reports their outcomes. Returns the event to report at the end.
pub(super) async fn run(
    api: PartnerApi,
    plan: RunPlan,
    location: Option<JournalLocation>,
    control: watch::Sender<RunControl>,
    control_receiver: watch::Receiver<RunControl>,
    outbox: Outbox,
    generation: Generation,
) -> ImportEvent {
    let (events, arriving) = mpsc::channel(MAX_ROWS_PER_EVENT);
    let reporting = report(arriving, &outbox, generation);
    let gate = RunGate::new(api.clone(), control, control_receiver);
    let sending = async move {
        let mapping = plan.journal.head.mapping.clone();
        let repairs = plan.journal.head.repairs.clone();
        let mut auto_pauses = 0;
        let journal = loop {
            match open_journal(&plan, location.clone()).await {
                Ok(journal) => break journal,
                Err(auto_pause) => {
                    gate.auto_pause(auto_pauses, None);
                    let _ = events.send(ImportEvent::AutoPaused(auto_pause)).await;
                }
            }
            // Nothing is sent without the journal.
            match gate.passed().await {
                Some(now) => auto_pauses = now,
                None => return,
            }
        };
        let sender = RowSender {
            api,
            gate,
            journal: journal.clone(),
            known_ids: KnownIds::new(plan.listed, &plan.journal.outcomes),
            events,
            sheet: plan.sheet,
            mapping,
            repairs,
            learned_types: plan.learned_types,
            zone: plan.zone,
            in_flight: AtomicUsize::new(0),
        };
        let rows = Mutex::new(plan.rows.into_iter());
        // Four requests are in flight at a time.
        tokio::join!(
            sender.rows(&rows),
            sender.rows(&rows),
            sender.rows(&rows),
            sender.rows(&rows)
        );
        delete_journal(journal).await;
    };
    tokio::join!(sending, reporting);
    ImportEvent::Ended
}

/// Forwards events to the window, and combines those of many rows if they arrive quickly. Of several numbers of requests, the last counts.
async fn report(
    mut arriving: mpsc::Receiver<ImportEvent>,
    outbox: &Outbox,
    generation: Generation,
) {
    while let Some(first) = arriving.recv().await {
        let mut rows = Vec::new();
        let mut in_flight = None;
        let mut next = Some(first);
        while let Some(event) = next.take() {
            match event {
                ImportEvent::Rows(more) => rows.extend(more),
                ImportEvent::InFlight(requests) => in_flight = Some(requests),
                other => {
                    send_rows(&mut rows, outbox, generation).await;
                    send_in_flight(&mut in_flight, outbox, generation).await;
                    outbox.send((generation, other)).await;
                }
            }
            if rows.len() < MAX_ROWS_PER_EVENT {
                next = arriving.try_recv().ok();
            }
        }
        send_rows(&mut rows, outbox, generation).await;
        send_in_flight(&mut in_flight, outbox, generation).await;
    }
}

async fn send_rows(rows: &mut Vec<RowUpdate>, outbox: &Outbox, generation: Generation) {
    if !rows.is_empty() {
        let event = ImportEvent::Rows(std::mem::take(rows));
        outbox.send((generation, event)).await;
    }
}

async fn send_in_flight(requests: &mut Option<usize>, outbox: &Outbox, generation: Generation) {
    if let Some(requests) = requests.take() {
        let event = ImportEvent::InFlight(requests);
        outbox.send((generation, event)).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the journal is opened on a thread that may wait for the disk"
)]
async fn open_journal(
    plan: &RunPlan,
    location: Option<JournalLocation>,
) -> Result<RunJournal, AutoPause> {
    let (journal, replaces) = (plan.journal.clone(), plan.replaces);
    let may_persist = plan.may_persist;
    let open = move || {
        let location = location.and_then(|location| location.if_persisted(may_persist));
        RunJournal::open(journal, location, replaces)
    };
    let opened = tokio::task::spawn_blocking(open).await;
    opened
        .map_err(std::io::Error::other)
        .and_then(|opened| opened)
        .map_err(|error| journal_failed(&error))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the journal is read once more on a thread that may wait for the disk"
)]
async fn delete_journal(journal: RunJournal) {
    if let Err(error) = tokio::task::spawn_blocking(move || journal.forget()).await {
        tracing::warn!("the journal was not deleted: {error}");
    }
}
