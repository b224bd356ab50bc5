//! Texts for every kind of failure.

mod unreachable;

use super::{Failure, FailureKind, MAX_QUOTE_LEN, NextStep, Operation};
use crate::domain::retry_wait::span;
use crate::domain::text::excerpt;
use crate::domain::token::TokenProblem;

impl Failure {
    /// Whether the request was about one existing business.
    fn is_about_business(&self) -> bool {
        match self.operation {
            Operation::SignIn | Operation::ListBusinesses | Operation::CreateBusiness => false,
            Operation::ReadBusiness
            | Operation::FetchToken
            | Operation::UpdateBusiness
            | Operation::ArchiveBusiness
            | Operation::UnarchiveBusiness => true,
        }
    }

    /// Title, cause and next step.
    pub(super) fn words(&self) -> (String, String, NextStep) {
        use NextStep::{CheckAddress, CheckCredentials, RefreshList, TryAgain};
        let (server, host) = (&self.server, &self.host);
        match &self.kind {
            FailureKind::KeyRejected => (
                format!("{server} rejected the API key"),
                format!(
                    "{host} does not accept this key for this partner UUID. The key may have expired, or belong \
                     to another environment."
                ),
                CheckCredentials,
            ),
            FailureKind::SessionRejected => (
                format!("{server} rejected the sign-in"),
                format!(
                    "{host} accepted the key, then immediately rejected the request. This is a server error, or \
                     this computer’s clock is far off."
                ),
                TryAgain,
            ),
            FailureKind::NotPermitted => (
                format!("{server} does not allow {}", self.operation.gerund()),
                format!(
                    "{host} says this partner is not allowed to do it{}.",
                    self.quoted()
                ),
                TryAgain,
            ),
            FailureKind::NotFound => (
                match self.is_about_business() {
                    true => format!("{server} could not find the business"),
                    false => format!("{server} has no Thred API here"),
                },
                match self.is_about_business() {
                    true => format!(
                        "{host} does not have this business, or it belongs to another partner."
                    ),
                    false => format!("{host} answered “not found” at this address."),
                },
                match self.operation {
                    Operation::SignIn => CheckAddress,
                    _ => RefreshList,
                },
            ),
            FailureKind::NotSupported => (
                format!("{server} does not support {}", self.operation.gerund()),
                format!("{host} does not offer this function{}.", self.quoted()),
                RefreshList,
            ),
            FailureKind::Conflict if self.operation.is_write() => (
                format!("{server} reported a conflict"),
                match self.operation {
                    Operation::CreateBusiness => format!(
                        "{host} says it conflicts with existing data{}. Another business may have this \
                         external_id.",
                        self.quoted()
                    ),
                    _ => format!(
                        "{host} does not allow it in the business’s current state{}.",
                        self.quoted()
                    ),
                },
                RefreshList,
            ),
            FailureKind::Invalid { .. } | FailureKind::Conflict => (
                format!("{server} rejected the request"),
                match &self.kind {
                    FailureKind::Invalid { fields } if !fields.is_empty() => {
                        format!("{host} did not accept these values{}.", self.quoted())
                    }
                    _ => format!("{host} did not accept it{}.", self.quoted()),
                },
                TryAgain,
            ),
            FailureKind::RateLimited { .. } => (
                format!("{server} received too many requests"),
                match self.requested_pause() {
                    Some(pause) => format!("{host} requested a pause of {}.", span(pause)),
                    None => format!("{host} still rejected the request after several retries."),
                },
                TryAgain,
            ),
            FailureKind::ServiceDown { .. } => (
                match self.status {
                    Some(status) => format!("{server} returned an error ({status})"),
                    None => format!("{server} returned an error"),
                },
                self.service_down(),
                TryAgain,
            ),
            FailureKind::Unreachable(_)
            | FailureKind::TimedOut { .. }
            | FailureKind::Proxy { .. }
            | FailureKind::Tls(_)
            | FailureKind::Redirected { .. } => self.unreachable_message(),
            FailureKind::TooLarge { limit } => (
                format!("{server} sent too much data"),
                format!(
                    "The answer from {host} is larger than {} and was cut off.",
                    match limit >> 20 {
                        0 => format!("{} KiB", limit >> 10),
                        mib => format!("{mib} MiB"),
                    }
                ),
                TryAgain,
            ),
            FailureKind::UnexpectedResponse => (
                format!("The console did not understand {server}’s answer"),
                format!(
                    "{host} did not answer like the Thred API{}. A proxy may be in between.",
                    self.quoted()
                ),
                TryAgain,
            ),
            FailureKind::SignInUnusable(problem) => (
                format!("{server} returned an unusable session"),
                format!(
                    "{} Only the operators of {server} can fix this.",
                    sign_in_problem(problem, host)
                ),
                TryAgain,
            ),
            FailureKind::TokenRejected(problem) => (
                "Token not copied".to_owned(),
                token_problem(problem, host),
                TryAgain,
            ),
            FailureKind::NotRecorded => (
                "The draft could not be saved".to_owned(),
                format!(
                    "The console saves each draft before it sends the request, so that a crash can’t lose it. \
                     Saving failed{}, so nothing was sent to {host}.",
                    self.quoted()
                ),
                TryAgain,
            ),
        }
    }

    fn service_down(&self) -> String {
        let host = &self.host;
        let status = self
            .status
            .map_or_else(|| "an error".to_owned(), |status| status.to_string());
        match self.requested_pause() {
            Some(pause) => {
                format!(
                    "{host} returned {status} and requested a pause of {}.",
                    span(pause)
                )
            }
            // Writes are not retried if they may have taken effect.
            None if self.operation.is_write() => format!("{host} returned {status}."),
            None => format!("{host} returned {status} after several attempts."),
        }
    }

    fn quoted(&self) -> String {
        self.detail.as_ref().map_or_else(String::new, |detail| {
            format!(" (“{}”)", excerpt(detail, MAX_QUOTE_LEN))
        })
    }
}

/// For session tokens, which are not checked like business tokens.
fn sign_in_problem(problem: &TokenProblem, host: &str) -> String {
    match problem {
        TokenProblem::ExpiredOnArrival => {
            format!("The session from {host} had expired when it arrived.")
        }
        TokenProblem::TooLong { bytes } => {
            format!(
                "The session token from {host} has {bytes} bytes, which is too long for a request."
            )
        }
        _ => format!(
            "The session from {host} contains a space or another character not allowed in a request."
        ),
    }
}

fn token_problem(problem: &TokenProblem, host: &str) -> String {
    match problem {
        TokenProblem::OtherBusiness { named } => {
            format!(
                "{host} sent a token for another business, {}.",
                excerpt(named, 40)
            )
        }
        TokenProblem::OtherScope { named } => {
            format!(
                "{host} sent a token with the scope “{}” instead of “business_access”.",
                excerpt(named, 40)
            )
        }
        TokenProblem::OtherType { named } => {
            format!(
                "{host} sent a token of the type “{}” instead of “Bearer”, so it can’t be used as one.",
                excerpt(named, 40)
            )
        }
        TokenProblem::NamesNoBusiness => {
            format!(
                "{host} sent a token that names no business, so it may be valid for all of them."
            )
        }
        TokenProblem::Ambiguous { twice } => {
            format!(
                "{host} sent a token that states {} twice, so its scope is uncertain.",
                excerpt(twice, 40)
            )
        }
        TokenProblem::Garbled => {
            format!("{host} sent a token with damaged claims, so it may be for another business.")
        }
        TokenProblem::LifetimeUnknown => {
            format!("{host} did not say how long the token is valid.")
        }
        TokenProblem::LifetimeImplausible { secs } => {
            format!("{host} says the token is valid for {secs} s, which is implausible.")
        }
        TokenProblem::ExpiredOnArrival => {
            format!("The token from {host} had expired when it arrived.")
        }
        TokenProblem::NotYetValid { secs } => {
            format!("The token from {host} is not valid yet. It will be in {secs} s.")
        }
        TokenProblem::Malformed => {
            format!("{host} sent a token with invalid characters.")
        }
        TokenProblem::TooLong { bytes } => {
            format!("{host} sent a token of {bytes} bytes, which is too long for a request.")
        }
        TokenProblem::GivesFullAccess => {
            format!(
                "{host} sent the API key or your session instead of a token. Both are valid for every business."
            )
        }
    }
}
