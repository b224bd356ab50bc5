//! Checks credentials: Basic for the partner's key, Bearer for tokens.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use uuid::Uuid;

use super::{
    error::ApiError,
    state::DemoState,
    tokens::{IssuedClaims, PARTNER_SCOPE},
};

/// Checks `Authorization: Basic base64(PARTNER_UUID:API_KEY)`.
pub(super) fn check_key(headers: &HeaderMap, state: &DemoState) -> Result<(), ApiError> {
    let encoded = credentials(headers, "Basic")?.ok_or_else(ApiError::invalid_credentials)?;
    let bytes = STANDARD
        .decode(encoded)
        .map_err(|_| ApiError::invalid_credentials())?;
    let text = String::from_utf8(bytes).map_err(|_| ApiError::invalid_credentials())?;
    let (id, key) = text
        .split_once(':')
        .ok_or_else(ApiError::invalid_credentials)?;
    let is_partner = Uuid::parse_str(id).is_ok_and(|id| id == state.partner_id());
    // A plain comparison leaks timing, which is acceptable here: the key only gives access to generated data on loopback.
    if is_partner && state.accepts_key(key) {
        Ok(())
    } else {
        Err(ApiError::invalid_credentials())
    }
}

/// The claims of a valid partner token.
pub(super) fn partner(headers: &HeaderMap, state: &DemoState) -> Result<IssuedClaims, ApiError> {
    let claims = bearer(headers, state)?;
    if claims.scope == PARTNER_SCOPE {
        Ok(claims)
    } else {
        Err(ApiError::permission_denied())
    }
}

/// Accepts a partner token for every business, and a business token for its own business only.
pub(super) fn may_read(headers: &HeaderMap, state: &DemoState, id: Uuid) -> Result<(), ApiError> {
    let claims = bearer(headers, state)?;
    if claims.scope == PARTNER_SCOPE || claims.business_id == Some(id) {
        Ok(())
    } else {
        Err(ApiError::permission_denied())
    }
}

fn bearer(headers: &HeaderMap, state: &DemoState) -> Result<IssuedClaims, ApiError> {
    let token = credentials(headers, "Bearer")?.ok_or_else(ApiError::invalid_token)?;
    let claims = state
        .signer()
        .read(token)
        .map_err(|_| ApiError::invalid_token())?;
    if claims.sub == state.partner_id() {
        Ok(claims)
    } else {
        Err(ApiError::invalid_token())
    }
}

/// The value after the scheme. `None` if the header has another scheme or cannot be read.
fn credentials<'a>(headers: &'a HeaderMap, scheme: &str) -> Result<Option<&'a str>, ApiError> {
    let value = headers
        .get(header::AUTHORIZATION)
        .ok_or_else(ApiError::authentication_required)?;
    Ok(value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(found, _)| found.eq_ignore_ascii_case(scheme))
        .map(|(_, rest)| rest.trim()))
}
