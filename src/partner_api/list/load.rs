//! Reads the list: requests several pages at once, passes rows on as they arrive, and starts again if the list changed meanwhile.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;

use crate::domain::business::BusinessIds;
use crate::domain::failure::{Failure, FailureKind};
use crate::partner_api::options::ListLimits;

use super::progress::ListProgress;
use super::reading::ListReading;
use super::ready_page::ReadyPage;
use super::row_budget::RowBudget;
use super::summary::{ListEnd, ListSummary};

/// Maximum number of businesses passed on at once. The server chooses the size of its pages, and the receiver checks
/// its time limit only between two messages.
pub(super) const MAX_AT_ONCE: usize = 250;

/// Reads all pages with `fetch` and sends them to `progress`.
///
/// `fetch` also prepares a page within the given budget, so it may run on another thread. It must stop when its future is dropped: dropping this
/// future then cancels every request.
pub(in crate::partner_api) async fn load<F, Fut>(
    fetch: F,
    limits: ListLimits,
    progress: mpsc::Sender<ListProgress>,
) -> Result<ListSummary, Failure>
where
    F: Fn(u32, Arc<RowBudget>) -> Fut,
    Fut: Future<Output = Result<Option<ReadyPage>, Failure>>,
{
    let mut load = Load {
        fetch,
        limits,
        budget: Arc::new(RowBudget::new(limits)),
        progress,
        earlier: BusinessIds::default(),
        sent: 0,
        is_abandoned: false,
    };
    let mut reading = load.read().await?;
    let mut pages = reading.answered;
    let mut rereads = 0;
    let mut reread_failure = None;
    while reading.is_doubtful() && rereads < limits.rereads && !load.is_abandoned {
        rereads += 1;
        load.earlier.extend(&reading.seen);
        load.is_abandoned |= load.progress.is_closed();
        match load.read().await {
            Ok(again) => {
                pages = pages.saturating_add(again.answered);
                let is_confirmed = again.confirms(&reading);
                reading = again;
                if is_confirmed {
                    break;
                }
            }
            Err(failure) => {
                reread_failure = Some(failure);
                break;
            }
        }
    }
    // A reading that was ended by a limit says nothing about the businesses that it did not reach.
    let is_complete = reading.end() == ListEnd::LastPage && !reading.is_doubtful();
    if rereads > 0 && reread_failure.is_none() && is_complete {
        load.withdraw_all_but(&reading).await;
    }
    Ok(ListSummary {
        end: if load.is_abandoned {
            ListEnd::Abandoned
        } else {
            reading.end()
        },
        total: reading.total,
        unique: load.sent,
        listed: reading.seen.len() as u64,
        repeated: reading.repeated,
        unreadable: reading.unreadable,
        moved: reading.shrank,
        pages,
        rereads,
        reread_failure,
    })
}

struct Load<F> {
    fetch: F,
    limits: ListLimits,
    budget: Arc<RowBudget>,
    progress: mpsc::Sender<ListProgress>,
    /// Businesses that earlier readings have sent.
    earlier: BusinessIds,
    /// Number of businesses sent and not withdrawn.
    sent: u64,
    is_abandoned: bool,
}

impl<F, Fut> Load<F>
where
    F: Fn(u32, Arc<RowBudget>) -> Fut,
    Fut: Future<Output = Result<Option<ReadyPage>, Failure>>,
{
    /// Reads the list once. While the receiver is slow, pending requests complete but no new ones are sent.
    async fn read(&mut self) -> Result<ListReading, Failure> {
        let mut reading = ListReading::new(self.limits, Arc::clone(&self.budget));
        let progress = self.progress.clone();
        let mut asked = FuturesUnordered::new();
        let mut ready = VecDeque::new();
        loop {
            while asked.len() + ready.len() < self.limits.in_flight.max(1) {
                let Some(number) = reading.next_page(asked.len()) else {
                    break;
                };
                let page = (self.fetch)(number, Arc::clone(&self.budget));
                asked.push(async move { (number, page.await) });
            }
            tokio::select! {
                permit = progress.reserve(), if !ready.is_empty() => match permit {
                    Ok(permit) => {
                        if let Some(message) = ready.pop_front() {
                            permit.send(message);
                        }
                    }
                    Err(_) => {
                        self.is_abandoned = true;
                        return Ok(reading);
                    }
                },
                Some((number, answer)) = asked.next(), if !asked.is_empty() => {
                    let answer = match answer {
                        Err(_) if reading.is_beyond(number) => None,
                        Err(failure) if reading.is_beyond_total(number) && rejects_page(&failure) => None,
                        answer => answer?,
                    };
                    ready.extend(self.progress_of(&mut reading, number, answer));
                }
                else => return Ok(reading),
            }
        }
    }

    fn progress_of(
        &mut self,
        reading: &mut ListReading,
        number: u32,
        answer: Option<ReadyPage>,
    ) -> Vec<ListProgress> {
        let total_before = reading.total;
        let mut rows = reading.take(number, answer);
        rows.retain(|row| {
            let is_new = !self.earlier.contains(&row.business.id);
            if !is_new {
                self.budget.release(row);
            }
            is_new
        });
        let mut rows = rows.into_iter();
        let mut messages = Vec::new();
        loop {
            // Collected, because a part split off in place would retain the memory of the whole page.
            let part: Vec<_> = rows.by_ref().take(MAX_AT_ONCE).collect();
            let says_total = messages.is_empty() && (reading.total != total_before || number == 1);
            if part.is_empty() && !says_total {
                return messages;
            }
            self.sent += part.len() as u64;
            messages.push(ListProgress::Page {
                number,
                rows: part,
                total: reading.total,
            });
        }
    }

    /// Withdraws the businesses that an exact reading did not find.
    async fn withdraw_all_but(&mut self, reading: &ListReading) {
        let gone: Vec<_> = self.earlier.difference(&reading.seen).copied().collect();
        if !gone.is_empty() {
            self.sent -= gone.len() as u64;
            self.send(ListProgress::Gone { ids: gone }).await;
        }
    }

    async fn send(&mut self, message: ListProgress) {
        self.is_abandoned |= self.progress.send(message).await.is_err();
    }
}

/// Whether the server rejected the page number. Any other failure leaves open whether the page exists.
fn rejects_page(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::Invalid { .. } | FailureKind::UnexpectedResponse
    )
}
