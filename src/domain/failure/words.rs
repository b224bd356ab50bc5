//! The words for every kind of failure.

mod way;

use super::{Failure, FailureKind, LONGEST_QUOTE, NextStep, Operation};
use crate::domain::text::excerpt;
use crate::domain::token::TokenProblem;
use crate::domain::waiting::span;

impl Failure {
    /// What happened, why, and what helps.
    pub(super) fn words(&self) -> (String, String, NextStep) {
        use NextStep::{CheckAddress, CheckCredentials, RefreshList, TryAgain};
        let (server, host) = (&self.server, &self.host);
        match &self.kind {
            FailureKind::KeyRefused => (
                format!("{server} refused the API key"),
                format!(
                    "{host} does not know this partner UUID and key together. The key may have been \
                     regenerated, or belong to another environment."
                ),
                CheckCredentials,
            ),
            FailureKind::SignInNotAccepted => (
                format!("{server} does not accept the sign-in"),
                format!(
                    "{host} issued a new sign-in and refused it at once. This is a fault on the \
                     server's side, or the clock of this computer is far off."
                ),
                TryAgain,
            ),
            FailureKind::NotPermitted => (
                format!("{server} does not permit this"),
                format!(
                    "{host} says that this partner may not do it{}.",
                    self.quoted()
                ),
                TryAgain,
            ),
            FailureKind::NotFound => (
                format!("{server} does not know this"),
                match self.operation {
                    Operation::SignIn | Operation::ListBusinesses | Operation::CreateBusiness => {
                        format!("{host} has no Thred API at this address.")
                    }
                    Operation::ReadBusiness
                    | Operation::FetchToken
                    | Operation::UpdateBusiness
                    | Operation::ArchiveBusiness
                    | Operation::UnarchiveBusiness => {
                        format!("{host} has no such business, or it belongs to another partner.")
                    }
                },
                match self.operation {
                    Operation::SignIn => CheckAddress,
                    _ => RefreshList,
                },
            ),
            FailureKind::NotOffered => (
                format!("{server} does not offer this"),
                format!("{host} has no such function{}.", self.quoted()),
                RefreshList,
            ),
            FailureKind::Conflict if self.operation.is_write() => (
                format!("{server} sees a conflict"),
                match self.operation {
                    Operation::CreateBusiness => format!(
                        "{host} does not take it beside what is there already{}. Another business \
                         may have this external_id.",
                        self.quoted()
                    ),
                    _ => format!(
                        "{host} does not allow it as the business is now{}.",
                        self.quoted()
                    ),
                },
                RefreshList,
            ),
            FailureKind::Invalid { .. } | FailureKind::Conflict => (
                format!("{server} refused the request"),
                match &self.kind {
                    FailureKind::Invalid { fields } if !fields.is_empty() => {
                        format!("{host} did not accept these values{}.", self.quoted())
                    }
                    _ => format!("{host} did not accept it{}.", self.quoted()),
                },
                TryAgain,
            ),
            FailureKind::TooMany { .. } => (
                format!("{server} is being asked too often"),
                match self.asked_pause() {
                    Some(pause) => format!(
                        "{host} gets too many requests and asks for a pause of {}.",
                        span(pause)
                    ),
                    None => format!("{host} still refused after several waits."),
                },
                TryAgain,
            ),
            FailureKind::ServiceDown { .. } => (
                format!("{server} has a fault"),
                self.service_down(),
                TryAgain,
            ),
            FailureKind::Unreachable(_)
            | FailureKind::TimedOut { .. }
            | FailureKind::Proxy { .. }
            | FailureKind::Tls(_)
            | FailureKind::Redirected { .. } => self.words_of_the_way(),
            FailureKind::TooLarge { limit } => (
                format!("{server} sent too much"),
                format!(
                    "The answer of {host} is larger than {} MiB and was cut off.",
                    limit >> 20
                ),
                TryAgain,
            ),
            FailureKind::NotUnderstood => (
                format!("The answer of {server} was not understood"),
                format!(
                    "{host} did not answer as the Thred API does{}. A proxy may be standing between.",
                    self.quoted()
                ),
                TryAgain,
            ),
            FailureKind::SignInUnusable(problem) => (
                format!("{server} issued a sign-in that cannot work"),
                format!(
                    "{} Only the people who run {server} can fix that.",
                    sign_in_problem(problem, host)
                ),
                TryAgain,
            ),
            FailureKind::TokenRefused(problem) => (
                "Token not copied".to_owned(),
                token_problem(problem, host),
                TryAgain,
            ),
            FailureKind::NotNoted => (
                "The draft could not be saved".to_owned(),
                format!(
                    "A request is sent only once its draft is on the disk, so that no crash makes it forgotten. That \
                     failed{}, so nothing was sent to {host}.",
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
            .map_or_else(|| "with an error".to_owned(), |status| status.to_string());
        match self.asked_pause() {
            Some(pause) => {
                format!(
                    "{host} answered {status} and asks for a pause of {}.",
                    span(pause)
                )
            }
            // A write is not repeated where it may have been done.
            None if self.operation.is_write() => format!("{host} answered {status}."),
            None => format!("{host} answered {status} after several attempts."),
        }
    }

    fn quoted(&self) -> String {
        self.detail.as_ref().map_or_else(String::new, |detail| {
            format!(" (“{}”)", excerpt(detail, LONGEST_QUOTE))
        })
    }
}

/// Of the sign-in, which the guard over business tokens never sees.
fn sign_in_problem(problem: &TokenProblem, host: &str) -> String {
    match problem {
        TokenProblem::ExpiredOnArrival => {
            format!("The sign-in that {host} issued had expired when it arrived.")
        }
        TokenProblem::TooLong { bytes } => format!(
            "The sign-in that {host} issued has {bytes} bytes, which is too long for a request."
        ),
        _ => format!(
            "The sign-in that {host} issued contains a space or another character that no request may carry."
        ),
    }
}

fn token_problem(problem: &TokenProblem, host: &str) -> String {
    match problem {
        TokenProblem::OtherBusiness { named } => {
            format!(
                "{host} answered with a token for another business, {}.",
                excerpt(named, 40)
            )
        }
        TokenProblem::OtherScope { named } => {
            format!(
                "{host} answered with the scope “{}” instead of “business_access”.",
                excerpt(named, 40)
            )
        }
        TokenProblem::NamesNoBusiness => {
            format!(
                "{host} answered with a token that names no business, so it may open every one."
            )
        }
        TokenProblem::Ambiguous { twice } => {
            format!(
                "{host} answered with a token that states {} twice, so what it opens is uncertain.",
                excerpt(twice, 40)
            )
        }
        TokenProblem::LifetimeUnknown => {
            format!("{host} does not say how long the token works.")
        }
        TokenProblem::LifetimeAbsurd { secs } => {
            format!("{host} says that the token works for {secs} s, which no token does.")
        }
        TokenProblem::ExpiredOnArrival => {
            format!("The token of {host} had expired when it arrived.")
        }
        TokenProblem::Malformed => {
            format!("What {host} sent has characters that no token has.")
        }
        TokenProblem::TooLong { bytes } => {
            format!("{host} sent a token of {bytes} bytes, which is too long for a request.")
        }
        TokenProblem::OpensEveryBusiness => {
            format!("{host} answered with the API key or the sign-in, which open every business.")
        }
    }
}
