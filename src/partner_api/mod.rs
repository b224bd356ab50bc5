//! The Thred Partner API: transport, sign-in, retries, paging and wire types.
//!
//! [`PartnerApi`] is the entry point. A request goes through these layers:
//!
//! ```text
//! api       which endpoint, which response     (tokens, businesses, list, write)
//! auth      the sign-in: one at a time, renewed at most once per 401 (identity: its secrets)
//! exchange  retries, reports every wait, reads the response
//! transport one HTTP request under limits, every failure classified
//! ```

mod api;
mod api_server;
mod auth;
mod ca_file;
mod exchange;
mod identity;
mod lenient_base64;
mod list;
mod off_thread;
mod options;
mod pause;
mod probe;
mod problem;
mod retry;
mod route;
mod scrub;
mod skew;
mod status;
mod tls;
mod tls_reason;
mod transport;
mod transport_error;
mod wire;
mod write;

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "tests run servers of their own and measure waits"
)]
mod api_tests;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests run servers of their own")]
pub(crate) mod testing;

pub use api::PartnerApi;
pub use auth::{KeyRefetch, RefetchOutcome};
pub use ca_file::read_ca_file;
pub use exchange::NoticeSink;
pub use list::{ArchivedList, ListEnd, ListProgress, ListSummary, collect};
pub use options::{ApiOptions, ListLimits};
pub use pause::Pauses;
pub use probe::Probe;
pub use retry::RetryPolicy;
pub use scrub::Secrets;
pub use transport::{ForeignResponse, HttpClient, HttpProblem, HttpRequest};
