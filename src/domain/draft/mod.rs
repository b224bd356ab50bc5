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
pub use used_types::used_types;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The content of the form, exactly as typed. Contains no secret.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 4217.
    pub base_currency: String,
    /// Code of the legal form.
    pub entity_type: String,
    /// The partner's own id.
    pub external_id: String,
    /// Name in the register.
    pub legal_name: String,
    /// Contact address.
    pub email: String,
    /// VAT registration.
    pub vat_number: String,
    /// Number in the company register.
    pub company_number: String,
    /// Tax number.
    pub tin: String,
    /// Contact number.
    pub phone_number: String,
    /// State, province or region.
    pub province: String,
    /// EU NACE industry code.
    pub eu_nace_industry_code: String,
    /// `accrual` or `cash`.
    pub accounting_method: String,
    /// `YYYY-MM-DD`.
    pub fiscal_year_end: String,
    /// Language of the chart of accounts.
    pub coa_language: String,
    /// Text of a JSON object.
    pub metadata: String,
}

impl Draft {
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Country => &self.country,
            Field::BaseCurrency => &self.base_currency,
            Field::EntityType => &self.entity_type,
            Field::ExternalId => &self.external_id,
            Field::LegalName => &self.legal_name,
            Field::Email => &self.email,
            Field::VatNumber => &self.vat_number,
            Field::CompanyNumber => &self.company_number,
            Field::Tin => &self.tin,
            Field::PhoneNumber => &self.phone_number,
            Field::Province => &self.province,
            Field::NaceCode => &self.eu_nace_industry_code,
            Field::AccountingMethod => &self.accounting_method,
            Field::FiscalYearEnd => &self.fiscal_year_end,
            Field::CoaLanguage => &self.coa_language,
            Field::Metadata => &self.metadata,
        }
    }

    /// The text of a field, for editing.
    pub fn get_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Country => &mut self.country,
            Field::BaseCurrency => &mut self.base_currency,
            Field::EntityType => &mut self.entity_type,
            Field::ExternalId => &mut self.external_id,
            Field::LegalName => &mut self.legal_name,
            Field::Email => &mut self.email,
            Field::VatNumber => &mut self.vat_number,
            Field::CompanyNumber => &mut self.company_number,
            Field::Tin => &mut self.tin,
            Field::PhoneNumber => &mut self.phone_number,
            Field::Province => &mut self.province,
            Field::NaceCode => &mut self.eu_nace_industry_code,
            Field::AccountingMethod => &mut self.accounting_method,
            Field::FiscalYearEnd => &mut self.fiscal_year_end,
            Field::CoaLanguage => &mut self.coa_language,
            Field::Metadata => &mut self.metadata,
        }
    }

    /// Chooses the country. Also sets its currency, unless the user chose another one.
    pub fn choose_country(&mut self, code: &str) {
        let currency = self.base_currency.trim();
        let untouched = currency.is_empty()
            || rules::proposed_currency(&self.country)
                .is_some_and(|proposed| proposed.eq_ignore_ascii_case(currency));
        if let (true, Some(proposed)) = (untouched, rules::proposed_currency(code)) {
            self.base_currency = proposed.to_owned();
        }
        self.country = code.to_owned();
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
        !self.get(field).trim().is_empty()
    }

    /// Number of optional fields filled in.
    pub fn optional_filled(&self) -> usize {
        Field::optional().filter(|f| self.is_filled(*f)).count()
    }

    /// The value to send for a field: trimmed, with codes in the API's case. An empty currency becomes that of the
    /// country.
    pub fn to_send(&self, field: Field) -> String {
        let text = self.get(field).trim();
        match field {
            Field::Country => text.to_ascii_uppercase(),
            Field::BaseCurrency if text.is_empty() => rules::proposed_currency(&self.country)
                .unwrap_or_default()
                .to_owned(),
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

#[cfg(test)]
mod tests;
