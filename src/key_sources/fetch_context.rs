//! What a fetch needs from outside.

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use crate::domain::network::NetworkSettings;
use crate::domain::time::Clock;

/// Reads an environment variable.
pub type ReadVariable = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Everything needed to fetch from a source.
#[derive(Clone)]
pub struct FetchContext {
    /// Proxy and extra certificate authorities.
    pub network: NetworkSettings,
    /// Reads environment variables at the time of the fetch.
    pub variable: ReadVariable,
    pub home: Option<PathBuf>,
    /// The user's answer to the prompt, see [`ExternalSource::prompt`](crate::domain::key_source::ExternalSource::prompt).
    pub answer: Option<SecretString>,
    pub clock: Arc<dyn Clock>,
}
