//! Creates and changes businesses (see the API documentation, Create and Update).

use axum::{
    Json,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::body;
use crate::demo::{auth, business::Details, clock, draft, error::ApiError, state::DemoState};

/// The response to a creation.
#[derive(Serialize)]
struct Created<'a> {
    #[serde(flatten)]
    details: Details<'a>,
    /// Its format is not documented and it may be missing, so clients must not rely on it.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<Value>,
}

/// `POST /v1/platform/businesses/`: 201 with the new business, or 200 with the existing one that has this `external_id`, unchanged.
///
/// The body is validated in both cases; the documentation does not say whether the real server does that.
pub(super) async fn create(
    State(state): State<DemoState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    auth::partner(&headers, &state)?;
    let body = body::object(&headers, body).await?;
    let business = draft::create(&body, clock::now())?;
    let external_id = business.external_id.clone().unwrap_or_default();

    // Checks and inserts under one lock, so that only one of two simultaneous requests creates the business.
    let mut store = state.store_mut();
    let status = if store.insert(business) {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let business = store
        .get_by_external_id(&external_id)
        .ok_or_else(ApiError::internal)?;
    let existed = status == StatusCode::OK;
    let answer = Created {
        details: Details::new(business),
        meta: existed.then(|| json!({"created": false, "matched_on": "external_id"})),
    };
    Ok((status, Json(answer)).into_response())
}

/// `PATCH /v1/platform/businesses/{id}/`: responds with the writable fields only, not even the id.
pub(super) async fn update(
    State(state): State<DemoState>,
    Path(business_id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Map<String, Value>>, ApiError> {
    auth::partner(&headers, &state)?;
    let id = Uuid::parse_str(&business_id).unwrap_or_default();
    if state.store().get(id).is_none() {
        return Err(ApiError::business_not_found());
    }
    let body = body::object(&headers, body).await?;
    let mut store = state.store_mut();
    let business = store.get_mut(id).ok_or_else(ApiError::business_not_found)?;
    draft::update(business, &body, clock::now())?;
    Ok(Json(draft::writable(business)))
}
