//! What a form remembers between frames.

use std::collections::{BTreeMap, HashSet};

use crate::domain::business::{BusinessText, CompactBusiness};
use crate::domain::draft::{Draft, Field, LearnedTypes, used_types};
use crate::state::list::Listing;
use crate::ui::focus::FormFocus;
use crate::ui::memo::Memo;

/// State of a form's fields that is kept between frames.
#[derive(Default)]
pub(in crate::ui) struct FormMemory {
    /// Fields that the user has left, where a missing value is worth reporting.
    pub(super) left: HashSet<Field>,
    /// Whether the form was submitted, so that all problems are worth reporting.
    pub(super) was_submitted: bool,
    /// Whether the optional fields are expanded.
    pub(super) is_expanded: bool,
    /// Whether the entity type was typed into the text field instead of chosen.
    pub(super) types_other: bool,
    /// The field that gets the focus in the next frame.
    pub(in crate::ui) focus: Option<Field>,
    /// Whether the close question is shown, because Escape was pressed with unsent input.
    pub(in crate::ui) asks_to_close: bool,
    pub(super) typed_in: FormFocus,
    /// Whether the details of a failure are expanded.
    pub(in crate::ui) details_open: bool,
    /// The failed request for which the focus was already moved.
    pub(super) answered: Option<u64>,
    /// The entity types of the loaded businesses, by country and number of businesses.
    used_types: Memo<(String, usize), BTreeMap<String, Vec<String>>>,
}

impl FormMemory {
    /// The entity types that servers have listed, and those of the loaded businesses in the draft's country.
    pub(in crate::ui) fn types(
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
