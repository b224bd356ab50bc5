//! A thread that runs one job after another, for system services whose calls block and must stay in order.

use std::sync::mpsc;
use std::time::Duration;

/// A running worker. When it is dropped, the thread completes the jobs already sent and ends.
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
            // Jobs are then lost, and whoever waits for an answer gets none.
            tracing::error!("the {name} thread could not be started: {error}");
        }
        Self { jobs }
    }

    /// Sends a job; `false` if the thread is gone.
    pub(super) fn send(&self, job: Job) -> bool {
        self.jobs.send(job).is_ok()
    }

    /// Sends a job that answers, and waits for the answer for up to `limit`.
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
