//! Closes the window on a signal that ends the program, as its close button does, so that drafts are saved and a copied token is
//! removed from the clipboard.

use std::sync::mpsc;

use eframe::egui;
use thred_console::platform::termination;
use tokio::runtime::Handle;

/// Delivers the signals and asks the window for a frame after each. A second signal ends the program at once, in case the window hangs.
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
        termination::requested().await;
        std::process::exit(1);
    });
    terminations
}
