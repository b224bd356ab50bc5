//! Signals that end a command: Ctrl+C, the end of the terminal, or a request to terminate.

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

use super::exit::CliExit;
#[cfg(unix)]
use crate::platform::ignored_signals::IgnoredSignals;

/// Waits for a signal that ends the command, and returns the exit code for it.
///
/// Signals that the caller ignores, as `nohup` does, stay ignored, here and in the program that `exec` starts.
#[cfg(unix)]
pub(super) async fn interrupted() -> CliExit {
    let ignored = IgnoredSignals::read();
    tokio::select! {
        () = arrival(SignalKind::interrupt(), ignored) => CliExit::Interrupted,
        () = arrival(SignalKind::hangup(), ignored) => CliExit::HungUp,
        () = arrival(SignalKind::terminate(), ignored) => CliExit::Terminated,
    }
}

/// Never returns for an ignored signal: installing a handler would end the ignoring.
#[cfg(unix)]
async fn arrival(kind: SignalKind, ignored: IgnoredSignals) {
    if !ignored.contains(kind.as_raw_value())
        && let Ok(mut signals) = signal(kind)
        && signals.recv().await.is_some()
    {
        return;
    }
    std::future::pending().await
}

/// Waits for Ctrl+C, and returns the exit code for it.
#[cfg(not(unix))]
pub(super) async fn interrupted() -> CliExit {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    CliExit::Interrupted
}
