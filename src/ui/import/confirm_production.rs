//! Confirmation before the first import into Production, once per run of the console.

use egui::Context;

use super::super::{Question, words};
use super::Screen;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::OpenFile;
use crate::state::session::workspace::Workspace;
use crate::widgets::Button;

pub(super) fn show(ctx: &Context, workspace: &Workspace, open: &OpenFile, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let count = words::count(open.to_send() as u64);
    let noun = if open.to_send() == 1 {
        "business"
    } else {
        "businesses"
    };
    let title = format!("Create {count} {noun}?");
    let text = format!(
        "{count} rows of {} will be real businesses in {}, at {}. Businesses cannot be deleted. The \
         console asks once: until it closes, it creates more without asking.",
        open.name(),
        environment.called(),
        words::host(environment),
    );
    let yes = format!("Create {count} in {}", environment.called());
    let question = Question {
        id: "import arm",
        title: &title,
        environment: Some(environment),
        paragraphs: vec![&text],
        no: "Back",
        yes: Button::filled(&yes),
    };
    match question.show(ctx) {
        Some(true) => screen.ask(ImportCommand::Confirm),
        Some(false) => screen.ask(ImportCommand::Decline),
        None => {}
    }
}
