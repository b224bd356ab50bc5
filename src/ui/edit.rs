//! The dialog for editing a business: enter, review, send.

use egui::{Context, Id, Ui};

use super::business_form::notice::{FormNotice, with_unseen};
use super::business_form::{self, FormFacts, FormMemory, sending};
use super::focus::FormFocus;
use super::shortcuts::refuse_secret_in_dialog;
use super::{Screen, words};
use crate::domain::draft::{Field, FieldFinding, LearnedTypes, blocks, check_changes};
use crate::domain::failure::Operation;
use crate::domain::text::excerpt;
use crate::state::command::Command;
use crate::state::create::editing::{EditForm, EditPhase};
use crate::state::create::messages::EditCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, ModalUi, Notice, Tone, at_end, change_row, paragraph};

/// Buffers of the dialog.
#[derive(Default)]
pub(super) struct EditDialog {
    memory: FormMemory,
    details_open: bool,
    asks_to_close: bool,
    typed_in: FormFocus,
    was_open: bool,
    /// Whether the restored draft was shown as such in the last frame.
    was_restored: bool,
    /// The rejected request for which the focus was already moved.
    answered: Option<u64>,
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
        if !self.asks_to_close {
            self.typed_in.follow(ctx);
        }
        refuse_secret_in_dialog(ctx, screen);
        let environment = &workspace.profile.environment;
        let known_types = &screen.state.drafts.learned_types;
        let types = self
            .memory
            .types(&editing.draft, &workspace.list, known_types);
        let findings = check_changes(&editing.base.draft, &editing.draft, &types);
        if let EditPhase::Failed(answer) = &editing.phase
            && self.answered.replace(answer.failure.request) != Some(answer.failure.request)
        {
            // Focuses the first rejected field.
            let hidden = hidden(editing);
            let seen = editing
                .field_rejections
                .iter()
                .filter_map(|refusal| refusal.field);
            self.memory.focus = seen.filter(|field| !hidden.contains(field)).min();
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
            screen.ask(EditCommand::Submit);
        } else if by_key && editing.is_editable() && !self.asks_to_close {
            self.review(editing, &findings, screen);
        }
        let leaves = shown.close_clicked || shown.escape;
        if let EditPhase::Sending { since } = editing.phase {
            if leaves && sending::is_long(since, screen) {
                screen.ask(EditCommand::Cancel);
            }
        } else if leaves {
            if is_reviewing {
                screen.ask(EditCommand::Back);
            } else if shown.close_clicked || editing.changes().is_empty() {
                screen.ask(EditCommand::Close);
            } else if std::mem::take(&mut self.asks_to_close) {
                // A second Escape cancels the question, so that pressing it twice in a hurry loses nothing.
                self.typed_in.go_back(ctx);
            } else {
                self.asks_to_close = true;
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
            let p = theme::palette(ui.ctx());
            if let EditPhase::Sending { since } = editing.phase {
                sending::line(ui, workspace, Operation::UpdateBusiness, since, screen);
            } else if self.asks_to_close {
                let text = "Close the form? Your changes are kept as a draft.";
                ui.label(Type::Body.rich(text).color(p.text));
            }
            at_end(ui, |ui| {
                if self.asks_to_close && !is_sending {
                    if Button::plain("Discard").show(ui).clicked() {
                        screen.ask(EditCommand::Discard);
                    }
                    if Button::outlined("Close").show(ui).clicked() {
                        screen.ask(EditCommand::Close);
                    }
                    let keep = Button::filled("Keep editing").key_hint("Esc").takes_focus();
                    if keep.show(ui).clicked() {
                        self.asks_to_close = false;
                        self.typed_in.go_back(ui.ctx());
                    }
                    return;
                }
                let label = if is_sending {
                    "Saving…"
                } else {
                    "Review changes…"
                };
                if matches!(editing.phase, EditPhase::Unknown(_)) {
                    // The next step is shown above: sending the same changes again.
                    if Button::plain("Cancel").show(ui).clicked() {
                        screen.ask(EditCommand::Close);
                    }
                    return;
                }
                let (is_offered, cancel) = match editing.phase {
                    EditPhase::Sending { since } => (
                        sending::is_long(since, screen),
                        Command::Edit(EditCommand::Cancel),
                    ),
                    _ => (true, Command::Edit(EditCommand::Close)),
                };
                if is_offered && Button::plain("Cancel").show(ui).clicked() {
                    screen.out.push(cancel);
                }
                let none = editing.changes().is_empty().then_some("No changes");
                let key = business_form::submit_key();
                let mut button = Button::filled(label).key_hint(&key).disabled_if(none);
                if is_sending {
                    button = button.busy("Saving…");
                }
                if button.show(ui).clicked() && !is_sending {
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
        self.memory.was_submitted = true;
        if blocks(findings) {
            self.memory.focus =
                business_form::first_invalid_field(findings, &editing.field_rejections);
        } else {
            screen.ask(EditCommand::Preview);
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
            screen.ask(EditCommand::Change(Box::new(draft)));
        }
    }

    /// Says that the form shows a restored draft instead of the saved values.
    fn restored(ui: &mut Ui, editing: &EditForm, screen: &mut Screen<'_>) {
        let Some(restored) = editing.restored.filter(|_| editing.is_editable()) else {
            return;
        };
        let title = match restored.at {
            Some(at) => {
                let at = words::day_and_time(at, &screen.state.zone);
                format!("Draft from {at} restored")
            }
            None => "Draft restored".to_owned(),
        };
        let text =
            "These changes are not saved yet. Discard the draft to start from what is stored.";
        let buttons = vec![Button::outlined("Discard draft").small()];
        let notice = Notice::new(Tone::Neutral, &title, text);
        if notice.show(ui, buttons).is_some() {
            screen.ask(EditCommand::DiscardRestored);
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
            .show(ui, &mut self.details_open, buttons, screen)
            .is_some()
        {
            screen.ask(EditCommand::Submit);
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
                screen.ask(EditCommand::Back);
            }
            if Button::filled(&format!("Save in {environment}"))
                .takes_focus()
                .show(ui)
                .clicked()
            {
                screen.ask(EditCommand::Submit);
            }
        });
    });
}
