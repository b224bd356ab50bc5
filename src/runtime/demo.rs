//! The embedded server of the demo.

use std::sync::{Arc, OnceLock};

use tokio::task::AbortHandle;

use super::Runtime;
use crate::demo::{DemoServer, DemoState};
use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::progress::Progress;
use crate::state::generation::Generation;
use crate::state::session::messages::SignInEvent;

/// How many progress reports are sent while the businesses are generated.
const STEPS: usize = 50;

/// The embedded server. Dropping it stops the server and discards its businesses.
pub(super) struct RunningDemo {
    task: AbortHandle,
    /// Set once the server is running.
    served: Arc<OnceLock<DemoEndpoint>>,
}

struct DemoEndpoint {
    base: BaseUrl,
    memory: DemoState,
}

impl RunningDemo {
    /// The server's state, once it is running; creates and revokes API keys.
    pub(super) fn memory(&self) -> Option<&DemoState> {
        self.served.get().map(|served| &served.memory)
    }

    fn credentials(&self) -> Option<Credentials> {
        self.served.get()?.credentials().ok()
    }
}

impl DemoEndpoint {
    /// Credentials with the newest key, because an older one may have been revoked.
    fn credentials(&self) -> Result<Credentials, String> {
        let key = self.memory.newest_api_key().unwrap_or_default();
        Ok(Credentials {
            environment: Environment::Demo(self.base.clone()),
            partner: PartnerId(self.memory.partner_id()),
            key: ApiKey::parse(&key)?,
        })
    }
}

impl Drop for RunningDemo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Runtime {
    /// Starts the server. If one is already running behind the lock, signs in to it again, with the businesses it has.
    pub(super) fn start_demo(&mut self, generation: Generation) {
        // A server without a session is one that kept running behind the lock.
        let behind_lock = self.demo.as_ref().filter(|_| self.session.is_none());
        let running = behind_lock.and_then(RunningDemo::credentials);
        if let Some(credentials) = running {
            return self.report(generation, SignInEvent::DemoReady(Ok(credentials)));
        }
        let (outbox, options) = (self.outbox.clone(), self.demo_options.clone());
        let served = Arc::new(OnceLock::new());
        let known = Arc::clone(&served);
        let telling = self.outbox.clone();
        let total = options.businesses;
        let tell = move |done: usize| {
            if done.is_multiple_of(total.div_ceil(STEPS)) {
                let event = SignInEvent::DemoGenerating(Progress { done, total });
                telling.try_send((generation, event));
            }
        };
        let task = self.spawn(async move {
            let started = DemoServer::start_with_progress(options, tell).await;
            let result = match &started {
                Ok(server) => {
                    served_by(server).and_then(|served| known.get_or_init(|| served).credentials())
                }
                Err(error) => Err(format!(
                    "The demo server could not open a port on this computer: {error}."
                )),
            };
            let event = SignInEvent::DemoReady(result);
            outbox.send((generation, event)).await;
            // The server runs until this task ends.
            std::future::pending::<()>().await;
        });
        self.attempt.demo = Some(RunningDemo { task, served });
    }

    /// Reports a result that is already known, in order with the other events.
    pub(super) fn report(&self, generation: Generation, event: SignInEvent) {
        let outbox = self.outbox.clone();
        self.spawn(async move { outbox.send((generation, event)).await });
    }
}

fn served_by(server: &DemoServer) -> Result<DemoEndpoint, String> {
    Ok(DemoEndpoint {
        base: BaseUrl::parse(&server.base_url()).map_err(|error| error.to_string())?,
        memory: server.state().clone(),
    })
}
