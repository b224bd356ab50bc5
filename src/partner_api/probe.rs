//! *Test connection*: the way to a server, looked at step by step and without any secret.

use std::sync::Arc;

use tokio::net::lookup_host;

use crate::domain::connection::{Reached, Route};
use crate::domain::environment::Environment;
use crate::domain::failure::Failure;
use crate::domain::settings::Proxy;
use crate::domain::time::Clock;

use super::PartnerApi;
use super::api_server::ApiServer;
use super::options::ApiOptions;
use super::route::route;
use super::transport::Transport;

/// Looks at the way to one server.
#[derive(Debug)]
pub struct Probe {
    transport: Transport,
    proxy: Proxy,
}

impl Probe {
    /// A probe that goes the way of `options`; nothing is sent yet.
    ///
    /// # Errors
    /// Where this computer has no certificates to trust.
    pub fn new(
        environment: &Environment,
        options: ApiOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        let proxy = options.network.proxy.clone();
        let transport = Transport::new(ApiServer::new(environment, clock), options)?;
        Ok(Self { transport, proxy })
    }

    /// By which way requests go. Names no user and no password of a proxy.
    pub fn route(&self) -> Route {
        route(&self.transport.api_server.base, &self.proxy)
    }

    /// The addresses of the server's name.
    ///
    /// # Errors
    /// The words of the system.
    pub async fn look_up(&self) -> Result<Vec<String>, String> {
        let url = self.transport.api_server.endpoint(&[]);
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = url.port_or_known_default().unwrap_or(443);
        let found = lookup_host((host, port))
            .await
            .map_err(|error| error.to_string())?;
        let mut addresses = Vec::new();
        for address in found.map(|address| address.ip().to_string()) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        Ok(addresses)
    }

    /// Asks the server without any secret; those that it knows from `session` are hidden in what it says.
    ///
    /// # Errors
    /// Why no answer came.
    pub async fn knock(&self, session: Option<&PartnerApi>) -> Result<Reached, Failure> {
        let secrets = session.map_or_else(Arc::default, PartnerApi::secrets);
        self.transport.knock(&secrets).await
    }
}
