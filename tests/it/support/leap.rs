//! A tokio runtime whose clock a test moves, so that a time limit on real HTTP is reached only if the server never
//! answers, not if the machine is slow.

use std::{
    sync::{Arc, mpsc},
    thread::{Builder, JoinHandle},
    time::Duration,
};

use tokio::{
    runtime::{Handle, Runtime},
    sync::oneshot,
};

/// Moves the clock past every time limit of the client. Requests that must not time out have to be answered before.
pub async fn past_every_limit() {
    leap(Duration::from_hours(2)).await;
}

/// Moves the clock of the current runtime forward. Before and after, it runs at its normal pace. The runtime must be
/// single-threaded.
async fn leap(by: Duration) {
    tokio::time::pause();
    tokio::time::advance(by).await;
    tokio::time::resume();
}

/// A runtime with one thread. Dropping it ends the thread and its tasks.
pub struct LeapingRuntime {
    runtime: Arc<Runtime>,
    /// Whoever waits for a file goes on when it is dropped.
    drive: Option<mpsc::Sender<()>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LeapingRuntime {
    /// Where the drive is dead, nothing that waits for files gets anywhere.
    pub fn start(is_drive_dead: bool) -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        if is_drive_dead {
            builder.max_blocking_threads(1);
        }
        let runtime = Arc::new(builder.enable_all().build().unwrap());
        let drive = is_drive_dead.then(|| {
            let (drive, ended) = mpsc::channel();
            runtime.spawn_blocking(move || ended.recv());
            drive
        });
        let (stop, stopped) = oneshot::channel();
        let driven = Arc::clone(&runtime);
        let thread = Builder::new().name("tokio".to_owned()).spawn(move || {
            // A message and a dropped sender both mean the end.
            let _ = driven.block_on(stopped);
        });
        Self {
            runtime,
            drive,
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

    /// Runs [`past_every_limit`] on the runtime's own thread.
    pub fn leap_past_every_limit(&self) {
        let leapt = self.runtime.spawn(past_every_limit());
        self.block_on(leapt).unwrap();
    }

    /// Moves the clock forward by `by`.
    pub fn leap(&self, by: Duration) {
        let leapt = self.runtime.spawn(leap(by));
        self.block_on(leapt).unwrap();
    }
}

impl Drop for LeapingRuntime {
    fn drop(&mut self) {
        drop(self.drive.take());
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // If the thread panicked, the test has failed already.
            let _ = thread.join();
        }
    }
}
