//! Questions around sending: whether to create in Production, and what to do when the result is unknown.

use egui::{Context, Ui};

use super::super::business_form::notice::FormNotice;
use super::super::{Screen, business_form};
use crate::domain::draft::Field;
use crate::domain::text::excerpt;
use crate::state::create::creating::UnknownOutcome;
use crate::state::create::messages::CreateCommand;
use crate::state::session::workspace::Workspace;
use crate::ui::question::Question;
use crate::widgets::{Button, Tone, at_end};

/// Confirmation before the first create in Production, once per run of the console.
pub(super) fn confirm_production(ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let draft = &workspace.creating.draft;
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

/// The notice above the form when the result is unknown, with the reason.
pub(super) fn unknown_notice(
    ui: &mut Ui,
    workspace: &Workspace,
    why: &UnknownOutcome,
    open: &mut bool,
    screen: &mut Screen<'_>,
) {
    let share = screen.state.share;
    let id = excerpt(&workspace.creating.draft[Field::ExternalId], 80);
    let id = share.text(&id);
    let (reason, failure) = match why {
        UnknownOutcome::AnswerLost(failure) => {
            let title = failure.explain(&screen.state.zone).title;
            (format!("{title}."), Some(&failure.failure))
        }
        UnknownOutcome::SessionEnded => (
            "The session ended before the server answered.".to_owned(),
            None,
        ),
        UnknownOutcome::ConsoleEnded => (
            "The console closed before the server answered.".to_owned(),
            None,
        ),
        UnknownOutcome::NotAwaited => ("You stopped waiting for the server.".to_owned(), None),
    };
    let text = format!(
        "{reason} Checking with the same external_id, {id}, is safe and never creates a second business."
    );
    let notice = FormNotice {
        tone: Tone::Warning,
        title: "It may or may not have been created",
        text: &text,
        failure,
        personal: &business_form::personal(&workspace.creating.draft),
    };
    notice.show(ui, open, Vec::new(), screen);
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
