//! A business as the demo server stores and serialises it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::options::ApiGeneration;

/// A text field that may be null. Generated values from a table are borrowed from it.
pub type NullableText = Option<Cow<'static, str>>;

/// A business with all fields of the API (see the API documentation, Businesses).
#[derive(Clone, Debug, Default)]
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
    pub is_archived: bool,
    pub activation_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub vat_number: NullableText,
    pub company_number: NullableText,
    /// One value with two names: `tax_id` in the list, `tin` in the details.
    pub tin: NullableText,
    /// ISO 4217.
    pub base_currency: NullableText,
    pub email: NullableText,
    pub phone_number: NullableText,
    /// `accrual` or `cash`.
    pub accounting_method: NullableText,
    /// `YYYY-MM-DD`.
    pub fiscal_year_end: NullableText,
    pub metadata: Option<Map<String, Value>>,
}

/// A business in the list. Missing values are `null`.
#[derive(Serialize)]
pub(super) struct ListItem<'a> {
    id: Uuid,
    external_id: &'a NullableText,
    name: &'a NullableText,
    legal_name: &'a NullableText,
    entity_type: &'a NullableText,
    country: &'a NullableText,
    province: &'a NullableText,
    eu_nace_industry_code: &'a NullableText,
    is_active: Option<bool>,
    activation_at: Option<Timestamp>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    vat_number: &'a NullableText,
    company_number: &'a NullableText,
    tax_id: &'a NullableText,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_currency: Option<&'a NullableText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a NullableText>,
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
    email: &'a NullableText,
    phone_number: &'a NullableText,
    tin: &'a NullableText,
    accounting_method: &'a NullableText,
    fiscal_year_end: &'a NullableText,
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
