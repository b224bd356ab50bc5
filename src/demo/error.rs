//! The error answers (see `thred-api.md`, Errors).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::options::ApiGeneration;

/// An answer that is no success.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    body: Body,
}

/// The three shapes that are in the wild.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Body {
    Detail {
        error_code: &'static str,
        detail: String,
    },
    Details {
        error: &'static str,
        error_code: &'static str,
        details: FieldErrors,
    },
    Message {
        message: &'static str,
        errors: FieldErrors,
    },
}

/// Field names with what is wrong with them.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct FieldErrors(Map<String, Value>);

impl FieldErrors {
    pub(super) fn add(&mut self, field: &str, message: impl Into<String>) {
        let messages = self.0.entry(field).or_insert_with(|| Value::Array(vec![]));
        if let Value::Array(messages) = messages {
            messages.push(Value::String(message.into()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            body: Body::Detail {
                error_code: code,
                detail: detail.into(),
            },
        }
    }

    /// No credentials were sent.
    pub(super) fn authentication_required() -> Self {
        let detail = "Authentication credentials were not provided.";
        Self::new(StatusCode::UNAUTHORIZED, "authentication_required", detail)
    }

    /// The partner's id or key is wrong. The real body is not documented.
    pub(super) fn invalid_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_credentials",
            "Invalid partner credentials.",
        )
    }

    /// The access token is malformed, foreign or has ended.
    pub(super) fn invalid_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "Token is invalid or expired.",
        )
    }

    /// The token is good, but not for this.
    pub(super) fn permission_denied() -> Self {
        let detail = "You do not have permission to perform this action.";
        Self::new(StatusCode::FORBIDDEN, "permission_denied", detail)
    }

    /// Unknown, or another partner's.
    pub(super) fn business_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "business_not_found",
            "Business not found.",
        )
    }

    /// No such path, or no such page.
    pub(super) fn not_found(detail: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub(super) fn method_not_allowed(method: &axum::http::Method) -> Self {
        let detail = format!("Method \"{method}\" not allowed.");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
    }

    /// The request's content is wrong.
    pub(super) fn validation(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "validation_error", detail)
    }

    /// Fields of the request are wrong. Each generation of the API says it in a shape of its own.
    pub(super) fn fields(errors: FieldErrors, envelope: ApiGeneration) -> Self {
        let body = match envelope {
            ApiGeneration::Newer => Body::Details {
                error: "Validation failed",
                error_code: "validation_error",
                details: errors,
            },
            ApiGeneration::Older => Body::Message {
                message: "Validation failed",
                errors,
            },
        };
        Self {
            status: StatusCode::BAD_REQUEST,
            body,
        }
    }

    /// The request's content is no JSON by its own account.
    pub(super) fn unsupported_media_type(found: &str) -> Self {
        let detail = format!("Unsupported media type \"{found}\" in request.");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            detail,
        )
    }

    /// The request's content is larger than is taken.
    pub(super) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            "Request body exceeds the size limit.",
        )
    }

    /// The server's own fault.
    pub(super) fn internal() -> Self {
        let detail = "The server could not complete the request.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", detail)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer realm=\"api\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
