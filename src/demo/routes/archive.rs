//! Archiving (see the API documentation, Archive / unarchive). The endpoints are an assumption, modelled on similar resources.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use crate::demo::{auth, business::Details, clock, error::ApiError, state::DemoState};

/// `POST /v1/platform/businesses/{id}/archive/`
pub(super) async fn archive(
    State(state): State<DemoState>,
    Path(business_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    set(&state, &business_id, &headers, true)
}

/// `POST /v1/platform/businesses/{id}/unarchive/`
pub(super) async fn unarchive(
    State(state): State<DemoState>,
    Path(business_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    set(&state, &business_id, &headers, false)
}

/// Repeating it is not an error, because a retry after a lost response must be safe.
fn set(
    state: &DemoState,
    business_id: &str,
    headers: &HeaderMap,
    is_archived: bool,
) -> Result<Response, ApiError> {
    auth::partner(headers, state)?;
    let id = Uuid::parse_str(business_id).unwrap_or_default();
    let mut store = state.store_mut();
    let business = store.get_mut(id).ok_or_else(ApiError::business_not_found)?;
    if business.is_archived != is_archived {
        business.is_archived = is_archived;
        business.updated_at = Some(clock::now());
    }
    Ok(Json(Details::new(business)).into_response())
}
