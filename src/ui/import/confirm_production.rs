//! Confirmation before the first import into Production, once per run of the console.

use egui::{Context, Id};

use super::super::words;
use super::Screen;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::OpenFile;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, dialog};
use crate::widgets::{Button, Modal, at_end, paragraph};

pub(super) fn show(ctx: &Context, workspace: &Workspace, open: &OpenFile, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let count = words::count(open.to_send() as u64);
    let noun = if open.to_send() == 1 {
        "business"
    } else {
        "businesses"
    };
    let title = format!("Create {count} {noun}?");
    let modal = Modal::new(Id::unique("import arm"), &title)
        .width(dialog::SMALL)
        .top(dialog::TOP_LOW)
        .chip(words::hue(environment), environment.called());
    let shown = modal.show(ctx, |parts| {
        parts.body(|ui| {
            let p = theme::palette(ui.ctx());
            let text = format!(
                "{count} rows of {} will be real businesses in {}, at {}. Businesses cannot be deleted. The \
                 console asks once: until it closes, it creates more without asking.",
                open.name(),
                environment.called(),
                words::host(environment),
            );
            paragraph(ui, Type::Body, p.text, &text);
        });
        parts.foot(|ui| {
            at_end(ui, |ui| {
                if Button::plain("Back").takes_focus().show(ui).clicked() {
                    screen.ask(ImportCommand::Decline);
                }
                let label = format!("Create {count} in {}", environment.called());
                if Button::filled(&label).show(ui).clicked() {
                    screen.ask(ImportCommand::Confirm);
                }
            });
        });
    });
    if shown.escape || shown.close_clicked {
        screen.ask(ImportCommand::Decline);
    }
}
