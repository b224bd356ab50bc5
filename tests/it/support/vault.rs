//! A fake HashiCorp Vault server that lets an AppRole read one secret of the key/value engine.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::server::serve;

const TOKEN: &str = "hvs.SENTINEL-token-of-the-role";

type Answer = (StatusCode, Json<Value>);

/// A Vault with one role and one secret. Dropping it stops the server.
pub struct FakeVault {
    address: SocketAddr,
    held: Arc<Held>,
    _stop: oneshot::Sender<()>,
}

struct Held {
    role_id: &'static str,
    /// The role's current secret ID.
    secret_id: Mutex<String>,
    partner: String,
    key: String,
    /// Method and path of every request.
    asked: Mutex<Vec<String>>,
}

impl FakeVault {
    /// Starts a server with a key at `secret/thred/production` that this role may read.
    pub async fn start(role_id: &'static str, secret_id: &str, partner: &str, key: &str) -> Self {
        let held = Arc::new(Held {
            role_id,
            secret_id: Mutex::new(secret_id.to_owned()),
            partner: partner.to_owned(),
            key: key.to_owned(),
            asked: Mutex::default(),
        });
        let router = Router::new()
            .route("/v1/auth/approle/login", post(log_in))
            .route("/v1/auth/token/revoke-self", post(revoke))
            .route("/v1/sys/internal/ui/mounts/{*path}", get(mount))
            .route("/v1/secret/data/thred/production", get(read))
            .layer(axum::middleware::map_request_with_state(held.clone(), note))
            .with_state(held.clone());
        let (address, stop) = serve(router).await;
        Self {
            address,
            held,
            _stop: stop,
        }
    }

    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Replaces the role's secret ID, as an operator does.
    pub fn replace_secret_id(&self, secret_id: &str) {
        *self.held.secret_id.lock().unwrap() = secret_id.to_owned();
    }

    /// How many logins were attempted.
    pub fn logins(&self) -> usize {
        let asked = self.held.asked.lock().unwrap();
        let is_login = |line: &&String| line.ends_with("/login");
        asked.iter().filter(is_login).count()
    }
}

async fn note(State(held): State<Arc<Held>>, request: Request) -> Request {
    let line = format!("{} {}", request.method(), request.uri().path());
    held.asked.lock().unwrap().push(line);
    request
}

async fn log_in(State(held): State<Arc<Held>>, Json(proof): Json<Value>) -> Answer {
    let secret_id = held.secret_id.lock().unwrap().clone();
    if proof == json!({ "role_id": held.role_id, "secret_id": secret_id }) {
        return (
            StatusCode::OK,
            Json(json!({ "auth": { "client_token": TOKEN } })),
        );
    }
    let refusal = json!({ "errors": ["invalid role or secret ID"] });
    (StatusCode::BAD_REQUEST, Json(refusal))
}

async fn revoke() -> StatusCode {
    StatusCode::NO_CONTENT
}

fn denied() -> Answer {
    let refusal = json!({ "errors": ["permission denied"] });
    (StatusCode::FORBIDDEN, Json(refusal))
}

fn is_logged_in(headers: &HeaderMap) -> bool {
    headers
        .get("x-vault-token")
        .is_some_and(|token| token == TOKEN)
}

async fn mount(headers: HeaderMap) -> Answer {
    if !is_logged_in(&headers) {
        return denied();
    }
    let told = json!({ "path": "secret/", "type": "kv", "options": { "version": "2" } });
    (StatusCode::OK, Json(json!({ "data": told })))
}

async fn read(State(held): State<Arc<Held>>, headers: HeaderMap) -> Answer {
    if !is_logged_in(&headers) {
        return denied();
    }
    let secret = json!({ "partner_uuid": held.partner, "api_key": held.key });
    let metadata = json!({ "version": 4, "created_time": "2026-10-01T08:00:00Z" });
    let told = json!({ "data": secret, "metadata": metadata });
    (StatusCode::OK, Json(json!({ "data": told })))
}
