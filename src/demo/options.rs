//! Options of a demo server.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

/// The generation of the API (see the API documentation, List).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiGeneration {
    /// `page_info` with counts, `base_currency`, `business_id` in the response with a business token.
    #[default]
    Newer,
    /// `next` and `previous` as URLs, `currency`, no `business_id`.
    Older,
}

/// Whether the server can archive businesses. The endpoints are not publicly documented, so a client must also work with a server that lacks them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Archive {
    /// `POST …/archive/` and `POST …/unarchive/` work.
    #[default]
    Offered,
    /// The paths do not exist: 404, but not `business_not_found`.
    NotFound,
    /// The paths exist for other methods: 405.
    MethodNotAllowed,
}

/// A partner's id and key, for when they must be known in advance.
#[derive(Clone)]
pub struct DemoCredentials {
    pub partner_id: Uuid,
    pub api_key: String,
}

/// The options of a demo server. `DemoOptions::default()` is what the console's demo uses.
#[derive(Clone)]
pub struct DemoOptions {
    /// How many businesses to generate.
    pub businesses: usize,
    /// The same seed gives the same businesses, with the same ids, and the same partner.
    pub seed: u64,
    /// Lifetime of a business token, in seconds.
    pub token_ttl_secs: u64,
    /// Lifetime of a partner token, in seconds.
    pub partner_ttl_secs: u64,
    pub envelope: ApiGeneration,
    /// Whether businesses can be archived.
    pub archive: Archive,
    /// Delay before every response, for measuring clients against a remote server.
    pub answer_delay: Duration,
    /// `None`: a partner id derived from the seed, and a new random key at every start.
    pub credentials: Option<DemoCredentials>,
    /// All generated dates are before this moment; `None`: before the start of the server.
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
