//! Questions around sending: whether to create in Production, and what to do when the result is unknown.

use egui::{Context, Ui};

use super::super::{Screen, business_form};
use crate::domain::draft::Field;
use crate::domain::share_mode::ShareMode;
use crate::domain::text::excerpt;
use crate::state::create::form_input::FormInput;
use crate::state::create::messages::CreateCommand;
use crate::state::session::workspace::Workspace;
use crate::ui::question::Question;
use crate::widgets::{Button, at_end};

/// Confirmation before the first create in Production, once per run of the console.
pub(super) fn confirm_production(ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let draft = &workspace.creating.input.draft;
    let share = screen.state.share;
    let name = share
        .text(&excerpt(&draft[Field::LegalName], 80))
        .into_owned();
    let id = share
        .text(&excerpt(&draft[Field::ExternalId], 80))
        .into_owned();
    let text = format!(
        "“{name}” with external_id {id} will be a real business at {}. Businesses cannot be deleted. \
         The console asks once: until it closes, it creates more without asking.",
        environment.host(),
    );
    let question = Question {
        id: "create arm",
        title: "Create in Production?",
        environment: Some(environment),
        paragraphs: vec![&text],
        no: "Back",
        yes: Button::filled("Create in Production"),
    };
    match question.show(ctx) {
        Some(true) => screen.send(CreateCommand::ConfirmProduction),
        Some(false) => screen.send(CreateCommand::BackToDraft),
        None => {}
    }
}

/// What to do when the result is unknown.
pub(super) fn advice(input: &FormInput, share: ShareMode) -> String {
    let id = excerpt(&input.draft[Field::ExternalId], 80);
    let id = share.text(&id);
    format!(
        "Checking with the same external_id, {id}, is safe and never creates a second business."
    )
}

/// The buttons for a lost response, in the footer of the form.
pub(super) fn lost_answer_actions(ui: &mut Ui, screen: &mut Screen<'_>) {
    at_end(ui, |ui| {
        if Button::plain("Back to form").show(ui).clicked() {
            screen.send(CreateCommand::BackToDraft);
        }
        if Button::outlined("Keep as draft").show(ui).clicked() {
            screen.send(CreateCommand::Close);
        }
        let key = business_form::submit_key();
        if Button::filled("Check now")
            .takes_focus()
            .key_hint(&key)
            .show(ui)
            .clicked()
        {
            screen.send(CreateCommand::CheckOutcome);
        }
    });
}
