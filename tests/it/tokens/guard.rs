//! Tokens that must not be copied, or only with a mark.

use std::sync::{Arc, Mutex};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use egui::Key;
use serde_json::{Map, Value, json};
use thred_console::domain::token::TokenCheck;

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup};

const NOT_COPIED: &str = "No token was copied. The clipboard is unchanged.";

/// Presses `T` with this response from the server, and expects a rejection for this reason.
fn refused(answer: impl FnOnce(&Console) -> Answer, reason: &str) {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.clipboard.overwrite_by_other("shopping list");
    let answer = answer(&console);
    console.server.fault(On::Token, Fault::Always(answer));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    let host = console.environment().host();
    assert_eq!(
        console.toast().body,
        format!("{} {NOT_COPIED}", reason.replace("HOST", &host))
    );
    // The reason also stays beside the button.
    console.assert_shows(&reason.replace("HOST", &host));
    assert!(
        console.workspace().tokens.is_empty(),
        "what was refused is not kept"
    );
    assert_eq!(
        console.clipboard.content().as_deref(),
        Some("shopping list")
    );
    assert_eq!(
        (console.clipboard.copies(), console.token_requests()),
        (0, 1)
    );

    console.server.clear_faults();
    console.copy_token();
    assert!(
        console
            .workspace()
            .tokens
            .fetch_failure(console.id_of("Acme Ltd"))
            .is_none()
    );
    assert!(
        !console.shows("Token not copied"),
        "the refusal goes once it is overcome"
    );
}

#[test]
fn a_token_of_another_business_is_refused() {
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    refused(
        |_| Answer::token_of(other.0),
        &format!("HOST sent a token for another business, {other}."),
    );
}

#[test]
fn a_token_of_another_business_in_disguise_is_refused() {
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    refused(
        |_| Answer::token_of_in_disguise(other.0),
        &format!("HOST sent a token for another business, {other}."),
    );
}

#[test]
fn another_scope_is_refused() {
    refused(
        |_| Answer::scope("partner_access"),
        "HOST sent a token with the scope “partner_access” instead of “business_access”.",
    );
}

#[test]
fn the_sign_in_itself_is_refused() {
    let older = |answer: Answer| {
        // Without this field, only the token itself reveals the wrong business.
        answer.edited(|_, value| {
            value.as_object_mut().unwrap().remove("business_id");
        })
    };
    refused(
        |_| older(Answer::echoed_token()),
        "HOST sent the API key or your session instead of a token. Both are valid for every business.",
    );
}

#[test]
fn the_key_is_refused_in_every_form() {
    for form in [
        KEY.to_owned(),
        STANDARD.encode(format!("{PARTNER}:{KEY}")),
        URL_SAFE_NO_PAD.encode(format!("prefix {KEY}")),
        STANDARD.encode(STANDARD.encode(KEY)),
    ] {
        refused(
            |_| Answer::real().edited(move |_, value| value["access_token"] = form.as_str().into()),
            "HOST sent the API key or your session instead of a token. Both are valid for every business.",
        );
    }
    refused(
        |_| Answer::real().claims(|claims| drop(claims.insert("note".into(), KEY.into()))),
        "HOST sent the API key or your session instead of a token. Both are valid for every business.",
    );
}

#[test]
fn a_token_that_states_two_businesses_is_refused() {
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    let twice = move |claims: Map<String, Value>| {
        let rest = Value::Object(claims).to_string();
        let payload = rest.replacen('{', &format!(r#"{{"business_id":"{other}","#), 1);
        URL_SAFE_NO_PAD.encode(payload)
    };
    refused(
        move |_| Answer::real().payload(twice),
        "HOST sent a token that states business_id twice, so its scope is uncertain.",
    );
}

#[test]
fn a_token_that_ends_before_it_begins_is_refused() {
    for shift in [-3600, -3601, i64::MIN / 2] {
        refused(
            move |_| {
                Answer::real().claims(move |claims| {
                    let end = claims["exp"].as_i64().unwrap_or_default();
                    claims.insert("exp".into(), end.saturating_add(shift).into());
                })
            },
            "The token from HOST had expired when it arrived.",
        );
    }
    refused(
        |_| Answer::real().claims(|claims| drop(claims.insert("exp".into(), json!(0)))),
        "The token from HOST had expired when it arrived.",
    );
}

/// Copies with this response from the server, and expects the mark for an unchecked token.
fn marked(answer: Answer) {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.server.fault(On::Token, Fault::Once(answer));
    console.copy_token();
    assert_eq!(console.toast().body, "59 min left · not checked");
    console.assert_shows("Not checked: the token does not state its scope");
}

#[test]
fn what_cannot_be_read_is_marked_although_the_answer_names_the_business() {
    marked(Answer::opaque_token());
    for payload in ["W10", "bnVsbA", "IiI", "____"] {
        marked(Answer::real().payload(move |_| payload.to_owned()));
    }
}

#[test]
fn a_token_whose_claims_are_damaged_is_refused() {
    refused(
        |_| Answer::real().payload(|_| "e30x".to_owned()),
        "HOST sent a token with damaged claims, so it may be for another business.",
    );
}

#[test]
fn a_payload_in_another_alphabet_is_marked_and_still_compared() {
    let odd = |mut claims: Map<String, Value>| {
        claims.insert("note".into(), "???>>>".into());
        STANDARD.encode(Value::Object(claims).to_string())
    };
    marked(Answer::real().payload(odd));
    let other = Console::signed_in(Setup::default()).id_of("Zebra Zoo");
    refused(
        move |_| {
            Answer::real().payload(move |mut claims| {
                claims.insert("business_id".into(), other.to_string().into());
                odd(claims)
            })
        },
        &format!("HOST sent a token for another business, {other}."),
    );
}

#[test]
fn an_earlier_sign_in_is_refused() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    let first = Arc::new(Mutex::new(String::new()));
    let (noted, told) = (Arc::clone(&first), first);
    // The first partner token is rejected and replaced; then the server returns it as a business token.
    let refusal = Answer::status(401).reshaped(move |seen, _| {
        let own = seen
            .authorization()
            .and_then(|text| text.strip_prefix("Bearer "));
        own.unwrap().clone_into(&mut noted.lock().unwrap());
    });
    let second = Answer::real().edited(|_, value| value["access_token"] = "second".into());
    let handed_out = Answer::json(200, &json!({"expires_in": 3600}))
        .edited(move |_, value| value["access_token"] = told.lock().unwrap().as_str().into());
    console.server.fault(On::Token, Fault::Once(refusal));
    console.server.fault(On::SignIn, Fault::Once(second));
    console.server.fault(On::Token, Fault::Once(handed_out));
    console.press(Key::T);
    console.wait_for_text("Token not copied");
    let host = console.environment().host();
    assert_eq!(
        console.toast().body,
        format!(
            "{host} sent the API key or your session instead of a token. Both are valid for every business. \
             {NOT_COPIED}"
        )
    );
    assert_eq!(console.clipboard.copies(), 0);
}

#[test]
fn a_token_that_cannot_be_one_is_refused() {
    refused(
        |_| Answer::real().edited(|_, value| value["access_token"] = "two words".into()),
        "HOST sent a token with invalid characters.",
    );
    refused(
        |_| Answer::real().edited(|_, value| value["access_token"] = "x".repeat(9_000).into()),
        "HOST sent a token of 9000 bytes, which is too long for a request.",
    );
}

/// A response without scope and business; only the token's payload, after `change`, may have them.
fn silent(change: fn(&mut Map<String, Value>)) -> Answer {
    let answer = Answer::real().edited(|_, value| {
        let object = value.as_object_mut().unwrap();
        object.remove("scope");
        object.remove("business_id");
    });
    answer.claims(change)
}

#[test]
fn a_newly_issued_sign_in_is_refused() {
    refused(
        |_| {
            silent(|claims| {
                claims.remove("scope");
                claims.remove("business_id");
            })
        },
        "HOST sent a token that names no business, so it may be valid for all of them.",
    );
    refused(
        |_| silent(|claims| drop(claims.insert("business_id".into(), Value::Null))),
        "HOST sent a token that names no business, so it may be valid for all of them.",
    );
}

#[test]
fn a_business_or_scope_of_a_wrong_type_is_refused() {
    refused(
        |_| silent(|claims| drop(claims.insert("business_id".into(), json!(42)))),
        "HOST sent a token for another business, 42.",
    );
    refused(
        |_| Answer::real().edited(|_, value| value["business_id"] = json!({"id": 1})),
        "HOST sent a token for another business, {…}.",
    );
    refused(
        |_| Answer::real().edited(|_, value| value["scope"] = json!(7)),
        "HOST sent a token with the scope “7” instead of “business_access”.",
    );
    refused(
        |_| silent(|claims| drop(claims.insert("scope".into(), json!([["partner_access"]])))),
        "HOST sent a token with the scope “[…]” instead of “business_access”.",
    );
}

/// An opaque token with this stated life.
fn opaque(expires_in: serde_json::Value) -> Answer {
    Answer::opaque_token().edited(move |_, value| value["expires_in"] = expires_in.clone())
}

#[test]
fn a_life_that_no_token_has_is_refused() {
    refused(
        |_| opaque(json!(null)),
        "HOST did not say how long the token is valid.",
    );
    refused(
        |_| opaque(json!("soon")),
        "HOST did not say how long the token is valid.",
    );
    refused(
        |_| opaque(json!(-5)),
        "The token from HOST had expired when it arrived.",
    );
    refused(
        |_| opaque(json!(99_999_999)),
        "HOST says the token is valid for 99999999 s, which is implausible.",
    );
    refused(
        |_| Answer::expires_in(json!(0)),
        "The token from HOST had expired when it arrived.",
    );
}

#[test]
fn what_the_answer_leaves_out_the_token_tells() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::without("expires_in")));
    console.copy_token();
    assert_eq!(console.toast().body, "59 min left");
}

#[test]
fn the_shorter_of_two_lives_counts() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console
        .server
        .fault(On::Token, Fault::Once(Answer::expires_in(json!(600))));
    console.copy_token();
    assert_eq!(console.toast().body, "9 min left");
}

#[test]
fn an_opaque_token_is_copied_and_marked() {
    let mut console = Console::at_business(Setup::default(), "Acme Ltd");
    console.server.become_older();
    console
        .server
        .fault(On::Token, Fault::Once(Answer::opaque_token()));
    assert_eq!(console.copy_token(), "opaque-4f2a9c");
    assert_eq!(console.toast().body, "59 min left · not checked");
    console.assert_shows("Not checked: the token does not state its scope");
    let held = console
        .workspace()
        .tokens
        .get(console.id_of("Acme Ltd"))
        .unwrap();
    assert_eq!(held.token.checked, TokenCheck::NotChecked);
}

#[test]
fn a_token_of_another_type_is_refused() {
    refused(
        |_| Answer::real().edited(|_, value| value["token_type"] = "mac".into()),
        "HOST sent a token of the type “mac” instead of “Bearer”, so it can’t be used as one.",
    );
}
