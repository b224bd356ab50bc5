//! The values that the server stores for a business, by form field.

use std::borrow::Cow;

use serde_json::Value;

use super::Field;
use crate::domain::business::{Business, BusinessDetail};
use crate::domain::text::ServerText;

/// A stored value, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StoredValue<'a> {
    /// Not part of the list, or the response was truncated.
    #[default]
    Unknown,
    NotSet,
    /// The value as the server sent it. Pass it through `text::visible` before drawing.
    Text(Cow<'a, str>),
}

/// A stored business by form field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<'a> {
    values: [StoredValue<'a>; Field::COUNT],
}

impl<'a> Stored<'a> {
    /// The values in the list. Fields that only the response for a single business has stay unknown.
    pub fn from_list(business: &'a Business) -> Self {
        let mut stored = Self {
            values: Default::default(),
        };
        stored.set(Field::ExternalId, value(&business.external_id));
        stored.set(Field::LegalName, value(&business.legal_name));
        stored.set(Field::EntityType, value(&business.entity_type));
        stored.set(Field::Country, value(&business.country));
        stored.set(Field::Province, value(&business.province));
        stored.set(Field::NaceCode, value(&business.nace_code));
        stored.set(Field::VatNumber, value(&business.vat_number));
        stored.set(Field::CompanyNumber, value(&business.company_number));
        stored.set(Field::Tin, value(&business.tax_id));
        // Not every list has these two, so their absence proves nothing.
        stored.set(Field::BaseCurrency, or_unknown(&business.base_currency));
        stored.set(Field::Email, or_unknown(&business.email));
        stored
    }

    /// The values in the response for a single business, or for a create request.
    pub fn from_detail(detail: &'a BusinessDetail) -> Self {
        let mut stored = Self::from_list(&detail.business);
        stored.set(Field::Email, value(&detail.business.email));
        stored.set(Field::BaseCurrency, value(&detail.business.base_currency));
        stored.set(Field::PhoneNumber, value(&detail.phone_number));
        stored.set(Field::AccountingMethod, value(&detail.accounting_method));
        stored.set(Field::FiscalYearEnd, value(&detail.fiscal_year_end));
        // A long response was truncated and is no longer valid JSON. These fields then stay unknown.
        if let Ok(Value::Object(all)) = serde_json::from_str(detail.raw_json.raw()) {
            for field in [Field::CoaLanguage, Field::Metadata] {
                if let Some(found) = all.get(field.api_name()) {
                    stored.set(field, json_value(found));
                }
            }
        }
        stored
    }

    pub fn get(&self, field: Field) -> &StoredValue<'a> {
        &self.values[field as usize]
    }

    fn set(&mut self, field: Field, value: StoredValue<'a>) {
        self.values[field as usize] = value;
    }
}

impl StoredValue<'_> {
    /// The text. Empty if not set or unknown.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Unknown | Self::NotSet => "",
        }
    }
}

fn value(text: &Option<ServerText>) -> StoredValue<'_> {
    match text {
        Some(text) if !text.raw().trim().is_empty() => StoredValue::Text(Cow::Borrowed(text.raw())),
        _ => StoredValue::NotSet,
    }
}

fn or_unknown(text: &Option<ServerText>) -> StoredValue<'_> {
    match text {
        Some(_) => value(text),
        None => StoredValue::Unknown,
    }
}

fn json_value<'a>(found: &Value) -> StoredValue<'a> {
    match found {
        Value::Null => StoredValue::NotSet,
        Value::Object(object) if object.is_empty() => StoredValue::NotSet,
        Value::String(text) if text.trim().is_empty() => StoredValue::NotSet,
        Value::String(text) => StoredValue::Text(Cow::Owned(text.clone())),
        other => StoredValue::Text(Cow::Owned(format!("{other:#}"))),
    }
}
