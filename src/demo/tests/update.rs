//! Changing and archiving businesses.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    LIST,
    client::{Client, start},
    results, small,
};
use crate::demo::DemoServer;

async fn partner() -> (DemoServer, Client, String) {
    let server = start(small()).await;
    let client = Client::of(&server);
    let token = client.sign_in(&server).await;
    (server, client, token)
}

/// The path of a business in a country that restricts entity types.
async fn british(client: &Client, token: &str) -> String {
    let list = client.get(&format!("{LIST}?country=GB"), token).await.json;
    format!("{LIST}{}/", results(&list)[0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_change_answers_the_writable_fields_alone() {
    let (_server, client, token) = partner().await;
    let path = british(&client, &token).await;
    let before = client.get(&path, &token).await.json;
    let body =
        json!({"legal_name": "New Ltd", "tin": "T-1", "vat_number": null, "entity_type": "PLC"});
    let answer = client.patch(&path, &token, &body).await;
    assert_eq!(answer.status, 200);
    let fields = answer.json.as_object().unwrap();
    assert_eq!(fields.len(), 12);
    assert!(!fields.contains_key("id") && !fields.contains_key("name"));
    assert_eq!(fields["entity_type"], "plc");

    let after = client.get(&path, &token).await.json;
    for (field, value) in [
        ("legal_name", json!("New Ltd")),
        ("tin", json!("T-1")),
        ("tax_id", json!("T-1")),
        ("vat_number", Value::Null),
        ("name", before["name"].clone()),
        ("email", before["email"].clone()),
        ("metadata", before["metadata"].clone()),
    ] {
        assert_eq!(after[field], value, "{field}");
    }
    assert_ne!(after["updated_at"], before["updated_at"]);
}

#[tokio::test]
async fn what_cannot_be_changed_changes_nothing() {
    let (_server, client, token) = partner().await;
    let path = british(&client, &token).await;
    let before = client.get(&path, &token).await.json;
    for field in [
        "country",
        "base_currency",
        "external_id",
        "name",
        "id",
        "colour",
    ] {
        let body = json!({"legal_name": "New Ltd", field: "GB"});
        let answer = client.patch(&path, &token, &body).await;
        assert_eq!((answer.status, answer.code()), (400, "validation_error"));
        let details = json!({field: ["This field cannot be changed."]});
        assert_eq!(answer.json["details"], details);
    }
    for (field, value) in [
        ("email", Value::Null),
        ("legal_name", json!("")),
        ("vat_number", json!("x".repeat(21))),
    ] {
        let answer = client.patch(&path, &token, &json!({field: value})).await;
        assert_eq!(answer.status, 400, "{field}");
    }
    let taught = client
        .patch(&path, &token, &json!({"entity_type": "gmbh"}))
        .await;
    let sentence = taught.json["detail"].as_str().unwrap();
    assert!(sentence.starts_with("Invalid entity_type 'gmbh' for country GB."));
    assert_eq!(client.get(&path, &token).await.json, before);

    let unknown = format!("{LIST}{}/", Uuid::nil());
    let answer = client.patch(&unknown, &token, &json!({})).await;
    assert_eq!((answer.status, answer.code()), (404, "business_not_found"));
    assert_eq!(client.patch(&path, "", &json!({})).await.status, 401);
}

#[tokio::test]
async fn archived_ones_are_where_the_filter_says() {
    let (_server, client, token) = partner().await;
    let path = british(&client, &token).await;
    let archived = async || {
        let list = format!("{LIST}?is_archived=true");
        client.get(&list, &token).await.json["count"]
            .as_u64()
            .unwrap()
    };
    let before = archived().await;
    let all = client.get(LIST, &token).await.json["count"].clone();
    for (verb, count) in [
        ("archive", before + 1),
        ("archive", before + 1),
        ("unarchive", before),
        ("unarchive", before),
    ] {
        let answer = client.post(&format!("{path}{verb}/"), &token, "", "").await;
        assert_eq!((answer.status, archived().await), (200, count), "{verb}");
        assert_eq!(client.get(LIST, &token).await.json["count"], all);
    }
    let unknown = format!("{LIST}{}/archive/", Uuid::nil());
    let answer = client.post(&unknown, &token, "", "").await;
    assert_eq!(answer.code(), "business_not_found");
    let answer = client.post(&format!("{path}archive/"), "", "", "").await;
    assert_eq!(answer.status, 401);
}
