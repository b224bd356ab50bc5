//! Fetches keys from where teams keep them: each source is one implementation of `FetchSecret`.

mod aws;
mod command;
mod no_answer;
mod vault;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(crate) use command::is_ours;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;

use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{
    ExternalSource, FetchedKey, KeyVersion, SourceProblem, read_secret,
};
use crate::domain::network::Network;
use crate::domain::time::Clock;

/// From the first request to the last answer: a source may need several, and every request of the session may be waiting.
const LIMIT: Duration = Duration::from_secs(90);

/// Reads a variable of the environment.
pub type ReadVariable = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What sources are fetched with.
#[derive(Clone)]
pub struct FetchContext {
    /// The way to servers: proxy and extra certificate authorities.
    pub network: Network,
    /// The variables of the environment, read anew each time.
    pub variable: ReadVariable,
    /// The home folder of the user.
    pub home: Option<PathBuf>,
    /// What the user was asked for, see [`ExternalSource::prompt`].
    pub answer: Option<SecretString>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

/// What a source has handed out.
pub struct FetchedSecret {
    /// The whole secret; a JSON object where it has several values.
    pub text: SecretString,
    /// "v4", where the source counts versions.
    pub version: Option<String>,
    /// Since when this version exists, where the source says so.
    pub created: Option<Timestamp>,
    /// The settings with what was found out on the way, such as the absolute path of a program.
    pub found: Option<ExternalSource>,
}

/// A place that hands out a secret. Dropping the future ends everything that it has started.
trait FetchSecret {
    /// Asks for the secret once.
    ///
    /// # Errors
    /// What happened, in words of its own for each kind of answer.
    fn fetch<'a>(
        &'a self,
        context: &'a FetchContext,
    ) -> BoxFuture<'a, Result<FetchedSecret, SourceProblem>>;
}

/// Fetches a key once. Returns it with the settings as they are to be remembered.
///
/// # Errors
/// What happened. The source was asked at most once, and nothing was sent to Thred.
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
