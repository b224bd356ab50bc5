//! The text fields of a business, for code that treats them all alike.

use crate::domain::text::ServerText;

use super::fields::Business;

pub(super) const TEXTS: usize = BusinessText::ALL.len();

/// A text field of a business, named after its field in [`Business`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BusinessText {
    ExternalId,
    Name,
    LegalName,
    EntityType,
    Country,
    Province,
    NaceCode,
    Email,
    VatNumber,
    CompanyNumber,
    TaxId,
    BaseCurrency,
}

impl BusinessText {
    /// In declaration order, which is also their order in a `CompactBusiness`.
    pub const ALL: [Self; 12] = [
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
    ];

    /// Its name in the API's list.
    pub const fn api_name(self) -> &'static str {
        match self {
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
        }
    }
}

impl Business {
    pub fn text(&self, text: BusinessText) -> Option<&ServerText> {
        match text {
            BusinessText::ExternalId => self.external_id.as_ref(),
            BusinessText::Name => self.name.as_ref(),
            BusinessText::LegalName => self.legal_name.as_ref(),
            BusinessText::EntityType => self.entity_type.as_ref(),
            BusinessText::Country => self.country.as_ref(),
            BusinessText::Province => self.province.as_ref(),
            BusinessText::NaceCode => self.nace_code.as_ref(),
            BusinessText::Email => self.email.as_ref(),
            BusinessText::VatNumber => self.vat_number.as_ref(),
            BusinessText::CompanyNumber => self.company_number.as_ref(),
            BusinessText::TaxId => self.tax_id.as_ref(),
            BusinessText::BaseCurrency => self.base_currency.as_ref(),
        }
    }

    pub fn text_mut(&mut self, text: BusinessText) -> &mut Option<ServerText> {
        match text {
            BusinessText::ExternalId => &mut self.external_id,
            BusinessText::Name => &mut self.name,
            BusinessText::LegalName => &mut self.legal_name,
            BusinessText::EntityType => &mut self.entity_type,
            BusinessText::Country => &mut self.country,
            BusinessText::Province => &mut self.province,
            BusinessText::NaceCode => &mut self.nace_code,
            BusinessText::Email => &mut self.email,
            BusinessText::VatNumber => &mut self.vat_number,
            BusinessText::CompanyNumber => &mut self.company_number,
            BusinessText::TaxId => &mut self.tax_id,
            BusinessText::BaseCurrency => &mut self.base_currency,
        }
    }

    /// Total bytes of its texts: the memory used beyond its fixed size.
    pub fn text_bytes(&self) -> usize {
        let texts = BusinessText::ALL
            .into_iter()
            .filter_map(|text| self.text(text));
        texts.map(|text| text.raw().len()).sum()
    }
}
