//! What the forms for creating and editing do alike around their fields: focus, failures, submitting and closing.

use egui::{Context, Ui};
use jiff::tz::TimeZone;

use super::field::{first_invalid_field, personal};
use super::memory::FormMemory;
use super::notice::{FormNotice, with_unseen};
use super::sending::is_long;
use crate::domain::draft::{Field, FieldFinding, blocks};
use crate::domain::failure::Failure;
use crate::domain::time::BootInstant;
use crate::state::command::Command;
use crate::state::create::form_input::{FormInput, FormPhase, UnknownOutcome};
use crate::theme::{self, Type, space};
use crate::ui::pasted_secret::reject_secret_in_dialog;
use crate::ui::{Screen, words};
use crate::widgets::{Button, ModalResponse, Tone, at_end, link_styled};

impl FormMemory {
    /// Call it before the form is drawn.
    pub(in crate::ui) fn begin(&mut self, ctx: &Context, screen: &mut Screen<'_>) {
        if !self.asks_to_close {
            self.typed_in.follow(ctx);
        }
        reject_secret_in_dialog(ctx, screen);
    }

    /// Focuses the first rejected field of a failed request, once.
    pub(in crate::ui) fn focus_rejected(&mut self, input: &FormInput, hidden: &[Field]) {
        let FormPhase::Failed(answer) = &input.phase else {
            return;
        };
        let request = answer.failure.request;
        if self.answered.replace(request) != Some(request) {
            let rejected = input.field_rejections.iter();
            let rejected = rejected.filter_map(|rejection| rejection.field);
            let rejected = rejected.filter(|field| !hidden.contains(field)).min();
            self.focus = rejected.or(self.focus);
        }
    }

    /// Returns whether the form can be sent. If not, shows all problems and focuses the first invalid field.
    pub(in crate::ui) fn submit(&mut self, findings: &[FieldFinding], input: &FormInput) -> bool {
        self.was_submitted = true;
        let is_blocked = blocks(findings);
        if is_blocked {
            self.focus = first_invalid_field(findings, &input.field_rejections);
        }
        !is_blocked
    }

    /// Shows why the request failed or has no known outcome, with server messages about fields that the form does not show. `unknown` has the
    /// heading for an unknown outcome, what follows its reason, and its buttons. Returns whether one was pressed.
    pub(in crate::ui) fn failure(
        &mut self,
        ui: &mut Ui,
        input: &FormInput,
        hidden: &[Field],
        (heading, advice, buttons): (&str, &str, Vec<Button<'_>>),
        screen: &mut Screen<'_>,
    ) -> bool {
        let zone = &screen.state.zone;
        let (tone, title, text, failure, buttons) = match &input.phase {
            FormPhase::Failed(failure) => {
                let words = failure.explain(zone);
                let text = with_unseen(&words.body, &input.field_rejections, hidden);
                let failure = Some(&failure.failure);
                (Tone::Stop, words.title, text, failure, Vec::new())
            }
            FormPhase::Unknown(why) => {
                let (reason, failure) = reason(why, zone);
                let text = format!("{reason}. {advice}");
                (Tone::Warning, heading.to_owned(), text, failure, buttons)
            }
            FormPhase::Typing | FormPhase::Confirming | FormPhase::Sending { .. } => return false,
        };
        let notice = FormNotice {
            tone,
            title: &title,
            text: &text,
            failure,
            personal: &personal(&input.draft),
        };
        let pressed = notice.show(ui, &mut self.details_open, buttons, screen);
        ui.add_space(space::L);
        pressed.is_some()
    }

    /// Cancels a long request, closes the form or asks first, as Escape and the cross demand. `is_clean` says that closing loses nothing.
    pub(in crate::ui) fn leave<R>(
        &mut self,
        ctx: &Context,
        shown: &ModalResponse<R>,
        since: Option<BootInstant>,
        is_clean: bool,
        [cancel, close]: [impl Into<Command>; 2],
        screen: &mut Screen<'_>,
    ) {
        if let Some(since) = since {
            // The dialog must stay open, because it shows the result.
            self.asks_to_close = false;
            if (shown.close_clicked || shown.escape) && is_long(since, screen) {
                screen.send(cancel);
            }
        } else if shown.close_clicked || (shown.escape && is_clean) {
            self.asks_to_close = false;
            screen.send(close);
        } else if shown.escape {
            self.escape(ctx);
        }
    }

    /// Asks before closing when Escape is pressed. A second Escape cancels the question, so that pressing it twice in a hurry loses nothing.
    fn escape(&mut self, ctx: &Context) {
        if std::mem::take(&mut self.asks_to_close) {
            self.typed_in.go_back(ctx);
        } else {
            self.asks_to_close = true;
        }
    }

    /// The question in the footer.
    pub(in crate::ui) fn close_question(
        &mut self,
        ui: &mut Ui,
        text: &str,
        [discard, close]: [impl Into<Command>; 2],
        screen: &mut Screen<'_>,
    ) {
        let p = theme::palette(ui.ctx());
        ui.label(Type::Body.rich(text).color(p.text));
        at_end(ui, |ui| {
            if Button::plain("Discard").show(ui).clicked() {
                self.asks_to_close = false;
                screen.send(discard);
            }
            if Button::outlined("Close").show(ui).clicked() {
                self.asks_to_close = false;
                screen.send(close);
            }
            let keep = Button::filled("Keep editing").key_hint("Esc").takes_focus();
            if keep.show(ui).clicked() {
                self.asks_to_close = false;
                self.typed_in.go_back(ui.ctx());
            }
        });
    }
}

/// Why the outcome of a request is unknown, as a sentence without its full stop.
fn reason<'a>(why: &'a UnknownOutcome, zone: &TimeZone) -> (String, Option<&'a Failure>) {
    let sentence = match why {
        UnknownOutcome::AnswerLost(failure) => {
            return (failure.explain(zone).title, Some(&failure.failure));
        }
        UnknownOutcome::SessionEnded => "The session ended before the server answered",
        UnknownOutcome::ConsoleEnded => "The console closed before the server answered",
        UnknownOutcome::NotAwaited => "You stopped waiting for the server",
    };
    (sentence.to_owned(), None)
}

/// Says that the form was opened with an earlier draft, followed by `more` and a link to drop it. Returns whether it was pressed.
pub(in crate::ui) fn restored(
    ui: &mut Ui,
    input: &FormInput,
    [more, link]: [&str; 2],
    zone: &TimeZone,
) -> bool {
    let Some(restored) = input.restored.filter(|_| input.is_editable()) else {
        return false;
    };
    let text = match restored.at {
        Some(at) => format!(
            "Draft from {} restored.{more}",
            words::day_and_time(at, zone)
        ),
        None => format!("Draft restored.{more}"),
    };
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(Type::Small.rich(text).color(theme::palette(ui.ctx()).muted));
        link_styled(ui, link, Type::Small).clicked()
    });
    ui.add_space(space::M);
    row.inner
}
