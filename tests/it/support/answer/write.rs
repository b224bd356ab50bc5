//! Responses to writes: rejections, and responses that hide a success.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use thred_console::demo::DemoBusiness;
use uuid::Uuid;

use super::Answer;

/// The three shapes of an error body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorShape {
    /// `{"error", "error_code", "details": {field: [text]}}`
    Details,
    /// `{"error_code", "detail"}`: has no list of fields, so the text names them.
    Detail,
    /// `{"message", "errors": {field: [text]}}`
    Errors,
}

impl ErrorShape {
    pub const ALL: [Self; 3] = [Self::Details, Self::Detail, Self::Errors];
}

impl Answer {
    /// The answers of servers that do not archive: the path does not exist, or only for other methods.
    pub const NO_ARCHIVE: [fn() -> Self; 2] = [
        || {
            Self::json(
                404,
                &json!({"error_code": "not_found", "detail": "Not found."}),
            )
        },
        || {
            let detail = "Method \"POST\" not allowed.";
            Self::json(
                405,
                &json!({"error_code": "method_not_allowed", "detail": detail}),
            )
        },
    ];

    /// 400: these fields are wrong. Nothing is written.
    pub fn invalid(shape: ErrorShape, fields: &[(&str, &str)]) -> Self {
        let text = "Validation failed";
        let by_field: Map<String, Value> = fields
            .iter()
            .map(|(field, message)| ((*field).to_owned(), json!([message])))
            .collect();
        let body = match shape {
            ErrorShape::Details => {
                json!({"error": text, "error_code": "validation_error", "details": by_field})
            }
            ErrorShape::Detail => {
                let named: Vec<_> = fields
                    .iter()
                    .map(|(f, text)| format!("{f}: {text}"))
                    .collect();
                json!({"error_code": "validation_error", "detail": named.join(" ")})
            }
            ErrorShape::Errors => json!({"message": text, "errors": by_field}),
        };
        Self::json(400, &body)
    }

    /// 400: the country does not have this entity type, but has these codes and labels. Nothing is written.
    pub fn type_refused(entity_type: &str, country: &str, valid: &[(&str, &str)]) -> Self {
        let valid: Vec<_> = valid
            .iter()
            .map(|(code, label)| format!("{code} ({label})"))
            .collect();
        let detail = format!(
            "Invalid entity_type '{entity_type}' for country {country}. Valid options: {}",
            valid.join(", ")
        );
        Self::json(
            400,
            &json!({"error_code": "validation_error", "detail": detail}),
        )
    }

    /// Another client was faster: a different business already has the requested `external_id`.
    pub fn taken_by(other: DemoBusiness) -> Self {
        Self::real().first(move |seen, state| {
            let external_id = seen.json()["external_id"].as_str().map(str::to_owned);
            state.store_mut().insert(DemoBusiness {
                id: Uuid::new_v4(),
                external_id: external_id.map(Into::into),
                ..other.clone()
            });
        })
    }

    /// The server handles the request, and then reports a failure.
    pub fn done_but(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap();
        let body =
            json!({"error_code": "internal_error", "detail": "Something broke on the way out."});
        Self::real().reshaped(move |_, plain| {
            plain.status = status;
            plain.body = body.to_string().into_bytes();
        })
    }

    /// The server handles the request, but a proxy replaces its response by this text with status 200.
    pub fn done_but_garbled(text: &'static str) -> Self {
        Self::real().reshaped(move |_, plain| {
            plain.status = StatusCode::OK;
            plain.body = text.as_bytes().to_vec();
        })
    }
}
