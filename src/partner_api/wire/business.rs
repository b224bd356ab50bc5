//! A business as described on the API pages "List businesses" and "Get business".

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use uuid::Uuid;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::text::{ServerText, fold_letters};
use crate::partner_api::scrub::{Secrets, WireText};

use super::indent::indented;
use super::lenient::{Lenient, OptionalObject};
use super::raw::hidden_in;
use super::{Unreadable, parse};

/// Longest raw response to show, bytes.
const MAX_RAW_LEN: usize = 256 << 10;

/// All fields that a list or a single business may have.
#[derive(Debug, Default)]
pub(super) struct BusinessWire {
    pub(super) id: Option<Uuid>,
    external_id: Option<WireText>,
    name: Option<WireText>,
    legal_name: Option<WireText>,
    entity_type: Option<WireText>,
    country: Option<WireText>,
    province: Option<WireText>,
    nace_code: Option<WireText>,
    email: Option<WireText>,
    vat_number: Option<WireText>,
    company_number: Option<WireText>,
    tax_id: Option<WireText>,
    tin: Option<WireText>,
    base_currency: Option<WireText>,
    currency: Option<WireText>,
    is_active: Option<bool>,
    activated_at: Option<Timestamp>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    phone_number: Option<WireText>,
    accounting_method: Option<WireText>,
    fiscal_year_end: Option<WireText>,
    metadata_keys: Option<usize>,
}

impl BusinessWire {
    /// The business without secrets, for the rest of the console; `None` without a usable id.
    pub(super) fn into_business(self, secrets: &Secrets) -> Option<Business> {
        let id = BusinessId(self.id?);
        Some(self.with_id(id, secrets))
    }

    fn with_id(self, id: BusinessId, secrets: &Secrets) -> Business {
        let clean = |text: Option<WireText>| text.map(|text| text.clean(secrets));
        Business {
            id,
            external_id: clean(self.external_id),
            name: clean(self.name),
            legal_name: clean(self.legal_name),
            entity_type: clean(self.entity_type),
            country: clean(self.country),
            province: clean(self.province),
            nace_code: clean(self.nace_code),
            email: clean(self.email),
            vat_number: clean(self.vat_number),
            company_number: clean(self.company_number),
            tax_id: clean(self.tax_id.or(self.tin)),
            base_currency: clean(self.base_currency.or(self.currency)),
            is_active: self.is_active,
            activated_at: self.activated_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum BusinessFieldName {
    Id,
    ExternalId,
    Name,
    LegalName,
    EntityType,
    Country,
    Province,
    EuNaceIndustryCode,
    Email,
    VatNumber,
    CompanyNumber,
    TaxId,
    Tin,
    BaseCurrency,
    Currency,
    IsActive,
    ActivationAt,
    CreatedAt,
    UpdatedAt,
    PhoneNumber,
    AccountingMethod,
    FiscalYearEnd,
    Metadata,
    #[serde(other)]
    Other,
}

/// Written by hand, because derived code rejects duplicate fields.
impl<'de> Deserialize<'de> for BusinessWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(BusinessVisitor)
    }
}

struct BusinessVisitor;

impl<'de> Visitor<'de> for BusinessVisitor {
    type Value = BusinessWire;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a business")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BusinessWire, A::Error> {
        let mut wire = BusinessWire::default();
        while let Some(key) = map.next_key::<BusinessFieldName>()? {
            let text = match key {
                BusinessFieldName::Id => {
                    wire.id = map.next_value::<Lenient<Uuid>>()?.0;
                    continue;
                }
                BusinessFieldName::IsActive => {
                    wire.is_active = map.next_value::<Lenient<bool>>()?.0;
                    continue;
                }
                BusinessFieldName::ActivationAt => {
                    wire.activated_at = map.next_value::<Lenient<Timestamp>>()?.0;
                    continue;
                }
                BusinessFieldName::CreatedAt => {
                    wire.created_at = map.next_value::<Lenient<Timestamp>>()?.0;
                    continue;
                }
                BusinessFieldName::UpdatedAt => {
                    wire.updated_at = map.next_value::<Lenient<Timestamp>>()?.0;
                    continue;
                }
                BusinessFieldName::Metadata => {
                    wire.metadata_keys = map
                        .next_value::<OptionalObject<EntryCount>>()?
                        .0
                        .map(|e| e.0);
                    continue;
                }
                BusinessFieldName::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                BusinessFieldName::ExternalId => &mut wire.external_id,
                BusinessFieldName::Name => &mut wire.name,
                BusinessFieldName::LegalName => &mut wire.legal_name,
                BusinessFieldName::EntityType => &mut wire.entity_type,
                BusinessFieldName::Country => &mut wire.country,
                BusinessFieldName::Province => &mut wire.province,
                BusinessFieldName::EuNaceIndustryCode => &mut wire.nace_code,
                BusinessFieldName::Email => &mut wire.email,
                BusinessFieldName::VatNumber => &mut wire.vat_number,
                BusinessFieldName::CompanyNumber => &mut wire.company_number,
                BusinessFieldName::TaxId => &mut wire.tax_id,
                BusinessFieldName::Tin => &mut wire.tin,
                BusinessFieldName::BaseCurrency => &mut wire.base_currency,
                BusinessFieldName::Currency => &mut wire.currency,
                BusinessFieldName::PhoneNumber => &mut wire.phone_number,
                BusinessFieldName::AccountingMethod => &mut wire.accounting_method,
                BusinessFieldName::FiscalYearEnd => &mut wire.fiscal_year_end,
            };
            *text = map.next_value::<Lenient<WireText>>()?.0;
        }
        Ok(wire)
    }
}

/// Counts the entries of an object.
struct EntryCount(usize);

impl<'de> Deserialize<'de> for EntryCount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Counter;
        impl<'de> Visitor<'de> for Counter {
            type Value = EntryCount;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EntryCount, A::Error> {
                let mut entries = 0;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    entries += 1;
                }
                Ok(EntryCount(entries))
            }
        }
        deserializer.deserialize_map(Counter)
    }
}

/// Reads the response to a request for business `wanted`.
///
/// # Errors
/// [`Unreadable::Unexpected`] also if the response is about another business, or does not say which.
pub(in crate::partner_api) fn read_business(
    body: &[u8],
    wanted: BusinessId,
    secrets: &Secrets,
) -> Result<BusinessDetail, Unreadable> {
    let wire: BusinessWire = parse(body, "a business")?;
    // Without an id it may be anything, and would blank out the row it is taken for.
    let found = match wire.id {
        None => Err("JSON that is not a business"),
        Some(id) if id != wanted.0 => Err("a different business than requested"),
        Some(_) => Ok(()),
    };
    found.map_err(|what| Unreadable::Unexpected(what.to_owned()))?;
    Ok(detail(wire, wanted, body, secrets))
}

/// Reads the response to creating the business with this `external_id`, whether it is new or existed.
///
/// # Errors
/// [`Unreadable::Unexpected`] also if it has no id or is about another business.
pub(in crate::partner_api) fn read_created(
    body: &[u8],
    external_id: &str,
    secrets: &Secrets,
) -> Result<BusinessDetail, Unreadable> {
    let wire: BusinessWire = parse(body, "a business")?;
    let unexpected = |text: &str| Err(Unreadable::Unexpected(text.to_owned()));
    let Some(id) = wire.id else {
        return unexpected("a business without an id");
    };
    // A server may store it in another case or without surrounding white space.
    let wanted = fold_letters(external_id.trim());
    let is_same = |found: &WireText| found.is(|text| fold_letters(text.trim()) == wanted);
    if !wire.external_id.as_ref().is_none_or(is_same) {
        return unexpected("a business with a different external_id than sent");
    }
    Ok(detail(wire, BusinessId(id), body, secrets))
}

/// Reads the response to a change of business `wanted`. Only its status matters; the body may show the business, a part of it, something else about
/// it, or nothing.
///
/// # Errors
/// If it is not a response of the API, or is about another business.
pub(in crate::partner_api) fn read_acknowledgement(
    body: &[u8],
    wanted: BusinessId,
) -> Result<(), Unreadable> {
    if body.trim_ascii().is_empty() {
        return Ok(());
    }
    let wire: BusinessWire = parse(body, "a business")?;
    if wire.id.is_some_and(|id| id != wanted.0) {
        return Err(Unreadable::Unexpected(
            "a different business than the one changed".to_owned(),
        ));
    }
    Ok(())
}

fn detail(
    mut wire: BusinessWire,
    id: BusinessId,
    body: &[u8],
    secrets: &Secrets,
) -> BusinessDetail {
    let clean = |text: Option<WireText>| text.map(|text| text.clean(secrets));
    let json = String::from_utf8_lossy(body);
    BusinessDetail {
        phone_number: clean(wire.phone_number.take()),
        accounting_method: clean(wire.accounting_method.take()),
        fiscal_year_end: clean(wire.fiscal_year_end.take()),
        metadata_keys: wire.metadata_keys,
        raw_json: ServerText::from(indented(&hidden_in(&json, secrets), MAX_RAW_LEN).as_str()),
        business: wire.with_id(id, secrets),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_business(body: &[u8], wanted: BusinessId) -> Result<BusinessDetail, Unreadable> {
        super::read_business(body, wanted, &Secrets::new([KEY]))
    }

    const KEY: &str = "tk/s3cret-key-of-the-partner";
    const ID: BusinessId = BusinessId(Uuid::from_u128(5));

    #[test]
    fn both_names_of_a_datum_are_read_and_twice_is_no_error() {
        let body = br#"{"id":"00000000-0000-0000-0000-000000000005","tin":"T1","currency":"EUR",
            "base_currency":null,"name":"A","name":"B","is_active":true,"metadata":{"a":1,"b":{}},
            "created_at":"2026-01-02T03:04:05","unknown":[{"x":[]}],"phone_number":31}"#;
        let detail = read_business(body, ID).unwrap();
        let business = &detail.business;
        assert_eq!(business.tax_id, Some("T1".into()));
        assert_eq!(business.base_currency, Some("EUR".into()));
        assert_eq!(business.name, Some("B".into()));
        assert_eq!(business.is_active, Some(true));
        assert!(business.created_at.is_some());
        assert_eq!(detail.metadata_keys, Some(2));
        assert_eq!(detail.phone_number, Some("31".into()));
        assert!(detail.raw_json.raw().contains("\n  \"tin\": \"T1\","));
    }

    #[test]
    fn a_created_business_is_the_one_that_was_sent() {
        let body = |fields: &str| format!(r#"{{"id":"{ID}",{fields}"_meta":{{"x":1}}}}"#);
        let read =
            |fields: &str| read_created(body(fields).as_bytes(), " User-1 ", &Secrets::default());
        assert_eq!(read("").unwrap().business.id, ID);
        assert!(read(r#""external_id":"user-1","#).is_ok());
        for other in [r#""external_id":"user-2","#, r#""external_id":7,"#] {
            assert!(
                matches!(read(other), Err(Unreadable::Unexpected(_))),
                "{other}"
            );
        }
        for unusable in [r#"{"external_id":"User-1"}"#, "[]", r#"{"id":7}"#] {
            let read = read_created(unusable.as_bytes(), "User-1", &Secrets::default());
            assert!(matches!(read, Err(Unreadable::Unexpected(_))), "{unusable}");
        }
    }

    #[test]
    fn an_acknowledgement_may_say_little_but_not_of_another_one() {
        for body in ["", " \r\n", "{}", r#"{"legal_name":"A","tin":null}"#] {
            assert_eq!(read_acknowledgement(body.as_bytes(), ID), Ok(()), "{body}");
        }
        let other = br#"{"id":"00000000-0000-0000-0000-000000000006"}"#;
        for body in [&other[..], b"<html>", b"{\"legal_name\":"] {
            assert!(read_acknowledgement(body, ID).is_err());
        }
    }

    #[test]
    fn another_business_or_another_shape_is_refused_without_quoting() {
        let other = br#"{"id":"00000000-0000-0000-0000-000000000006"}"#;
        assert!(matches!(
            read_business(other, ID),
            Err(Unreadable::Unexpected(_))
        ));
        let Err(Unreadable::Unexpected(text)) = read_business(b"\"s3cret\"", ID) else {
            panic!("a string is no business");
        };
        assert!(!text.contains("s3cret"), "{text}");
        assert!(matches!(
            read_business(b"{\"id\":", ID),
            Err(Unreadable::CutOff)
        ));
        assert!(matches!(
            read_business(b"<html>", ID),
            Err(Unreadable::NotJson)
        ));
        for nameless in [
            &b"{}"[..],
            br#"{"id":null,"name":"A"}"#,
            br#"{"detail":"maintenance"}"#,
        ] {
            assert!(matches!(
                read_business(nameless, ID),
                Err(Unreadable::Unexpected(_))
            ));
        }
    }

    #[test]
    fn a_repeated_secret_is_in_no_field_and_not_in_the_raw_answer() {
        let escaped: String = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        for shown in [KEY, &KEY.replace('/', "\\/"), &escaped] {
            let body = format!(
                r#"{{"id":"{ID}","name":"A {shown} B","external_id":"{shown}","phone_number":"{shown}",
                "metadata":{{"{shown}":["{shown}"]}},"debug":"{}{shown}"}}"#,
                "x".repeat(MAX_RAW_LEN)
            );
            let detail = read_business(body.as_bytes(), ID).unwrap();
            assert_eq!(detail.business.name, Some("A [hidden] B".into()));
            let all = format!("{detail:?} {}", detail.raw_json.raw());
            assert!(!all.contains("s3cret") && !all.contains("0073"), "{shown}");
        }
    }
}
