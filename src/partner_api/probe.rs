//! *Test connection*: checks the connection to a server step by step, without sending any secret.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::lookup_host;
use tokio::time::timeout;

use crate::domain::connection::{ReachedServer, Route};
use crate::domain::environment::Environment;
use crate::domain::failure::{Failure, Operation};
use crate::domain::settings::Proxy;
use crate::domain::time::Clock;

use super::PartnerApi;
use super::api_server::ApiServer;
use super::options::ApiOptions;
use super::pause::SharedPause;
use super::route::route;
use super::transport::Transport;

/// How long to wait for a name server. The system may wait for minutes.
const LOOK_UP_LIMIT: Duration = Duration::from_secs(10);

/// Tests the connection to one server.
#[derive(Debug)]
pub struct Probe {
    transport: Transport,
    proxy: Proxy,
    pause: Arc<SharedPause>,
}

impl Probe {
    /// A probe with the network settings of `options`. Sends nothing yet.
    ///
    /// # Errors
    /// If this computer trusts no certificate authority.
    pub fn new(
        environment: &Environment,
        options: ApiOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        let proxy = options.network.proxy.clone();
        let api_server = ApiServer::new(environment, clock);
        let pause = options.pauses.of(&api_server.base);
        let transport = Transport::new(api_server, options)?;
        Ok(Self {
            transport,
            proxy,
            pause,
        })
    }

    /// The route that requests take, without user name and password of a proxy.
    pub fn route(&self) -> Route {
        route(&self.transport.api_server.base, &self.proxy)
    }

    /// Looks up the addresses of the server's name.
    ///
    /// # Errors
    /// The operating system's message.
    pub async fn look_up(&self) -> Result<Vec<String>, String> {
        let url = self.transport.api_server.endpoint(&[]);
        let host = url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let port = url.port_or_known_default().unwrap_or(443);
        let found = answered(lookup_host((host, port))).await?;
        let mut addresses = Vec::new();
        for address in found.map(|address| address.ip().to_string()) {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        Ok(addresses)
    }

    /// Sends a request without any secret. Secrets of `session` that the server knows are hidden in its response.
    ///
    /// # Errors
    /// Why no response arrived. During a pause that the server requested nothing is sent, and the failure names the pause.
    pub async fn reach(&self, session: Option<&PartnerApi>) -> Result<ReachedServer, Failure> {
        let now = || self.transport.api_server.now().boot;
        if let Some((_, pause)) = self.pause.current(now()) {
            return Err(Failure {
                operation: Operation::SignIn,
                ..pause.failure
            });
        }
        let secrets = session.map_or_else(Arc::default, PartnerApi::secrets);
        let (reached, rejection) = self.transport.reach(&secrets).await?;
        if let Some(rejection) = rejection {
            self.pause.begin(&rejection, now());
        }
        Ok(reached)
    }
}

/// Waits for the answer of a name server.
async fn answered<T>(asked: impl Future<Output = io::Result<T>>) -> Result<T, String> {
    match timeout(LOOK_UP_LIMIT, asked).await {
        Ok(found) => found.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} s", LOOK_UP_LIMIT.as_secs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_name_server_that_does_not_answer_is_given_up() {
        let asked = answered(std::future::pending::<io::Result<()>>());
        let found = timeout(Duration::from_hours(1), asked).await;
        assert_eq!(found, Ok(Err("no answer within 10 s".to_owned())));
    }
}
