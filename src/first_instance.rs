//! What happens when the console is started while its window is already open.

use std::sync::mpsc;

use eframe::egui;
use egui::{UserAttentionType, ViewportCommand};
use thred_console::app::ConsoleApp;
use thred_console::platform::environment_variables::{KEY_VARIABLE, StartKey};
use thred_console::platform::files::{AppFolder, FolderLock};
use thred_console::platform::instance::{
    InstanceListener, RaiseCall, RaiseOutcome, RaiseRequest, raise_first,
};

use crate::arguments::Arguments;

/// Variables that a second start does not pass to the open window, because they may be secret.
const NOT_HANDED_OVER: [&str; 3] = ["THRED_PARTNER_UUID", KEY_VARIABLE, "THRED_BASE_URL"];

/// Starts listening for second starts. Must be called before the window opens. Returns `None` if listening fails; a second start then
/// only reports that the console is already open.
pub(crate) fn listen(
    tokio: &tokio::runtime::Runtime,
    folder: Option<&AppFolder>,
    lock: Option<&FolderLock>,
) -> Option<InstanceListener> {
    let _within = tokio.enter();
    InstanceListener::bind(folder?, lock?)
        .inspect_err(|error| tracing::debug!("cannot listen for second starts: {error}"))
        .ok()
}

/// Delivers the requests of second starts and asks the window for a frame after each.
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
        // Fails once the window is gone. The call is then dropped, which tells the second start that nobody answers.
        let _ = deliver.send(call);
        ctx.request_repaint();
    }));
    calls
}

/// Brings the window to the front and opens the demo if the second start asked for it.
pub(crate) fn handle_call(call: RaiseCall, app: &mut ConsoleApp, ctx: &egui::Context) {
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
    if !ctx.input(|input| input.viewport().focused.unwrap_or_default()) {
        // Some desktops prevent programs from taking the focus.
        let attention = UserAttentionType::Informational;
        ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(attention));
    }
    let outcome = if call.request.demo && !app.explore_demo_if_signed_out() {
        RaiseOutcome::WithoutDemo
    } else {
        RaiseOutcome::Raised
    };
    // Fails if the second start has given up waiting.
    let _ = call.answer.send(outcome);
}

/// Asks the open window to come to the front. Returns the message for the user, or `None` if the window does not answer.
pub(crate) fn raise(
    tokio: &tokio::runtime::Runtime,
    folder: &AppFolder,
    arguments: &Arguments,
    key: &StartKey,
) -> Option<String> {
    let request = RaiseRequest::new(arguments.demo);
    let outcome = tokio.block_on(raise_first(folder, request))?;
    let mut said = "The console is already open; its window was brought to the front.".to_owned();
    if outcome == RaiseOutcome::WithoutDemo {
        said.push_str(" You are signed in there, so the demo was not opened.");
    }
    let is_set = |name: &str| match name {
        KEY_VARIABLE => key.is_set(),
        _ => std::env::var_os(name).is_some_and(|value| !value.is_empty()),
    };
    let left: Vec<&str> = NOT_HANDED_OVER
        .into_iter()
        .filter(|name| is_set(name))
        .collect();
    if !left.is_empty() {
        said.push_str(&format!(
            " It did not get {}. To sign in with other variables, quit it first.",
            left.join(", ")
        ));
    }
    Some(said)
}
