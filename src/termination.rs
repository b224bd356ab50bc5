//! Closes the window on a signal that ends the program, as its close button does, so that drafts are saved and a copied token is
//! removed from the clipboard.

use std::sync::mpsc;

use eframe::egui;
use thred_console::platform::termination::{self, Termination};
use tokio::runtime::Handle;

/// Delivers the first signal and asks the window for a frame. If the window hangs, Ctrl+C or `Ctrl+\` ends the program at once.
#[expect(
    clippy::disallowed_methods,
    reason = "it listens for as long as the process lives"
)]
pub(crate) fn watch(tokio: &Handle, ctx: egui::Context) -> mpsc::Receiver<()> {
    let (deliver, terminations) = mpsc::channel();
    tokio.spawn(async move {
        termination::requested().await;
        // Fails once the window is gone.
        let _ = deliver.send(());
        ctx.request_repaint();
        loop {
            if ends_at_once(termination::requested().await) {
                std::process::exit(1);
            }
        }
    });
    terminations
}

/// Whether another signal ends the program without cleaning up. A closed terminal and a log-out send several within milliseconds, so only what a user
/// presses counts.
fn ends_at_once(another: Termination) -> bool {
    match another {
        Termination::Interrupted | Termination::Quit => true,
        Termination::HungUp | Termination::Requested => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_user_cuts_the_clean_up_short() {
        let at_once = [
            Termination::Interrupted,
            Termination::HungUp,
            Termination::Quit,
            Termination::Requested,
        ]
        .map(ends_at_once);
        assert_eq!(at_once, [true, false, true, false]);
    }
}
