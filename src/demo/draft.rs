//! Validates requests to create or change a business (see the API documentation, Create and Update).

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{business::DemoBusiness, checks::FieldChecks, entity_types, error::ApiError};

const MAX_NAME_LEN: usize = 255;
const MAX_NUMBER_LEN: usize = 20;
const MAX_PROVINCE_LEN: usize = 100;
const MAX_NACE_LEN: usize = 10;
/// If the documentation states no limit, only the size of the body is limited.
const UNLIMITED: usize = usize::MAX;

/// The writable fields, in the order of the documentation.
const WRITABLE: [&str; 12] = [
    "legal_name",
    "entity_type",
    "phone_number",
    "tin",
    "vat_number",
    "company_number",
    "province",
    "eu_nace_industry_code",
    "email",
    "accounting_method",
    "fiscal_year_end",
    "metadata",
];

/// Creates the business that `body` describes. Ignores unknown fields, as the real server does.
///
/// # Errors
/// 400 with the errors of each field, or with one sentence if the country does not accept the entity type.
pub(super) fn create(body: &Map<String, Value>, now: Timestamp) -> Result<DemoBusiness, ApiError> {
    let mut checks = FieldChecks::new(body);
    let legal_name = checks.required("legal_name", MAX_NAME_LEN);
    let mut business = DemoBusiness {
        id: Uuid::new_v4(),
        external_id: checks.required("external_id", MAX_NAME_LEN).map(Into::into),
        name: legal_name.clone().map(Into::into),
        legal_name: legal_name.map(Into::into),
        entity_type: entity_type(&mut checks),
        email: checks.email(),
        country: checks.country(),
        base_currency: checks.base_currency(),
        accounting_method: checks.accounting_method().or(Some("accrual".into())),
        fiscal_year_end: checks.fiscal_year_end(),
        metadata: checks.metadata(),
        is_active: Some(true),
        activation_at: Some(now),
        created_at: Some(now),
        updated_at: Some(now),
        ..DemoBusiness::default()
    };
    optional_texts(&mut checks, &mut business, |_, _| true);
    // Accepted but not stored: no response shows it.
    let _ = checks.optional("coa_language", UNLIMITED);
    settle(&checks)?;
    check_type(&business)?;
    Ok(business)
}

/// Changes the fields of `business` that are in `body`.
///
/// # Errors
/// 400; `business` is then unchanged.
pub(super) fn update(
    business: &mut DemoBusiness,
    body: &Map<String, Value>,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut changed = business.clone();
    let mut checks = FieldChecks::new(body);
    for field in body.keys() {
        if !WRITABLE.contains(&field.as_str()) {
            checks.reject::<()>(field, "This field cannot be changed.");
        }
    }
    if checks.has("legal_name") {
        changed.legal_name = checks.required("legal_name", MAX_NAME_LEN).map(Into::into);
    }
    if checks.has("entity_type") {
        changed.entity_type = entity_type(&mut checks);
    }
    if checks.has("email") {
        changed.email = checks.email();
    }
    if checks.has("accounting_method") {
        changed.accounting_method = checks.accounting_method();
    }
    if checks.has("fiscal_year_end") {
        changed.fiscal_year_end = checks.fiscal_year_end();
    }
    if checks.has("metadata") {
        changed.metadata = checks.metadata();
    }
    optional_texts(&mut checks, &mut changed, FieldChecks::has);
    settle(&checks)?;
    if body.contains_key("entity_type") {
        check_type(&changed)?;
    }
    changed.updated_at = Some(now);
    *business = changed;
    Ok(())
}

/// The response to a change: only the writable fields, not even the id.
pub(super) fn writable(business: &DemoBusiness) -> Map<String, Value> {
    let values = [
        &business.legal_name,
        &business.entity_type,
        &business.phone_number,
        &business.tin,
        &business.vat_number,
        &business.company_number,
        &business.province,
        &business.eu_nace_industry_code,
        &business.email,
        &business.accounting_method,
        &business.fiscal_year_end,
    ];
    let texts = values
        .into_iter()
        .map(|text| text.as_deref().map_or(Value::Null, Value::from));
    let metadata = business.metadata.clone().map_or(Value::Null, Value::Object);
    let values = texts.chain([metadata]);
    WRITABLE
        .map(str::to_owned)
        .into_iter()
        .zip(values)
        .collect()
}

fn optional_texts<'a>(
    checks: &mut FieldChecks<'a>,
    business: &mut DemoBusiness,
    takes: impl Fn(&FieldChecks<'a>, &str) -> bool,
) {
    for (field, longest, value) in [
        ("phone_number", UNLIMITED, &mut business.phone_number),
        ("tin", UNLIMITED, &mut business.tin),
        ("vat_number", MAX_NUMBER_LEN, &mut business.vat_number),
        (
            "company_number",
            MAX_NUMBER_LEN,
            &mut business.company_number,
        ),
        ("province", MAX_PROVINCE_LEN, &mut business.province),
        (
            "eu_nace_industry_code",
            MAX_NACE_LEN,
            &mut business.eu_nace_industry_code,
        ),
    ] {
        if takes(checks, field) {
            *value = checks.optional(field, longest);
        }
    }
}

/// Entity types are compared without regard to case and stored in lower case.
fn entity_type(checks: &mut FieldChecks<'_>) -> super::business::NullableText {
    let text = checks.required("entity_type", MAX_NAME_LEN)?;
    Some(text.to_lowercase().into())
}

fn check_type(business: &DemoBusiness) -> Result<(), ApiError> {
    match (&business.country, &business.entity_type) {
        (Some(country), Some(entity_type)) => {
            entity_types::check(country, entity_type).map_err(ApiError::validation)
        }
        // Without a country there is no list to check against.
        _ => Ok(()),
    }
}

fn settle(checks: &FieldChecks<'_>) -> Result<(), ApiError> {
    if checks.errors.is_empty() {
        Ok(())
    } else {
        Err(ApiError::fields(&checks.errors))
    }
}
