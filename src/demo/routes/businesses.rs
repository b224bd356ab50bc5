//! Lists and reads businesses (see the API documentation, Businesses).

use axum::{
    Json,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::demo::{
    auth,
    business::Details,
    error::ApiError,
    page::{DemoPage, PageRequest},
    state::DemoState,
    store::StoreFilter,
};

/// The list's query. All values are texts, which [`PageRequest`] and [`flag`] validate.
#[derive(Deserialize)]
pub(super) struct ListQuery {
    page: Option<String>,
    page_size: Option<String>,
    country: Option<String>,
    entity_type: Option<String>,
    is_archived: Option<String>,
}

/// `GET /v1/platform/businesses/`: one page, newest first.
pub(super) async fn list(
    State(state): State<DemoState>,
    Query(query): Query<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    auth::partner(&headers, &state)?;
    let invalid_page = || ApiError::not_found("Invalid page.");
    let request = PageRequest::read(query.page.as_deref(), query.page_size.as_deref())
        .ok_or_else(invalid_page)?;
    let filter = StoreFilter {
        country: query.country.filter(|text| !text.is_empty()),
        entity_type: query.entity_type.filter(|text| !text.is_empty()),
        is_archived: flag(query.is_archived.as_deref())?,
    };

    let store = state.store();
    let (total, results) = store.window(&filter, request.skip(), request.page_size);
    if request.page > request.pages(total) {
        return Err(invalid_page());
    }
    let page = DemoPage::new(request, total, results);
    Ok(Json(page).into_response())
}

/// `GET /v1/platform/businesses/{id}/`: one business with its details.
pub(super) async fn get(
    State(state): State<DemoState>,
    Path(business_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    // An id that is not a UUID is reported as unknown, but only after the token was checked.
    let id = Uuid::parse_str(&business_id).unwrap_or_default();
    auth::may_read(&headers, &state, id)?;
    let store = state.store();
    let business = store.get(id).ok_or_else(ApiError::business_not_found)?;
    Ok(Json(Details::new(business)).into_response())
}

fn flag(text: Option<&str>) -> Result<Option<bool>, ApiError> {
    match text {
        None | Some("") => Ok(None),
        Some("true" | "True" | "1") => Ok(Some(true)),
        Some("false" | "False" | "0") => Ok(Some(false)),
        Some(_) => Err(ApiError::validation(
            "is_archived: Must be a valid boolean.",
        )),
    }
}
