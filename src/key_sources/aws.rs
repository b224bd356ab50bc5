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

#[cfg(not(feature = "aws"))]
impl super::FetchSecret for crate::domain::key_source::aws::AwsSource {
    fn fetch<'a>(
        &'a self,
        _context: &'a super::FetchContext,
    ) -> futures_util::future::BoxFuture<
        'a,
        Result<super::FetchedSecret, crate::domain::key_source::SourceProblem>,
    > {
        use crate::domain::key_source::aws::{AwsProblem, AwsScope};
        let problem = AwsProblem::NotBuilt.explain(self, &AwsScope::default());
        Box::pin(std::future::ready(Err(problem)))
    }
}
