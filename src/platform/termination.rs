//! Signals that ask this program to end: from a terminal, at log-out, or from a service manager.
//!
//! Every signal that can be caught is: a program that is ended without notice would leave a token on the clipboard.

#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

#[cfg(unix)]
use super::ignored_signals::is_ignored;

/// Who asked the program to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Termination {
    /// The user, with Ctrl+C.
    Interrupted,
    /// The terminal, because it was closed.
    HungUp,
    /// The user, with `Ctrl+\` or Ctrl+Break.
    Quit,
    /// The system or another program.
    Requested,
}

/// Waits for the next signal that ends the program.
///
/// Signals that the caller ignores, as `nohup` does, stay ignored, here and in the program that `exec` starts.
#[cfg(unix)]
pub async fn requested() -> Termination {
    tokio::select! {
        () = arrival(SignalKind::interrupt()) => Termination::Interrupted,
        () = arrival(SignalKind::hangup()) => Termination::HungUp,
        () = arrival(SignalKind::quit()) => Termination::Quit,
        () = arrival(SignalKind::terminate()) => Termination::Requested,
    }
}

/// Never returns for an ignored signal: installing a handler would end the ignoring.
#[cfg(unix)]
async fn arrival(kind: SignalKind) {
    if !is_ignored(kind.as_raw_value())
        && let Ok(mut signals) = signal(kind)
        && signals.recv().await.is_some()
    {
        return;
    }
    std::future::pending().await
}

/// Waits for Ctrl+C, Ctrl+Break, or the end of the console window or of the session.
#[cfg(windows)]
pub async fn requested() -> Termination {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (Ok(mut c), Ok(mut pause), Ok(mut close), Ok(mut log_off), Ok(mut shut_down)) = (
        ctrl_c(),
        ctrl_break(),
        ctrl_close(),
        ctrl_logoff(),
        ctrl_shutdown(),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = c.recv() => Termination::Interrupted,
        _ = pause.recv() => Termination::Quit,
        _ = close.recv() => Termination::HungUp,
        _ = log_off.recv() => Termination::Requested,
        _ = shut_down.recv() => Termination::Requested,
    }
}
