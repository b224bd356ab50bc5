//! Characters that are refused or named.

use super::*;

#[test]
fn control_characters_are_refused() {
    let fields = Field::ALL
        .into_iter()
        .filter(|field| *field != Field::Metadata);
    for field in fields {
        for (text, words) in [
            ("a\u{7}b", "a control character"),
            ("a\u{0}b", "a control character"),
            ("a\u{85}b", "a control character"),
            ("a\nb", "a line break"),
            ("a\tb", "a tab"),
        ] {
            let code = format!("[U+{:04X}]", u32::from(text.chars().nth(1).unwrap()));
            let found = said(field, text).into_iter().any(|(severity, message)| {
                severity == Severity::Wrong && message.contains(words) && message.contains(&code)
            });
            assert!(found, "{field:?} {text:?}");
        }
    }
    assert_silent(Field::Metadata, &["{\n\t\"a\": 1\r\n}"]);
    let metadata = said(Field::Metadata, "{\"a\":\u{7F}1}");
    assert!(
        metadata
            .iter()
            .any(|(severity, _)| *severity == Severity::Wrong)
    );
}

#[test]
fn invisible_characters_are_named() {
    assert_said(
        Field::LegalName,
        "Acme\u{202E}dtL",
        Severity::Warning,
        "invisible characters: “Acme[U+202E]dtL”",
    );
    assert_said(
        Field::Metadata,
        "{\"a\":\"\u{200B}\"}",
        Severity::Warning,
        "[U+200B]",
    );
    assert_said(
        Field::LegalName,
        "Caf\u{FFFD}",
        Severity::Warning,
        "could not be read",
    );
    assert_silent(
        Field::LegalName,
        &["می\u{200C}خواهم", "Ægir Sjávarfang ehf."],
    );
}
