//! The HTTP client: its limits, its proxy, whom it trusts.

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, redirect};

use crate::domain::network::Network;
use crate::domain::settings::Proxy;

use super::super::options::ApiOptions;
use super::super::tls::{self, SeenCertificate};

const USER_AGENT: &str = concat!("thred-console/", env!("CARGO_PKG_VERSION"));

/// A client for servers of one kind: on this computer, or anywhere else.
///
/// # Errors
/// Why this computer has no certificate authorities to trust, as a clause.
pub(super) fn build(
    is_loopback: bool,
    options: &ApiOptions,
    network: &Network,
    seen: &SeenCertificate,
) -> Result<Client, &'static str> {
    let config = match tls::config(network.ca.as_deref(), seen.clone()) {
        Ok(config) => config,
        // A server on this computer, such as the demo, is reached by http.
        Err(error) if is_loopback => {
            tracing::info!("no trusted certificates: {error}");
            tls::trusting_nobody().map_err(|_| "they could not be prepared for use")?
        }
        Err(error) => {
            tracing::warn!("no trusted certificates: {error}");
            return Err("the system has none that can be used");
        }
    };
    client(is_loopback, options, network, config).map_err(|error| {
        tracing::warn!("no client: {}", error.without_url());
        "they could not be prepared for use"
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that builds a client"
)]
fn client(
    is_loopback: bool,
    options: &ApiOptions,
    network: &Network,
    config: rustls::ClientConfig,
) -> reqwest::Result<Client> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([(
            ACCEPT,
            HeaderValue::from_static("application/json"),
        )]))
        // A key or token must not travel to where a server points.
        .redirect(redirect::Policy::none())
        .referer(false)
        .https_only(!is_loopback)
        .tls_backend_preconfigured(config)
        .connect_timeout(options.connect_timeout)
        // The limit of the whole request is kept by the transport.
        .read_timeout(options.read_timeout)
        .pool_max_idle_per_host(options.list.in_flight.max(2))
        .connection_verbose(false);
    match &network.proxy {
        // A proxy is another computer, and http to this one is not protected.
        _ if is_loopback => builder = builder.no_proxy(),
        Proxy::System => {}
        Proxy::Direct => builder = builder.no_proxy(),
        // Setting one turns the system's off.
        Proxy::Url(url) => builder = builder.proxy(reqwest::Proxy::all(url.clone())?),
    }
    builder.build()
}
