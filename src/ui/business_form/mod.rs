//! The fields of a business, shared by the forms for creating and editing.

mod chosen;
mod closing;
mod entity_type;
mod field;
mod memory;
pub(super) mod notice;
pub(super) mod sending;
mod submit_key;

pub(super) use chosen::{COUNTRIES, CURRENCIES, code_select, method};
use chosen::{accounting, code_field};
pub(super) use closing::restored;
use egui::Ui;
use entity_type::entity_type;
use field::text;
pub(super) use field::{FormFacts, REASON_HIDDEN};
pub(super) use memory::FormMemory;
pub(super) use submit_key::{submit_key, takes_submit_key};

use crate::domain::draft::{Draft, Field};
use crate::theme::space;
use crate::widgets::expander_row;

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
