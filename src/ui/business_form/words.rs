//! What helps to fill in a field.

use crate::domain::draft::Field;

pub(super) fn is_mono(field: Field) -> bool {
    matches!(
        field,
        Field::ExternalId
            | Field::VatNumber
            | Field::CompanyNumber
            | Field::Tin
            | Field::NaceCode
            | Field::Metadata
    )
}

pub(super) fn label_hint(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::ExternalId => "your own id for it; it can never be changed",
        Field::NaceCode => "EU industry code, as in 56.30",
        Field::FiscalYearEnd => "the last day, as in 2026-12-31",
        Field::CoaLanguage => "two letters, as in nl",
        Field::Metadata => "a JSON object of your own",
        _ => return None,
    })
}

pub(super) fn placeholder(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Email => "name@company.example",
        Field::NaceCode => "56.30",
        Field::FiscalYearEnd => "YYYY-MM-DD",
        Field::Metadata => "{}",
        _ => return None,
    })
}
