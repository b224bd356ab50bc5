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

/// Thred's own id of a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BusinessId(pub Uuid);

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Ids of businesses. A load passes each id by several sets, and the hasher of the standard library would be a good part
/// of its time; this one is seeded anew in every run, so that no server can choose ids that collide.
pub type BusinessIds = HashSet<BusinessId, foldhash::fast::RandomState>;

/// One row of the list. Everything but the id may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Business {
    /// Thred's id.
    pub id: BusinessId,
    /// The partner's own id, unique per partner.
    pub external_id: Option<ServerText>,
    /// Display name.
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
    /// Tax number; called `tin` where a single business is read.
    pub tax_id: Option<ServerText>,
    /// ISO 4217; called `currency` by older servers.
    pub base_currency: Option<ServerText>,
    /// Whether the business is in use; `None` where the server does not say.
    pub is_active: Option<bool>,
    /// When it was put to use.
    pub activated_at: Option<Timestamp>,
    /// When it was created at Thred.
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
}

impl Business {
    /// A business of which nothing but the id is known.
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

    /// Whatever of it says who it is.
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

    /// The name to show: the display name, else the legal one.
    pub fn title(&self) -> Option<&ServerText> {
        self.name
            .as_ref()
            .filter(|name| !name.raw().trim().is_empty())
            .or(self.legal_name.as_ref())
    }

    /// Bytes of all its texts: what it takes in memory beyond its fixed size.
    pub fn text_bytes(&self) -> usize {
        let texts = BusinessText::ALL
            .into_iter()
            .filter_map(|text| self.text(text));
        texts.map(|text| text.raw().len()).sum()
    }
}

/// What only reading a single business tells.
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
    /// How many keys the `metadata` object has; `None` where there is none.
    pub metadata_keys: Option<usize>,
    /// The whole answer, indented, for the raw view.
    pub raw_json: ServerText,
}
