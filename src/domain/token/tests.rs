use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::guard::MAX_TOKEN_BYTES;
use super::*;
use crate::domain::business::BusinessId;
use crate::domain::environment::BaseUrl;
use crate::domain::time::{BootInstant, Now};

const WANTED: BusinessId = BusinessId(Uuid::from_u128(7));

fn at(secs: u64) -> Now {
    Now {
        wall: Timestamp::UNIX_EPOCH,
        boot: BootInstant::from_origin(Duration::from_secs(secs)),
    }
}

fn claims() -> Claims {
    Claims {
        business_id: Some(WANTED.to_string()),
        scope: None,
        issued_at: Some(1000),
        not_before: Some(1000),
        expires_at: Some(4600),
    }
}

fn answer() -> TokenResponse {
    TokenResponse {
        secret: "eyJhbGciOi.eyJzdWIiOi.c2ln-_".into(),
        token_type: Some("Bearer".into()),
        expires_in_secs: Some(3600),
        scope: Some(BUSINESS_SCOPE.into()),
        business_id: Some(WANTED.to_string()),
        payload: Payload::Read(claims()),
        server_time: None,
        fingerprint: Fingerprint([0x9b, 0x41, 0xc0, 0x7e]),
        requested: at(100),
    }
}

#[test]
fn only_a_contradiction_refuses() {
    let token = BusinessToken::accept(answer(), WANTED).unwrap();
    assert_eq!(token.checked, TokenCheck::Matched);
    assert_eq!(token.lifetime, Duration::from_secs(3595));

    let unstated = TokenResponse {
        scope: None,
        ..answer()
    };
    let token = BusinessToken::accept(unstated, WANTED).unwrap();
    assert_eq!(token.checked, TokenCheck::NotChecked);
}

#[test]
fn what_stands_beside_a_token_that_cannot_be_read_proves_nothing() {
    for payload in [Payload::Opaque, Payload::Irregular(claims())] {
        let answer = TokenResponse {
            payload,
            ..answer()
        };
        let token = BusinessToken::accept(answer, WANTED).unwrap();
        assert_eq!(token.checked, TokenCheck::NotChecked);
    }
}

#[test]
fn only_a_bearer_token_is_one() {
    let of_type = |token_type: Option<&str>| {
        let answer = TokenResponse {
            token_type: token_type.map(str::to_owned),
            ..answer()
        };
        BusinessToken::accept(answer, WANTED).map(|token| token.checked)
    };
    for bearer in [None, Some("Bearer"), Some("bearer"), Some("BEARER")] {
        assert_eq!(of_type(bearer), Ok(TokenCheck::Matched), "{bearer:?}");
    }
    for named in ["mac", "DPoP", "Bearer x", "7"] {
        let problem = TokenProblem::OtherType {
            named: named.into(),
        };
        assert_eq!(of_type(Some(named)), Err(problem));
    }
}

#[test]
fn a_token_that_is_not_valid_yet_refuses() {
    let starting_at = |not_before| {
        let claims = Claims {
            not_before,
            ..claims()
        };
        let answer = TokenResponse {
            payload: Payload::Read(claims),
            ..answer()
        };
        BusinessToken::accept(answer, WANTED).map(|token| token.checked)
    };
    assert_eq!(starting_at(None), Ok(TokenCheck::Matched));
    let problem = TokenProblem::NotYetValid { secs: 600 };
    assert_eq!(starting_at(Some(1600)), Err(problem));
}

#[test]
fn what_is_stated_twice_refuses() {
    let twice = "business_id".to_owned();
    let payload = Payload::Ambiguous {
        twice: twice.clone(),
    };
    let answer = TokenResponse {
        payload,
        ..answer()
    };
    assert_eq!(
        BusinessToken::accept(answer, WANTED).unwrap_err(),
        TokenProblem::Ambiguous { twice }
    );
}

#[test]
fn what_readers_may_read_differently_refuses() {
    let answer = TokenResponse {
        payload: Payload::Garbled,
        ..answer()
    };
    assert_eq!(
        BusinessToken::accept(answer, WANTED).unwrap_err(),
        TokenProblem::Garbled
    );
}

#[test]
fn a_payload_that_names_no_business_refuses() {
    let nameless = Claims {
        business_id: None,
        ..claims()
    };
    for payload in [Payload::Read, Payload::Irregular] {
        let all = TokenResponse {
            payload: payload(nameless.clone()),
            ..answer()
        };
        assert_eq!(
            BusinessToken::accept(all, WANTED).unwrap_err(),
            TokenProblem::NamesNoBusiness
        );
    }
}

#[test]
fn a_contradiction_anywhere_refuses() {
    let other = Uuid::from_u128(8).to_string();
    let beside = TokenResponse {
        business_id: Some(other.clone()),
        ..answer()
    };
    let inside = |payload: fn(Claims) -> Payload| TokenResponse {
        payload: payload(Claims {
            business_id: Some(other.clone()),
            ..claims()
        }),
        ..answer()
    };
    for answer in [beside, inside(Payload::Read), inside(Payload::Irregular)] {
        let refused = BusinessToken::accept(answer, WANTED).unwrap_err();
        assert_eq!(
            refused,
            TokenProblem::OtherBusiness {
                named: other.clone()
            }
        );
    }
    let scope = TokenResponse {
        scope: Some("partner_access".into()),
        ..answer()
    };
    assert!(matches!(
        BusinessToken::accept(scope, WANTED),
        Err(TokenProblem::OtherScope { .. })
    ));
}

#[test]
fn a_token_that_is_over_by_the_servers_clock_is_not_handed_out() {
    let at_server = |server_time| {
        let answer = TokenResponse {
            server_time: Some(server_time),
            ..answer()
        };
        BusinessToken::accept(answer, WANTED).map(|token| token.lifetime.as_secs())
    };
    assert_eq!(at_server(1003), Ok(3595));
    assert_eq!(at_server(2800), Ok(1795));
    assert_eq!(at_server(4600), Err(TokenProblem::ExpiredOnArrival));
}

#[test]
fn the_floor_counts_up_to_nine_tenths_of_a_life() {
    let token = BusinessToken::accept(answer(), WANTED).unwrap();
    let is_fresh = |floor_mins, left_mins| {
        let age = token.lifetime - Duration::from_mins(left_mins);
        token.is_fresh(
            Duration::from_mins(floor_mins),
            token.requested.boot.saturating_add(age),
        )
    };
    assert!(is_fresh(30, 30) && !is_fresh(30, 29) && !is_fresh(30, 28));
    assert!(is_fresh(50, 50) && !is_fresh(50, 49));
    assert!(
        is_fresh(60, 54) && !is_fresh(60, 53),
        "an hour never has an hour left"
    );
    assert!(is_fresh(0, 1) && !is_fresh(0, 0));
}

#[test]
fn a_token_cannot_break_out_of_its_format() {
    for bad in ["", "a b", "a\nEVIL=1", "a\"b", "a'b", "tökén", "$(id)"] {
        let answer = TokenResponse {
            secret: bad.into(),
            ..answer()
        };
        assert_eq!(
            BusinessToken::accept(answer, WANTED).unwrap_err(),
            TokenProblem::Malformed,
            "{bad:?}"
        );
    }
}

#[test]
fn a_token_that_no_header_takes_is_not_called_malformed() {
    let of_len = |len: usize| TokenResponse {
        secret: "a".repeat(len).into(),
        ..answer()
    };
    assert!(BusinessToken::accept(of_len(MAX_TOKEN_BYTES), WANTED).is_ok());
    let bytes = MAX_TOKEN_BYTES + 1;
    assert_eq!(
        BusinessToken::accept(of_len(bytes), WANTED).unwrap_err(),
        TokenProblem::TooLong { bytes }
    );
}

#[test]
fn formats_are_exact_and_an_expired_token_has_none() {
    let token = BusinessToken::accept(answer(), WANTED).unwrap();
    let base = BaseUrl::parse("https://sandbox.thredfi.com").unwrap();
    let text = |format| {
        let handout = token.handout(format, &base, at(700)).unwrap();
        handout.text().expose_secret().to_owned()
    };
    let raw = "eyJhbGciOi.eyJzdWIiOi.c2ln-_";
    assert_eq!(text(TokenFormat::Raw), raw);
    assert_eq!(
        text(TokenFormat::Bearer),
        format!("Authorization: Bearer {raw}")
    );
    assert_eq!(text(TokenFormat::EnvLine), format!("THRED_TOKEN={raw}"));
    assert_eq!(
        text(TokenFormat::WidgetJson),
        format!(r#"{{"access_token": "{raw}", "expires_in": 2995}}"#)
    );
    assert_eq!(
        text(TokenFormat::Curl),
        "curl -H \"Authorization: Bearer $THRED_TOKEN\" \
         'https://sandbox.thredfi.com/v1/platform/businesses/00000000-0000-0000-0000-000000000007/'"
    );
    let base = BaseUrl::parse("https://a'$(id)'.example").unwrap();
    let curl = token.handout(TokenFormat::Curl, &base, at(100 + 600));
    let curl = curl.unwrap().text().expose_secret().to_owned();
    let words = shlex::split(&curl).unwrap();
    assert_eq!(words.len(), 4, "{curl}");
    assert!(words[3].starts_with("https://a'$(id)'.example/"), "{curl}");
    assert!(
        token
            .handout(TokenFormat::Raw, &base, at(100 + 3595))
            .is_none()
    );
    assert!(!format!("{token:?}").contains("eyJ"));
}

#[test]
fn a_fingerprint_is_the_start_of_the_digest() {
    let secret = SecretString::from("abc");
    assert_eq!(Fingerprint::of_secret(&secret).to_string(), "ba78 16bf");
}
