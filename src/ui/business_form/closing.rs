//! What the forms for creating and editing do alike around their fields: focus, submitting and the question before closing.

use egui::{Context, Ui};

use super::{FormMemory, first_invalid_field};
use crate::domain::draft::{Field, FieldFinding, blocks};
use crate::state::command::Command;
use crate::state::create::creating::FieldRejection;
use crate::theme::{self, Type};
use crate::ui::Screen;
use crate::ui::pasted_secret::reject_secret_in_dialog;
use crate::widgets::{Button, at_end};

impl FormMemory {
    /// Call it before the form is drawn.
    pub(in crate::ui) fn begin(&mut self, ctx: &Context, screen: &mut Screen<'_>) {
        if !self.asks_to_close {
            self.typed_in.follow(ctx);
        }
        reject_secret_in_dialog(ctx, screen);
    }

    /// Focuses the first rejected field of a failed request, once.
    pub(in crate::ui) fn focus_rejected(
        &mut self,
        request: u64,
        field_rejections: &[FieldRejection],
        hidden: &[Field],
    ) {
        if self.answered.replace(request) != Some(request) {
            let rejected = field_rejections
                .iter()
                .filter_map(|rejection| rejection.field);
            let rejected = rejected.filter(|field| !hidden.contains(field)).min();
            self.focus = rejected.or(self.focus);
        }
    }

    /// Returns whether the form can be sent. If not, shows all problems and focuses the first invalid field.
    pub(in crate::ui) fn submit(
        &mut self,
        findings: &[FieldFinding],
        field_rejections: &[FieldRejection],
    ) -> bool {
        self.was_submitted = true;
        let is_blocked = blocks(findings);
        if is_blocked {
            self.focus = first_invalid_field(findings, field_rejections);
        }
        !is_blocked
    }

    /// Asks before closing when Escape is pressed. A second Escape cancels the question, so that pressing it twice in a hurry loses nothing.
    pub(in crate::ui) fn escape(&mut self, ctx: &Context) {
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
