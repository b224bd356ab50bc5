//! What a dialog shows while its request is running, and when it offers to stop waiting.

use egui::Ui;

use super::super::{Screen, words};
use super::submit_key;
use crate::domain::failure::Operation;
use crate::domain::time::BootInstant;
use crate::state::command::Command;
use crate::state::session::workspace::Workspace;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{self, Type};
use crate::widgets::{self, Button, with_end};

/// Whether the wait is so long that the user must be able to stop it.
pub(super) fn is_long(since: BootInstant, screen: &Screen<'_>) -> bool {
    LoadingStage::after(screen.now.boot.saturating_since(since)) >= LoadingStage::Long
}

/// The footer of a form: the line about a request, or else `rest`, before the buttons. Returns whether the form is to be sent.
pub(in crate::ui) fn footer(
    ui: &mut Ui,
    workspace: &Workspace,
    (operation, since): (Operation, Option<BootInstant>),
    (labels, unavailable_reason): ([&str; 2], Option<&str>),
    [cancel, close]: [impl Into<Command>; 2],
    rest: impl FnOnce(&mut Ui, &Screen<'_>) -> Option<Command>,
    screen: &mut Screen<'_>,
) -> bool {
    let shown = &*screen;
    let before = |ui: &mut Ui| match since {
        Some(since) => {
            line(ui, workspace, operation, since, shown);
            None
        }
        None => rest(ui, shown),
    };
    let end = |ui: &mut Ui| buttons(ui, since, labels, unavailable_reason, shown);
    let (asked, (cancels, submits)) = with_end(ui, before, end);
    let leaves = match since {
        Some(_) => cancel.into(),
        None => close.into(),
    };
    screen.out.extend(asked);
    screen.out.extend(cancels.then_some(leaves));
    submits
}

/// The line that says what the dialog is waiting for, and for how long.
fn line(
    ui: &mut Ui,
    workspace: &Workspace,
    operation: Operation,
    since: BootInstant,
    screen: &Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let elapsed = screen.now.boot.saturating_since(since);
    if LoadingStage::after(elapsed) < LoadingStage::Noticed {
        return;
    }
    let environment = workspace.profile.environment.in_sentence();
    let pause = workspace
        .retry_of(operation)
        .and_then(|retry| words::pause(&environment, retry, screen.now.boot));
    let text =
        pause.unwrap_or_else(|| format!("Waiting for {environment}, {} s", elapsed.as_secs()));
    widgets::line(ui, Type::Small, p.muted, &text);
}

/// The buttons that cancel and send the form, or stop waiting for the request sent at `since`. Returns which was pressed.
fn buttons(
    ui: &mut Ui,
    since: Option<BootInstant>,
    [label, busy]: [&str; 2],
    unavailable_reason: Option<&str>,
    screen: &Screen<'_>,
) -> (bool, bool) {
    let is_offered = since.is_none_or(|since| is_long(since, screen));
    let cancels = is_offered && Button::plain("Cancel").show(ui).clicked();
    let key = submit_key();
    let submit = Button::filled(label)
        .key_hint(&key)
        .disabled_if(unavailable_reason)
        .busy(since.map(|_| busy));
    (cancels, submit.show(ui).clicked() && since.is_none())
}
