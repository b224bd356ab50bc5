//! Limits of the client. The defaults are for people; tests use milliseconds.

use std::time::Duration;

use crate::domain::network::Network;

use super::pause::Pauses;
use super::retry::RetryPolicy;

/// How long to wait and how much to take.
#[derive(Debug, Clone)]
pub struct ApiOptions {
    /// For the connection, TLS included.
    pub connect_timeout: Duration,
    /// For each piece of an answer.
    pub read_timeout: Duration,
    /// For one request from the connection to the last byte of its answer.
    pub request_timeout: Duration,
    /// Largest answer, bytes, after decompression.
    pub body_limit: usize,
    /// When a failed request is sent again.
    pub retry: RetryPolicy,
    /// How the list is read.
    pub list: ListLimits,
    /// The way to the server.
    pub network: Network,
    /// What servers have asked all clients to wait for.
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
            network: Network::default(),
            pauses: Pauses::default(),
        }
    }
}

/// Limits of reading the list, which also end it where a server never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    /// Rows asked for per page; the API page "List businesses" allows 100.
    pub page_size: u32,
    /// Pages asked for at the same time.
    pub in_flight: usize,
    /// Pages read at most.
    pub page_cap: u32,
    /// Businesses taken at most.
    pub row_cap: usize,
    /// Bytes that they take in memory at most: a server chooses how long their texts are.
    pub byte_cap: usize,
    /// How often a list that changed while it was read is read again, at most.
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
