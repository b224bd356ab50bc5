//! Tests of the client over real HTTP on loopback, against well-behaved and misbehaving servers.

mod faults;
mod hostile;
mod http_client;
mod pauses;
mod proxy;
mod refetch;
mod sign_in;
mod tls;
mod tokens;
mod writes;

use std::sync::Arc;

use serde_json::Map;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::PartnerApi;
use crate::domain::business::BusinessId;

/// Every future can be spawned on a multi-threaded runtime.
#[test]
fn futures_can_be_spawned() {
    fn is_send<T: Send + 'static>(_: impl FnOnce(Arc<PartnerApi>) -> T) {}
    let id = BusinessId(Uuid::from_u128(1));
    is_send(|api| async move { api.sign_in().await });
    is_send(|api| async move { api.business(id).await });
    is_send(|api| async move { api.business_token(id).await });
    is_send(|api| async move { api.create(&Map::new()).await });
    is_send(|api| async move { api.update(id, &Map::new()).await });
    is_send(|api| async move { api.set_archived(id, true).await });
    is_send(|api| async move { api.load_businesses(mpsc::channel(1).0).await });
}
