//! Editing a stored business: which fields changed, and the request that changes only those.

use serde_json::{Map, Value};

use super::differences::is_equivalent;
use super::metadata;
use super::{Draft, Field, Stored, StoredValue};
use crate::domain::business::BusinessDetail;

/// A stored business as the edit form first shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditBase {
    /// The stored values, as if they had been typed.
    pub draft: Draft,
    /// Writable fields whose stored value is unknown. An edit would overwrite them blindly, so the form does not offer
    /// them.
    pub unknown: Vec<Field>,
}

/// A field that an edit changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: Field,
    /// The stored value. Empty if there was none.
    pub from: String,
    /// The value to send. Empty if the field is cleared.
    pub to: String,
}

impl EditBase {
    /// The edit form for a business that has just been loaded.
    pub fn new(detail: &BusinessDetail) -> Self {
        let stored = Stored::from_detail(detail);
        let mut draft = Draft::default();
        let mut unknown = Vec::new();
        for field in Field::ALL {
            match stored.get(field) {
                StoredValue::Text(text) => text.as_ref().clone_into(&mut draft[field]),
                StoredValue::NotSet => {}
                StoredValue::Unknown if field.is_writable() => unknown.push(field),
                StoredValue::Unknown => {}
            }
        }
        Self { draft, unknown }
    }
}

/// The fields in which an edited draft differs from its original, in form order.
pub fn changed_fields(before: &Draft, edited: &Draft) -> Vec<FieldChange> {
    let changed = |field: &Field| {
        let (from, to) = (before.to_send(*field), edited.to_send(*field));
        let same = from == to
            // Reformatting the same JSON is not a change.
            || *field == Field::Metadata && is_equivalent(*field, &to, &from);
        !same
    };
    let fields = Field::ALL.into_iter().filter(|field| field.is_writable());
    fields
        .filter(changed)
        .map(|field| FieldChange {
            field,
            from: before.to_send(field),
            to: edited.to_send(field),
        })
        .collect()
}

/// The body of the PATCH request. A cleared field is sent as `null`, which is also how the list shows a missing value;
/// cleared metadata is sent as an empty object.
///
/// # Errors
/// If the metadata is not a JSON object.
pub fn patch_body(changes: &[FieldChange]) -> Result<Map<String, Value>, String> {
    let mut body = Map::new();
    for change in changes {
        let value = match (change.field, change.to.as_str()) {
            (Field::Metadata, "") => Value::Object(Map::new()),
            (Field::Metadata, text) => Value::Object(metadata::read(text)?.object),
            (_, "") => Value::Null,
            (_, text) => Value::String(text.to_owned()),
        };
        body.insert(change.field.api_name().to_owned(), value);
    }
    Ok(body)
}
