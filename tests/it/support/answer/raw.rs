//! Responses without the real server's content: errors, pages of proxies, damaged bytes.

use std::time::SystemTime;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use super::{Answer, Plain, ProcessEnd};

impl Answer {
    /// An error with a plausible body.
    pub fn status(status: u16) -> Self {
        let (code, detail) = match status {
            400 => ("validation_error", "Invalid input."),
            401 => ("invalid_token", "Token is invalid or expired."),
            403 => (
                "permission_denied",
                "You do not have permission to perform this action.",
            ),
            404 => ("business_not_found", "Business not found."),
            409 => (
                "duplicate_external_id",
                "A business with this external_id exists.",
            ),
            429 => ("throttled", "Request was throttled."),
            _ => (
                "internal_error",
                "The server could not complete the request.",
            ),
        };
        Self::json(status, &json!({"error_code": code, "detail": detail}))
    }

    /// A canned JSON response.
    pub fn json(status: u16, value: &Value) -> Self {
        Self::canned(status, "application/json", value.to_string().into_bytes())
    }

    /// A canned response with any body.
    pub fn canned(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        let content_type = HeaderValue::from_static(content_type);
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, content_type)]);
        let status = StatusCode::from_u16(status).unwrap();
        Self {
            canned: Some(Plain {
                status,
                headers,
                body,
            }),
            ..Self::real()
        }
    }

    /// A status without a body.
    pub fn empty(status: u16) -> Self {
        Self::canned(status, "text/plain", Vec::new())
    }

    /// The error page of a proxy whose service is down.
    pub fn html(status: u16) -> Self {
        let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><center><h1>Bad gateway</h1>\
                    </center><hr><center>nginx</center></body></html>";
        Self::canned(status, "text/html; charset=utf-8", page.as_bytes().to_vec())
    }

    pub fn redirect(status: u16, location: &str) -> Self {
        Self::empty(status).header("location", location)
    }

    /// Adds `Retry-After` in seconds.
    pub fn retry_after_secs(self, secs: u64) -> Self {
        self.header("retry-after", &secs.to_string())
    }

    /// Adds `Retry-After` as a date (RFC 9110, 10.2.3).
    pub fn retry_after_date(self, date: SystemTime) -> Self {
        self.header("retry-after", &httpdate::fmt_http_date(date))
    }

    /// Sets the `Date` header, which shows the server's clock.
    pub fn dated(self, date: SystemTime) -> Self {
        self.header("date", &httpdate::fmt_http_date(date))
    }

    /// 200 and JSON, with values of the wrong types.
    pub fn wrong_shape() -> Self {
        Self::json(
            200,
            &json!({"results": "none", "access_token": 7, "id": ["x"]}),
        )
    }

    /// The first half of the real JSON, with a matching length.
    pub fn truncated_json(self) -> Self {
        self.reshaped(|_, plain| plain.body.truncate(plain.body.len() / 2))
    }

    /// The real JSON with an invalid byte in its first string.
    pub fn invalid_utf8(self) -> Self {
        self.reshaped(|_, plain| {
            let quote = plain
                .body
                .iter()
                .position(|byte| *byte == b'"')
                .unwrap_or_default();
            plain.body.insert(quote + 1, 0xFF);
        })
    }

    /// 64 MiB of JSON.
    pub fn endless() -> Self {
        Self {
            ending: ProcessEnd::Endless,
            ..Self::json(200, &json!({}))
        }
    }

    /// JSON arrays nested this deeply.
    pub fn nested(depth: usize) -> Self {
        let body = "[".repeat(depth) + &"]".repeat(depth);
        Self::canned(200, "application/json", body.into_bytes())
    }
}
