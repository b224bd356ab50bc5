//! The API client against the demo server and its faults.

mod lists;
mod matrix;
mod once;
mod writes;

use std::collections::BTreeSet;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use thred_console::demo::DemoOptions;
use thred_console::domain::business::BusinessId;
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::failure::Failure;
use thred_console::domain::request_notice::RequestNotice;
use thred_console::partner_api::{ApiOptions, ListProgress, ListSummary, PartnerApi, RetryPolicy};
use thred_console::platform::clock::SystemClock;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::support::{FaultServer, Log, On, past_every_limit};

/// A client with short waits, and its server.
struct Client {
    server: FaultServer,
    api: PartnerApi,
    notices: Arc<Mutex<Vec<RequestNotice>>>,
}

/// Reached only by unanswered requests: see [`Client::outlast`].
const READ_TIMEOUT: Duration = Duration::from_mins(2);

impl Client {
    async fn start(businesses: usize) -> Self {
        let server = FaultServer::start(DemoOptions {
            businesses,
            seed: 5,
            ..DemoOptions::default()
        })
        .await;
        let credentials = Credentials {
            environment: Environment::Demo(BaseUrl::parse(&server.base_url()).unwrap()),
            partner: PartnerId(server.partner_id()),
            key: ApiKey::parse(server.api_key()).unwrap(),
        };
        let mut options = ApiOptions {
            read_timeout: READ_TIMEOUT,
            request_timeout: 2 * READ_TIMEOUT,
            body_limit: 1 << 20,
            retry: RetryPolicy {
                attempts: 3,
                base: Duration::from_millis(2),
                cap: Duration::from_millis(8),
                retry_after_cap: Duration::from_millis(20),
                jitter: 0.25,
            },
            ..ApiOptions::default()
        };
        options.list.page_cap = 200;
        let notices = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&notices);
        let api = PartnerApi::new(
            credentials,
            options,
            Arc::new(SystemClock),
            Arc::new(move |notice| sink.lock().unwrap().push(notice)),
        )
        .unwrap();
        Self {
            server,
            api,
            notices,
        }
    }

    /// Runs `asked`, which begins with `requests` parallel requests. Once all have arrived at the server and only unanswered
    /// ones are left, moves the clock past every time limit of the client.
    async fn outlast<T>(&self, on: &On, requests: usize, asked: impl Future<Output = T>) -> T {
        let log = self.server.log();
        let (mut silences, arrived) = (log.silences(), log.count(on) + requests);
        let is_left_alone = |silences| {
            move |log: &Log| {
                log.silences() > silences && log.is_silent() && log.count(on) >= arrived
            }
        };
        let mut asked = pin!(asked);
        loop {
            tokio::select! {
                result = &mut asked => return result,
                () = log.until(is_left_alone(silences)) => {
                    silences = log.silences();
                    past_every_limit().await;
                }
            }
        }
    }

    fn some_id(&self) -> BusinessId {
        BusinessId(self.ids().pop_first().unwrap())
    }

    /// The ids on the server.
    fn ids(&self) -> BTreeSet<Uuid> {
        let store = self.server.state().store();
        store.newest_first().map(|business| business.id).collect()
    }

    /// Loads the list and returns its summary and the loaded ids.
    async fn load(&self) -> Result<(ListSummary, BTreeSet<Uuid>), Failure> {
        let (sender, mut receiver) = mpsc::channel(4);
        let receive = async {
            let mut held = BTreeSet::new();
            while let Some(news) = receiver.recv().await {
                match news {
                    ListProgress::Page { rows, .. } => {
                        held.extend(rows.into_iter().map(|row| row.business.id.0));
                    }
                    ListProgress::Gone { ids } => held.retain(|id| !ids.contains(&BusinessId(*id))),
                }
            }
            held
        };
        let (summary, held) = tokio::join!(self.api.load_businesses(sender), receive);
        Ok((summary?, held))
    }
}
