//! A system service on a thread of its own, because its calls block and must stay in order.

use std::sync::mpsc;
use std::time::Duration;

type Call<Service> = Box<dyn FnOnce(&mut Service) + Send>;

/// A running worker. When it is dropped, the thread completes the calls already sent and ends.
pub(super) struct Worker<Service> {
    calls: mpsc::Sender<Call<Service>>,
}

impl<Service: Send + 'static> Worker<Service> {
    #[expect(
        clippy::disallowed_methods,
        reason = "one long-lived thread per blocking service"
    )]
    pub(super) fn start(name: &str, mut service: Service) -> Self {
        let (calls, inbox) = mpsc::channel::<Call<Service>>();
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                while let Ok(call) = inbox.recv() {
                    call(&mut service);
                }
            });
        if let Err(error) = thread {
            // Calls are then lost, and whoever waits for an answer gets none.
            tracing::error!("the {name} thread could not be started: {error}");
        }
        Self { calls }
    }

    /// Calls the service after all earlier calls.
    pub(super) fn call(&self, call: impl FnOnce(&mut Service) + Send + 'static) {
        // The thread is gone only if a call has panicked.
        let _ = self.calls.send(Box::new(call));
    }

    /// Calls the service, and waits for the answer for up to `limit`.
    pub(super) fn call_and_wait<Answer: Send + 'static>(
        &self,
        limit: Duration,
        call: impl FnOnce(&mut Service) -> Answer + Send + 'static,
    ) -> Option<Answer> {
        let (answer, answered) = mpsc::channel();
        self.call(move |service| {
            // The receiver is gone after the limit.
            let _ = answer.send(call(service));
        });
        answered.recv_timeout(limit).ok()
    }

    /// Waits for up to `limit` until all calls are done. Returns whether they are done.
    pub(super) fn finish(&self, limit: Duration) -> bool {
        self.call_and_wait(limit, |_| ()).is_some()
    }
}
