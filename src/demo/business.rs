//! A business as the demo server stores and serialises it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::options::ApiGeneration;

/// A text field that may be null. Generated values from a table are borrowed from it.
pub type Text = Option<Cow<'static, str>>;

/// A business with all fields of the API (see `thred-api.md`, Businesses).
#[derive(Clone, Debug, Default)]
pub struct DemoBusiness {
    pub id: Uuid,
    /// The partner's own id, unique per partner.
    pub external_id: Text,
    pub name: Text,
    pub legal_name: Text,
    /// Stored in lower case.
    pub entity_type: Text,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Text,
    pub province: Text,
    pub eu_nace_industry_code: Text,
    pub is_active: Option<bool>,
    /// Not serialised; only the list's `is_archived` filter reveals it.
    pub is_archived: bool,
    pub activation_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub vat_number: Text,
    pub company_number: Text,
    /// One value with two names: `tax_id` in the list, `tin` in the details.
    pub tin: Text,
    /// ISO 4217.
    pub base_currency: Text,
    pub email: Text,
    pub phone_number: Text,
    /// `accrual` or `cash`.
    pub accounting_method: Text,
    /// `YYYY-MM-DD`.
    pub fiscal_year_end: Text,
    pub metadata: Option<Map<String, Value>>,
}

/// A business in the list. Missing values are `null`.
#[derive(Serialize)]
pub(super) struct ListItem<'a> {
    id: Uuid,
    external_id: &'a Text,
    name: &'a Text,
    legal_name: &'a Text,
    entity_type: &'a Text,
    country: &'a Text,
    province: &'a Text,
    eu_nace_industry_code: &'a Text,
    is_active: Option<bool>,
    activation_at: Option<Timestamp>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    vat_number: &'a Text,
    company_number: &'a Text,
    tax_id: &'a Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_currency: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a Text>,
}

impl<'a> ListItem<'a> {
    /// The older API calls the base currency `currency`.
    pub(super) fn new(business: &'a DemoBusiness, envelope: ApiGeneration) -> Self {
        let (base_currency, currency) = match envelope {
            ApiGeneration::Newer => (Some(&business.base_currency), None),
            ApiGeneration::Older => (None, Some(&business.base_currency)),
        };
        Self {
            id: business.id,
            external_id: &business.external_id,
            name: &business.name,
            legal_name: &business.legal_name,
            entity_type: &business.entity_type,
            country: &business.country,
            province: &business.province,
            eu_nace_industry_code: &business.eu_nace_industry_code,
            is_active: business.is_active,
            activation_at: business.activation_at,
            created_at: business.created_at,
            updated_at: business.updated_at,
            vat_number: &business.vat_number,
            company_number: &business.company_number,
            tax_id: &business.tin,
            base_currency,
            currency,
        }
    }
}

/// A single business: the fields of the list and six more.
#[derive(Serialize)]
pub(super) struct Details<'a> {
    #[serde(flatten)]
    item: ListItem<'a>,
    email: &'a Text,
    phone_number: &'a Text,
    tin: &'a Text,
    accounting_method: &'a Text,
    fiscal_year_end: &'a Text,
    metadata: &'a Option<Map<String, Value>>,
}

impl<'a> Details<'a> {
    pub(super) fn new(business: &'a DemoBusiness, envelope: ApiGeneration) -> Self {
        Self {
            item: ListItem::new(business, envelope),
            email: &business.email,
            phone_number: &business.phone_number,
            tin: &business.tin,
            accounting_method: &business.accounting_method,
            fiscal_year_end: &business.fiscal_year_end,
            metadata: &business.metadata,
        }
    }
}
