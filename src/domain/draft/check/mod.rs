//! Checks a draft, while it is being typed, against the rules of the API page "Create a business".
//!
//! Only what the API is known to reject is wrong and blocks sending. Everything else is a warning.

mod email;
mod finding;
mod text;
mod values;

#[cfg(test)]
mod tests;

pub use finding::{FieldFinding, Severity, blocks};
pub(in crate::domain) use values::is_country_code;

use super::business_lookup::BusinessLookup;
use super::changes::changed_fields;
use super::learned_types::LearnedTypes;
use super::{Draft, Field};
use crate::domain::text::counted;

/// What a draft is checked against.
#[derive(Clone, Copy)]
pub struct CheckContext<'a> {
    /// Entity types learned from the server.
    pub learned_types: &'a LearnedTypes,
    /// The loaded businesses.
    pub known: &'a dyn BusinessLookup,
}

/// All findings about the draft of a new business, in form order and by severity within a field.
pub fn check(draft: &Draft, context: &CheckContext<'_>) -> Vec<FieldFinding> {
    let mut findings = check_row(draft, context);
    findings.extend(external_id_finding(draft, context.known));
    findings.sort_by_key(|finding| (finding.field, finding.severity));
    findings
}

/// Like [`check`], for a row of a file whose `external_id` is already known to be free.
pub(in crate::domain) fn check_row(draft: &Draft, context: &CheckContext<'_>) -> Vec<FieldFinding> {
    let mut findings = Vec::new();
    for field in Field::ALL {
        check_field(draft, field, context.learned_types, &mut findings);
    }
    findings.extend(same_name_finding(draft, context.known));
    findings.sort_by_key(|finding| (finding.field, finding.severity));
    findings
}

/// Like [`check`], for the edit of a stored business. Only changed fields are checked, because the server does not
/// reject what it already stores.
pub fn check_changes(
    stored: &Draft,
    edited: &Draft,
    learned_types: &LearnedTypes,
) -> Vec<FieldFinding> {
    let mut findings = Vec::new();
    for change in changed_fields(stored, edited) {
        check_field(edited, change.field, learned_types, &mut findings);
    }
    findings.sort_by_key(|finding| (finding.field, finding.severity));
    findings
}

fn check_field(
    draft: &Draft,
    field: Field,
    learned_types: &LearnedTypes,
    findings: &mut Vec<FieldFinding>,
) {
    let typed = draft.to_send(field);
    if typed.is_empty() {
        if field.is_required() {
            findings.extend(missing(draft, field));
        }
        return;
    }
    let mut say = |severity, message| findings.push(FieldFinding::new(field, severity, message));
    text::check_length(field, &typed, &mut say);
    text::check_marks(field, &typed, &mut say);
    match field {
        Field::Country => values::check_country(draft[Field::Country].trim(), &mut say),
        Field::BaseCurrency => values::check_currency(&typed, &mut say),
        Field::EntityType => values::check_entity_type(draft, &typed, learned_types, &mut say),
        Field::Email => email::check_email(&typed, &mut say),
        Field::VatNumber => values::check_vat(&draft[Field::Country], &typed, &mut say),
        Field::NaceCode => values::check_nace(&typed, &mut say),
        Field::AccountingMethod => values::check_accounting_method(&typed, &mut say),
        Field::FiscalYearEnd => values::check_date(&typed, &mut say),
        Field::CoaLanguage => values::check_language(&typed, &mut say),
        Field::Metadata => values::check_metadata(&typed, &mut say),
        Field::PhoneNumber => values::check_phone(&typed, &mut say),
        Field::ExternalId
        | Field::LegalName
        | Field::CompanyNumber
        | Field::Tin
        | Field::Province => {}
    }
}

/// The finding for an empty required field.
fn missing(draft: &Draft, field: Field) -> Option<FieldFinding> {
    let country = draft.to_send(Field::Country);
    let message = match field {
        // The currency follows from the country, so the country is what to fix.
        Field::BaseCurrency if !country.is_empty() => {
            if !values::is_country_code(&country) {
                return None;
            }
            format!("Unknown country {country}. Enter a base currency.")
        }
        _ => format!("{} is missing.", field.label()),
    };
    Some(FieldFinding {
        is_missing: true,
        ..FieldFinding::new(field, Severity::Wrong, message)
    })
}

/// Whether a loaded business already has this `external_id`.
fn external_id_finding(draft: &Draft, known: &dyn BusinessLookup) -> Option<FieldFinding> {
    let id = draft.to_send(Field::ExternalId);
    if id.is_empty() {
        return None;
    }
    let (severity, message) = match known.with_external_id(&id) {
        Some(business) => (
            Severity::Warning,
            format!(
                "Already used by {}. Creating would not change it.",
                business
                    .title()
                    .map_or("a business without a name".into(), |name| name.shown())
            ),
        ),
        None => (Severity::Hint, free(known.loaded(), known.still_loading())),
    };
    Some(FieldFinding::new(Field::ExternalId, severity, message))
}

/// Whether a loaded business already has this name.
fn same_name_finding(draft: &Draft, known: &dyn BusinessLookup) -> Option<FieldFinding> {
    let name = draft.to_send(Field::LegalName);
    if name.is_empty() {
        return None;
    }
    let business = known.with_folded_name(&crate::domain::text::fold(&name))?;
    let id = draft.to_send(Field::ExternalId);
    let whose = match &business.external_id {
        // The finding about the `external_id` already covers this business.
        Some(other) if other.raw() == id => return None,
        Some(other) => format!("under external_id {}", other.shown()),
        None => "without an external_id".to_owned(),
    };
    let message = format!("A business with this name already exists, {whose}.");
    Some(FieldFinding::new(
        Field::LegalName,
        Severity::Warning,
        message,
    ))
}

/// "Not used by the 1,240 loaded businesses; 1,778 are still loading. If a business already has it, nothing changes."
fn free(loaded: usize, still_loading: usize) -> String {
    let mut text = format!(
        "Not used by the {}",
        counted(loaded as u64, "loaded business", "loaded businesses")
    );
    if still_loading > 0 {
        let still = counted(still_loading as u64, "is", "are");
        text.push_str(&format!("; {still} still loading"));
    }
    text.push_str(". If a business already has it, nothing changes.");
    text
}
