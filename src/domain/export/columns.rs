//! The columns of an export, named as in the API's list.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::domain::business::Business;
use crate::domain::text::ServerText;

/// A column of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportColumn {
    /// Thred's id. It lets an import find businesses without an `external_id`.
    Id,
    /// The partner's own id.
    ExternalId,
    /// Display name.
    Name,
    /// Name in the register.
    LegalName,
    /// Legal form.
    EntityType,
    /// ISO 3166-1 alpha-2.
    Country,
    /// State, province or region.
    Province,
    /// EU NACE industry code.
    NaceCode,
    /// Contact address, if known.
    Email,
    /// VAT registration.
    VatNumber,
    /// Number in the company register.
    CompanyNumber,
    /// Tax number.
    TaxId,
    /// ISO 4217.
    BaseCurrency,
    /// `true`, `false` or empty.
    IsActive,
    /// Time of activation, RFC 3339, UTC.
    ActivatedAt,
    /// Time of creation, RFC 3339, UTC.
    CreatedAt,
    /// Time of the last change, RFC 3339, UTC.
    UpdatedAt,
}

/// A value to be written to a file.
pub(super) enum ExportedValue<'a> {
    Absent,
    Flag(bool),
    Text(Cow<'a, str>),
}

impl ExportColumn {
    /// In file order.
    pub const ALL: [Self; 17] = [
        Self::Id,
        Self::ExternalId,
        Self::Name,
        Self::LegalName,
        Self::EntityType,
        Self::Country,
        Self::Province,
        Self::NaceCode,
        Self::Email,
        Self::VatNumber,
        Self::CompanyNumber,
        Self::TaxId,
        Self::BaseCurrency,
        Self::IsActive,
        Self::ActivatedAt,
        Self::CreatedAt,
        Self::UpdatedAt,
    ];

    /// Its name in the header row.
    pub fn header(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ExternalId => "external_id",
            Self::Name => "name",
            Self::LegalName => "legal_name",
            Self::EntityType => "entity_type",
            Self::Country => "country",
            Self::Province => "province",
            Self::NaceCode => "eu_nace_industry_code",
            Self::Email => "email",
            Self::VatNumber => "vat_number",
            Self::CompanyNumber => "company_number",
            Self::TaxId => "tax_id",
            Self::BaseCurrency => "base_currency",
            Self::IsActive => "is_active",
            Self::ActivatedAt => "activation_at",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }

    pub(super) fn value(self, business: &Business) -> ExportedValue<'_> {
        match self {
            Self::Id => ExportedValue::Text(Cow::Owned(business.id.to_string())),
            Self::ExternalId => text(&business.external_id),
            Self::Name => text(&business.name),
            Self::LegalName => text(&business.legal_name),
            Self::EntityType => text(&business.entity_type),
            Self::Country => text(&business.country),
            Self::Province => text(&business.province),
            Self::NaceCode => text(&business.nace_code),
            Self::Email => text(&business.email),
            Self::VatNumber => text(&business.vat_number),
            Self::CompanyNumber => text(&business.company_number),
            Self::TaxId => text(&business.tax_id),
            Self::BaseCurrency => text(&business.base_currency),
            Self::IsActive => business
                .is_active
                .map_or(ExportedValue::Absent, ExportedValue::Flag),
            Self::ActivatedAt => time(business.activated_at),
            Self::CreatedAt => time(business.created_at),
            Self::UpdatedAt => time(business.updated_at),
        }
    }
}

fn text(text: &Option<ServerText>) -> ExportedValue<'_> {
    match text {
        Some(text) => ExportedValue::Text(Cow::Borrowed(text.raw())),
        None => ExportedValue::Absent,
    }
}

fn time(at: Option<Timestamp>) -> ExportedValue<'static> {
    match at {
        Some(at) => ExportedValue::Text(Cow::Owned(at.to_string())),
        None => ExportedValue::Absent,
    }
}
