//! Once per run, before the first create in Production.

use egui::{Align, Context, Id, Layout};

use crate::state::command::{Command, ImportCommand};
use crate::state::importing::OpenFile;
use crate::state::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, paragraph};

use super::super::words;
use super::Screen;

pub(super) fn show(ctx: &Context, workspace: &Workspace, open: &OpenFile, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let count = words::count(open.to_send() as u64);
    let noun = if open.to_send() == 1 {
        "business"
    } else {
        "businesses"
    };
    let title = format!("Create {count} {noun} in {}?", environment.name());
    let modal = Modal::new(Id::unique("import arm"), &title)
        .width(dialog::SMALL)
        .top(dialog::TOP_LOW)
        .chip(words::hue(environment), environment.name());
    let shown = modal.show(ctx, |parts| {
        parts.body(|ui| {
            let p = theme::palette(ui.ctx());
            let text = format!(
                "{count} rows of {} become real businesses at {}. Businesses cannot be deleted. This is asked \
                 once; until the console closes, further ones are created without asking.",
                open.name(),
                words::host(environment),
            );
            paragraph(ui, Type::Body, p.text, &text);
        });
        parts.foot(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = format!("Create {count} in {}", environment.name());
                if Button::filled(&label).show(ui).clicked() {
                    screen.out.push(Command::Import(ImportCommand::Confirm));
                }
                ui.add_space(space::S);
                if Button::plain("Back").show(ui).clicked() {
                    screen.out.push(Command::Import(ImportCommand::Decline));
                }
            });
        });
    });
    if shown.escape || shown.close_clicked {
        screen.out.push(Command::Import(ImportCommand::Decline));
    }
}
