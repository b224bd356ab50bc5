//! The fields of a business that a partner can fill, in the order of the form.

use serde::{Deserialize, Serialize};

/// A field of the create form; its names are those of the API page "Create a business".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// ISO 3166-1 alpha-2.
    Country,
    /// ISO 4217.
    BaseCurrency,
    /// Legal form.
    EntityType,
    /// The partner's own id.
    ExternalId,
    /// Name in the register.
    LegalName,
    /// Contact address.
    Email,
    /// VAT registration.
    VatNumber,
    /// Number in the company register.
    CompanyNumber,
    /// Tax number; `tax_id` in lists.
    Tin,
    /// Contact number.
    PhoneNumber,
    /// State, province or region.
    Province,
    /// EU NACE industry code.
    #[serde(rename = "eu_nace_industry_code")]
    NaceCode,
    /// `accrual` or `cash`.
    AccountingMethod,
    /// `YYYY-MM-DD`.
    FiscalYearEnd,
    /// Language of the chart of accounts.
    CoaLanguage,
    /// A JSON object of the partner's own.
    Metadata,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 16;

    /// All of them, in the order of the form.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Country,
        Self::BaseCurrency,
        Self::EntityType,
        Self::ExternalId,
        Self::LegalName,
        Self::Email,
        Self::VatNumber,
        Self::CompanyNumber,
        Self::Tin,
        Self::PhoneNumber,
        Self::Province,
        Self::NaceCode,
        Self::AccountingMethod,
        Self::FiscalYearEnd,
        Self::CoaLanguage,
        Self::Metadata,
    ];

    /// Whether a business cannot be created without it.
    pub fn is_required(self) -> bool {
        self <= Self::Email
    }

    /// The fields of the group "Optional details".
    pub fn optional() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|field| !field.is_required())
    }

    /// Whether the API page "Update a business" lets it be changed later.
    pub fn is_writable(self) -> bool {
        !matches!(
            self,
            Self::Country | Self::BaseCurrency | Self::ExternalId | Self::CoaLanguage
        )
    }

    /// The most that the API takes, in characters.
    pub fn max_chars(self) -> Option<usize> {
        match self {
            Self::ExternalId | Self::LegalName => Some(255),
            Self::VatNumber | Self::CompanyNumber => Some(20),
            Self::Province => Some(100),
            Self::NaceCode => Some(10),
            _ => None,
        }
    }

    /// Its name in requests.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::BaseCurrency => "base_currency",
            Self::EntityType => "entity_type",
            Self::ExternalId => "external_id",
            Self::LegalName => "legal_name",
            Self::Email => "email",
            Self::VatNumber => "vat_number",
            Self::CompanyNumber => "company_number",
            Self::Tin => "tin",
            Self::PhoneNumber => "phone_number",
            Self::Province => "province",
            Self::NaceCode => "eu_nace_industry_code",
            Self::AccountingMethod => "accounting_method",
            Self::FiscalYearEnd => "fiscal_year_end",
            Self::CoaLanguage => "coa_language",
            Self::Metadata => "metadata",
        }
    }

    /// The field that a server's field error is about; also knows the names of older servers.
    pub fn from_api_name(name: &str) -> Option<Self> {
        match name {
            "currency" => Some(Self::BaseCurrency),
            "tax_id" => Some(Self::Tin),
            _ => Self::ALL.into_iter().find(|field| field.api_name() == name),
        }
    }

    /// Its name in the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Country => "Country",
            Self::BaseCurrency => "Base currency",
            Self::EntityType => "Entity type",
            Self::ExternalId => "external_id",
            Self::LegalName => "Legal name",
            Self::Email => "E-mail",
            Self::VatNumber => "VAT number",
            Self::CompanyNumber => "Company number",
            Self::Tin => "Tax number",
            Self::PhoneNumber => "Phone number",
            Self::Province => "Province",
            Self::NaceCode => "NACE code",
            Self::AccountingMethod => "Accounting method",
            Self::FiscalYearEnd => "Fiscal year end",
            Self::CoaLanguage => "Accounts language",
            Self::Metadata => "Metadata",
        }
    }

    /// Its name inside a sentence.
    pub fn in_sentence(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::BaseCurrency => "currency",
            Self::EntityType => "entity type",
            Self::LegalName => "legal name",
            Self::Email => "e-mail",
            Self::CompanyNumber => "company number",
            Self::Tin => "tax number",
            Self::PhoneNumber => "phone number",
            Self::Province => "province",
            Self::AccountingMethod => "accounting method",
            Self::FiscalYearEnd => "fiscal year end",
            Self::CoaLanguage => "accounts language",
            Self::Metadata => "metadata",
            Self::ExternalId | Self::VatNumber | Self::NaceCode => self.label(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_names_agree() {
        assert_eq!(Field::ALL.iter().filter(|f| f.is_required()).count(), 6);
        assert_eq!(Field::optional().count(), 10);
        assert!(Field::ALL.is_sorted());
        for field in Field::ALL {
            assert_eq!(Field::from_api_name(field.api_name()), Some(field));
            let json = serde_json::to_value(field).unwrap();
            assert_eq!(json, field.api_name());
        }
        assert_eq!(Field::from_api_name("tax_id"), Some(Field::Tin));
        assert_eq!(Field::from_api_name("nothing"), None);
    }
}
