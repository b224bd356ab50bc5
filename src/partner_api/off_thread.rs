//! Runs work on another thread and cancels it together with the future that waits for it.

use std::panic::resume_unwind;

use tokio::task::JoinSet;

/// Runs `work` as a task of its own, off the caller's thread. Dropping the future aborts the task, so that nothing continues in the background.
pub(super) async fn run_off_thread<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> T {
    let mut task = JoinSet::new();
    task.spawn(work);
    match task.join_next().await {
        Some(Ok(done)) => done,
        Some(Err(error)) if error.is_panic() => resume_unwind(error.into_panic()),
        // The runtime is shutting down, and this task with it.
        Some(Err(_)) | None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn dropping_it_ends_the_work() {
        let held = Arc::new(());
        let work = {
            let held = Arc::clone(&held);
            async move {
                std::future::pending::<()>().await;
                drop(held);
            }
        };
        let mut waiting = Box::pin(run_off_thread(work));
        tokio::select! {
            biased;
            () = &mut waiting => {}
            () = tokio::task::yield_now() => {}
        }
        assert_eq!(Arc::strong_count(&held), 2);
        drop(waiting);
        while Arc::strong_count(&held) > 1 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_work_does_not_wait_for_the_thread_of_its_owner() {
        let (done, did) = std::sync::mpsc::channel();
        let work = async move { done.send(thread::current().id()) };
        let mut waiting = Box::pin(run_off_thread(work));
        // Starts the work, which may already have ended.
        let _ = (&mut waiting).now_or_never();
        // This thread blocks and does not yield.
        assert_ne!(did.recv().unwrap(), thread::current().id());
    }
}
