//! A second start and the window that is already open.

use std::sync::mpsc;

use eframe::egui;
use egui::{UserAttentionType, ViewportCommand};
use thred_console::app::ConsoleApp;
use thred_console::platform::files::{AppFolder, FolderLock};
use thred_console::platform::instance::{
    InstanceListener, RaiseCall, RaiseOutcome, RaiseRequest, raise_first,
};

use crate::arguments::Arguments;

/// What a start reads and never hands over: it may be secret.
const NOT_HANDED_OVER: [&str; 3] = ["THRED_PARTNER_UUID", "THRED_API_KEY", "THRED_BASE_URL"];

/// Listens for second starts, before the window opens. Without a way to do so, those say that it is open already.
pub(crate) fn listen(
    tokio: &tokio::runtime::Runtime,
    folder: Option<&AppFolder>,
    lock: Option<&FolderLock>,
) -> Option<InstanceListener> {
    let _within = tokio.enter();
    InstanceListener::bind(folder?, lock?)
        .inspect_err(|error| tracing::debug!("second starts are not heard: {error}"))
        .ok()
}

/// The requests of second starts, as they come. Each asks the window for a frame.
#[expect(
    clippy::disallowed_methods,
    reason = "it listens for as long as the process lives"
)]
pub(crate) fn serve(
    tokio: &tokio::runtime::Handle,
    listener: InstanceListener,
    ctx: egui::Context,
) -> mpsc::Receiver<RaiseCall> {
    let (deliver, calls) = mpsc::channel();
    tokio.spawn(listener.serve(move |call| {
        // Once the window is gone, nobody takes it, and the second start hears that nobody answers.
        let _ = deliver.send(call);
        ctx.request_repaint();
    }));
    calls
}

/// Brings the window to the front, and does what else was asked for.
pub(crate) fn obey(call: RaiseCall, app: &mut ConsoleApp, ctx: &egui::Context) {
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
    if !ctx.input(|input| input.viewport().focused.unwrap_or_default()) {
        // Some desktops let no program take the focus.
        let attention = UserAttentionType::Informational;
        ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(attention));
    }
    let outcome = if call.request.demo && !app.explore_demo_if_signed_out() {
        RaiseOutcome::WithoutDemo
    } else {
        RaiseOutcome::Raised
    };
    // The second start may have given up.
    let _ = call.answer.send(outcome);
}

/// Asks the window that is open to come to the front. What to tell the user; `None` where nobody answers.
pub(crate) fn raise(
    tokio: &tokio::runtime::Runtime,
    folder: &AppFolder,
    arguments: &Arguments,
) -> Option<String> {
    let request = RaiseRequest::new(arguments.demo);
    let outcome = tokio.block_on(raise_first(folder, request))?;
    let mut said = "The console is already open; its window was brought to the front.".to_owned();
    if outcome == RaiseOutcome::WithoutDemo {
        said.push_str(" You are signed in there, so the demo was not opened.");
    }
    let left: Vec<&str> = NOT_HANDED_OVER
        .into_iter()
        .filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
        .collect();
    if !left.is_empty() {
        said.push_str(&format!(
            " It did not get {}. To sign in with other variables, quit it first.",
            left.join(", ")
        ));
    }
    Some(said)
}
