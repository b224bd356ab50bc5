//! The fields of a business.

use jiff::Timestamp;

use super::id::BusinessId;
use crate::domain::text::ServerText;

/// A row of the business list. Anything but the id may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Business {
    pub id: BusinessId,
    /// The partner's own id, unique per partner.
    pub external_id: Option<ServerText>,
    pub name: Option<ServerText>,
    /// Name in the register.
    pub legal_name: Option<ServerText>,
    /// Legal form, lower case, such as `limited` or `gmbh`.
    pub entity_type: Option<ServerText>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<ServerText>,
    /// State, province or region.
    pub province: Option<ServerText>,
    /// EU NACE industry code, such as `56.30`.
    pub nace_code: Option<ServerText>,
    /// Contact address; most servers send it only for a single business.
    pub email: Option<ServerText>,
    /// VAT registration.
    pub vat_number: Option<ServerText>,
    /// Number in the company register.
    pub company_number: Option<ServerText>,
    /// Tax number. Called `tin` in the response for a single business.
    pub tax_id: Option<ServerText>,
    /// ISO 4217. Called `currency` by older servers.
    pub base_currency: Option<ServerText>,
    /// `None` if the server does not say.
    pub is_active: Option<bool>,
    /// When it was activated.
    pub activated_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

impl Business {
    /// A business of which only the id is known.
    pub const fn unknown(id: BusinessId) -> Self {
        Self {
            id,
            external_id: None,
            name: None,
            legal_name: None,
            entity_type: None,
            country: None,
            province: None,
            nace_code: None,
            email: None,
            vat_number: None,
            company_number: None,
            tax_id: None,
            base_currency: None,
            is_active: None,
            activated_at: None,
            created_at: None,
            updated_at: None,
        }
    }

    /// The texts that identify the business.
    pub fn personal(&self) -> Vec<&str> {
        [
            &self.external_id,
            &self.name,
            &self.legal_name,
            &self.email,
            &self.vat_number,
            &self.company_number,
            &self.tax_id,
        ]
        .into_iter()
        .flatten()
        .map(ServerText::raw)
        .collect()
    }

    /// The name to show: the display name, or the legal name if there is none.
    pub fn title(&self) -> Option<&ServerText> {
        self.name
            .as_ref()
            .filter(|name| !name.raw().trim().is_empty())
            .or(self.legal_name.as_ref())
    }
}

/// A single business in full, with the fields that the list lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct BusinessDetail {
    /// The fields that the list has too.
    pub business: Business,
    /// Contact number.
    pub phone_number: Option<ServerText>,
    /// `accrual` or `cash`.
    pub accounting_method: Option<ServerText>,
    /// Last day of the fiscal year, `YYYY-MM-DD`.
    pub fiscal_year_end: Option<ServerText>,
    /// Number of keys in the `metadata` object. `None` if there is no such object.
    pub metadata_keys: Option<usize>,
    /// The whole response, indented, for the raw view.
    pub raw_json: ServerText,
}
