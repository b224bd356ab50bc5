//! A server that must never receive credentials.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::{Request, State},
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{Log, Seen, layer::record, server::serve};

/// A second server, to which redirects and links lead. It answers every request with an empty success, and must never
/// receive an `Authorization` header.
pub struct RecordingVerifier {
    address: SocketAddr,
    log: Arc<Log>,
    _stop: oneshot::Sender<()>,
}

impl RecordingVerifier {
    pub async fn start() -> Self {
        let log = Arc::new(Log::new());
        let (address, stop) = serve(Router::new().fallback(answer).with_state(log.clone())).await;
        Self {
            address,
            log,
            _stop: stop,
        }
    }

    /// An absolute URL of this listener; `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.log.all()
    }

    /// # Panics
    /// If any request carried credentials.
    pub fn assert_no_credentials(&self) {
        let told: Vec<Seen> = self
            .seen()
            .into_iter()
            .filter(|seen| seen.authorization().is_some())
            .collect();
        assert!(
            told.is_empty(),
            "credentials were sent to another server: {told:?}"
        );
    }
}

async fn answer(State(log): State<Arc<Log>>, request: Request) -> Json<Value> {
    if let Ok((seen, _)) = record(request).await {
        drop(log.arrived(seen));
    }
    Json(json!({"count": 0, "next": null, "previous": null, "results": []}))
}
