use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::domain::business::{Business, BusinessDetail, BusinessId};

fn draft() -> Draft {
    Draft::default().with([
        (Field::Country, "gb"),
        (Field::ExternalId, " user-41219 "),
        (Field::LegalName, "Harbour Lane Books Ltd"),
        (Field::Email, "accounts@harbourlane.example"),
        (Field::EntityType, "Limited"),
    ])
}

fn detail(raw_json: &str) -> BusinessDetail {
    BusinessDetail {
        business: Business {
            external_id: Some("user-41219".into()),
            legal_name: Some("Harbour Lane Books Limited".into()),
            entity_type: Some("limited".into()),
            country: Some("GB".into()),
            base_currency: Some("GBP".into()),
            email: Some("Accounts@HarbourLane.example".into()),
            vat_number: Some("GB 345 678 123".into()),
            province: Some("Östergötland".into()),
            ..Business::unknown(BusinessId(Uuid::from_u128(1)))
        },
        phone_number: None,
        accounting_method: Some("accrual".into()),
        fiscal_year_end: Some("2026-12-31".into()),
        metadata_keys: Some(1),
        raw_json: raw_json.into(),
    }
}

#[test]
fn every_field_can_be_set_kept_and_read() {
    let mut draft = Draft::default();
    assert!(draft.is_blank());
    for field in Field::ALL {
        draft[field] = field.api_name().to_owned();
    }
    assert!(Field::ALL.iter().all(|f| draft[*f] == f.api_name()));
    let kept = serde_json::to_value(&draft).unwrap();
    assert!(
        Field::ALL
            .iter()
            .all(|f| kept[f.api_name()] == f.api_name())
    );
    let back: Draft = serde_json::from_value(kept).unwrap();
    assert_eq!(back, draft);
    assert_eq!(draft.optional_filled(), 10);
    // A newer version may save other fields.
    let newer = r#"{"email":"a@b.example","tags":["x"],"revision":3}"#;
    let newer: Draft = serde_json::from_str(newer).unwrap();
    assert_eq!(
        newer,
        Draft::default().with([(Field::Email, "a@b.example")])
    );
    // Drafts of older versions lack fields.
    assert_eq!(
        serde_json::from_str::<Draft>("{}").unwrap(),
        Draft::default()
    );
}

#[test]
fn proposals_do_not_count_as_typed() {
    let mut draft = Draft::default();
    draft.choose_country("SE");
    assert_eq!(draft[Field::BaseCurrency], "SEK");
    assert!(draft.is_blank());
    draft.choose_country("GB");
    assert_eq!(draft[Field::BaseCurrency], "GBP");
    draft[Field::BaseCurrency] = "USD".into();
    draft.choose_country("DE");
    assert_eq!(draft[Field::BaseCurrency], "USD");
    draft[Field::Email] = " ".into();
    assert!(draft.is_blank());
    draft[Field::Email] = "a".into();
    assert!(!draft.is_blank());
}

#[test]
fn the_request_has_what_was_filled_and_always_country_and_currency() {
    let mut draft = draft();
    draft[Field::Metadata] = "{\"plan\": \"pro\", \"seats\": 3}".into();
    assert_eq!(
        draft.to_request_json().unwrap(),
        json!({
            "country": "GB", "base_currency": "GBP", "external_id": "user-41219",
            "legal_name": "Harbour Lane Books Ltd", "email": "accounts@harbourlane.example",
            "entity_type": "limited", "metadata": {"plan": "pro", "seats": 3},
        })
    );
    draft[Field::Metadata] = "[]".into();
    assert!(draft.to_request_json().is_err());
    let least = Draft::default().to_request_json().unwrap();
    assert_eq!(least, json!({"country": "", "base_currency": ""}));
}

#[test]
fn differences_overlook_what_the_server_tidies() {
    let detail = detail(r#"{"metadata": {"b": 2, "a": 1}, "coa_language": null}"#);
    let mut draft = draft();
    draft[Field::VatNumber] = "gb345678123".into();
    draft[Field::FiscalYearEnd] = "2027-03-31".into();
    draft[Field::PhoneNumber] = "+44 20".into();
    // Decomposed, as macOS writes it.
    draft[Field::Province] = "O\u{308}stergo\u{308}tland".into();
    draft[Field::Metadata] = "{\"a\":1,\"b\":2}".into();
    let all = Differences::between(&draft, &Stored::from_detail(&detail));
    let fields: Vec<_> = all.different.iter().map(|d| d.field).collect();
    assert_eq!(
        fields,
        [Field::LegalName, Field::PhoneNumber, Field::FiscalYearEnd]
    );
    assert_eq!(all.different[1].stored, None);
    assert!(all.unknown.is_empty());
    assert_eq!(
        all.equal_summary().unwrap(),
        "7 fields are the same: country, entity type, external_id, e-mail, VAT number, province and metadata"
    );
    assert_eq!(
        all.summary("the file"),
        "3 fields: legal name, phone number and fiscal year end"
    );
    assert_eq!(all.edit_hint().unwrap(), "You can change all 3 by editing.");
    assert!(all.as_text().contains("Phone number\t+44 20\t(not set)\n"));
}

#[test]
fn a_formula_does_not_run_where_the_differences_are_pasted() {
    let draft = draft().with([(Field::LegalName, "@SUM(1)\t=2")]);
    let mut detail = detail("{}");
    let name = "=HYPERLINK(\"http://x.example\",\"\u{202E}x\")";
    detail.business.legal_name = Some(name.into());
    let text = Differences::between(&draft, &Stored::from_detail(&detail)).as_text();
    assert!(
        text.contains("\t'@SUM(1) =2\t'=HYPERLINK(\"http://x.example\",\"[U+202E]x\")\n"),
        "{text}"
    );
}

#[test]
fn what_the_list_does_not_tell_is_no_difference() {
    let detail = detail("{}");
    let mut listed = detail.business.clone();
    listed.email = None;
    let mut draft = draft();
    draft[Field::AccountingMethod] = "cash".into();
    draft[Field::Country] = "DE".into();
    let all = Differences::between(&draft, &Stored::from_list(&listed));
    assert_eq!(all.unknown, [Field::Email, Field::AccountingMethod]);
    assert_eq!(
        all.edit_hint().unwrap(),
        "You can change legal name by editing. Once created, country can never be changed."
    );
}

#[test]
fn only_changes_are_sent() {
    let base = EditBase::new(&detail(r#"{"metadata": {"a": [1]}}"#));
    assert!(base.unknown.is_empty());
    assert!(changed_fields(&base.draft, &base.draft).is_empty());
    let mut edited = base.draft.clone();
    edited[Field::Metadata] = "{\"a\":[1]}".into();
    edited[Field::ExternalId] = "never".into();
    edited[Field::EntityType] = "LIMITED".into();
    assert!(changed_fields(&base.draft, &edited).is_empty());

    edited[Field::LegalName] = "harbour lane books limited".into();
    edited[Field::VatNumber] = String::new();
    edited[Field::Metadata] = " ".into();
    let changes = changed_fields(&base.draft, &edited);
    assert_eq!(
        Value::Object(patch_body(&changes).unwrap()),
        json!({"legal_name": "harbour lane books limited", "vat_number": null, "metadata": {}})
    );
    assert_eq!(changes[1].from, "GB 345 678 123");
}

#[test]
fn a_cut_answer_keeps_metadata_out_of_the_edit() {
    let base = EditBase::new(&detail("{\"metadata\": {\n… (cut)"));
    assert_eq!(base.unknown, [Field::Metadata]);
}
