//! Signals that end the program. They close the window as its close button does, so that drafts are saved and a copied token is
//! removed from the clipboard.

use std::sync::mpsc;
#[cfg(unix)]
use std::task::Poll;

use eframe::egui;
#[cfg(unix)]
use thred_console::platform::ignored_signals::IgnoredSignals;
use tokio::runtime::Handle;

/// Delivers the signals and asks the window for a frame after each. A second signal ends the program at once, in case the window hangs.
#[expect(
    clippy::disallowed_methods,
    reason = "it listens for as long as the process lives"
)]
pub(crate) fn watch(tokio: &Handle, ctx: egui::Context) -> mpsc::Receiver<()> {
    let (deliver, terminations) = mpsc::channel();
    tokio.spawn(async move {
        let Ok(mut signals) = Signals::listen() else {
            tracing::warn!("signals that end the program are not handled");
            return;
        };
        signals.next().await;
        // Fails once the window is gone.
        let _ = deliver.send(());
        ctx.request_repaint();
        signals.next().await;
        std::process::exit(1);
    });
    terminations
}

/// The signals that end a program: from a terminal, at log-out, or from a service manager.
#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    /// Signals that were ignored when the program started, such as SIGHUP under `nohup`, stay ignored.
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let ignored = IgnoredSignals::read();
        [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
            SignalKind::quit(),
        ]
        .into_iter()
        .filter(|kind| !ignored.contains(kind.as_raw_value()))
        .map(signal)
        .collect::<std::io::Result<_>>()
        .map(Self)
    }

    async fn next(&mut self) {
        std::future::poll_fn(|cx| {
            let is_ready =
                |signal: &mut tokio::signal::unix::Signal| signal.poll_recv(cx).is_ready();
            if self.0.iter_mut().any(is_ready) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

/// The console events that end a program, for a window that was started from a console.
#[cfg(windows)]
struct Signals {
    c: tokio::signal::windows::CtrlC,
    pause: tokio::signal::windows::CtrlBreak,
    close: tokio::signal::windows::CtrlClose,
    log_off: tokio::signal::windows::CtrlLogoff,
    shut_down: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
        Ok(Self {
            c: ctrl_c()?,
            pause: ctrl_break()?,
            close: ctrl_close()?,
            log_off: ctrl_logoff()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.c.recv() => {}
            _ = self.pause.recv() => {}
            _ = self.close.recv() => {}
            _ = self.log_off.recv() => {}
            _ = self.shut_down.recv() => {}
        }
    }
}
