//! Options of a demo server.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

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
            answer_delay: Duration::ZERO,
            credentials: None,
            as_of: None,
        }
    }
}
