//! What the service refuses whatever it is asked for, and what comes instead of its answer.

use super::super::super::SourceProblem;
use super::super::AwsProblem;
use super::{About, NOTHING_FETCHED};

impl About<'_> {
    pub(super) fn refused(&self, problem: &AwsProblem) -> SourceProblem {
        match problem {
            AwsProblem::Expired => SourceProblem::new(
                "The AWS session has expired",
                format!(
                    "Its temporary credentials are no longer valid. {NOTHING_FETCHED} Sign in with AWS again. If they \
                     came from variables, start the console again with new ones."
                ),
            )
            .helped_by(self.who_am_i()),
            AwsProblem::KeyUnknown => SourceProblem::new(
                "AWS does not know the access key",
                format!(
                    "It was deleted or disabled, or the account has not enabled {}. {NOTHING_FETCHED} Enter a valid \
                     access key, or choose another profile.",
                    self.the_region()
                ),
            )
            .helped_by(self.line(&["configure"], false)),
            AwsProblem::WrongSignature => SourceProblem::new(
                "The AWS secret access key is wrong",
                format!(
                    "AWS knows the access key, but not its signature. {NOTHING_FETCHED} Enter both keys again."
                ),
            )
            .helped_by(self.line(&["configure"], false)),
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
                    self.source.place(),
                    self.the_region()
                ),
            )
            .saying(said),
            AwsProblem::NoSuchHost => SourceProblem::new(
                format!("AWS has no address for {}", self.the_region()),
                format!(
                    "The name of its server was not found. {NOTHING_FETCHED} Check the region and the network."
                ),
            ),
            AwsProblem::Redirected { target } => SourceProblem::new(
                "AWS’s answer points elsewhere",
                format!(
                    "It leads to {target}, perhaps the sign-in page of a network. The console does not follow it. \
                     {NOTHING_FETCHED} Sign in to the network, or check AWS_ENDPOINT_URL."
                ),
            ),
            AwsProblem::Unprotected { host } => SourceProblem::new(
                format!("Requests to {host} would not be encrypted"),
                format!(
                    "The AWS configuration names an address that begins with http. The console uses that only for \
                     this computer and for the metadata services of AWS. {NOTHING_FETCHED} Use https."
                ),
            ),
            AwsProblem::NoAddress => SourceProblem::new(
                "The AWS configuration names no usable address",
                format!("{NOTHING_FETCHED} Check AWS_ENDPOINT_URL and endpoint_url."),
            ),
            AwsProblem::TimedOut { limit } => SourceProblem::new(
                "AWS did not answer in time",
                format!(
                    "No complete answer came within {} s. {NOTHING_FETCHED} Try again.",
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
