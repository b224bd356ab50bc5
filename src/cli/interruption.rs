//! Signals that end a command: Ctrl+C, the end of the terminal, or a request to terminate.
//!
//! Every signal that can be caught is: a command that is ended without notice would leave a token on the clipboard.

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
        () = arrival(SignalKind::quit(), ignored) => CliExit::Quit,
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

/// Waits for Ctrl+C, Ctrl+Break, or the end of the console window or of the session, and returns the exit code for it.
#[cfg(windows)]
pub(super) async fn interrupted() -> CliExit {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (Ok(mut c), Ok(mut pause), Ok(mut close), Ok(mut logoff), Ok(mut shutdown)) = (
        ctrl_c(),
        ctrl_break(),
        ctrl_close(),
        ctrl_logoff(),
        ctrl_shutdown(),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = c.recv() => CliExit::Interrupted,
        _ = pause.recv() => CliExit::Quit,
        _ = close.recv() => CliExit::HungUp,
        _ = logoff.recv() => CliExit::Terminated,
        _ = shutdown.recv() => CliExit::Terminated,
    }
}
