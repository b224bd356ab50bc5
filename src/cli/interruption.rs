//! Signals that end a command: Ctrl+C, the end of the terminal, or a request to terminate.

use super::exit::CliExit;

/// Waits for a signal that ends the command, and returns the exit code for it.
#[cfg(unix)]
pub(super) async fn interrupted() -> CliExit {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut hang_up), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::hangup()),
        signal(SignalKind::terminate()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => CliExit::Interrupted,
        _ = hang_up.recv() => CliExit::HungUp,
        _ = terminate.recv() => CliExit::Terminated,
    }
}

/// Waits for Ctrl+C, and returns the exit code for it.
#[cfg(not(unix))]
pub(super) async fn interrupted() -> CliExit {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    CliExit::Interrupted
}
