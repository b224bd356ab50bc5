//! Reads businesses: the list page by page, the archived ones, and single ones.

use std::time::Duration;

use super::Runtime;
use super::inbox::Outbox;
use super::session::SessionTask;
use crate::domain::business::BusinessId;
use crate::domain::failure::Failure;
use crate::domain::filter::SearchableBusiness;
use crate::partner_api::{ArchivedList, ListProgress, PartnerApi};
use crate::platform::freed_memory;
use crate::state::generation::Generation;
use crate::state::list::messages::{ArchivedIds, ListEffect, ListEvent, ListOutcome, LoadNumber};

/// Delay before a business is read: while an arrow key is held, the next row replaces the request.
const READ_PAUSE: Duration = Duration::from_millis(80);

impl Runtime {
    pub(super) fn list_effect(&mut self, effect: ListEffect) {
        match effect {
            ListEffect::Load(generation, load) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, SessionTask::LoadList, |api| {
                    let loading = load_list(api, generation, outbox);
                    async move { ListEvent::Ended(load, loading.await) }
                });
            }
            ListEffect::LoadArchived(generation, number) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, SessionTask::LoadArchived, |api| {
                    load_archived(api, (generation, number), outbox)
                });
            }
            ListEffect::CheckArchived(generation, number) => {
                self.in_session(generation, SessionTask::LoadArchived, |api| {
                    check_archived(api, number)
                });
            }
            ListEffect::StopLoading => {
                self.cancel(SessionTask::LoadList);
                self.cancel(SessionTask::LoadArchived);
            }
            ListEffect::ReturnFreedMemory => self.spawn_blocking(freed_memory::return_to_system),
            ListEffect::ReadBusiness(generation, id) => {
                self.read_business(SessionTask::ReadBusiness, generation, id);
            }
            ListEffect::StopReading => self.cancel(SessionTask::ReadBusiness),
            ListEffect::LookUp(generation, id) => {
                self.read_business(SessionTask::LookUp, generation, id);
            }
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
const WAKE_INTERVAL: Duration = Duration::from_millis(50);

/// Loads the whole list and reports it page by page.
async fn load_list(
    api: PartnerApi,
    generation: Generation,
    outbox: Outbox,
) -> Result<ListOutcome, Failure> {
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
                    show_at = tokio::time::Instant::now() + WAKE_INTERVAL;
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
                None => break,
            }
        }
    };
    let (result, ()) = tokio::join!(loading, reporting);
    result.map(|summary| ListOutcome {
        stated: summary.total,
        received: summary.unique + summary.unreadable,
        is_exact: summary.is_exact(),
    })
}

/// Maximum number of archived businesses in one event, because a frame cannot divide an event.
const ARCHIVED_AT_ONCE: usize = 250;

/// Time for finding out which businesses are archived, which nobody sees or can stop.
const CHECK_LIMIT: Duration = Duration::from_mins(2);

/// Finds out which businesses are archived.
async fn check_archived(api: PartnerApi, number: LoadNumber) -> ListEvent {
    let reading = tokio::time::timeout(CHECK_LIMIT, api.load_archived_in_background());
    let read = match reading.await {
        Ok(Ok(Some(archived))) => Ok(Some(ids_of(&archived))),
        Ok(Ok(None)) => Ok(None),
        Ok(Err(failure)) => Err(failure),
        Err(_) => Ok(Some(ArchivedIds::default())),
    };
    ListEvent::ArchivedRead(number, read)
}

fn ids_of(archived: &ArchivedList) -> ArchivedIds {
    ArchivedIds {
        ids: archived.rows.iter().map(|row| row.business.id).collect(),
        is_exact: archived.summary.is_exact(),
    }
}

/// Reads the archived businesses. Reports their ids first, then the rows in parts; returns the last event.
async fn load_archived(
    api: PartnerApi,
    (generation, number): (Generation, LoadNumber),
    outbox: Outbox,
) -> ListEvent {
    let archived = match api.load_archived().await {
        Ok(Some(archived)) => archived,
        Ok(None) => return ListEvent::ArchivedRead(number, Ok(None)),
        Err(failure) => return ListEvent::ArchivedRead(number, Err(failure)),
    };
    let read = ListEvent::ArchivedRead(number, Ok(Some(ids_of(&archived))));
    outbox.send((generation, read)).await;
    let mut rows = archived.rows.into_iter();
    loop {
        let part: Vec<_> = rows.by_ref().take(ARCHIVED_AT_ONCE).collect();
        if rows.len() == 0 {
            return ListEvent::ArchivedRows(number, part);
        }
        let bytes = part.iter().map(SearchableBusiness::memory_bytes).sum();
        let event = (generation, ListEvent::ArchivedRows(number, part));
        outbox.send_large(event, bytes).await;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use uuid::Uuid;

    use super::super::inbox::Inbox;
    use super::*;
    use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
    use crate::domain::environment::{BaseUrl, Environment};
    use crate::domain::time::BootInstant;
    use crate::partner_api::ApiOptions;
    use crate::partner_api::testing::{Reply, Seen, Server, clock};
    use crate::state::event::{Event, SessionEvent};

    const IDS: [Uuid; 3] = [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)];

    fn page(count: usize, ids: &[Uuid]) -> Reply {
        let rows: Vec<_> = ids
            .iter()
            .map(|id| serde_json::json!({ "id": id }))
            .collect();
        let body = serde_json::json!({ "count": count, "results": rows });
        Reply::new(200, &[], &body.to_string())
    }

    fn signed_in() -> Reply {
        let body = r#"{"access_token":"partner-1","expires_in":3600}"#;
        Reply::new(200, &[], body)
    }

    /// A server with two archived businesses, one of which is unarchived after the first page was read.
    fn answer(seen: &Seen, number: usize) -> Reply {
        let line = &seen.line;
        if line.starts_with("POST") {
            signed_in()
        } else if line.contains("is_archived=false") {
            page(1, &IDS[2..])
        } else if line.contains("page=2") {
            page(2, &[])
        } else if number <= 3 {
            page(3, &IDS[..2])
        } else {
            page(1, &IDS[..1])
        }
    }

    fn api(server: &Server) -> PartnerApi {
        let credentials = Credentials {
            environment: Environment::Custom(BaseUrl::parse(&server.base).unwrap()),
            partner: PartnerId(Uuid::nil()),
            key: ApiKey::parse("sk_test_0123456789").unwrap(),
        };
        let api = PartnerApi::new(
            credentials,
            ApiOptions::default(),
            clock(),
            Arc::new(|_| {}),
        );
        api.unwrap()
    }

    /// The ids of the archived businesses, and the rows in the parts in which they are reported.
    async fn archived(api: PartnerApi) -> (HashSet<Uuid>, Vec<Vec<Uuid>>) {
        let mut inbox = Inbox::new(Arc::new(|| {}));
        let sent = (Generation::default(), LoadNumber(1));
        let last = load_archived(api, sent, inbox.outbox()).await;
        inbox.begin_frame(BootInstant::default());
        let mut events = Vec::new();
        while let Some(event) = inbox.next(BootInstant::default()) {
            let Event::Session(_, SessionEvent::List(event)) = event else {
                panic!("{event:?}");
            };
            events.push(event);
        }
        events.push(last);
        let mut ids = None;
        let mut parts = Vec::new();
        for event in events {
            match event {
                ListEvent::ArchivedRead(_, Ok(Some(read))) => ids = Some(read.ids),
                ListEvent::ArchivedRows(_, rows) => {
                    assert!(ids.is_some(), "no row is shown as if it were not archived");
                    parts.push(rows.iter().map(|row| row.business.id.0).collect());
                }
                other => panic!("{other:?}"),
            }
        }
        let ids = ids.expect("the server knows the filter");
        (ids.into_iter().map(|id| id.0).collect(), parts)
    }

    #[tokio::test]
    async fn an_archived_business_that_is_withdrawn_is_not_reported() {
        let server = Server::start(answer).await;
        let (ids, rows) = archived(api(&server)).await;
        assert_eq!(
            ids,
            IDS[..1].iter().copied().collect(),
            "{:?}",
            server.asked()
        );
        assert_eq!(rows.concat(), IDS[..1]);
    }

    #[tokio::test]
    async fn a_list_in_no_stable_order_is_not_taken_for_the_archive() {
        let ids: Vec<Uuid> = (1..=5).map(Uuid::from_u128).collect();
        let server = Server::start(move |seen, _| {
            let line = &seen.line;
            if line.starts_with("POST") {
                signed_in()
            } else if line.contains("is_archived=false") {
                // The last one is on none of the other pages.
                page(4, &ids[3..])
            } else if line.contains("page=2") {
                page(4, &ids[2..4])
            } else {
                page(4, &ids[..2])
            }
        })
        .await;
        assert_eq!(api(&server).load_archived().await, Ok(None));
    }

    #[tokio::test]
    async fn an_archive_with_gaps_is_not_exact() {
        let server = Server::start(|seen, _| {
            let line = &seen.line;
            if line.starts_with("POST") {
                signed_in()
            } else if line.contains("is_archived=false") {
                page(1, &IDS[2..])
            } else if line.contains("page=1") {
                page(3, &IDS[..2])
            } else {
                page(3, &[])
            }
        })
        .await;
        let event = check_archived(api(&server), LoadNumber(1)).await;
        let ListEvent::ArchivedRead(_, Ok(Some(read))) = event else {
            panic!("{event:?}");
        };
        assert!(!read.is_exact && read.ids.len() == 2);
    }

    /// A server that answers each list with this, once the client has signed in.
    async fn failing(status: u16, headers: &'static [&'static str]) -> Server {
        Server::start(move |seen, _| match seen.line.starts_with("POST") {
            true => signed_in(),
            false => Reply::new(status, headers, "{}"),
        })
        .await
    }

    #[tokio::test]
    async fn a_check_that_fails_is_not_repeated() {
        let server = failing(503, &[]).await;
        let event = check_archived(api(&server), LoadNumber(1)).await;
        assert!(matches!(event, ListEvent::ArchivedRead(_, Err(_))));
        assert_eq!(server.asked().len(), 2, "sign-in and one request");
    }

    #[tokio::test]
    async fn a_check_gives_no_right_to_pass_over_a_pause() {
        let server = failing(429, &["retry-after: 3600"]).await;
        let api = api(&server);
        check_archived(api.clone(), LoadNumber(1)).await;
        let (pages, _arrived) = tokio::sync::mpsc::channel(8);
        assert!(api.load_businesses(pages).await.is_err());
        assert_eq!(server.asked().len(), 2, "the pause holds");
    }

    #[tokio::test]
    async fn many_archived_businesses_arrive_in_parts_that_a_frame_can_take() {
        let all: Vec<Uuid> = (1..=1_000).map(Uuid::from_u128).collect();
        let listed = all.clone();
        let server = Server::start(move |seen, _| {
            let line = &seen.line;
            if line.starts_with("POST") {
                signed_in()
            } else if line.contains("is_archived=false") {
                page(1, &[Uuid::from_u128(2_000)])
            } else if line.contains("page=1") {
                page(1_000, &listed)
            } else {
                page(1_000, &[])
            }
        })
        .await;
        let (ids, parts) = archived(api(&server)).await;
        assert_eq!(ids, all.iter().copied().collect());
        assert!(parts.iter().all(|part| part.len() <= ARCHIVED_AT_ONCE));
        let mut rows = parts.concat();
        rows.sort();
        assert_eq!(rows, all);
    }
}
