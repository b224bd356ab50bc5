//! The dialog for a new business, from entering it to a known outcome.

mod existed;
mod outcome;

use egui::{Context, Id, Ui};

use super::business_form::{self, FormFacts, FormMemory, sending};
use super::memo::Memo;
use super::{Screen, words};
use crate::domain::business::BusinessText;
use crate::domain::draft::{
    BusinessLookup as _, CheckContext as Rules, Field, FieldFinding, LearnedTypes, check,
    next_external_id,
};
use crate::domain::environment::Environment;
use crate::domain::failure::Operation;
use crate::domain::text::fold;
use crate::state::create::form_input::{FormInput, FormPhase};
use crate::state::create::messages::CreateCommand;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, line};

/// Buffers of the dialog.
#[derive(Default)]
pub(super) struct CreateDialog {
    memory: FormMemory,
    was_open: bool,
    /// The next `external_id` in the sequence of the loaded ones, by the state of the list. Finding it takes hundreds of ids.
    next_id: Memo<(usize, u64), Option<String>>,
}

impl CreateDialog {
    /// Draws the dialog while it is open.
    pub(super) fn show(&mut self, ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
        let creating = &workspace.creating;
        if !creating.is_open {
            *self = Self::default();
            return;
        }
        if !std::mem::replace(&mut self.was_open, true) {
            self.memory.focus = Some(Field::Country);
        }
        if let Some(stored) = &creating.existed {
            let details_open = &mut self.memory.details_open;
            existed::show(ctx, workspace, stored, details_open, screen);
            // Back in the form, it is the field to change.
            self.memory.focus = Some(Field::ExternalId);
        } else if matches!(creating.input.phase, FormPhase::Confirming) {
            outcome::confirm_production(ctx, workspace, screen);
        } else {
            self.form(ctx, workspace, screen);
        }
    }

    fn form(&mut self, ctx: &Context, workspace: &Workspace, screen: &mut Screen<'_>) {
        let by_key = business_form::takes_submit_key(ctx);
        self.memory.begin(ctx, screen);
        let input = &workspace.creating.input;
        let list = &workspace.list;
        let known_types = &screen.state.drafts.learned_types;
        let types = self.memory.types(&input.draft, list, known_types);
        let rules = Rules {
            learned_types: &types,
            known: list,
        };
        let findings = check(&input.draft, &rules);
        let is_unknown = input.is_unknown();
        self.memory.focus_rejected(input, &[]);
        let environment = &workspace.profile.environment;
        let modal = Modal::new(Id::unique("create"), "New business")
            .width(dialog::NORMAL)
            .chip(words::hue(environment), environment.in_sentence());
        let shown = modal.show(ctx, |parts| {
            parts.body_to_footer(|ui| {
                let advice = outcome::advice(input, screen.state.share);
                let unknown = ("It may or may not have been created", &*advice, vec![]);
                self.memory.failure(ui, input, &[], unknown, screen);
                if business_form::restored(ui, input, ["", "Start over"], &screen.state.zone) {
                    screen.send(CreateCommand::Discard);
                    screen.send(CreateCommand::Open);
                }
                // The form stays as sent until the outcome is known.
                ui.add_enabled_ui(input.is_editable(), |ui| {
                    self.fields(ui, workspace, (&findings, &types), screen)
                });
            });
            parts.footer(|ui| {
                if is_unknown {
                    outcome::lost_answer_actions(ui, screen);
                } else if self.memory.asks_to_close && input.is_editable() {
                    let text = "Close the form? Your draft is kept.";
                    let commands = [CreateCommand::Discard, CreateCommand::Close];
                    self.memory.close_question(ui, text, commands, screen);
                } else {
                    self.footer(ui, workspace, &findings, screen);
                }
            });
        });
        if by_key && is_unknown {
            screen.send(CreateCommand::CheckOutcome);
        } else if by_key && input.is_editable() {
            self.submit(input, &findings, screen);
        }
        let is_clean = is_unknown || input.draft.is_blank();
        self.memory
            .leave(ctx, &shown, input.sent_at(), is_clean, LEAVING, screen);
    }

    fn fields(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        (findings, learned_types): (&[FieldFinding], &LearnedTypes),
        screen: &mut Screen<'_>,
    ) {
        let input = &workspace.creating.input;
        let mut draft = input.draft.clone();
        let proposed = (!draft.is_filled(Field::ExternalId))
            .then(|| self.next_id(workspace))
            .flatten();
        let twin = matching_business(workspace);
        let share = screen.state.share;
        let trailing_link = |field: Field| match field {
            Field::ExternalId => proposed.as_ref().map(|id| match share.is_on() {
                true => "Use the next id".to_owned(),
                false => format!("Use {id}"),
            }),
            Field::LegalName => twin.map(|_| "Show".to_owned()),
            _ => None,
        };
        let facts = FormFacts {
            findings,
            field_rejections: &input.field_rejections,
            learned_types,
            form: "create",
            share: screen.state.share,
            hidden: &[],
            trailing_link: &trailing_link,
        };
        match business_form::show(ui, &mut draft, &mut self.memory, &facts) {
            Some(Field::ExternalId) => draft[Field::ExternalId] = proposed.unwrap_or_default(),
            Some(_) => {
                screen.send(CreateCommand::Close);
                screen
                    .out
                    .extend(twin.map(|twin| ListCommand::Reveal(twin).into()));
            }
            None => {}
        }
        if draft != input.draft {
            screen.send(CreateCommand::Change(Box::new(draft)));
        }
    }

    fn next_id(&mut self, workspace: &Workspace) -> Option<String> {
        let list = &workspace.list;
        let state_of_list = (list.businesses().len(), list.order_revision());
        let next =
            self.next_id.get(state_of_list, || {
                let rows = list.businesses().rows().iter();
                next_external_id(rows.filter_map(|row| {
                    Some((row.created_at(), row.text(BusinessText::ExternalId)?))
                }))
            });
        next.clone()
    }

    fn footer(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace,
        findings: &[FieldFinding],
        screen: &mut Screen<'_>,
    ) {
        let input = &workspace.creating.input;
        let rest = |ui: &mut Ui, screen: &Screen<'_>| {
            let discards = !input.draft.is_blank() && draft_line(ui, workspace, screen);
            discards.then(|| CreateCommand::Discard.into())
        };
        let label = format!("Create in {}", workspace.profile.environment.in_sentence());
        let labels = ([label.as_str(), "Creating…"], None);
        let request = (Operation::CreateBusiness, input.sent_at());
        if sending::footer(ui, workspace, request, labels, LEAVING, rest, screen) {
            self.submit(input, findings, screen);
        }
    }

    fn submit(&mut self, input: &FormInput, findings: &[FieldFinding], screen: &mut Screen<'_>) {
        if self.memory.submit(findings, input) {
            screen.send(CreateCommand::Submit);
        }
    }
}

/// What leaves the form while a request is under way, and otherwise.
const LEAVING: [CreateCommand; 2] = [CreateCommand::Cancel, CreateCommand::Close];

/// Minimum width of the truncated note about the draft, in px; below it, the note is left out.
const MIN_NOTE: f32 = 2.0 * space::XXXL;

/// Says how long the draft is kept, if there is room, before the button that discards it. Returns whether it was pressed.
fn draft_line(ui: &mut Ui, workspace: &Workspace, screen: &Screen<'_>) -> bool {
    let p = theme::palette(ui.ctx());
    let is_unsaved = screen.state.unsaved_drafts.is_some();
    // The demo's businesses end with it, and so do drafts of them.
    let kept = match &workspace.profile.environment {
        Environment::Demo(_) => "Draft kept in memory while the demo runs",
        _ if !screen.state.may_persist(&workspace.profile) => {
            "Draft kept in memory until the console closes"
        }
        _ if is_unsaved => "Draft could not be saved",
        _ => "Draft saved on this computer",
    };
    let discard = Button::plain("Discard draft").small();
    let color = if is_unsaved { p.warn } else { p.muted };
    let gaps = space::S + ui.spacing().item_spacing.x;
    let room = ui.available_width() - discard.wanted_width(ui) - gaps;
    if room >= MIN_NOTE {
        ui.scope(|ui| {
            ui.set_max_width(room);
            line(ui, Type::Small, color, kept);
        });
        ui.add_space(space::S);
    }
    discard.show(ui).clicked()
}

/// The loaded business with the typed name.
fn matching_business(workspace: &Workspace) -> Option<crate::domain::business::BusinessId> {
    let name = fold(workspace.creating.input.draft[Field::LegalName].trim());
    workspace
        .list
        .with_folded_name(&name)
        .map(|business| business.id)
}
