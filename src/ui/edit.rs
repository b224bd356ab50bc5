//! The dialog for editing a business: enter, review, send.

use egui::{Context, Id, Ui};

use super::business_form::notice::{FormNotice, restored_text, with_unseen};
use super::business_form::{self, FormFacts, FormMemory, sending};
use super::{Screen, words};
use crate::domain::draft::{Field, FieldFinding, LearnedTypes, check_changes};
use crate::domain::failure::Operation;
use crate::domain::text::excerpt;
use crate::state::create::editing::{EditForm, EditPhase};
use crate::state::create::messages::EditCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, ModalUi, Notice, Tone, at_end, change_row, paragraph};

/// Buffers of the dialog.
#[derive(Default)]
pub(super) struct EditDialog {
    memory: FormMemory,
    was_open: bool,
    /// Whether the restored draft was shown as such in the last frame.
    was_restored: bool,
}

impl EditDialog {
    /// Draws the dialog while a business is being edited.
    pub(super) fn show(&mut self, ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
        let Some(editing) = &workspace.editing else {
            *self = Self::default();
            return;
        };
        let was_restored = std::mem::replace(&mut self.was_restored, editing.restored.is_some());
        // Discarding the draft removes the button that had the focus.
        let is_discarded = was_restored && editing.restored.is_none();
        if !std::mem::replace(&mut self.was_open, true) || is_discarded {
            let hidden = hidden(editing);
            self.memory.focus = Field::ALL.into_iter().find(|field| !hidden.contains(field));
        }
        // In the review, Enter presses the focused button, which saves.
        let is_reviewing = matches!(editing.phase, EditPhase::Preview);
        let by_key = !is_reviewing && business_form::takes_submit_key(ctx);
        self.memory.begin(ctx, screen);
        let environment = &workspace.profile.environment;
        let known_types = &screen.state.drafts.learned_types;
        let types = self
            .memory
            .types(&editing.draft, &workspace.list, known_types);
        let findings = check_changes(&editing.base.draft, &editing.draft, &types);
        if let EditPhase::Failed(answer) = &editing.phase {
            let (request, rejections) = (answer.failure.request, &editing.field_rejections);
            self.memory
                .focus_rejected(request, rejections, &hidden(editing));
        }
        let title = if is_reviewing {
            "Save these changes?".to_owned()
        } else {
            match name_of(workspace, editing, screen) {
                Some(name) => format!("Edit business: {}", excerpt(&name, MAX_NAME_LEN)),
                None => "Edit business".to_owned(),
            }
        };
        let modal = Modal::new(Id::unique("edit"), &title)
            .width(dialog::NORMAL)
            .chip(words::hue(environment), environment.in_sentence());
        let shown = modal.show(ctx, |parts| match editing.phase {
            EditPhase::Preview => preview(parts, workspace, editing, screen),
            _ => self.form(parts, workspace, editing, (&findings, &types), screen),
        });
        if by_key && matches!(editing.phase, EditPhase::Unknown(_)) {
            screen.send(EditCommand::Submit);
        } else if by_key && editing.is_editable() && !self.memory.asks_to_close {
            self.review(editing, &findings, screen);
        }
        let leaves = shown.close_clicked || shown.escape;
        if let EditPhase::Sending { since } = editing.phase {
            if leaves && sending::is_long(since, screen) {
                screen.send(EditCommand::Cancel);
            }
        } else if leaves {
            if is_reviewing {
                screen.send(EditCommand::Back);
            } else if shown.close_clicked || editing.changes().is_empty() {
                screen.send(EditCommand::Close);
            } else {
                self.memory.escape(ctx);
            }
        }
    }

    fn form(
        &mut self,
        parts: &mut ModalUi<'_>,
        workspace: &Workspace,
        editing: &EditForm,
        (findings, types): (&[FieldFinding], &LearnedTypes),
        screen: &mut Screen<'_>,
    ) {
        let is_sending = matches!(editing.phase, EditPhase::Sending { .. });
        let hidden = hidden(editing);
        parts.body_to_footer(|ui| {
            self.failure(ui, editing, &hidden, screen);
            Self::restored(ui, editing, screen);
            ui.add_enabled_ui(!is_sending && editing.is_editable(), |ui| {
                self.fields(ui, editing, &hidden, (findings, types), screen)
            });
        });
        parts.footer(|ui| {
            let since = match editing.phase {
                EditPhase::Sending { since } => Some(since),
                _ => None,
            };
            if let Some(since) = since {
                sending::line(ui, workspace, Operation::UpdateBusiness, since, screen);
            } else if self.memory.asks_to_close {
                let text = "Close the form? Your changes are kept as a draft.";
                let commands = [EditCommand::Discard, EditCommand::Close];
                return self.memory.close_question(ui, text, commands, screen);
            }
            at_end(ui, |ui| {
                if matches!(editing.phase, EditPhase::Unknown(_)) {
                    // The next step is shown above: sending the same changes again.
                    if Button::plain("Cancel").show(ui).clicked() {
                        screen.send(EditCommand::Close);
                    }
                    return;
                }
                let label = match since {
                    Some(_) => "Saving…",
                    None => "Review changes…",
                };
                let none = editing.changes().is_empty().then_some("No changes");
                let labels = [label, "Saving…"];
                let (cancels, submits) = sending::buttons(ui, since, labels, none, screen);
                if cancels {
                    screen.send(match since {
                        Some(_) => EditCommand::Cancel,
                        None => EditCommand::Close,
                    });
                }
                if submits {
                    self.review(editing, findings, screen);
                }
            });
        });
    }

    /// Shows the changes for review, or moves the focus to the first invalid field.
    fn review(&mut self, editing: &EditForm, findings: &[FieldFinding], screen: &mut Screen<'_>) {
        if editing.changes().is_empty() {
            return;
        }
        if self.memory.submit(findings, &editing.field_rejections) {
            screen.send(EditCommand::Preview);
        }
    }

    fn fields(
        &mut self,
        ui: &mut Ui,
        editing: &EditForm,
        hidden: &[Field],
        (findings, learned_types): (&[FieldFinding], &LearnedTypes),
        screen: &mut Screen<'_>,
    ) {
        let mut draft = editing.draft.clone();
        let facts = FormFacts {
            findings,
            field_rejections: &editing.field_rejections,
            learned_types,
            form: "edit",
            share: screen.state.share,
            hidden,
            trailing_link: &|_| None,
        };
        business_form::show(ui, &mut draft, &mut self.memory, &facts);
        if draft != editing.draft {
            screen.send(EditCommand::Change(Box::new(draft)));
        }
    }

    /// Says that the form shows a restored draft instead of the saved values.
    fn restored(ui: &mut Ui, editing: &EditForm, screen: &mut Screen<'_>) {
        let Some(restored) = editing.restored.filter(|_| editing.is_editable()) else {
            return;
        };
        let title = restored_text(restored.at, &screen.state.zone);
        let text =
            "These changes are not saved yet. Discard the draft to start from what is stored.";
        let buttons = vec![Button::outlined("Discard draft").small()];
        let notice = Notice::new(Tone::Neutral, &title, text);
        if notice.show(ui, buttons).is_some() {
            screen.send(EditCommand::DiscardRestored);
        }
        ui.add_space(space::L);
    }

    /// Shows why the request failed, including server messages about fields that the form does not have.
    fn failure(
        &mut self,
        ui: &mut Ui,
        editing: &EditForm,
        hidden: &[Field],
        screen: &mut Screen<'_>,
    ) {
        let (tone, title, text, failure) = match &editing.phase {
            EditPhase::Failed(failure) => {
                let words = failure.explain(&screen.state.zone);
                let text = with_unseen(&words.body, &editing.field_rejections, hidden);
                (Tone::Stop, words.title, text, Some(&failure.failure))
            }
            EditPhase::Unknown(failure) => {
                let why = match failure {
                    Some(failure) => failure.explain(&screen.state.zone).title,
                    None => "You stopped waiting for the server".to_owned(),
                };
                (
                    Tone::Warning,
                    "The changes may or may not have been saved".to_owned(),
                    format!("{why}. Sending the same changes again is safe."),
                    failure.as_ref().map(|failure| &failure.failure),
                )
            }
            EditPhase::Typing | EditPhase::Preview | EditPhase::Sending { .. } => return,
        };
        let key = business_form::submit_key();
        let buttons = match tone {
            Tone::Warning => vec![Button::filled("Send again").key_hint(&key).small()],
            _ => Vec::new(),
        };
        let notice = FormNotice {
            tone,
            title: &title,
            text: &text,
            failure,
            personal: &business_form::personal(&editing.draft),
        };
        if notice
            .show(ui, &mut self.memory.details_open, buttons, screen)
            .is_some()
        {
            screen.send(EditCommand::Submit);
        }
        ui.add_space(space::L);
    }
}

/// Maximum length of a name in the title, in characters.
const MAX_NAME_LEN: usize = 40;

/// Name of the edited business, as far as share mode shows it.
fn name_of(workspace: &Workspace, editing: &EditForm, screen: &Screen<'_>) -> Option<String> {
    let row = workspace.list.businesses().get(editing.business)?;
    Some(words::title(&row, screen.state.share).0.into_owned())
}

/// Fields that cannot be changed here.
fn hidden(editing: &EditForm) -> Vec<Field> {
    let mut hidden = editing.base.unknown.clone();
    hidden.extend(Field::ALL.into_iter().filter(|field| !field.is_writable()));
    hidden
}

/// The changes, field by field, for review before sending.
fn preview(
    parts: &mut ModalUi<'_>,
    workspace: &Workspace,
    editing: &EditForm,
    screen: &mut Screen<'_>,
) {
    let environment = workspace.profile.environment.in_sentence();
    parts.body(|ui| {
        let p = theme::palette(ui.ctx());
        let name = name_of(workspace, editing, screen);
        let text = format!(
            "These fields of {} will change in {environment}:",
            name.unwrap_or_default()
        );
        paragraph(ui, Type::Body, p.text, &text);
        ui.add_space(space::S);
        for change in editing.changes() {
            let share = screen.state.share;
            let shown = |text: &str| share.value(change.field, text).into_owned();
            let (from, to) = (shown(&change.from), shown(&change.to));
            change_row(ui, change.field.label(), &from, &to);
        }
    });
    parts.footer(|ui| {
        at_end(ui, |ui| {
            if Button::plain("Back").show(ui).clicked() {
                screen.send(EditCommand::Back);
            }
            if Button::filled(&format!("Save in {environment}"))
                .takes_focus()
                .show(ui)
                .clicked()
            {
                screen.send(EditCommand::Submit);
            }
        });
    });
}
