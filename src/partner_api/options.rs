//! Limits of the client. The defaults suit people; tests use milliseconds.

use std::time::Duration;

use crate::domain::network::NetworkSettings;

use super::pause::Pauses;
use super::retry::RetryPolicy;

/// Limits of requests, and the network settings.
#[derive(Debug, Clone)]
pub struct ApiOptions {
    /// Includes the TLS handshake.
    pub connect_timeout: Duration,
    /// For each chunk of a response.
    pub read_timeout: Duration,
    /// For a whole request, from connecting to the last byte of the response.
    pub request_timeout: Duration,
    /// Largest response after decompression, bytes.
    pub body_limit: usize,
    /// When a failed request is sent again.
    pub retry: RetryPolicy,
    /// How the list is read.
    pub list: ListLimits,
    /// Proxy and certificate authorities.
    pub network: NetworkSettings,
    /// Pauses that servers have asked for, shared by all clients.
    pub pauses: Pauses,
}

impl Default for ApiOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(20),
            request_timeout: Duration::from_secs(30),
            body_limit: 16 << 20,
            retry: RetryPolicy::default(),
            list: ListLimits::default(),
            network: NetworkSettings::default(),
            pauses: Pauses::default(),
        }
    }
}

/// Limits for reading the list. They also end the reading if a server never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    /// Rows requested per page; the API page "List businesses" allows 100.
    pub page_size: u32,
    /// Pages requested at the same time.
    pub in_flight: usize,
    /// Maximum number of pages to read.
    pub page_cap: u32,
    /// Maximum number of businesses to accept.
    pub row_cap: usize,
    /// Maximum memory for the businesses, bytes: the server chooses the length of their texts.
    pub byte_cap: usize,
    /// How often to read the list again, at most, if it changed during the reading.
    pub rereads: u32,
}

impl Default for ListLimits {
    fn default() -> Self {
        Self {
            page_size: 100,
            in_flight: 8,
            page_cap: 5_000,
            row_cap: 1_000_000,
            byte_cap: 512 << 20,
            rereads: 2,
        }
    }
}
