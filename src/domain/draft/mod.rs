//! The draft of a business: what was typed, whether the API will accept it, and how it differs from the stored
//! business.

mod business_lookup;
mod changes;
mod check;
mod differences;
mod entity_types;
mod field;
mod learned_types;
mod metadata;
mod next_id;
pub mod rules;
mod stored;
#[cfg(test)]
mod tests;
mod typed;
mod used_types;

pub use business_lookup::{BusinessLookup, KnownBusinesses};
pub use changes::{EditBase, FieldChange, changed_fields, patch_body};
pub use check::{CheckContext, FieldFinding, Severity, blocks, check, check_changes};
pub(in crate::domain) use check::{check_row, is_country_code};
pub use differences::{Difference, Differences};
pub use entity_types::{TypeChoices, choices};
pub use field::Field;
pub use learned_types::{LearnedTypes, ListedTypes, read_listed_types};
pub use next_id::next_external_id;
pub use stored::{Stored, StoredValue};
pub use typed::Draft;
pub use used_types::used_types;
