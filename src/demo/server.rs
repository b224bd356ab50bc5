//! Serves the demo on loopback.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use tokio::{net::TcpListener, sync::oneshot};
use uuid::Uuid;

use super::{options::DemoOptions, routes::router, state::DemoState};

/// A running demo server. Dropping it stops the server: requests in progress still get their responses, new ones are not accepted.
pub struct DemoServer {
    address: SocketAddr,
    state: DemoState,
    /// Never sent to: dropping it is the signal to stop.
    _stop: oneshot::Sender<()>,
}

impl DemoServer {
    /// Generates the data and serves it on a port that the system chooses.
    ///
    /// # Errors
    /// If loopback cannot be bound, or the runtime shuts down while the data is generated.
    pub async fn start(options: DemoOptions) -> io::Result<Self> {
        Self::start_with_progress(options, |_| ()).await
    }

    /// The same; `tell` is called with the number of businesses generated so far after each one.
    ///
    /// # Errors
    /// As [`Self::start`].
    #[expect(clippy::disallowed_methods, reason = "runs on the caller's runtime")]
    pub async fn start_with_progress(
        options: DemoOptions,
        tell: impl FnMut(usize) + Send + 'static,
    ) -> io::Result<Self> {
        let state = tokio::task::spawn_blocking(move || DemoState::generate(options, tell))
            .await
            .map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving =
            axum::serve(listener, router(state.clone())).with_graceful_shutdown(async move {
                // Resolves with an error when the sender is dropped, which is the normal way to stop.
                let _ = stopped.await;
            });
        tokio::spawn(serving.into_future());
        Ok(Self {
            address,
            state,
            _stop: stop,
        })
    }

    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The partner who owns all businesses.
    pub fn partner_id(&self) -> Uuid {
        self.state.partner_id()
    }

    /// The key the server started with.
    pub fn api_key(&self) -> &str {
        self.state.api_key()
    }

    /// The server's state: its keys and businesses.
    pub fn state(&self) -> &DemoState {
        &self.state
    }
}
