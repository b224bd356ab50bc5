//! Reads the JSON object in a request.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, header},
};
use serde_json::{Map, Value};

use crate::demo::{checks::type_name, error::ApiError};

/// Largest body accepted, bytes: more than any business needs, and too little to exhaust the server's memory.
const LIMIT: usize = 256 << 10;

/// Reads the whole body. Called after authentication, so that unauthenticated bodies are never read.
pub(super) async fn object(
    headers: &HeaderMap,
    body: Body,
) -> Result<Map<String, Value>, ApiError> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::unsupported_media_type(content_type));
    }
    // If the client breaks off, nobody reads the response, so the error must be the limit.
    let bytes = to_bytes(body, LIMIT)
        .await
        .map_err(|_| ApiError::too_large())?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(ApiError::validation(format!(
            "Invalid data. Expected a dictionary, but got {}.",
            type_name(&other)
        ))),
        Err(error) => Err(ApiError::validation(format!(
            "JSON parse error - line {} column {}.",
            error.line(),
            error.column()
        ))),
    }
}
