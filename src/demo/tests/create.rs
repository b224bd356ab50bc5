//! Creating businesses.

use serde_json::{Value, json};

use super::{
    LIST,
    client::{Answer, Client, start},
    results, small,
};
use crate::demo::DemoServer;

fn acme() -> Value {
    json!({
        "external_id": "user-1", "legal_name": "Acme Ltd", "entity_type": "LIMITED",
        "email": "books@acme.example", "country": "GB", "base_currency": "GBP",
    })
}

/// `acme` with `field` replaced or removed.
fn acme_with(field: &str, value: Option<Value>) -> Value {
    let mut body = acme();
    match value {
        Some(value) => body[field] = value,
        None => drop(body.as_object_mut().unwrap().remove(field)),
    }
    body
}

struct Partner {
    server: DemoServer,
    client: Client,
    token: String,
}

impl Partner {
    async fn start() -> Self {
        let server = start(small()).await;
        let client = Client::of(&server);
        let token = client.sign_in(&server).await;
        Self {
            server,
            client,
            token,
        }
    }

    async fn create(&self, body: &Value) -> Answer {
        self.client.post_json(LIST, &self.token, body).await
    }

    fn count(&self) -> usize {
        self.server.state().store().len()
    }
}

#[tokio::test]
async fn a_created_business_is_there_at_once() {
    let partner = Partner::start().await;
    let mut body = acme();
    body["metadata"] = json!({"plan": "growth"});
    body["external_id"] = json!("  user-1 ");
    body["vat_number"] = json!("");
    body["unknown"] = json!([1]);
    let created = partner.create(&body).await;
    assert_eq!(created.status, 201);
    let json = &created.json;
    for (field, value) in [
        ("external_id", "user-1"),
        ("name", "Acme Ltd"),
        ("entity_type", "limited"),
        ("accounting_method", "accrual"),
        ("email", "books@acme.example"),
    ] {
        assert_eq!(json[field], value, "{field}");
    }
    assert_eq!(json["vat_number"], Value::Null);
    assert_eq!(json["metadata"], json!({"plan": "growth"}));
    assert!(json.get("_meta").is_none() && json.get("unknown").is_none());

    let id = json["id"].as_str().unwrap();
    let list = partner.client.get(LIST, &partner.token).await.json;
    assert_eq!(results(&list)[0]["id"], id, "the newest is the first");
    let path = format!("{LIST}{id}/");
    let read = partner.client.get(&path, &partner.token).await.json;
    assert_eq!(&read, json);
    let token = format!("/v1/platform/{id}/oauth2/token/");
    assert_eq!(
        partner
            .client
            .post(&token, &partner.token, "", "")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn an_external_id_that_exists_is_answered_unchanged() {
    let partner = Partner::start().await;
    let first = partner.create(&acme()).await.json;
    let count = partner.count();
    let other = acme_with("legal_name", Some(json!("Another Ltd")));
    let again = partner.create(&other).await;
    assert_eq!((again.status, partner.count()), (200, count));
    assert_eq!(again.json["id"], first["id"]);
    assert_eq!(again.json["legal_name"], "Acme Ltd");
    assert_eq!(again.json["base_currency"], "GBP");
    assert!(again.json["_meta"].is_object());
}

#[tokio::test]
async fn of_two_at_the_same_time_one_creates() {
    let partner = Partner::start().await;
    let before = partner.count();
    let body = acme();
    let create = || partner.create(&body);
    let all = tokio::join!(create(), create(), create(), create(), create(), create());
    let all = <[Answer; 6]>::from(all);
    let created = all.iter().filter(|answer| answer.status == 201).count();
    assert_eq!((created, partner.count()), (1, before + 1));
    assert!(
        all.iter()
            .all(|answer| answer.json["id"] == all[0].json["id"])
    );
}

#[tokio::test]
async fn every_limit_is_said_beside_its_field() {
    let partner = Partner::start().await;
    let before = partner.count();
    let long = |n: usize| Some(json!("é".repeat(n)));
    for (field, value, message) in [
        ("external_id", None, "This field is required."),
        (
            "legal_name",
            Some(Value::Null),
            "This field may not be null.",
        ),
        (
            "entity_type",
            Some(json!("  ")),
            "This field may not be blank.",
        ),
        ("email", None, "This field is required."),
        ("email", Some(json!("acme")), "Enter a valid email address."),
        ("external_id", Some(json!(7)), "Not a valid string."),
        (
            "legal_name",
            Some(json!("a\u{0}b")),
            "Null characters are not allowed.",
        ),
        (
            "external_id",
            long(256),
            "Ensure this field has no more than 255 characters.",
        ),
        (
            "vat_number",
            long(21),
            "Ensure this field has no more than 20 characters.",
        ),
        (
            "company_number",
            long(21),
            "Ensure this field has no more than 20 characters.",
        ),
        (
            "province",
            long(101),
            "Ensure this field has no more than 100 characters.",
        ),
        (
            "eu_nace_industry_code",
            long(11),
            "Ensure this field has no more than 10 characters.",
        ),
        (
            "country",
            Some(json!("gb")),
            "\"gb\" is not a valid choice.",
        ),
        (
            "base_currency",
            Some(json!("CHF")),
            "\"CHF\" is not a valid choice.",
        ),
        (
            "accounting_method",
            Some(json!("credit")),
            "\"credit\" is not a valid choice.",
        ),
        (
            "fiscal_year_end",
            Some(json!("2026-02-30")),
            "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
        ),
        (
            "metadata",
            Some(json!([])),
            "Expected a dictionary of items but got type \"list\".",
        ),
    ] {
        let answer = partner.create(&acme_with(field, value)).await;
        assert_eq!((answer.status, answer.code()), (400, "validation_error"));
        assert_eq!(answer.json["details"], json!({field: [message]}));
    }
    let longest = partner.create(&acme_with("external_id", long(255))).await;
    assert_eq!((longest.status, partner.count()), (201, before + 1));
}

#[tokio::test]
async fn all_wrong_fields_are_named_together() {
    let partner = Partner::start().await;
    let answer = partner.create(&json!({})).await;
    let named: Vec<_> = answer.json["details"].as_object().unwrap().keys().collect();
    assert_eq!(named, ["email", "entity_type", "external_id", "legal_name"]);
    let mut bare = acme();
    bare.as_object_mut()
        .unwrap()
        .retain(|field, _| field != "country" && field != "base_currency");
    assert_eq!(partner.create(&bare).await.status, 201);
}

#[tokio::test]
async fn a_refused_type_teaches_the_valid_ones() {
    let partner = Partner::start().await;
    let answer = partner
        .create(&acme_with("entity_type", Some(json!("GmbH"))))
        .await;
    assert_eq!((answer.status, answer.code()), (400, "validation_error"));
    assert_eq!(
        answer.json["detail"],
        "Invalid entity_type 'gmbh' for country GB. Valid options: limited (Ltd (Private Limited Company)), \
         sole_trader (Sole Trader), llp (LLP (Limited Liability Partnership)), partnership (Partnership), \
         plc (PLC (Public Limited Company))"
    );
    let free = json!({
        "external_id": "fr-1", "legal_name": "Acme", "entity_type": "Société civile",
        "email": "a@acme.example", "country": "FR",
    });
    let answer = partner.create(&free).await;
    assert_eq!(answer.json["entity_type"], "société civile");
}

#[tokio::test]
async fn only_the_partner_creates_and_only_from_json_of_a_sane_size() {
    let partner = Partner::start().await;
    let Partner { client, token, .. } = &partner;
    let before = partner.count();
    assert_eq!(client.post_json(LIST, "", &acme()).await.status, 401);
    let id = results(&client.get(LIST, token).await.json)[0]["id"].clone();
    let path = format!("/v1/platform/{}/oauth2/token/", id.as_str().unwrap());
    let business = client.post(&path, token, "", "").await.json;
    let business = format!("Bearer {}", business["access_token"].as_str().unwrap());
    let refused = client.post_json(LIST, &business, &acme()).await;
    assert_eq!((refused.status, refused.code()), (403, "permission_denied"));

    let json = "application/json; charset=utf-8";
    let huge = acme_with("metadata", Some(json!({"x": "x".repeat(256 << 10)}))).to_string();
    for (content_type, body, status, code) in [
        ("", "{}", 415, "unsupported_media_type"),
        ("text/plain", "{}", 415, "unsupported_media_type"),
        (json, "{\"external_id\":", 400, "validation_error"),
        (json, "[]", 400, "validation_error"),
        (json, huge.as_str(), 413, "payload_too_large"),
    ] {
        let answer = client.post(LIST, token, content_type, body).await;
        assert_eq!((answer.status, answer.code()), (status, code));
    }
    assert_eq!(partner.count(), before);
    let acme = acme().to_string();
    assert_eq!(client.post(LIST, token, json, &acme).await.status, 201);
}
