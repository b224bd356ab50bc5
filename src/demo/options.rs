//! How a demo server is set up.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

/// Which generation of the API to speak (see `thred-api.md`, List).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiGeneration {
    /// `page_info` with counts, `base_currency`, `business_id` in the business token's answer.
    #[default]
    Newer,
    /// `next` and `previous` as URLs, `currency`, no `business_id`.
    Older,
}

/// Whether the server archives. Its endpoints are not documented where they could be seen, so a client has to live
/// with a server that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Archive {
    /// `POST …/archive/` and `POST …/unarchive/` work.
    #[default]
    Offered,
    /// There are no such paths: 404, but not `business_not_found`.
    NotFound,
    /// The paths are there for something else: 405.
    MethodNotAllowed,
}

/// A partner's id and key, where they must be known beforehand.
#[derive(Clone)]
pub struct DemoCredentials {
    pub partner_id: Uuid,
    pub api_key: String,
}

/// The settings of one demo server. `DemoOptions::default()` is what the console's demo uses.
#[derive(Clone)]
pub struct DemoOptions {
    /// How many businesses to generate.
    pub businesses: usize,
    /// The same seed gives the same businesses, with the same ids, and the same partner.
    pub seed: u64,
    /// Life of a business token, in seconds.
    pub token_ttl_secs: u64,
    /// Life of a partner token, in seconds.
    pub partner_ttl_secs: u64,
    /// Generation of the API to speak.
    pub envelope: ApiGeneration,
    /// Whether businesses can be archived.
    pub archive: Archive,
    /// Wait before every answer; for measuring clients against a distant server.
    pub answer_delay: Duration,
    /// `None`: a partner id from the seed and a new random key at every start.
    pub credentials: Option<DemoCredentials>,
    /// The moment before which all generated dates lie; `None`: the start of the server.
    pub as_of: Option<Timestamp>,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self {
            businesses: 250,
            seed: 20_260_101,
            token_ttl_secs: 3600,
            partner_ttl_secs: 3600,
            envelope: ApiGeneration::Newer,
            archive: Archive::Offered,
            answer_delay: Duration::ZERO,
            credentials: None,
            as_of: None,
        }
    }
}
