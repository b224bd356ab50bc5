//! Token responses with a wrong token, life, scope or clock.

use std::time::{Duration, SystemTime};

use axum::http::Uri;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Answer;

impl Answer {
    /// The genuine token of another business, in a response that names that other business.
    pub fn token_of(other: Uuid) -> Self {
        Self::real().rewritten(move |_| {
            format!("/v1/platform/{other}/oauth2/token/")
                .parse::<Uri>()
                .unwrap()
        })
    }

    /// The token of another business, in a response that names the right one.
    pub fn token_of_in_disguise(other: Uuid) -> Self {
        Self::token_of(other).edited(|seen, value| {
            let asked = seen.uri.path().split('/').nth(3).unwrap_or_default();
            value["business_id"] = asked.into();
        })
    }

    /// Another scope, in the response and in the token.
    pub fn scope(scope: &'static str) -> Self {
        let answer = Self::real().edited(move |_, value| value["scope"] = scope.into());
        answer.claims(move |claims| {
            claims.insert("scope".into(), scope.into());
        })
    }

    /// Changes the token's claims. The signature no longer matches, which a client cannot check.
    pub fn claims(self, change: impl Fn(&mut Map<String, Value>) + Send + Sync + 'static) -> Self {
        self.payload(move |mut claims| {
            change(&mut claims);
            URL_SAFE_NO_PAD.encode(Value::Object(claims).to_string())
        })
    }

    /// Replaces the token's payload by what `make` returns for its claims.
    pub fn payload(
        self,
        make: impl Fn(Map<String, Value>) -> String + Send + Sync + 'static,
    ) -> Self {
        self.edited(move |_, value| {
            let parts: Vec<&str> = value["access_token"]
                .as_str()
                .unwrap_or_default()
                .split('.')
                .collect();
            let [head, payload, signature] = parts[..] else {
                return;
            };
            let bytes = URL_SAFE_NO_PAD.decode(payload).unwrap();
            let payload = make(serde_json::from_slice(&bytes).unwrap());
            value["access_token"] = format!("{head}.{payload}.{signature}").into();
        })
    }

    /// A token of a server whose clock is off by `secs`; its `Date` header shows the same clock.
    pub fn clock_off_by(secs: i64) -> Self {
        let time = SystemTime::now();
        let offset = Duration::from_secs(secs.unsigned_abs());
        let off = if secs < 0 {
            time - offset
        } else {
            time + offset
        };
        Self::token_clock_off_by(secs).dated(off)
    }

    /// A token whose `iat` and `exp` are off by `secs`, although the server's clock is right.
    pub fn token_clock_off_by(secs: i64) -> Self {
        Self::real().claims(move |claims| {
            for name in ["iat", "exp"] {
                let time = claims[name].as_i64().unwrap_or_default();
                claims.insert(name.into(), (time + secs).into());
            }
        })
    }

    /// Any value as `expires_in`.
    pub fn expires_in(value: Value) -> Self {
        Self::real().edited(move |_, answer| answer["expires_in"] = value.clone())
    }

    /// The real response without one field.
    pub fn without(field: &'static str) -> Self {
        Self::real().edited(move |_, value| {
            value.as_object_mut().map(|object| object.remove(field));
        })
    }

    /// A token that is not a JWT.
    pub fn opaque_token() -> Self {
        Self::real().edited(|_, value| value["access_token"] = "opaque-4f2a9c".into())
    }

    /// The caller's own bearer token: the partner's, if a business token was requested.
    pub fn echoed_token() -> Self {
        Self::real().edited(|seen, value| {
            let own = seen
                .authorization()
                .and_then(|text| text.strip_prefix("Bearer "));
            value["access_token"] = own.unwrap_or_default().into();
        })
    }
}
