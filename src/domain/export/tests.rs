use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::*;
use crate::domain::business::{Business, BusinessId, BusinessText};
use crate::domain::time::{BootInstant, Now};

fn hostile() -> Business {
    Business {
        external_id: Some("=cmd|' /C calc'!A0".into()),
        legal_name: Some("Quote \"Q\", Ltd\u{202E}".into()),
        vat_number: Some("+44".into()),
        is_active: Some(true),
        created_at: Some("2026-01-02T03:04:05Z".parse().unwrap()),
        ..Business::unknown(BusinessId(Uuid::from_u128(1)))
    }
}

#[test]
fn csv_is_harmless() {
    let columns = [
        ExportColumn::Text(BusinessText::ExternalId),
        ExportColumn::Text(BusinessText::LegalName),
        ExportColumn::Text(BusinessText::VatNumber),
        ExportColumn::IsActive,
        ExportColumn::CreatedAt,
        ExportColumn::Text(BusinessText::Email),
    ];
    let text = String::from_utf8(to_csv([&hostile()], &columns)).unwrap();
    assert_eq!(
        text,
        "\u{FEFF}external_id,legal_name,vat_number,is_active,created_at,email\r\n\
         '=cmd|' /C calc'!A0,\"Quote \"\"Q\"\", Ltd[U+202E]\",'+44,true,2026-01-02T03:04:05Z,\r\n"
    );
}

#[test]
fn json_is_whole_and_shows_what_hides() {
    let mut tagged = hostile();
    tagged.legal_name = Some("a\u{E0041}\\\n".into());
    let bytes = to_json([&hostile(), &tagged], &ExportColumn::ALL);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("Ltd\\u202e\""), "{text}");
    assert!(text.is_ascii(), "{text}");
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read[0]["legal_name"], "Quote \"Q\", Ltd\u{202E}");
    assert_eq!(read[1]["legal_name"], "a\u{E0041}\\\n");
    assert_eq!(read[0]["email"], serde_json::Value::Null);
    assert_eq!(read[0]["is_active"], true);
    assert_eq!(read.as_array().unwrap().len(), 2);
    assert_eq!(to_json([] as [Business; 0], &ExportColumn::ALL), b"[\n]\n");
}

#[test]
fn names_say_what_is_in_the_file() {
    let now = Now {
        wall: Timestamp::UNIX_EPOCH,
        boot: BootInstant::default(),
    };
    let name = |filter, format| file_name("Sandbox", filter, now, &TimeZone::UTC, format);
    assert_eq!(name("", Format::Csv), "thred-sandbox-1970-01-01-0000.csv");
    assert_eq!(
        name("!country:GB created:>2026-01-01", Format::Json),
        "thred-sandbox-not-country-GB-created-after-2026-01-01-1970-01-01-0000.json"
    );
    assert_eq!(
        name("../../etc/passwd \u{202E}", Format::Csv),
        "thred-sandbox-etc-passwd-1970-01-01-0000.csv"
    );
    for letter in ["x ", "ü ", "ü", "和", "𠮷"] {
        let long = letter.repeat(500);
        assert!(file_name("Sandbox", &long, now, &TimeZone::UTC, Format::Csv).len() < 120);
        let failed = failed_rows_name(&long, true);
        assert!(
            failed.len() < 200 && failed.ends_with("-failed.csv"),
            "{failed}"
        );
    }
    for stem in ["partners", "partners-failed", "partners-invalid"] {
        assert_eq!(failed_rows_name(stem, true), "partners-failed.csv");
        assert_eq!(failed_rows_name(stem, false), "partners-invalid.csv");
    }
}
