//! Errors that the service returns for any request, and failures of the connection.

use super::super::super::SourceProblem;
use super::super::AwsProblem;
use super::{MessageContext, NOTHING_FETCHED};

impl MessageContext<'_> {
    pub(super) fn refused(&self, problem: &AwsProblem) -> SourceProblem {
        match problem {
            AwsProblem::Expired => SourceProblem::new(
                "The AWS session has expired",
                format!(
                    "Its temporary credentials are no longer valid. {NOTHING_FETCHED} Sign in with AWS again. If they \
                     came from variables, start the console again with new ones."
                ),
            )
            .with_help_command(self.credentials_sentence()),
            AwsProblem::KeyUnknown => SourceProblem::new(
                "AWS does not know the access key",
                format!(
                    "It was deleted or disabled, or the account has not enabled {}. {NOTHING_FETCHED} Enter a valid \
                     access key, or choose another profile.",
                    self.the_region()
                ),
            )
            .with_help_command(self.line(&["configure"], false)),
            AwsProblem::WrongSignature => SourceProblem::new(
                "The AWS secret access key is wrong",
                format!(
                    "The access key exists, but the signature made with the secret does not match. \
                     {NOTHING_FETCHED} Enter both keys again."
                ),
            )
            .with_help_command(self.line(&["configure"], false)),
            AwsProblem::Clock => SourceProblem::new(
                "This computer’s clock is off",
                format!(
                    "AWS rejected the request because its time differs by more than a few minutes. \
                     {NOTHING_FETCHED} Set the clock, then try again."
                ),
            ),
            AwsProblem::Throttled => SourceProblem::new(
                "AWS received too many requests",
                format!("The account has reached a rate limit. {NOTHING_FETCHED} Try again in a minute."),
            ),
            AwsProblem::Down { status } => SourceProblem::new(
                format!("AWS returned an error ({status})"),
                format!("{NOTHING_FETCHED} Try again in a minute."),
            ),
            AwsProblem::Other { code, said } => SourceProblem::new(
                format!("AWS returned an error ({code})"),
                format!(
                    "The console asked for {} in {}. {NOTHING_FETCHED}",
                    self.source.location(),
                    self.the_region()
                ),
            )
            .saying(said),
            AwsProblem::NoSuchHost => SourceProblem::new(
                format!("AWS has no server for {}", self.the_region()),
                format!(
                    "Its host name was not found. {NOTHING_FETCHED} Check the region and the network."
                ),
            ),
            AwsProblem::Redirected { target } => SourceProblem::new(
                "AWS redirected the request",
                format!(
                    "The redirect leads to {target}, perhaps a network’s login page. The console never follows redirects. \
                     {NOTHING_FETCHED} Sign in to the network, or check AWS_ENDPOINT_URL."
                ),
            ),
            AwsProblem::Unprotected { host } => SourceProblem::new(
                format!("Requests to {host} would not be encrypted"),
                format!(
                    "The AWS configuration has an http:// address. The console accepts http:// only for this \
                     computer and the AWS metadata services. {NOTHING_FETCHED} Use https."
                ),
            ),
            AwsProblem::NoAddress => SourceProblem::new(
                "The address in the AWS configuration is not valid",
                format!("{NOTHING_FETCHED} Check AWS_ENDPOINT_URL and endpoint_url."),
            ),
            AwsProblem::TimedOut { limit } => SourceProblem::new(
                "AWS did not answer in time",
                format!(
                    "AWS sent no complete answer within {} s. {NOTHING_FETCHED} Try again.",
                    limit.as_secs()
                ),
            ),
            _ => SourceProblem::new(
                "The console did not understand AWS’s answer",
                format!("A proxy may be in between. {NOTHING_FETCHED} Try again."),
            ),
        }
    }
}
