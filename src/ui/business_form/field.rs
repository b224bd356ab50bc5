//! A field of the form with its message.

use egui::{Align, Id, Response, Ui};

use crate::domain::draft::{Draft, Field, FieldFinding, LearnedTypes, Severity};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::excerpt;
use crate::state::create::form_input::FieldRejection;
use crate::widgets::{Message, TextField, focus_on};

use super::memory::FormMemory;

/// Shown in place of a reason that names another business.
pub(in crate::ui) const REASON_HIDDEN: &str =
    "Check this field. The reason is hidden in share mode.";

/// Length at which a server message is truncated, in characters.
const MAX_MESSAGE_LEN: usize = 300;

/// Character limit of the metadata field. Metadata may be long, but is laid out as one line.
const MAX_METADATA_LEN: usize = 256 << 10;

/// Facts about the fields that the form shows.
pub(in crate::ui) struct FormFacts<'a> {
    pub(in crate::ui) findings: &'a [FieldFinding],
    pub(in crate::ui) field_rejections: &'a [FieldRejection],
    pub(in crate::ui) learned_types: &'a LearnedTypes,
    /// Id of the form, so that two forms never share a cursor.
    pub(in crate::ui) form: &'static str,
    /// Share mode, which determines whether entered text is visible.
    pub(in crate::ui) share: ShareMode,
    /// Fields that cannot be changed here and are not shown.
    pub(in crate::ui) hidden: &'a [Field],
    /// Text of the link beside a field's message, if any.
    pub(in crate::ui) trailing_link: &'a dyn Fn(Field) -> Option<String>,
}

/// The first field, in form order, that prevents submitting.
pub(super) fn first_invalid_field(
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

pub(super) fn text(
    ui: &mut Ui,
    draft: &mut Draft,
    field: Field,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) -> Option<Field> {
    text_with_hint(ui, draft, field, field.hint(), memory, facts)
}

pub(super) fn text_with_hint(
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
pub(super) fn as_message((severity, text): &(Severity, String)) -> Message<'_> {
    match severity {
        Severity::Wrong => Message::Wrong(text),
        Severity::Warning => Message::Warning(text),
        Severity::Hint => Message::Hint(text),
    }
}

/// Moves the focus to this field if requested.
pub(super) fn take_focus(response: &Response, field: Field, memory: &mut FormMemory) {
    if memory.focus == Some(field) {
        memory.focus = None;
        focus_on(&response.ctx, response.id);
        // Scrolls to the centre, so that the message below is visible too.
        response.scroll_to_me(Some(Align::Center));
    }
}

/// The most severe message for a field: rejections by the server come before findings of our own checks.
pub(super) fn message_of(
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
