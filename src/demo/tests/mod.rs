//! The API over real HTTP.

mod client;
mod create;
mod tokens;
mod update;

use std::collections::HashSet;

use serde_json::Value;
use uuid::Uuid;

use self::client::{Client, start};
use super::DemoOptions;

const LIST: &str = "/v1/platform/businesses/";
const SIGN_IN: &str = "/v1/platform/oauth2/token/";

fn small() -> DemoOptions {
    DemoOptions {
        businesses: 45,
        seed: 4,
        ..DemoOptions::default()
    }
}

fn results(page: &Value) -> &Vec<Value> {
    page["results"].as_array().unwrap()
}

#[tokio::test]
async fn pages_through_the_list() {
    let server = start(small()).await;
    let client = Client::of(&server);
    let partner = client.sign_in(&server).await;
    let first = client.get(LIST, &partner).await.json;
    assert_eq!(first["count"], 45);
    let info = serde_json::json!({"total_count": 45, "current_page": 1, "total_pages": 3, "page_size": 20});
    assert_eq!(first["page_info"], info);
    assert!(first.get("next").is_none());

    let mut ids = HashSet::new();
    let mut created = Vec::new();
    for page in 1..=3 {
        let page = client
            .get(&format!("{LIST}?page={page}&page_size=20"), &partner)
            .await
            .json;
        for item in results(&page) {
            assert!(item.get("base_currency").is_some() && item.get("currency").is_none());
            assert!(item.get("email").is_none() && item.get("is_archived").is_none());
            ids.insert(item["id"].as_str().unwrap().to_owned());
            created.extend(
                item["created_at"]
                    .as_str()
                    .map(|at| at.parse::<jiff::Timestamp>().unwrap()),
            );
        }
    }
    assert_eq!(ids.len(), 45);
    assert!(
        created.windows(2).all(|pair| pair[0] >= pair[1]),
        "newest first"
    );

    let capped = client
        .get(&format!("{LIST}?page_size=1000"), &partner)
        .await
        .json;
    assert_eq!(capped["page_info"]["page_size"], 100);
    for page in ["4", "0", "x"] {
        let answer = client
            .get(&format!("{LIST}?page={page}&page_size=20"), &partner)
            .await;
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{page}");
    }
}

#[tokio::test]
async fn filters_and_an_empty_list() {
    let server = start(DemoOptions {
        businesses: 400,
        ..small()
    })
    .await;
    let client = Client::of(&server);
    let partner = client.sign_in(&server).await;
    let dutch = client
        .get(&format!("{LIST}?country=nl&page_size=100"), &partner)
        .await
        .json;
    assert!(!results(&dutch).is_empty());
    assert!(results(&dutch).iter().all(|item| item["country"] == "NL"));
    let limited = client
        .get(&format!("{LIST}?country=GB&entity_type=LIMITED"), &partner)
        .await
        .json;
    assert!(
        results(&limited)
            .iter()
            .all(|item| item["entity_type"] == "limited")
    );
    let count = async |query: &str| {
        client.get(&format!("{LIST}?{query}"), &partner).await.json["count"].clone()
    };
    let archived = count("is_archived=true").await.as_u64().unwrap();
    assert!(archived > 0);
    assert_eq!(count("is_archived=false").await, 400 - archived);
    let nonsense = client
        .get(&format!("{LIST}?is_archived=perhaps"), &partner)
        .await;
    assert_eq!(nonsense.code(), "validation_error");
    let none = client.get(&format!("{LIST}?country=ZZ"), &partner).await;
    assert_eq!((none.status, results(&none.json).len()), (200, 0));
    assert_eq!(
        client
            .get(&format!("{LIST}?country=ZZ&page=2"), &partner)
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn details_add_to_the_list_item() {
    let server = start(small()).await;
    let client = Client::of(&server);
    let partner = client.sign_in(&server).await;
    let list = client.get(LIST, &partner).await.json;
    let item = results(&list)[3].as_object().unwrap();
    let path = format!("{LIST}{}/", item["id"].as_str().unwrap());
    let details = client.get(&path, &partner).await.json;
    for (field, value) in item {
        assert_eq!(&details[field], value, "{field}");
    }
    assert_eq!(details["tin"], details["tax_id"]);
    for field in [
        "email",
        "phone_number",
        "accounting_method",
        "fiscal_year_end",
        "metadata",
    ] {
        assert!(details.get(field).is_some(), "{field}");
    }
    let unknown = client
        .get(&format!("{LIST}{}/", Uuid::nil()), &partner)
        .await;
    assert_eq!(
        (unknown.status, unknown.code()),
        (404, "business_not_found")
    );
}

#[tokio::test]
async fn a_missing_slash_redirects_and_unknown_paths_are_named() {
    let server = start(small()).await;
    let client = Client::of(&server);
    let answer = client.get("/v1/platform/businesses?page=2", "").await;
    assert_eq!(answer.status, 301);
    assert_eq!(
        answer.header("location"),
        Some("/v1/platform/businesses/?page=2")
    );
    let answer = client.post("/v1/platform/oauth2/token", "", "", "").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (301, Some(SIGN_IN))
    );
    for (path, status, code) in [
        ("/", 404, "not_found"),
        (SIGN_IN, 405, "method_not_allowed"),
    ] {
        let answer = client.get(path, "").await;
        assert_eq!((answer.status, answer.code()), (status, code));
        assert!(answer.header("date").is_some());
    }
}

#[tokio::test]
async fn dropping_the_server_frees_its_port() {
    let server = start(small()).await;
    let client = Client::of(&server);
    assert_eq!(client.get("/", "").await.status, 404);
    drop(server);
    while client.is_answered().await {
        tokio::task::yield_now().await;
    }
}
