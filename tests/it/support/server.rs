//! The demo server behind the fault layer.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{Router, middleware};
use thred_console::demo::{DemoOptions, DemoState, router};
use tokio::{net::TcpListener, sync::oneshot};
use uuid::Uuid;

use super::{
    Fault, Log, On,
    layer::{Shared, intercept},
};

/// A demo server with injected faults. Dropping it stops it.
pub struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    _stop: oneshot::Sender<()>,
}

impl FaultServer {
    pub async fn start(options: DemoOptions) -> Self {
        let state = DemoState::new(options);
        let shared = Arc::new(Shared {
            log: Log::new(),
            rules: Default::default(),
            state: state.clone(),
            is_older: AtomicBool::new(false),
        });
        // As a fallback service, the real router routes after the layer, which may have changed the address.
        let layered = Router::new()
            .fallback_service(router(state))
            .layer(middleware::from_fn_with_state(shared.clone(), intercept));
        let (address, stop) = serve(layered).await;
        Self {
            address,
            shared,
            _stop: stop,
        }
    }

    /// From now on, answers as the older generation of the API.
    pub fn become_older(&self) {
        self.shared.is_older.store(true, Ordering::Relaxed);
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn partner_id(&self) -> Uuid {
        self.shared.state.partner_id()
    }

    pub fn api_key(&self) -> &str {
        self.shared.state.api_key()
    }

    /// The server's keys and businesses.
    pub fn state(&self) -> &DemoState {
        &self.shared.state
    }

    pub fn fault(&self, on: On, fault: Fault) {
        self.shared.rules.add(on, fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.rules.clear();
    }

    pub fn log(&self) -> &Log {
        &self.shared.log
    }
}

/// Serves `router` on loopback until the sender is dropped.
pub(super) async fn serve(router: Router) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        let _ = stopped.await;
    });
    tokio::spawn(serving.into_future());
    (address, stop)
}

/// A base URL on a port where nothing listens.
pub async fn closed_port() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
