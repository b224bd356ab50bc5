//! A business as described on the API pages "List businesses" and "Get business".

use std::borrow::Cow;

use jiff::Timestamp;
use serde::de::{IgnoredAny, MapAccess};
use uuid::Uuid;

use crate::domain::business::{Business, BusinessDetail, BusinessId};
use crate::domain::text::{ServerText, fold_letters};
use crate::partner_api::scrub::{Secrets, WireText};

use super::indent::indented;
use super::lenient::{FromJson, Lenient};
use super::parse::{Unreadable, parse_repaired};
use super::raw::hidden_in;

/// Longest raw response to show, bytes.
const MAX_RAW_LEN: usize = 256 << 10;

/// Declares the fields with their names in JSON, and reads them. Derived code would reject duplicate fields.
macro_rules! business_wire {
    ($($field:ident: $type:ty = $name:literal,)+) => {
        /// All fields that a list or a single business may have.
        #[derive(Debug, Default)]
        pub(super) struct BusinessWire {
            $(pub(super) $field: Lenient<$type>,)+
        }

        impl FromJson for BusinessWire {
            fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
                #[derive(serde::Deserialize)]
                #[serde(field_identifier)]
                #[expect(non_camel_case_types, reason = "they are named as the fields")]
                enum Name {
                    $(#[serde(rename = $name)] $field,)+
                    #[serde(other)]
                    other,
                }
                let mut wire = Self::default();
                while let Some(key) = object.next_key::<Name>()? {
                    match key {
                        $(Name::$field => wire.$field = object.next_value()?,)+
                        Name::other => drop(object.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(Some(wire))
            }
        }
    };
}

business_wire! {
    id: Uuid = "id",
    external_id: WireText = "external_id",
    name: WireText = "name",
    legal_name: WireText = "legal_name",
    entity_type: WireText = "entity_type",
    country: WireText = "country",
    province: WireText = "province",
    nace_code: WireText = "eu_nace_industry_code",
    email: WireText = "email",
    vat_number: WireText = "vat_number",
    company_number: WireText = "company_number",
    tax_id: WireText = "tax_id",
    tin: WireText = "tin",
    base_currency: WireText = "base_currency",
    currency: WireText = "currency",
    is_active: bool = "is_active",
    activated_at: Timestamp = "activation_at",
    created_at: Timestamp = "created_at",
    updated_at: Timestamp = "updated_at",
    phone_number: WireText = "phone_number",
    accounting_method: WireText = "accounting_method",
    fiscal_year_end: WireText = "fiscal_year_end",
    metadata: EntryCount = "metadata",
}

impl BusinessWire {
    /// The business without secrets, for the rest of the console; `None` without a usable id.
    pub(super) fn into_business(self, secrets: &Secrets) -> Option<Business> {
        let id = BusinessId(self.id.0?);
        Some(self.with_id(id, secrets))
    }

    fn with_id(self, id: BusinessId, secrets: &Secrets) -> Business {
        let clean = |text: Lenient<WireText>| text.0.map(|text| text.clean(secrets));
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
            tax_id: clean(self.tax_id).or_else(|| clean(self.tin)),
            base_currency: clean(self.base_currency).or_else(|| clean(self.currency)),
            is_active: self.is_active.0,
            activated_at: self.activated_at.0,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        }
    }
}

/// The number of entries of an object.
#[derive(Debug)]
pub(super) struct EntryCount(usize);

impl FromJson for EntryCount {
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut entries = 0;
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            entries += 1;
        }
        Ok(Some(Self(entries)))
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
    let (wire, json) = parse_repaired::<BusinessWire>(body, "a business")?;
    check_id(&wire, wanted)?;
    Ok(detail(wire, wanted, &json, secrets))
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
    let (wire, json) = parse_repaired::<BusinessWire>(body, "a business")?;
    let Some(id) = wire.id.0 else {
        return unexpected("a business without an id");
    };
    let is_repaired = matches!(json, Cow::Owned(_));
    match is_called(&wire, external_id, is_repaired) {
        Some(false) => unexpected(OTHER_EXTERNAL_ID),
        Some(true) | None => Ok(detail(wire, BusinessId(id), &json, secrets)),
    }
}

/// Reads business `wanted`, which a create request with this `external_id` has returned without saying much about it.
///
/// # Errors
/// As [`read_business`], and if it has no or another `external_id`.
pub(in crate::partner_api) fn read_created_again(
    body: &[u8],
    wanted: BusinessId,
    external_id: &str,
    secrets: &Secrets,
) -> Result<BusinessDetail, Unreadable> {
    let (wire, json) = parse_repaired::<BusinessWire>(body, "a business")?;
    check_id(&wire, wanted)?;
    let is_repaired = matches!(json, Cow::Owned(_));
    match is_called(&wire, external_id, is_repaired) {
        Some(true) => Ok(detail(wire, wanted, &json, secrets)),
        Some(false) | None => unexpected(OTHER_EXTERNAL_ID),
    }
}

const OTHER_EXTERNAL_ID: &str = "a business with a different external_id than sent";

fn unexpected<T>(what: &str) -> Result<T, Unreadable> {
    Err(Unreadable::Unexpected(what.to_owned()))
}

/// Whether the business has this `external_id`; `None` if it states none. `is_repaired` means that characters were replaced.
fn is_called(wire: &BusinessWire, external_id: &str, is_repaired: bool) -> Option<bool> {
    // A server may store it in another case or without surrounding white space.
    let wanted = fold_letters(external_id.trim());
    let found = wire.external_id.0.as_ref()?;
    Some(found.is(|text| {
        // A replaced character may stand for any.
        let is_whole = !is_repaired || !text.contains(char::REPLACEMENT_CHARACTER);
        is_whole && fold_letters(text.trim()) == wanted
    }))
}

fn check_id(wire: &BusinessWire, wanted: BusinessId) -> Result<(), Unreadable> {
    match wire.id.0 {
        // Without an id it may be anything, and would blank out the row it is taken for.
        None => unexpected("JSON that is not a business"),
        Some(id) if id != wanted.0 => unexpected("a different business than requested"),
        Some(_) => Ok(()),
    }
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
    let (wire, _) = parse_repaired::<BusinessWire>(body, "a business")?;
    if wire.id.0.is_some_and(|id| id != wanted.0) {
        return Err(Unreadable::Unexpected(
            "a different business than the one changed".to_owned(),
        ));
    }
    Ok(())
}

fn detail(mut wire: BusinessWire, id: BusinessId, json: &str, secrets: &Secrets) -> BusinessDetail {
    let clean = |text: Lenient<WireText>| text.0.map(|text| text.clean(secrets));
    BusinessDetail {
        phone_number: clean(std::mem::take(&mut wire.phone_number)),
        accounting_method: clean(std::mem::take(&mut wire.accounting_method)),
        fiscal_year_end: clean(std::mem::take(&mut wire.fiscal_year_end)),
        metadata_keys: wire.metadata.0.as_ref().map(|entries| entries.0),
        raw_json: ServerText::from(indented(&hidden_in(json, secrets), MAX_RAW_LEN).as_str()),
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
            Err(Unreadable::Truncated)
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
    fn a_damaged_text_hides_neither_the_business_nor_its_secrets() {
        let escaped: String = KEY.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        let body = format!(
            r#"{{"id":"{ID}","name":"A \ud83d {escaped}","tax_id":1.50,"external_id":"a\ud83d"}}"#
        );
        let detail = read_business(body.as_bytes(), ID).unwrap();
        assert_eq!(detail.business.name, Some("A \u{fffd} [hidden]".into()));
        assert_eq!(detail.business.tax_id, Some("1.50".into()));
        let raw = detail.raw_json.raw();
        assert!(raw.contains(r#""tax_id": 1.50"#), "{raw}");
        assert!(raw.contains("A \u{fffd} [hidden]"), "{raw}");
        // It may be the one that was sent, or not.
        for sent in ["a\u{fffd}", "a"] {
            let read = read_created(body.as_bytes(), sent, &Secrets::default());
            assert!(matches!(read, Err(Unreadable::Unexpected(_))), "{sent}");
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
