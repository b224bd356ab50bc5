//! A business as the API describes it: <https://docs.thredfi.com> "List businesses", "Get business".

mod compact;
mod texts;

pub use compact::CompactBusiness;
pub use texts::BusinessText;

use std::collections::HashSet;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::ServerText;

/// Thred's id of a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessId(pub Uuid);

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A set of business ids. Loading passes each id through several sets, and the standard hasher would take a large share
/// of the time. This hasher gets a new seed for each run, so that no server can choose colliding ids.
pub type BusinessIds = HashSet<BusinessId, foldhash::fast::RandomState>;

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

    /// Total bytes of its texts: the memory used beyond its fixed size.
    pub fn text_bytes(&self) -> usize {
        let texts = BusinessText::ALL
            .into_iter()
            .filter_map(|text| self.text(text));
        texts.map(|text| text.raw().len()).sum()
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
