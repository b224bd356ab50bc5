//! The dialog for editing a business: enter, review, send.

use egui::{Context, Id, Ui};

use super::business_form::{self, FormFacts, FormMemory, sending};
use super::{Screen, words};
use crate::domain::draft::{Field, FieldFinding, LearnedTypes, check_changes};
use crate::domain::failure::Operation;
use crate::domain::text::excerpt;
use crate::state::create::editing::EditForm;
use crate::state::create::form_input::FormPhase;
use crate::state::create::messages::EditCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, ModalUi, at_end, change_row, paragraph};

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
        let input = &editing.input;
        let was_restored = std::mem::replace(&mut self.was_restored, input.restored.is_some());
        // Discarding the draft removes the link that had the focus.
        let is_discarded = was_restored && input.restored.is_none();
        if !std::mem::replace(&mut self.was_open, true) || is_discarded {
            let hidden = hidden(editing);
            self.memory.focus = Field::ALL.into_iter().find(|field| !hidden.contains(field));
        }
        // In the review, Enter presses the focused button, which saves.
        let is_reviewing = matches!(input.phase, FormPhase::Confirming);
        let by_key = !is_reviewing && business_form::takes_submit_key(ctx);
        self.memory.begin(ctx, screen);
        let environment = &workspace.profile.environment;
        let known_types = &screen.state.drafts.learned_types;
        let types = self
            .memory
            .types(&input.draft, &workspace.list, known_types);
        let findings = check_changes(&editing.base.draft, &input.draft, &types);
        self.memory.focus_rejected(input, &hidden(editing));
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
        let shown = modal.show(ctx, |parts| match is_reviewing {
            true => preview(parts, workspace, editing, screen),
            false => self.form(parts, workspace, editing, (&findings, &types), screen),
        });
        if by_key && input.is_unknown() {
            screen.send(EditCommand::Submit);
        } else if by_key && input.is_editable() && !self.memory.asks_to_close {
            self.review(editing, &findings, screen);
        }
        if !is_reviewing {
            let is_clean = editing.changes().is_empty();
            self.memory
                .leave(ctx, &shown, input.sent_at(), is_clean, LEAVING, screen);
        } else if shown.close_clicked || shown.escape {
            screen.send(EditCommand::Back);
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
        let input = &editing.input;
        let hidden = hidden(editing);
        let key = business_form::submit_key();
        parts.body_to_footer(|ui| {
            let again = Button::filled("Send again").key_hint(&key).small();
            let unknown = (
                "The changes may or may not have been saved",
                "Sending the same changes again is safe.",
                vec![again],
            );
            if self.memory.failure(ui, input, &hidden, unknown, screen) {
                screen.send(EditCommand::Submit);
            }
            let words = [" These changes are not saved yet.", "Discard draft"];
            if business_form::restored(ui, input, words, &screen.state.zone) {
                screen.send(EditCommand::DiscardRestored);
            }
            ui.add_enabled_ui(input.is_editable(), |ui| {
                self.fields(ui, editing, &hidden, (findings, types), screen)
            });
        });
        parts.footer(|ui| {
            let since = input.sent_at();
            if since.is_none() && self.memory.asks_to_close {
                let text = "Close the form? Your changes are kept as a draft.";
                let commands = [EditCommand::Discard, EditCommand::Close];
                self.memory.close_question(ui, text, commands, screen);
            } else if input.is_unknown() {
                // The next step is shown above: sending the same changes again.
                if at_end(ui, |ui| Button::plain("Cancel").show(ui).clicked()) {
                    screen.send(EditCommand::Close);
                }
            } else {
                let label = since.map_or("Review changes…", |_| "Saving…");
                let none = editing.changes().is_empty().then_some("No changes");
                let labels = ([label, "Saving…"], none);
                let request = (Operation::UpdateBusiness, since);
                if sending::footer(ui, workspace, request, labels, LEAVING, |_, _| None, screen) {
                    self.review(editing, findings, screen);
                }
            }
        });
    }

    /// Shows the changes for review, or moves the focus to the first invalid field.
    fn review(&mut self, editing: &EditForm, findings: &[FieldFinding], screen: &mut Screen<'_>) {
        if editing.changes().is_empty() {
            return;
        }
        if self.memory.submit(findings, &editing.input) {
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
        let mut draft = editing.input.draft.clone();
        let facts = FormFacts {
            findings,
            field_rejections: &editing.input.field_rejections,
            learned_types,
            form: "edit",
            share: screen.state.share,
            hidden,
            trailing_link: &|_| None,
        };
        business_form::show(ui, &mut draft, &mut self.memory, &facts);
        if draft != editing.input.draft {
            screen.send(EditCommand::Change(Box::new(draft)));
        }
    }
}

/// What leaves the form while a request is under way, and otherwise.
const LEAVING: [EditCommand; 2] = [EditCommand::Cancel, EditCommand::Close];

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
