//! What was typed into the form of a business.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::field::Field;
use super::{metadata, rules};

/// The content of the form, exactly as typed, by field. Contains no secret.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Value>", into = "BTreeMap<String, String>")]
pub struct Draft([String; Field::COUNT]);

impl Index<Field> for Draft {
    type Output = String;

    fn index(&self, field: Field) -> &String {
        &self.0[field as usize]
    }
}

impl IndexMut<Field> for Draft {
    fn index_mut(&mut self, field: Field) -> &mut String {
        &mut self.0[field as usize]
    }
}

/// From texts by the API's name of their field. Fields that are not known are left out, whatever a newer version saved in them, and missing ones
/// are empty.
impl From<BTreeMap<String, Value>> for Draft {
    fn from(mut values: BTreeMap<String, Value>) -> Self {
        Self(
            Field::ALL.map(|field| match values.remove(field.api_name()) {
                Some(Value::String(text)) => text,
                Some(_) | None => String::new(),
            }),
        )
    }
}

impl From<Draft> for BTreeMap<String, String> {
    fn from(draft: Draft) -> Self {
        let names = Field::ALL.map(|field| field.api_name().to_owned());
        names.into_iter().zip(draft.0).collect()
    }
}

impl Draft {
    /// The same draft with other texts in these fields.
    pub fn with<const N: usize>(mut self, texts: [(Field, &str); N]) -> Self {
        for (field, text) in texts {
            text.clone_into(&mut self[field]);
        }
        self
    }

    /// Chooses the country. Also sets its currency, unless the user chose another one.
    pub fn choose_country(&mut self, code: &str) {
        let currency = self[Field::BaseCurrency].trim();
        let untouched = currency.is_empty()
            || rules::proposed_currency(&self[Field::Country])
                .is_some_and(|proposed| proposed.eq_ignore_ascii_case(currency));
        if let (true, Some(proposed)) = (untouched, rules::proposed_currency(code)) {
            proposed.clone_into(&mut self[Field::BaseCurrency]);
        }
        code.clone_into(&mut self[Field::Country]);
    }

    /// Whether nothing was typed. Country and currency are ignored, because the form proposes them.
    pub fn is_blank(&self) -> bool {
        Field::ALL
            .into_iter()
            .filter(|field| !matches!(field, Field::Country | Field::BaseCurrency))
            .all(|field| !self.is_filled(field))
    }

    /// Whether a field contains more than white space.
    pub fn is_filled(&self, field: Field) -> bool {
        !self[field].trim().is_empty()
    }

    /// Number of optional fields filled in.
    pub fn optional_filled(&self) -> usize {
        Field::optional().filter(|f| self.is_filled(*f)).count()
    }

    /// The value to send for a field: trimmed, with codes in the API's case. An empty currency becomes that of the
    /// country.
    pub fn to_send(&self, field: Field) -> String {
        let text = self[field].trim();
        match field {
            Field::Country => text.to_ascii_uppercase(),
            Field::BaseCurrency if text.is_empty() => {
                rules::proposed_currency(&self[Field::Country])
                    .unwrap_or_default()
                    .to_owned()
            }
            Field::BaseCurrency => text.to_ascii_uppercase(),
            Field::EntityType | Field::AccountingMethod => text.to_lowercase(),
            _ => text.to_owned(),
        }
    }

    /// The body of the create request: all filled fields, plus country and currency, which older servers always
    /// require.
    ///
    /// # Errors
    /// If the metadata is not a JSON object.
    pub fn to_request_json(&self) -> Result<Value, String> {
        let mut body = Map::new();
        for field in Field::ALL {
            let text = self.to_send(field);
            let value = match field {
                Field::Country | Field::BaseCurrency => Value::String(text),
                _ if text.is_empty() => continue,
                Field::Metadata => Value::Object(metadata::read(&text)?.object),
                _ => Value::String(text),
            };
            body.insert(field.api_name().to_owned(), value);
        }
        Ok(Value::Object(body))
    }
}
