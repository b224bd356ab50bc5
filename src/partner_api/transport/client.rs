//! Builds the HTTP client: limits, proxy and trusted certificate authorities.

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Client, redirect};

use crate::domain::network::NetworkSettings;
use crate::domain::settings::Proxy;

use super::super::options::ApiOptions;
use super::super::tls::{self, SeenCertificate};

const USER_AGENT: &str = concat!("thred-console/", env!("CARGO_PKG_VERSION"));

/// A client for servers on this computer (`is_loopback`) or for all others.
///
/// # Errors
/// Why certificates cannot be verified, as a clause.
pub(super) fn build(
    is_loopback: bool,
    options: &ApiOptions,
    network: &NetworkSettings,
    seen: &SeenCertificate,
) -> Result<Client, String> {
    let config = tls::config(network.ca.as_deref(), seen.clone());
    let unusable = || "they could not be prepared for use".to_owned();
    let config = config.map_err(|_| unusable())?;
    client(is_loopback, options, network, config).map_err(|error| {
        tracing::warn!("no client: {}", error.without_url());
        unusable()
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that builds a client"
)]
fn client(
    is_loopback: bool,
    options: &ApiOptions,
    network: &NetworkSettings,
    config: rustls::ClientConfig,
) -> reqwest::Result<Client> {
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([(
            ACCEPT,
            HeaderValue::from_static("application/json"),
        )]))
        // A key or token must never follow a redirect.
        .redirect(redirect::Policy::none())
        .referer(false)
        .https_only(!is_loopback)
        .tls_backend_preconfigured(config)
        .connect_timeout(options.connect_timeout)
        // The transport enforces the limit for the whole request.
        .read_timeout(options.read_timeout)
        .pool_max_idle_per_host(options.list.in_flight.max(2))
        .connection_verbose(false);
    match &network.proxy {
        // A proxy is another computer, and http to localhost is not encrypted.
        _ if is_loopback => builder = builder.no_proxy(),
        Proxy::System => {}
        Proxy::Direct => builder = builder.no_proxy(),
        // An explicit proxy turns off the system's.
        Proxy::Url(url) => builder = builder.proxy(reqwest::Proxy::all(url.clone())?),
    }
    builder.build()
}
