//! A business as the demo server stores and serialises it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// A text field that may be null. Generated values from a table are borrowed from it.
pub type NullableText = Option<Cow<'static, str>>;

/// A business with all fields of the API (see the API documentation, Businesses). Serialised, it is an item of the list, where missing values are
/// `null`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DemoBusiness {
    pub id: Uuid,
    /// The partner's own id, unique per partner.
    pub external_id: NullableText,
    pub name: NullableText,
    pub legal_name: NullableText,
    /// Stored in lower case.
    pub entity_type: NullableText,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: NullableText,
    pub province: NullableText,
    pub eu_nace_industry_code: NullableText,
    pub is_active: Option<bool>,
    /// Not serialised; only the list's `is_archived` filter reveals it.
    #[serde(skip)]
    pub is_archived: bool,
    pub activation_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub vat_number: NullableText,
    pub company_number: NullableText,
    /// One value with two names: `tax_id` in the list, `tin` in the details.
    #[serde(rename = "tax_id")]
    pub tin: NullableText,
    /// ISO 4217.
    pub base_currency: NullableText,
    #[serde(skip)]
    pub email: NullableText,
    #[serde(skip)]
    pub phone_number: NullableText,
    /// `accrual` or `cash`.
    #[serde(skip)]
    pub accounting_method: NullableText,
    /// `YYYY-MM-DD`.
    #[serde(skip)]
    pub fiscal_year_end: NullableText,
    #[serde(skip)]
    pub metadata: Option<Map<String, Value>>,
}

/// A single business: the fields of the list and six more.
#[derive(Serialize)]
pub(super) struct Details<'a> {
    #[serde(flatten)]
    item: &'a DemoBusiness,
    email: &'a NullableText,
    phone_number: &'a NullableText,
    tin: &'a NullableText,
    accounting_method: &'a NullableText,
    fiscal_year_end: &'a NullableText,
    metadata: &'a Option<Map<String, Value>>,
}

impl<'a> Details<'a> {
    pub(super) fn new(business: &'a DemoBusiness) -> Self {
        Self {
            item: business,
            email: &business.email,
            phone_number: &business.phone_number,
            tin: &business.tin,
            accounting_method: &business.accounting_method,
            fiscal_year_end: &business.fiscal_year_end,
            metadata: &business.metadata,
        }
    }
}
