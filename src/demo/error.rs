//! The error responses (see the API documentation, Errors).

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    body: Value,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let detail: String = detail.into();
        Self {
            status,
            body: json!({"error_code": code, "detail": detail}),
        }
    }

    /// The request has no credentials.
    pub(super) fn authentication_required() -> Self {
        let detail = "Authentication credentials were not provided.";
        Self::new(StatusCode::UNAUTHORIZED, "authentication_required", detail)
    }

    /// The partner id or key is wrong. The real body is not documented.
    pub(super) fn invalid_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_credentials",
            "Invalid partner credentials.",
        )
    }

    /// The access token is malformed, from another server, or expired.
    pub(super) fn invalid_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "Token is invalid or expired.",
        )
    }

    /// The token is valid, but does not allow this request.
    pub(super) fn permission_denied() -> Self {
        let detail = "You do not have permission to perform this action.";
        Self::new(StatusCode::FORBIDDEN, "permission_denied", detail)
    }

    /// The business is unknown, or belongs to another partner.
    pub(super) fn business_not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "business_not_found",
            "Business not found.",
        )
    }

    /// There is no such path or page.
    pub(super) fn not_found(detail: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    pub(super) fn method_not_allowed(method: &axum::http::Method) -> Self {
        let detail = format!("Method \"{method}\" not allowed.");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
    }

    /// The request's content is invalid.
    pub(super) fn validation(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "validation_error", detail)
    }

    /// Fields of the request are invalid.
    pub(super) fn fields(errors: &BTreeMap<String, Vec<String>>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            body: json!({
                "error": "Validation failed",
                "error_code": "validation_error",
                "details": errors,
            }),
        }
    }

    /// The request's content type is not JSON.
    pub(super) fn unsupported_media_type(found: &str) -> Self {
        let detail = format!("Unsupported media type \"{found}\" in request.");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            detail,
        )
    }

    /// The request's content is too large.
    pub(super) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            "Request body exceeds the size limit.",
        )
    }

    /// An internal error of the server.
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
