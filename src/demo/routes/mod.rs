//! The paths of the API.

mod archive;
mod body;
mod businesses;
mod token;
mod write;

use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, get, post},
};

use super::{error::ApiError, state::DemoState};

/// The whole API on `state`, ready to be served or wrapped in another layer.
pub fn router(state: DemoState) -> Router {
    let router = Router::new();
    let router = slashed(router, "/v1/platform/oauth2/token", post(token::partner));
    let router = slashed(
        router,
        "/v1/platform/{business_id}/oauth2/token",
        post(token::business),
    );
    let router = slashed(
        router,
        "/v1/platform/businesses",
        get(businesses::list).post(write::create),
    );
    let router = slashed(
        router,
        "/v1/platform/businesses/{business_id}",
        get(businesses::get).patch(write::update),
    );
    let router = slashed(
        router,
        "/v1/platform/businesses/{business_id}/archive",
        post(archive::archive),
    );
    let router = slashed(
        router,
        "/v1/platform/businesses/{business_id}/unarchive",
        post(archive::unarchive),
    );
    router
        .fallback(|| async { ApiError::not_found("Not found.") })
        .method_not_allowed_fallback(|method: Method| async move {
            ApiError::method_not_allowed(&method)
        })
        .layer(middleware::from_fn_with_state(state.clone(), delay))
        .with_state(state)
}

/// Serves `path/`, and redirects from `path`, as the real API may do.
fn slashed(
    router: Router<DemoState>,
    path: &str,
    methods: MethodRouter<DemoState>,
) -> Router<DemoState> {
    router
        .route(&format!("{path}/"), methods)
        .route(path, any(add_slash))
}

/// 301 to the same URL with a slash. Most clients then send a GET without the body, as with the real API.
async fn add_slash(uri: Uri) -> Response {
    let query = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let location = format!("{}/{query}", uri.path());
    (
        StatusCode::MOVED_PERMANENTLY,
        [(header::LOCATION, location)],
    )
        .into_response()
}

async fn delay(State(state): State<DemoState>, request: Request, next: Next) -> Response {
    let delay = state.options().answer_delay;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    next.run(request).await
}
