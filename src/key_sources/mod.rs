//! Fetches keys from where teams store them. Each source implements `FetchSecret`.

mod aws;
mod ca_file;
mod command;
mod no_answer;
mod vault;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use ca_file::read_trusted_in_time;
pub(crate) use command::is_ours;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;

use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{
    ExternalSource, FetchedKey, KeyVersion, SourceProblem, read_secret,
};
use crate::domain::network::NetworkSettings;
use crate::domain::time::Clock;

/// Time limit for a whole fetch: a source may need several requests, and all requests of the session may be waiting.
const LIMIT: Duration = Duration::from_secs(90);

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
    /// The user's answer to the prompt, see [`ExternalSource::prompt`].
    pub answer: Option<SecretString>,
    pub clock: Arc<dyn Clock>,
}

/// What a source returned.
pub struct FetchedSecret {
    /// The whole secret; a JSON object if it has several values.
    pub text: SecretString,
    /// For example "v4", if the source numbers versions.
    pub version: Option<String>,
    /// When this version was created, if the source states it.
    pub created: Option<Timestamp>,
    /// The settings, completed with what was found out, such as the absolute path of a program.
    pub found: Option<ExternalSource>,
}

/// A source of secrets. Dropping the future ends everything it started.
trait FetchSecret {
    /// Fetches the secret once.
    ///
    /// # Errors
    /// What happened, with a text of its own for each kind of response.
    fn fetch<'a>(
        &'a self,
        context: &'a FetchContext,
    ) -> BoxFuture<'a, Result<FetchedSecret, SourceProblem>>;
}

/// Fetches a key once. Returns it with the settings to remember.
///
/// # Errors
/// What happened. The source was contacted at most once, and nothing was sent to Thred.
pub async fn fetch_key(
    source: ExternalSource,
    known: Option<PartnerId>,
    context: &FetchContext,
) -> Result<(FetchedKey, ExternalSource), SourceProblem> {
    let place: &dyn FetchSecret = match &source {
        ExternalSource::Command(command) => command,
        ExternalSource::Vault(vault) => vault,
        ExternalSource::Aws(aws) => aws,
    };
    let secret = timeout(LIMIT, place.fetch(context)).await.map_err(|_| {
        let title = format!("{} did not answer in time", source.name());
        let body = format!(
            "The console gave up after {} s. Nothing was sent to Thred. Check your network and try again.",
            LIMIT.as_secs()
        );
        SourceProblem::new(title, body)
    })??;
    let (partner, key) = read_secret(secret.text.expose_secret(), source.field_names(), known)?;
    let fetched = FetchedKey {
        partner,
        key,
        version: KeyVersion {
            name: secret.version,
            created: secret.created,
        },
    };
    Ok((fetched, secret.found.unwrap_or(source)))
}
