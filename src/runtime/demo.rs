//! Starts the embedded server of the demo.

use std::sync::{Arc, OnceLock};

use super::Runtime;
use super::running_demo::{DemoEndpoint, RunningDemo};
use crate::demo::DemoServer;
use crate::domain::progress::Progress;
use crate::state::generation::Generation;
use crate::state::session::messages::SignInEvent;

/// How many progress reports are sent while the businesses are generated.
const STEPS: usize = 50;

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
                Ok(server) => DemoEndpoint::of(server)
                    .and_then(|served| known.get_or_init(|| served).credentials()),
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
