//! Submits the form, and carries out the fix for a problem.

use egui::Ui;

use super::SignInScreen;
use super::form::{CUSTOM, environment_id, key_id, partner_id, url_id};
use super::problem::FormRemedy;
use super::source;
use crate::domain::credentials::PartnerId;
use crate::domain::key_source::KeySource;
use crate::state::command::Command;
use crate::state::session::messages::{KeyRequest, SessionCommand};
use crate::widgets::focus_on;

impl SignInScreen {
    pub(super) fn remedy(&mut self, ui: &Ui, remedy: Option<FormRemedy>, out: &mut Vec<Command>) {
        let field = match remedy {
            None => return,
            Some(FormRemedy::Ask(command)) => return out.push(command),
            Some(FormRemedy::Submit) => return self.submit(ui, out),
            Some(FormRemedy::EditKey | FormRemedy::EnterKey) => key_id(),
            Some(FormRemedy::ThisSessionOnly) => {
                self.form.only_this_session = true;
                key_id()
            }
            Some(FormRemedy::AnswerSource) => source::answer_id(),
            Some(FormRemedy::EditAddress) if self.form.environment == CUSTOM => url_id(),
            Some(FormRemedy::EditAddress) => environment_id(),
        };
        focus_on(ui.ctx(), field);
    }

    pub(super) fn submit(&mut self, ui: &Ui, out: &mut Vec<Command>) {
        self.form.was_submitted = true;
        if self.source.is_open() {
            return self.submit_source(ui, out);
        }
        match self.form.read() {
            Ok(credentials) => {
                let source = if self.form.only_this_session {
                    KeySource::Typed
                } else {
                    KeySource::Keychain
                };
                let command = SessionCommand::SignIn {
                    credentials,
                    source,
                    label: self.form.label.clone(),
                };
                out.push(Command::Session(command));
                self.is_trying = true;
                self.has_wiped_entered_key = false;
            }
            Err(complaints) => {
                let first = [
                    (complaints.url, url_id()),
                    (complaints.partner, partner_id()),
                    (complaints.key, key_id()),
                ]
                .into_iter()
                .find(|(complaint, _)| complaint.is_some());
                if let Some((_, field)) = first {
                    focus_on(ui.ctx(), field);
                }
            }
        }
    }

    /// Fetches the key from the entered source.
    fn submit_source(&mut self, ui: &Ui, out: &mut Vec<Command>) {
        let typed = self.form.partner.trim();
        let partner = (!typed.is_empty()).then(|| PartnerId::parse(typed));
        let partner = match partner.transpose() {
            Ok(partner) => partner,
            Err(_) => return focus_on(ui.ctx(), partner_id()),
        };
        let Ok(environment) = self.form.chosen() else {
            return focus_on(ui.ctx(), url_id());
        };
        if let Some((source, answer)) = self.source.read(ui) {
            let request = KeyRequest {
                source: source.into(),
                environment,
                partner,
                answer,
            };
            out.push(Command::Session(SessionCommand::SignInFrom {
                request,
                label: self.form.label.clone(),
            }));
            self.is_trying = true;
        }
    }
}
