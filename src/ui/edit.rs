//! The dialog that changes a stored business: typed, looked over, then sent.

use egui::{Context, Id, Ui};

use crate::domain::draft::{Field, Finding, blocks, check_changes};
use crate::state::command::Command;
use crate::state::editing::{EditPhase, Editing};
use crate::state::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, KeyValue, Modal, ModalUi, Notice, Tone, at_end, paragraph};

use super::business_form::{self, FormFacts, FormMemory};
use super::{Screen, words};

/// The buffers of the dialog.
#[derive(Default)]
pub(super) struct EditDialog {
    memory: FormMemory,
    details_open: bool,
    asks_to_close: bool,
}

impl EditDialog {
    /// Draws the dialog while a business is being edited.
    pub(super) fn show(&mut self, ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
        let Some(editing) = &workspace.editing else {
            *self = Self::default();
            return;
        };
        let environment = &workspace.profile.environment;
        let findings = check_changes(
            &editing.base.draft,
            &editing.draft,
            &screen.state.drafts.taught,
        );
        let title = if matches!(editing.phase, EditPhase::Preview) {
            "Save these changes?"
        } else {
            "Edit business"
        };
        let modal = Modal::new(Id::unique("edit"), title)
            .width(dialog::NORMAL)
            .chip(words::hue(environment), environment.name());
        let shown = modal.show(ctx, |parts| match editing.phase {
            EditPhase::Preview => preview(parts, workspace, editing, screen),
            _ => self.form(parts, editing, &findings, screen),
        });
        let is_sending = matches!(editing.phase, EditPhase::Sending { .. });
        let leaves = shown.close_clicked || shown.escape;
        if leaves && !is_sending {
            if matches!(editing.phase, EditPhase::Preview) {
                screen.out.push(Command::BackToEdit);
            } else if editing.changes().is_empty() || self.asks_to_close {
                screen.out.push(Command::CloseEdit);
            } else {
                self.asks_to_close = true;
            }
        }
    }

    fn form(
        &mut self,
        parts: &mut ModalUi<'_>,
        editing: &Editing,
        findings: &[Finding],
        screen: &mut Screen<'_>,
    ) {
        let is_sending = matches!(editing.phase, EditPhase::Sending { .. });
        parts.body(|ui| {
            self.failure(ui, editing, screen);
            ui.add_enabled_ui(!is_sending && editing.is_editable(), |ui| {
                self.fields(ui, editing, findings, screen)
            });
        });
        parts.foot(|ui| {
            let p = theme::palette(ui.ctx());
            if self.asks_to_close {
                ui.label(
                    Type::Body
                        .rich("Close? The changes are dropped.")
                        .color(p.text),
                );
            }
            at_end(ui, |ui| {
                if self.asks_to_close {
                    if Button::destroying("Drop changes").show(ui).clicked() {
                        screen.out.push(Command::CloseEdit);
                    }
                    if Button::filled("Keep typing").show(ui).clicked() {
                        self.asks_to_close = false;
                    }
                    return;
                }
                let label = if is_sending {
                    "Saving…"
                } else {
                    "Review changes…"
                };
                if matches!(editing.phase, EditPhase::Unknown(_)) {
                    // The next step is above: the same changes once more.
                    if Button::plain("Cancel").show(ui).clicked() {
                        screen.out.push(Command::CloseEdit);
                    }
                    return;
                }
                if !is_sending && Button::plain("Cancel").show(ui).clicked() {
                    screen.out.push(Command::CloseEdit);
                }
                let none = editing
                    .changes()
                    .is_empty()
                    .then_some("Nothing was changed");
                let mut button = Button::filled(label).disabled_if(none);
                if is_sending {
                    button = button.busy("Saving…");
                }
                if button.show(ui).clicked() && !is_sending {
                    self.memory.was_submitted = true;
                    if blocks(findings) {
                        self.memory.focus = business_form::first_wrong(findings, &editing.refusals);
                    } else {
                        screen.out.push(Command::PreviewEdit);
                    }
                }
            });
        });
    }

    fn fields(
        &mut self,
        ui: &mut Ui,
        editing: &Editing,
        findings: &[Finding],
        screen: &mut Screen<'_>,
    ) {
        let mut hidden = editing.base.unknown.clone();
        hidden.extend(Field::ALL.into_iter().filter(|field| !field.is_writable()));
        let mut draft = editing.draft.clone();
        let facts = FormFacts {
            findings,
            refusals: &editing.refusals,
            taught: &screen.state.drafts.taught,
            form: "edit",
            share: screen.state.share,
            hidden: &hidden,
            way_out: &|_| None,
        };
        business_form::show(ui, &mut draft, &mut self.memory, &facts);
        if draft != editing.draft {
            screen.out.push(Command::EditStored(Box::new(draft)));
        }
    }

    fn failure(&mut self, ui: &mut Ui, editing: &Editing, screen: &mut Screen<'_>) {
        let (tone, title, failure, can_repeat) = match &editing.phase {
            EditPhase::Failed(failure) => (Tone::Stop, failure.explain().title, failure, false),
            EditPhase::Unknown(failure) => (
                Tone::Care,
                "Not known whether it was changed".to_owned(),
                failure,
                true,
            ),
            EditPhase::Typing | EditPhase::Preview | EditPhase::Sending { .. } => return,
        };
        let text = if can_repeat {
            format!(
                "{}. Sending the same changes again is safe.",
                failure.explain().title
            )
        } else {
            failure.explain().body
        };
        let share = screen.state.share;
        let (line, block) = (
            share.scrub(&format!("Details: {}", failure.failure.summary()), &[]),
            share.scrub(&failure.failure.support_block(), &[]),
        );
        let buttons = if can_repeat {
            vec![Button::filled("Send again").small()]
        } else {
            Vec::new()
        };
        let shown = Notice::new(tone, &title, &text)
            .details(&line, &block)
            .show(ui, self.details_open, buttons);
        if shown.details_toggled {
            self.details_open = !self.details_open;
        }
        if shown.button.is_some() {
            screen.out.push(Command::SubmitEdit);
        }
        ui.add_space(space::L);
    }
}

/// The changes, field by field, before they are sent.
fn preview(
    parts: &mut ModalUi<'_>,
    workspace: &Workspace,
    editing: &Editing,
    screen: &mut Screen<'_>,
) {
    let environment = workspace.profile.environment.name();
    parts.body(|ui| {
        let p = theme::palette(ui.ctx());
        let name = workspace
            .list
            .book()
            .get(editing.business)
            .map(|business| words::title(business, screen.state.share).0.into_owned());
        let text = format!(
            "These fields of {} are changed in {environment}:",
            name.unwrap_or_default()
        );
        paragraph(ui, Type::Body, p.text, &text);
        ui.add_space(space::S);
        for change in editing.changes().list {
            let share = screen.state.share;
            let or_empty = |text: &str| {
                if text.is_empty() {
                    "empty".to_owned()
                } else {
                    share.value(change.field, text).into_owned()
                }
            };
            let value = format!("{}  →  {}", or_empty(&change.from), or_empty(&change.to));
            KeyValue::new(change.field.label(), &value)
                .whole(&value)
                .show(ui);
        }
    });
    parts.foot(|ui| {
        at_end(ui, |ui| {
            if Button::plain("Back").show(ui).clicked() {
                screen.out.push(Command::BackToEdit);
            }
            if Button::filled(&format!("Save in {environment}"))
                .show(ui)
                .clicked()
            {
                screen.out.push(Command::SubmitEdit);
            }
        });
    });
}
