//! The fields of a business, shared by the forms for creating and editing.

mod chosen;
mod closing;
mod entity_type;
pub(super) mod notice;
pub(super) mod sending;
mod submit_key;

use std::collections::{BTreeMap, HashSet};

pub(super) use chosen::{COUNTRIES, CURRENCIES, code_select, method};
use chosen::{accounting, code_field};
pub(super) use closing::restored;
use egui::{Align, Id, Response, Ui};
use entity_type::entity_type;
pub(super) use submit_key::{submit_key, takes_submit_key};

use super::focus::FormFocus;
use super::memo::Memo;
use crate::domain::business::{BusinessText, CompactBusiness};
use crate::domain::draft::{Draft, Field, FieldFinding, LearnedTypes, Severity, used_types};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::excerpt;
use crate::state::create::form_input::FieldRejection;
use crate::state::list::Listing;
use crate::theme::space;
use crate::widgets::{Message, TextField, expander_row, focus_on};

/// Shown in place of a reason that names another business.
pub(super) const REASON_HIDDEN: &str = "Check this field. The reason is hidden in share mode.";

/// Character limit of the metadata field. Metadata may be long, but is laid out as one line.
const MAX_METADATA_LEN: usize = 256 << 10;

/// State of a form's fields that is kept between frames.
#[derive(Default)]
pub(super) struct FormMemory {
    /// Fields that the user has left, where a missing value is worth reporting.
    left: HashSet<Field>,
    /// Whether the form was submitted, so that all problems are worth reporting.
    was_submitted: bool,
    /// Whether the optional fields are expanded.
    is_expanded: bool,
    /// Whether the entity type was typed into the text field instead of chosen.
    types_other: bool,
    /// The field that gets the focus in the next frame.
    pub(super) focus: Option<Field>,
    /// Whether the close question is shown, because Escape was pressed with unsent input.
    pub(super) asks_to_close: bool,
    typed_in: FormFocus,
    /// Whether the details of a failure are expanded.
    pub(super) details_open: bool,
    /// The failed request for which the focus was already moved.
    answered: Option<u64>,
    /// The entity types of the loaded businesses, by country and number of businesses.
    used_types: Memo<(String, usize), BTreeMap<String, Vec<String>>>,
}

impl FormMemory {
    /// The entity types that servers have listed, and those of the loaded businesses in the draft's country.
    pub(super) fn types(
        &mut self,
        draft: &Draft,
        list: &Listing,
        learned_types: &LearnedTypes,
    ) -> LearnedTypes {
        let country = draft.to_send(Field::Country);
        let businesses = list.businesses();
        let used = self
            .used_types
            .get((country.clone(), businesses.len()), || {
                let is_there = |row: &&CompactBusiness| {
                    row.text(BusinessText::Country) == Some(country.as_str())
                };
                used_types(businesses.rows().iter().filter(is_there))
            });
        learned_types.clone().with_used(used)
    }
}

/// Facts about the fields that the form shows.
pub(super) struct FormFacts<'a> {
    pub(super) findings: &'a [FieldFinding],
    pub(super) field_rejections: &'a [FieldRejection],
    pub(super) learned_types: &'a LearnedTypes,
    /// Id of the form, so that two forms never share a cursor.
    pub(super) form: &'static str,
    /// Share mode, which determines whether entered text is visible.
    pub(super) share: ShareMode,
    /// Fields that cannot be changed here and are not shown.
    pub(super) hidden: &'a [Field],
    /// Text of the link beside a field's message, if any.
    pub(super) trailing_link: &'a dyn Fn(Field) -> Option<String>,
}

/// Draws all fields. Returns the field whose link was clicked.
pub(super) fn show(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    let mut clicked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    if !facts.hidden.contains(&Field::Country) {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.columns(2, |columns| {
            if let [left, right] = columns {
                code_field(left, Field::Country, draft, memory, facts);
                code_field(right, Field::BaseCurrency, draft, memory, facts);
            }
        });
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(space::L);
    }
    entity_type(ui, draft, memory, facts);
    for field in [Field::ExternalId, Field::LegalName, Field::Email] {
        if !facts.hidden.contains(&field) {
            ui.add_space(space::L);
            clicked = text(ui, draft, field, memory, facts).or(clicked);
        }
    }
    ui.add_space(space::L);
    let filled = draft.optional_filled();
    let count = format!("{filled} of {} filled", Field::optional().count());
    let name = format!("Optional details, {count}");
    let words = (
        "Optional details",
        "VAT and company number, phone, fiscal year, metadata",
    );
    let has_rejection = facts
        .field_rejections
        .iter()
        .any(|rejection| rejection.field.is_some_and(|field| !field.is_required()));
    memory.is_expanded |= memory.focus.is_some_and(|field| !field.is_required());
    let is_open = memory.is_expanded || has_rejection;
    if expander_row(ui, &name, words, &count, is_open).clicked() {
        memory.is_expanded = !is_open;
    }
    if is_open {
        for field in Field::optional().filter(|field| !facts.hidden.contains(field)) {
            if field != Field::VatNumber {
                ui.add_space(space::L);
            }
            if field == Field::AccountingMethod {
                accounting(ui, draft, memory, facts);
            } else {
                clicked = text(ui, draft, field, memory, facts).or(clicked);
            }
        }
        ui.add_space(space::XL);
    }
    clicked
}

/// The first field, in form order, that prevents submitting.
fn first_invalid_field(
    findings: &[FieldFinding],
    field_rejections: &[FieldRejection],
) -> Option<Field> {
    let found = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Wrong)
        .map(|finding| finding.field);
    found
        .chain(
            field_rejections
                .iter()
                .filter_map(|rejection| rejection.field),
        )
        .min()
}

fn text(
    ui: &mut Ui,
    draft: &mut Draft,
    field: Field,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    text_with_hint(ui, draft, field, field.hint(), memory, facts)
}

fn text_with_hint(
    ui: &mut Ui,
    draft: &mut Draft,
    field: Field,
    hint: Option<&str>,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    let trailing_link = (facts.trailing_link)(field);
    let typed = draft.clone();
    let message = message_of(field, &typed, memory, facts).or_else(|| {
        // The link is part of a message, so there must be one.
        let is_proposal = field == Field::ExternalId && trailing_link.is_some();
        is_proposal.then(|| (Severity::Hint, "Next in sequence.".to_owned()))
    });
    let is_proved = field == Field::ExternalId
        && draft.is_filled(field)
        && message
            .as_ref()
            .is_none_or(|(severity, _)| *severity == Severity::Hint);
    let mut is_link_clicked = false;
    let mut edit = TextField::new(field.label(), &mut draft[field])
        .id(Id::unique((facts.form, field)))
        .ticked(is_proved)
        .ignores_enter()
        .message(message.as_ref().map(as_message));
    if let Some(link) = &trailing_link {
        edit = edit.trailing_link(link, &mut is_link_clicked);
    }
    if field == Field::Metadata {
        edit = edit.char_limit(MAX_METADATA_LEN);
    }
    if let Some(hint) = hint {
        edit = edit.label_hint(hint);
    }
    if let Some(placeholder) = field.placeholder() {
        edit = edit.placeholder(placeholder);
    }
    if field.is_code() {
        edit = edit.mono();
    }
    if facts.share.hides(field) {
        edit = edit.hidden();
    }
    let shown = edit.show(ui);
    if shown.lost_focus() {
        memory.left.insert(field);
    }
    take_focus(&shown, field, memory);
    is_link_clicked.then_some(field)
}

/// Converts a finding to the message below a field.
fn as_message((severity, text): &(Severity, String)) -> Message<'_> {
    match severity {
        Severity::Wrong => Message::Wrong(text),
        Severity::Warning => Message::Warning(text),
        Severity::Hint => Message::Hint(text),
    }
}

/// Moves the focus to this field if requested.
fn take_focus(response: &Response, field: Field, memory: &mut FormMemory) {
    if memory.focus == Some(field) {
        memory.focus = None;
        focus_on(&response.ctx, response.id);
        // Scrolls to the centre, so that the message below is visible too.
        response.scroll_to_me(Some(Align::Center));
    }
}

/// The most severe message for a field: rejections by the server come before findings of our own checks.
fn message_of(
    field: Field,
    draft: &Draft,
    memory: &FormMemory,
    facts: &FormFacts<'_>,
) -> Option<(Severity, String)> {
    if let Some(rejection) = facts
        .field_rejections
        .iter()
        .find(|rejection| rejection.field == Some(field))
    {
        let message = excerpt(&rejection.message, MAX_MESSAGE_LEN);
        return Some((
            Severity::Wrong,
            facts.share.scrub(&message, &personal(draft)),
        ));
    }
    let is_left = memory.was_submitted || memory.left.contains(&field);
    facts
        .findings
        .iter()
        .find(|finding| finding.field == field && (!finding.is_missing || is_left))
        .map(|finding| {
            // These findings mention another business.
            let is_of_others = matches!(field, Field::ExternalId | Field::LegalName)
                && finding.severity == Severity::Warning;
            let message = if facts.share.is_on() && is_of_others {
                REASON_HIDDEN.to_owned()
            } else {
                facts.share.scrub(&finding.message, &personal(draft))
            };
            (finding.severity, message)
        })
}

/// Entered texts that identify the business.
pub(super) fn personal(draft: &Draft) -> Vec<&str> {
    Field::ALL
        .into_iter()
        .filter(|field| ShareMode::default().toggled().hides(*field))
        .map(|field| draft[field].as_str())
        .collect()
}

/// Length at which a server message is truncated, in characters.
const MAX_MESSAGE_LEN: usize = 300;
