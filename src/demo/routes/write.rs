//! Creating and changing businesses (see `thred-api.md`, Create and Update).

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
use crate::demo::{
    auth, business::Details, clock, draft, error::ApiError, options::ApiGeneration,
    state::DemoState,
};

/// The answer to a creation.
#[derive(Serialize)]
struct Created<'a> {
    #[serde(flatten)]
    details: Details<'a>,
    /// Its shape is not documented, and it is not always there: clients must not need it.
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<Value>,
}

/// `POST /v1/platform/businesses/`: 201 with the new business, or 200 with the one that has its `external_id` already,
/// which stays as it is.
///
/// What was sent is checked in both cases; the documentation does not say whether the real server does.
pub(super) async fn create(
    State(state): State<DemoState>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    auth::partner(&headers, &state)?;
    let body = body::object(&headers, body).await?;
    let envelope = state.options().envelope;
    let business = draft::create(&body, envelope, clock::now())?;
    let external_id = business.external_id.clone().unwrap_or_default();

    // Asking and adding under one lock: of two requests at the same time one creates.
    let mut store = state.store_mut();
    let status = if store.insert(business) {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let business = store
        .get_by_external_id(&external_id)
        .ok_or_else(ApiError::internal)?;
    let existed = status == StatusCode::OK && envelope == ApiGeneration::Newer;
    let answer = Created {
        details: Details::new(business, envelope),
        meta: existed.then(|| json!({"created": false, "matched_on": "external_id"})),
    };
    Ok((status, Json(answer)).into_response())
}

/// `PATCH /v1/platform/businesses/{id}/`: answers the fields that can be changed, and not even the id.
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
    draft::update(business, &body, state.options().envelope, clock::now())?;
    Ok(Json(draft::writable(business)))
}
