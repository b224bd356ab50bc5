//! The embedded server, and the credentials that the console was started with: what signs in without a keychain.

use std::sync::{Arc, OnceLock};

use tokio::task::AbortHandle;

use crate::demo::DemoServer;
use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};
use crate::state::effect::Generation;
use crate::state::event::{Event, SessionEvent};

use super::Runtime;

/// The embedded server. Dropping it ends the server and its businesses.
pub(super) struct RunningDemo {
    task: AbortHandle,
    /// Known once it runs.
    credentials: Arc<OnceLock<Credentials>>,
}

impl Drop for RunningDemo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Runtime {
    /// Starts the server; one that runs already is signed in to once more, with the businesses it has.
    pub(super) fn start_demo(&mut self, generation: Generation) {
        // Without a session it can only be one that went on behind the lock.
        let behind_lock = self.demo.as_ref().filter(|_| self.session.is_none());
        let running = behind_lock.and_then(|demo| demo.credentials.get().cloned());
        if let Some(credentials) = running {
            self.report(generation, SessionEvent::DemoReady(Ok(credentials)));
            return;
        }
        let (outbox, options) = (self.outbox.clone(), self.demo_options.clone());
        let credentials = Arc::new(OnceLock::new());
        let known = Arc::clone(&credentials);
        let task = self.spawn(async move {
            let started = DemoServer::start(options).await;
            let result = match &started {
                Ok(server) => credentials_of(server),
                Err(error) => Err(format!(
                    "No port of this computer could be opened for it: {error}."
                )),
            };
            if let Ok(credentials) = &result {
                // Set here only.
                let _ = known.set(credentials.clone());
            }
            let event = SessionEvent::DemoReady(result);
            outbox.send(Event::Session(generation, event)).await;
            // The server serves until this task ends.
            std::future::pending::<()>().await;
        });
        self.attempt.demo = Some(RunningDemo { task, credentials });
    }

    pub(super) fn read_environment(&self, generation: Generation) {
        let found = (self.environment)();
        self.report(generation, SessionEvent::EnvironmentRead(found));
    }

    /// Reports what is known already, in its turn.
    fn report(&self, generation: Generation, event: SessionEvent) {
        let outbox = self.outbox.clone();
        self.spawn(async move { outbox.send(Event::Session(generation, event)).await });
    }
}

fn credentials_of(server: &DemoServer) -> Result<Credentials, String> {
    let base = BaseUrl::parse(&server.base_url()).map_err(|error| error.to_string())?;
    let key = ApiKey::parse(server.api_key()).map_err(|error| error.to_string())?;
    Ok(Credentials {
        environment: Environment::Demo(base),
        partner: PartnerId(server.partner_id()),
        key,
    })
}
