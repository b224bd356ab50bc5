//! The entity type: known types as choices, and a text field where other types are possible.

use egui::{Id, Ui};

use crate::domain::draft::rules::Coverage;
use crate::domain::draft::{Draft, Field, choices};
use crate::theme::{self, Type, space};
use crate::widgets::{choices as boxes, message_line};

use super::field::{FormFacts, as_message, message_of, take_focus, text_with_hint};
use super::memory::FormMemory;

const FIELD: Field = Field::EntityType;

pub(super) fn entity_type(
    ui: &mut Ui,
    draft: &mut Draft,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let offered = choices(&draft[Field::Country], facts.learned_types);
    let caption = offered.caption(&draft[Field::Country]);
    if offered.options.is_empty() {
        let hint = if draft[Field::Country].is_empty() {
            "choose the country first"
        } else {
            caption.as_str()
        };
        let before = draft[Field::EntityType].clone();
        text_with_hint(ui, draft, FIELD, Some(hint), memory, facts);
        // Choices may arrive with the list while the user types.
        memory.types_other |= draft[Field::EntityType] != before;
        return;
    }
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.label(Type::SmallStrong.rich(FIELD.label()).color(p.text));
        ui.label(Type::Small.rich(&caption).color(p.muted));
    });
    ui.add_space(space::XS);
    let chosen = offered
        .find(&draft[Field::EntityType])
        .map(|option| &option.code);
    let options = &offered.options;
    let at = options
        .iter()
        .position(|option| Some(&option.code) == chosen);
    let labels: Vec<&str> = options.iter().map(|option| &*option.label).collect();
    let (stop, picked) = boxes(ui, at, &labels);
    if let Some(stop) = stop {
        take_focus(&stop, FIELD, memory);
    }
    if let Some(option) = picked.and_then(|at| options.get(at)) {
        memory.types_other = false;
        draft[Field::EntityType].clone_from(&option.code);
    }
    if offered.coverage != Coverage::Complete {
        let is_chosen = offered.find(&draft[Field::EntityType]).is_some();
        ui.add_space(space::M);
        other(ui, draft, is_chosen, memory, facts);
    } else {
        let message = message_of(FIELD, draft, memory, facts);
        let id = Id::unique((facts.form, FIELD, "choices"));
        message_line(ui, id, message.as_ref().map(as_message));
    }
}

/// The field for another type. It stays empty while one of the choices is selected, unless the user has typed that type here.
fn other(
    ui: &mut Ui,
    draft: &mut Draft,
    is_chosen: bool,
    memory: &mut FormMemory,
    facts: &FormFacts<'_>,
) {
    let mut typed = draft.clone();
    if is_chosen && !memory.types_other {
        typed[Field::EntityType].clear();
    }
    let before = typed[Field::EntityType].clone();
    text_with_hint(
        ui,
        &mut typed,
        FIELD,
        Some("or enter another"),
        memory,
        facts,
    );
    if typed[Field::EntityType] != before {
        memory.types_other = true;
        draft[Field::EntityType].clone_from(&typed[Field::EntityType]);
    }
}
