//! AWS Secrets Manager as a key source.

#[cfg(feature = "aws")]
mod answer;
#[cfg(feature = "aws")]
mod chain;
#[cfg(feature = "aws")]
mod configuration;
#[cfg(feature = "aws")]
mod connector;
#[cfg(feature = "aws")]
mod credential_process;
#[cfg(feature = "aws")]
mod error_response;
#[cfg(feature = "aws")]
mod fetch;
#[cfg(test)]
#[cfg(feature = "aws")]
#[expect(clippy::disallowed_methods, reason = "tests run servers of their own")]
mod tests;
#[cfg(feature = "aws")]
mod token_file;

#[cfg(feature = "aws")]
pub(super) use self::fetch::fetch;

#[cfg(not(feature = "aws"))]
pub(super) async fn fetch(
    source: &crate::domain::key_source::aws::AwsSource,
    _context: &super::FetchContext,
) -> Result<super::fetched_secret::FetchedSecret, crate::domain::key_source::SourceProblem> {
    use crate::domain::key_source::aws::{AwsProblem, AwsScope};
    Err(AwsProblem::NotBuilt.explain(source, &AwsScope::default()))
}
