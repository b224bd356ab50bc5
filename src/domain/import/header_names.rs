//! Matches column names to fields.

use super::column_target::ColumnTarget;
use crate::domain::draft::Field;
use crate::domain::text::fold;

/// Name of the column with the reasons in a file of failed rows. A mapping never uses it, and the next file of failed rows replaces it.
pub const REASON_HEADER: &str = "import_reason";

/// How certain it is that a column name means a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Confidence {
    /// Only if no other column fits better, such as `name` for the legal name.
    Perhaps,
    Synonym,
    /// The API name.
    Exact,
}

/// In folded form, without spaces and punctuation.
const SYNONYMS: &[(Field, &[&str])] = &[
    (
        Field::ExternalId,
        &[
            "externalid",
            "extid",
            "externalreference",
            "reference",
            "customerid",
            "partnerid",
            "clientid",
            "userid",
            "ourid",
        ],
    ),
    (
        Field::LegalName,
        &[
            "legalname",
            "registeredname",
            "legalentityname",
            "companyname",
            "businessname",
        ],
    ),
    (
        Field::EntityType,
        &[
            "entitytype",
            "legalform",
            "legaltype",
            "companytype",
            "businesstype",
            "entity",
        ],
    ),
    (
        Field::Email,
        &["email", "emailaddress", "mail", "contactemail"],
    ),
    (
        Field::Country,
        &[
            "country",
            "countrycode",
            "countryiso",
            "iso2",
            "land",
            "pays",
        ],
    ),
    (
        Field::BaseCurrency,
        &["basecurrency", "currency", "currencycode"],
    ),
    (
        Field::VatNumber,
        &[
            "vatnumber",
            "vat",
            "vatid",
            "vatno",
            "vatregistrationnumber",
            "ustidnr",
            "btwnummer",
        ],
    ),
    (
        Field::CompanyNumber,
        &[
            "companynumber",
            "companyno",
            "companyregistrationnumber",
            "registrationnumber",
            "registernumber",
            "crn",
            "kvk",
            "siren",
        ],
    ),
    (
        Field::Tin,
        &[
            "tin",
            "taxid",
            "taxnumber",
            "taxno",
            "taxidentificationnumber",
        ],
    ),
    (
        Field::PhoneNumber,
        &["phonenumber", "phone", "telephone", "tel", "mobile"],
    ),
    (
        Field::Province,
        &["province", "state", "region", "county", "stateprovince"],
    ),
    (
        Field::NaceCode,
        &[
            "eunaceindustrycode",
            "nace",
            "nacecode",
            "industrycode",
            "industry",
        ],
    ),
    (Field::AccountingMethod, &["accountingmethod", "accounting"]),
    (
        Field::FiscalYearEnd,
        &["fiscalyearend", "yearend", "financialyearend", "fye"],
    ),
    (
        Field::CoaLanguage,
        &["coalanguage", "chartofaccountslanguage", "accountslanguage"],
    ),
    (Field::Metadata, &["metadata", "meta"]),
];

/// Names that often mean something else.
const WEAK: &[(Field, &[&str])] = &[
    (Field::LegalName, &["name", "company", "business", "firma"]),
    (Field::EntityType, &["type"]),
];

/// What a column with this name is used for.
pub(super) fn meaning(name: &str) -> Option<(ColumnTarget, Confidence)> {
    let name = name.trim();
    if name.eq_ignore_ascii_case("id") {
        return Some((ColumnTarget::ThredId, Confidence::Exact));
    }
    if let Some(field) = Field::ALL.into_iter().find(|f| f.api_name() == name) {
        return Some((ColumnTarget::Field(field), Confidence::Exact));
    }
    let plain: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    if matches!(plain.as_str(), "thredid" | "businessid") {
        return Some((ColumnTarget::ThredId, Confidence::Synonym));
    }
    let find = |table: &[(Field, &[&str])]| {
        let found = table
            .iter()
            .find(|(_, words)| words.contains(&plain.as_str()));
        found.map(|(field, _)| ColumnTarget::Field(*field))
    };
    find(SYNONYMS)
        .map(|target| (target, Confidence::Synonym))
        .or_else(|| find(WEAK).map(|target| (target, Confidence::Perhaps)))
}

/// Whether a column name is recognised.
pub(super) fn is_known(name: &str) -> bool {
    meaning(name).is_some()
}
