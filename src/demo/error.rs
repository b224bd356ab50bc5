//! The error answers (see `thred-api.md`, Errors).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// An answer that is no success, in the shape `{"error_code", "detail"}`.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: String,
}

#[derive(Serialize)]
struct Body {
    error_code: &'static str,
    detail: String,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
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

    /// The server's own fault.
    pub(super) fn internal() -> Self {
        let detail = "The server could not complete the request.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", detail)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Body {
            error_code: self.code,
            detail: self.detail,
        };
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer realm=\"api\"");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
