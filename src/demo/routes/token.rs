//! The two token endpoints (see the API documentation, Tokens).

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, header},
};
use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use uuid::Uuid;

use crate::demo::{
    auth,
    error::ApiError,
    state::DemoState,
    tokens::{BUSINESS_SCOPE, IssuedClaims},
};

/// The response with a token. Only business tokens have `scope` and `business_id`.
#[derive(Serialize)]
pub(super) struct TokenBody {
    access_token: String,
    token_type: &'static str,
    /// Seconds.
    expires_in: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    business_id: Option<Uuid>,
}

/// The body of a partner token request. All fields are optional, because the documentation shows three variants.
#[derive(Default, Deserialize)]
struct TokenRequest {
    grant_type: Option<String>,
    client_id: Option<String>,
}

/// `POST /v1/platform/oauth2/token/`: a partner token for a partner key.
pub(super) async fn partner(
    State(state): State<DemoState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<TokenBody>, ApiError> {
    auth::check_key(&headers, &state)?;
    let grant = read_grant(&headers, &body)?;
    if grant
        .grant_type
        .is_some_and(|grant_type| grant_type != "client_credentials")
    {
        return Err(ApiError::validation("Unsupported grant_type."));
    }
    let is_other = |id: String| Uuid::parse_str(&id).ok() != Some(state.partner_id());
    if grant.client_id.is_some_and(is_other) {
        return Err(ApiError::invalid_credentials());
    }
    let ttl_secs = state.options().partner_ttl_secs;
    let claims = IssuedClaims::lasting(ttl_secs, state.partner_id(), None);
    let access_token = state
        .signer()
        .sign(&claims)
        .map_err(|_| ApiError::internal())?;
    let token_type = "Bearer";
    Ok(Json(TokenBody {
        access_token,
        token_type,
        expires_in: ttl_secs,
        scope: None,
        business_id: None,
    }))
}

/// `POST /v1/platform/{business_id}/oauth2/token/`: a business token for a partner token.
pub(super) async fn business(
    State(state): State<DemoState>,
    Path(business_id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<TokenBody>, ApiError> {
    let partner = auth::partner(&headers, &state)?;
    let business_id = Uuid::parse_str(&business_id)
        .ok()
        .filter(|id| state.store().get(*id).is_some())
        .ok_or_else(ApiError::business_not_found)?;
    let ttl_secs = state.options().token_ttl_secs;
    let claims = IssuedClaims::lasting(ttl_secs, partner.sub, Some(business_id));
    let access_token = state
        .signer()
        .sign(&claims)
        .map_err(|_| ApiError::internal())?;
    Ok(Json(TokenBody {
        access_token,
        token_type: "Bearer",
        expires_in: ttl_secs,
        scope: Some(BUSINESS_SCOPE),
        business_id: Some(business_id),
    }))
}

fn read_grant(headers: &HeaderMap, body: &[u8]) -> Result<TokenRequest, ApiError> {
    if body.is_empty() {
        return Ok(TokenRequest::default());
    }
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if content_type.starts_with("application/json") {
        return serde_json::from_slice(body).map_err(|_| ApiError::validation("JSON parse error."));
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let value = |key: &str| {
            form_urlencoded::parse(body)
                .find(|(found, _)| found == key)
                .map(|(_, value)| value.into_owned())
        };
        return Ok(TokenRequest {
            grant_type: value("grant_type"),
            client_id: value("client_id"),
        });
    }
    Err(ApiError::validation(format!(
        "Unsupported media type \"{content_type}\"."
    )))
}
