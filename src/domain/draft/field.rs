//! The fields of a business that a partner can fill in, in form order.

use serde::{Deserialize, Serialize};

/// A field of the create form. The names are those of the API page "Create a business".
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
    /// A JSON object defined by the partner.
    Metadata,
}

/// The properties of a field, wherever it is shown, checked or sent.
struct FieldSpec {
    field: Field,
    /// Its name in requests.
    api_name: &'static str,
    /// Its label in the form.
    label: &'static str,
    /// Its name inside a sentence.
    in_sentence: &'static str,
    /// The API's limit in characters.
    max_chars: Option<usize>,
    /// Whether it can be changed later (API page "Update a business").
    is_writable: bool,
    /// Whether it identifies someone. Such fields are hidden in share mode.
    is_identifying: bool,
    /// Whether it holds a code or number. Such fields use the monospace font.
    is_code: bool,
    /// A hint after the label.
    hint: Option<&'static str>,
    /// Shown while the field is empty.
    placeholder: Option<&'static str>,
}

const fn spec(
    field: Field,
    api_name: &'static str,
    label: &'static str,
    in_sentence: &'static str,
) -> FieldSpec {
    FieldSpec {
        field,
        api_name,
        label,
        in_sentence,
        max_chars: None,
        is_writable: true,
        is_identifying: false,
        is_code: false,
        hint: None,
        placeholder: None,
    }
}

impl FieldSpec {
    const fn at_most(mut self, chars: usize) -> Self {
        self.max_chars = Some(chars);
        self
    }

    const fn fixed_once_created(mut self) -> Self {
        self.is_writable = false;
        self
    }

    const fn identifying(mut self) -> Self {
        self.is_identifying = true;
        self
    }

    const fn code(mut self) -> Self {
        self.is_code = true;
        self
    }

    const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    const fn placeholder(mut self, placeholder: &'static str) -> Self {
        self.placeholder = Some(placeholder);
        self
    }
}

/// In form order, required fields first.
const FIELDS: [FieldSpec; Field::COUNT] = {
    use Field::*;
    [
        spec(Country, "country", "Country", "country").fixed_once_created(),
        spec(
            BaseCurrency,
            "base_currency",
            "Base currency",
            "base currency",
        )
        .fixed_once_created(),
        spec(EntityType, "entity_type", "Entity type", "entity type"),
        spec(ExternalId, "external_id", "external_id", "external_id")
            .at_most(255)
            .fixed_once_created()
            .identifying()
            .code()
            .hint("your own id; can never be changed"),
        spec(LegalName, "legal_name", "Legal name", "legal name")
            .at_most(255)
            .identifying(),
        spec(Email, "email", "E-mail", "e-mail")
            .identifying()
            .placeholder("name@company.example"),
        spec(VatNumber, "vat_number", "VAT number", "VAT number")
            .at_most(20)
            .identifying()
            .code(),
        spec(
            CompanyNumber,
            "company_number",
            "Company number",
            "company number",
        )
        .at_most(20)
        .identifying()
        .code(),
        spec(Tin, "tin", "Tax number", "tax number")
            .identifying()
            .code(),
        spec(PhoneNumber, "phone_number", "Phone number", "phone number").identifying(),
        spec(Province, "province", "Province", "province").at_most(100),
        spec(NaceCode, "eu_nace_industry_code", "NACE code", "NACE code")
            .at_most(10)
            .code()
            .hint("EU industry code, as in 56.30")
            .placeholder("56.30"),
        spec(
            AccountingMethod,
            "accounting_method",
            "Accounting method",
            "accounting method",
        ),
        spec(
            FiscalYearEnd,
            "fiscal_year_end",
            "Fiscal year end",
            "fiscal year end",
        )
        .hint("the last day, as in 2026-12-31")
        .placeholder("YYYY-MM-DD"),
        spec(
            CoaLanguage,
            "coa_language",
            "Accounts language",
            "accounts language",
        )
        .fixed_once_created()
        .hint("two letters, as in nl"),
        spec(Metadata, "metadata", "Metadata", "metadata")
            .identifying()
            .code()
            .hint("a JSON object of your own")
            .placeholder("{}"),
    ]
};

impl Field {
    pub const COUNT: usize = 16;

    /// In form order.
    pub const ALL: [Self; Self::COUNT] = {
        let mut all = [Self::Country; Self::COUNT];
        let mut at = 0;
        while at < Self::COUNT {
            all[at] = FIELDS[at].field;
            at += 1;
        }
        all
    };

    fn spec(self) -> &'static FieldSpec {
        &FIELDS[self as usize]
    }

    /// Whether it is required to create a business.
    pub fn is_required(self) -> bool {
        self <= Self::Email
    }

    /// The fields of the group "Optional details".
    pub fn optional() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|field| !field.is_required())
    }

    /// Whether it can be changed later (API page "Update a business").
    pub fn is_writable(self) -> bool {
        self.spec().is_writable
    }

    /// The API's limit in characters.
    pub(super) fn max_chars(self) -> Option<usize> {
        self.spec().max_chars
    }

    /// Whether it identifies someone. Such fields are hidden in share mode.
    pub(in crate::domain) fn is_identifying(self) -> bool {
        self.spec().is_identifying
    }

    /// Whether it holds a code or number. Such fields use the monospace font.
    pub fn is_code(self) -> bool {
        self.spec().is_code
    }

    /// A hint after the label.
    pub fn hint(self) -> Option<&'static str> {
        self.spec().hint
    }

    /// Shown while the field is empty.
    pub fn placeholder(self) -> Option<&'static str> {
        self.spec().placeholder
    }

    /// Its name in requests.
    pub fn api_name(self) -> &'static str {
        self.spec().api_name
    }

    /// The field that a server's field error refers to. Also knows the names used by older servers.
    pub fn from_api_name(name: &str) -> Option<Self> {
        match name {
            "currency" => Some(Self::BaseCurrency),
            "tax_id" => Some(Self::Tin),
            _ => Self::ALL.into_iter().find(|field| field.api_name() == name),
        }
    }

    /// Its label in the form.
    pub fn label(self) -> &'static str {
        self.spec().label
    }

    /// Its name inside a sentence.
    pub fn in_sentence(self) -> &'static str {
        self.spec().in_sentence
    }

    /// The names of several fields inside a sentence: "country, province and base currency".
    pub fn list(fields: impl IntoIterator<Item = Self>) -> String {
        let names: Vec<_> = fields.into_iter().map(Self::in_sentence).collect();
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => names.concat(),
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
        for (at, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, at, "the table is in the order of the enum");
        }
        for field in Field::ALL {
            assert_eq!(Field::from_api_name(field.api_name()), Some(field));
            let json = serde_json::to_value(field).unwrap();
            assert_eq!(json, field.api_name());
        }
        assert_eq!(Field::from_api_name("tax_id"), Some(Field::Tin));
        assert_eq!(Field::from_api_name("nothing"), None);
    }
}
