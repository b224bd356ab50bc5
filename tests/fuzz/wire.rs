//! Responses of a server: pages of the list, tokens, errors.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;
use thred_console::domain::time::Clock as _;
use thred_console::domain::{
    business::{Business, BusinessId},
    failure::FailureKind,
    token::TokenFormat,
};
use uuid::Uuid;

use crate::{
    canned::{Canned, KEY, SIGN_IN, assert_presentable},
    input::fuzz,
};

const WANTED: BusinessId = BusinessId(Uuid::from_u128(0x7000_4000_8000_0000_0000_0001));

#[test]
fn a_page() {
    let canned = Canned::start();
    fuzz(
        "page",
        &["\"results\":[", "\"count\":", "\"next\":null", "\"id\":"],
        |body| {
            let rows = load(&canned, body);
            let objects = body.iter().filter(|byte| **byte == b'{').count();
            assert!(
                rows.len() <= objects,
                "{} rows of {objects} objects",
                rows.len()
            );
            let texts: usize = rows.iter().flat_map(Business::personal).map(str::len).sum();
            // A number in place of a text is written out: `1e308` has 309 digits.
            assert!(texts <= 64 * body.len(), "{texts} bytes of {}", body.len());
            if !body.contains(&b'\\') {
                let told = String::from_utf8_lossy(body)
                    .to_lowercase()
                    .replace('-', "");
                for row in &rows {
                    let id = row.id.0.simple().to_string();
                    assert!(told.contains(&id), "{id} was made up");
                }
            }
            // White space and escapes do not matter. A `Value` keeps one of two fields with the same name, so both bodies are made
            // from it.
            if let Ok(value) = serde_json::from_slice::<Value>(body) {
                let compact = load(&canned, &serde_json::to_vec(&value).unwrap());
                let pretty = load(&canned, &serde_json::to_vec_pretty(&value).unwrap());
                assert_eq!(compact, pretty);
            }
            !rows.is_empty()
        },
    );
}

/// The rows that the client reads from this body as the first page.
fn load(canned: &Canned, body: &[u8]) -> Vec<Business> {
    canned.reply(200, &[], body);
    let (pages, summary) = canned.load();
    if let Err(failure) = summary {
        assert_presentable(&failure);
    }
    pages.into_iter().next().unwrap_or_default()
}

#[test]
fn a_token() {
    let canned = Canned::start();
    fuzz(
        "token",
        &[
            "\"access_token\":\"",
            "\"business_id\":",
            "business_access",
            "e30",
            ".",
            SIGN_IN,
            KEY,
        ],
        |body| {
            canned.reply(200, &[], body);
            match canned.block_on(canned.api.business_token(WANTED)) {
                Err(failure) => {
                    assert_presentable(&failure);
                    false
                }
                Ok(token) => {
                    assert_eq!(token.business, WANTED);
                    assert!(
                        token.lifetime.as_secs() <= 7 * 24 * 3600,
                        "{:?}",
                        token.lifetime
                    );
                    let base = canned_base();
                    let handout = token
                        .handout(TokenFormat::Raw, &base, canned.clock.now())
                        .unwrap();
                    let raw = secrecy::ExposeSecret::expose_secret(handout.text());
                    assert!(raw.bytes().all(|byte| byte.is_ascii_graphic()), "{raw}");
                    assert!(![KEY, SIGN_IN].contains(&raw), "it opens every business");
                    let is_printed = raw.len() > 40 && format!("{token:?}").contains(raw);
                    assert!(!is_printed, "{token:?}");
                    assert!(!names_another(raw), "{raw}");
                    true
                }
            }
        },
    );
}

fn canned_base() -> thred_console::domain::environment::BaseUrl {
    thred_console::domain::environment::BaseUrl::parse("https://thred.example").unwrap()
}

/// Whether the payload clearly states, once, that the token is for another business.
fn names_another(token: &str) -> bool {
    let payload = token
        .split('.')
        .nth(1)
        .and_then(|part| URL_SAFE_NO_PAD.decode(part).ok())
        .unwrap_or_default();
    let is_said_once = String::from_utf8_lossy(&payload)
        .matches("business_id")
        .count()
        == 1;
    let claims = serde_json::from_slice::<Value>(&payload).unwrap_or_default();
    let is_another = claims["business_id"]
        .as_str()
        .is_some_and(|named| Uuid::parse_str(named).ok() != Some(WANTED.0));
    token.split('.').count() == 3 && is_said_once && is_another
}

#[test]
fn an_error() {
    let canned = Canned::start();
    let statuses = [400, 401, 403, 404, 409, 422, 429, 500, 503, 301, 307];
    fuzz(
        "error",
        &[
            "\"detail\":\"",
            "\"errors\":{",
            "\"error_code\":",
            "<title>",
            KEY,
            SIGN_IN,
        ],
        |body| {
            let status = statuses[body.len() % statuses.len()];
            canned.reply(
                status,
                &[(CONTENT_TYPE, b"application/json"), (RETRY_AFTER, b"1")],
                body,
            );
            let failure = canned.block_on(canned.api.business(WANTED)).unwrap_err();
            assert_presentable(&failure);
            assert_eq!(failure.status, Some(status));
            if let FailureKind::Invalid { fields } = &failure.kind {
                assert!(fields.len() <= 40, "{} fields", fields.len());
                let said: usize = fields
                    .iter()
                    .map(|(name, texts)| name.len() + texts.concat().len())
                    .sum();
                // A hidden character is written out in up to nine bytes.
                assert!(said <= 9 * body.len(), "{said} bytes of {}", body.len());
            }
            failure.detail.is_some()
        },
    );
}
