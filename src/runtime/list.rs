//! Reads businesses: the list page by page, the archived ones, and single ones.

use std::time::Duration;

use super::Runtime;
use super::inbox::Outbox;
use super::session::SessionTask;
use crate::domain::business::BusinessId;
use crate::domain::filter::SearchableBusiness;
use crate::partner_api::{ListProgress, PartnerApi};
use crate::state::generation::Generation;
use crate::state::list::messages::{ListEffect, ListEvent, ListOutcome};

/// Delay before a business is read: while an arrow key is held, the next row replaces the request.
const READ_PAUSE: Duration = Duration::from_millis(80);

impl Runtime {
    pub(super) fn list_effect(&mut self, effect: ListEffect) {
        match effect {
            ListEffect::Load(generation) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, SessionTask::LoadList, |api| {
                    load_list(api, generation, outbox)
                });
            }
            ListEffect::LoadArchived(generation) => {
                self.in_session(generation, SessionTask::LoadArchived, load_archived);
            }
            ListEffect::StopLoading => self.cancel(SessionTask::LoadList),
            ListEffect::ReadBusiness(generation, id) => {
                self.read_business(SessionTask::ReadBusiness, generation, id);
            }
            ListEffect::LookUp(generation, id) => {
                self.read_business(SessionTask::LookUp, generation, id);
            }
            ListEffect::Export {
                profile,
                businesses,
                format,
                file_name,
            } => self.export(profile, businesses, format, file_name),
        }
    }

    /// Reads one business as the given task.
    fn read_business(&mut self, task: SessionTask, generation: Generation, id: BusinessId) {
        self.in_session(generation, task, |api| async move {
            tokio::time::sleep(READ_PAUSE).await;
            ListEvent::BusinessRead(id, api.business(id).await.map(Box::new))
        });
    }
}

/// How often the window is woken while pages arrive: each frame takes time away from further pages.
const SHOWN_EVERY: Duration = Duration::from_millis(50);

/// Loads the whole list and reports it page by page, except for its end.
async fn load_list(api: PartnerApi, generation: Generation, outbox: Outbox) -> ListEvent {
    let (pages, mut arrived) = tokio::sync::mpsc::channel(8);
    let loading = api.load_businesses(pages);
    let reporting = async {
        let mut is_shown = true;
        let mut show_at = tokio::time::Instant::now();
        loop {
            let progress = tokio::select! {
                progress = arrived.recv() => progress,
                () = tokio::time::sleep_until(show_at), if !is_shown => {
                    outbox.wake();
                    is_shown = true;
                    show_at = tokio::time::Instant::now() + SHOWN_EVERY;
                    continue;
                }
            };
            match progress {
                Some(ListProgress::Page { rows, total, .. }) => {
                    let bytes = rows.iter().map(SearchableBusiness::memory_bytes).sum();
                    let event = (generation, ListEvent::Rows { rows, total });
                    outbox.send_large(event, bytes).await;
                    is_shown = false;
                }
                Some(ListProgress::Gone { ids }) => {
                    outbox.send((generation, ListEvent::Gone(ids))).await;
                }
                // Its rows follow as pages.
                Some(ListProgress::Rereading) => {}
                None => break,
            }
        }
    };
    let (result, ()) = tokio::join!(loading, reporting);
    let result = result.map(|summary| ListOutcome {
        stated: summary.total,
        received: summary.unique + summary.unreadable,
        is_exact: summary.is_exact(),
    });
    ListEvent::Ended(result)
}

/// Reads the archived businesses, which are few compared to the others, and returns them together.
async fn load_archived(api: PartnerApi) -> ListEvent {
    let (pages, mut arrived) = tokio::sync::mpsc::channel(8);
    let collecting = async {
        let mut all = Vec::new();
        while let Some(progress) = arrived.recv().await {
            if let ListProgress::Page { rows, .. } = progress {
                all.extend(rows);
            }
        }
        all
    };
    let (result, all) = tokio::join!(api.load_archived(pages), collecting);
    let result = result.map(|is_told| is_told.then_some(all));
    ListEvent::ArchivedRead(result)
}
