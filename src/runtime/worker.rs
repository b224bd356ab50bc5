//! A thread that does one thing after another: for services of the system that block, and whose
//! calls must keep their order.

use std::sync::mpsc;
use std::time::Duration;

/// A running worker; dropping it lets the thread finish what was sent and end.
pub(super) struct Worker<Job> {
    jobs: mpsc::Sender<Job>,
}

impl<Job: Send + 'static> Worker<Job> {
    /// Starts a thread that calls `work` for each job.
    #[expect(
        clippy::disallowed_methods,
        reason = "one long-lived thread per blocking service"
    )]
    pub(super) fn start(name: &str, mut work: impl FnMut(Job) + Send + 'static) -> Self {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                while let Ok(job) = inbox.recv() {
                    work(job);
                }
            });
        if let Err(error) = thread {
            // Jobs then go nowhere, and their askers hear that nobody answered.
            tracing::error!("the {name} thread could not be started: {error}");
        }
        Self { jobs }
    }

    /// Hands over a job; `false` if the thread is gone.
    pub(super) fn send(&self, job: Job) -> bool {
        self.jobs.send(job).is_ok()
    }

    /// Hands over a job that answers, and waits at most so long for it.
    pub(super) fn ask<Answer>(
        &self,
        limit: Duration,
        job: impl FnOnce(mpsc::Sender<Answer>) -> Job,
    ) -> Option<Answer> {
        let (answer, answered) = mpsc::channel();
        self.send(job(answer))
            .then(|| answered.recv_timeout(limit).ok())
            .flatten()
    }
}
