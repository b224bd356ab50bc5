//! Fetches keys from where teams store them. Each source has a function `fetch`.

mod aws;
mod ca_file;
mod command;
mod fetch_context;
mod fetched_secret;
mod no_answer;
mod vault;

use std::time::Duration;

pub(crate) use ca_file::read_trusted_in_time;
pub(crate) use command::is_ours;
pub use fetch_context::{FetchContext, ReadVariable};
use futures_util::FutureExt as _;
use secrecy::ExposeSecret as _;
use tokio::time::timeout;

use crate::domain::credentials::PartnerId;
use crate::domain::key_source::{ExternalSource, FetchedKey, SourceProblem, read_secret};

/// Time limit for a whole fetch: a source may need several requests, and all requests of the session may be waiting.
const LIMIT: Duration = Duration::from_secs(90);

/// Fetches a key once. Dropping the future ends everything it started.
///
/// # Errors
/// What happened, with a text of its own for each kind of response. The source was contacted at most once, and nothing was sent to Thred.
pub async fn fetch_key(
    source: ExternalSource,
    known: Option<PartnerId>,
    context: &FetchContext,
) -> Result<FetchedKey, SourceProblem> {
    // Boxed, because the futures of the SDK of AWS are nested too deep for the compiler.
    let fetching = match &source {
        ExternalSource::Command(command) => command::fetch(command, context).boxed(),
        ExternalSource::Vault(vault) => vault::fetch(vault, context).boxed(),
        ExternalSource::Aws(aws) => aws::fetch(aws, context).boxed(),
    };
    let secret = timeout(LIMIT, fetching).await.map_err(|_| {
        let title = format!("{} did not answer in time", source.name());
        let body = format!(
            "The console gave up after {} s. Nothing was sent to Thred. Check your network and try again.",
            LIMIT.as_secs()
        );
        SourceProblem::new(title, body)
    })??;
    let (partner, key) = read_secret(secret.text.expose_secret(), source.field_names(), known)?;
    Ok(FetchedKey {
        partner,
        key,
        version: secret.version,
        source: secret.found.unwrap_or(source).into(),
    })
}
