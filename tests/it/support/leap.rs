//! A tokio runtime whose clock a test moves: a limit on real HTTP is met because the server never answers, not because
//! the machine is slow.

use std::{
    sync::Arc,
    thread::{Builder, JoinHandle},
    time::Duration,
};

use tokio::{
    runtime::{Handle, Runtime},
    sync::oneshot,
};

/// Every limit of a client is over. What must not time out has to be answered before.
pub async fn past_every_limit() {
    leap(Duration::from_hours(2)).await;
}

/// Moves the clock of the current runtime, which runs on at its own pace before and after. The runtime must have one
/// thread only.
async fn leap(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}

/// A runtime of one thread. Dropping it ends the thread, and what runs on it.
pub struct LeapingRuntime {
    runtime: Arc<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LeapingRuntime {
    pub fn start() -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = Arc::new(builder.enable_all().build().unwrap());
        let (stop, stopped) = oneshot::channel();
        let driven = Arc::clone(&runtime);
        let thread = Builder::new().name("tokio".to_owned()).spawn(move || {
            // Either way it is the end.
            let _ = driven.block_on(stopped);
        });
        Self {
            runtime,
            stop: Some(stop),
            thread: Some(thread.unwrap()),
        }
    }

    pub fn handle(&self) -> Handle {
        self.runtime.handle().clone()
    }

    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// [`past_every_limit`], on the thread that waits for the clock.
    pub fn leap_past_every_limit(&self) {
        let leapt = self.runtime.spawn(past_every_limit());
        self.block_on(leapt).unwrap();
    }

    /// Moves the clock by `by`.
    pub fn leap(&self, by: Duration) {
        let leapt = self.runtime.spawn(leap(by));
        self.block_on(leapt).unwrap();
    }
}

impl Drop for LeapingRuntime {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // If it panicked, the test has failed already.
            let _ = thread.join();
        }
    }
}
