//! What a dialog says while its request is under way, and when it offers to stop waiting.

use egui::Ui;

use crate::domain::failure::Operation;
use crate::domain::time::{BootInstant, whole_secs_up};
use crate::state::patience::Patience;
use crate::state::workspace::Workspace;
use crate::theme::{self, Type};

use super::super::Screen;

/// Whether it has been waited for so long that there has to be a way out.
pub(in crate::ui) fn is_long(since: BootInstant, screen: &Screen<'_>) -> bool {
    Patience::after(screen.now.boot.saturating_since(since)) >= Patience::Long
}

/// What is awaited, and for how long.
pub(in crate::ui) fn line(
    ui: &mut Ui,
    workspace: &Workspace,
    operation: Operation,
    since: BootInstant,
    screen: &Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let elapsed = screen.now.boot.saturating_since(since);
    if Patience::after(elapsed) < Patience::Noticed {
        return;
    }
    let environment = workspace.profile.environment.name();
    let pause = workspace
        .retry
        .as_ref()
        .filter(|retry| retry.operation == operation)
        .map(|retry| whole_secs_up(retry.at.saturating_since(screen.now.boot)))
        .filter(|secs| *secs > 0);
    let text = match pause {
        Some(secs) => format!("{environment} did not take it; sent again in {secs} s"),
        None => format!("Waiting for {environment}, {} s", elapsed.as_secs()),
    };
    ui.label(Type::Small.rich(text).color(p.muted));
}
