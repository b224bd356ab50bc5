//! The causes of failure in the history. The list is closed, so that no server message is recorded.

use serde::{Deserialize, Serialize};

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::token::TokenProblem;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "words() describes each variant")]
pub enum FailureReason {
    KeyRejected,
    NotPermitted,
    NotFound,
    NotSupported,
    Invalid,
    Conflict,
    RateLimited,
    ServiceDown,
    Unreachable,
    TimedOut,
    Tls,
    Proxy,
    Redirected,
    UnexpectedResponse,
    OtherBusiness,
    TokenRejected,
    SignInUnusable,
    NoKey,
    Keychain,
    KeySource,
    OldKeyWorks,
    Clipboard,
    File,
    #[serde(other)]
    Other,
}

impl FailureReason {
    /// The text after "Failed: ".
    pub fn words(self) -> &'static str {
        match self {
            Self::KeyRejected => "the key was rejected",
            Self::NotPermitted => "not permitted",
            Self::NotFound => "not found",
            Self::NotSupported => "not supported by the server",
            Self::Invalid => "rejected by the server",
            Self::Conflict => "conflicts with existing data",
            Self::RateLimited => "too many requests",
            Self::ServiceDown => "the service was down",
            Self::Unreachable => "the server could not be reached",
            Self::TimedOut => "no answer in time",
            Self::Tls => "the connection was not secure",
            Self::Proxy => "the proxy blocked it",
            Self::Redirected => "the server redirected",
            Self::UnexpectedResponse => "the answer was not understood",
            Self::OtherBusiness => "the token was for another business",
            Self::TokenRejected => "the token was not usable",
            Self::SignInUnusable => "the server returned an unusable session",
            Self::NoKey => "no key was found",
            Self::Keychain => "the keychain failed",
            Self::KeySource => "the key source did not provide the key",
            Self::OldKeyWorks => "the old key still works",
            Self::Clipboard => "the clipboard rejected it",
            Self::File => "the file could not be written",
            Self::Other => "for another reason",
        }
    }
}

impl From<&Failure> for FailureReason {
    fn from(failure: &Failure) -> Self {
        match &failure.kind {
            FailureKind::KeyRejected | FailureKind::SessionRejected => Self::KeyRejected,
            FailureKind::NotPermitted => Self::NotPermitted,
            FailureKind::NotFound => Self::NotFound,
            FailureKind::NotSupported => Self::NotSupported,
            FailureKind::Invalid { .. } => Self::Invalid,
            FailureKind::Conflict => Self::Conflict,
            FailureKind::RateLimited { .. } => Self::RateLimited,
            FailureKind::ServiceDown { .. } => Self::ServiceDown,
            FailureKind::Unreachable(_) => Self::Unreachable,
            FailureKind::TimedOut { .. } => Self::TimedOut,
            FailureKind::Tls(_) => Self::Tls,
            FailureKind::Proxy { .. } => Self::Proxy,
            FailureKind::Redirected { .. } => Self::Redirected,
            FailureKind::TooLarge { .. } | FailureKind::UnexpectedResponse => {
                Self::UnexpectedResponse
            }
            FailureKind::TokenRejected(TokenProblem::OtherBusiness { .. }) => Self::OtherBusiness,
            FailureKind::TokenRejected(_) => Self::TokenRejected,
            FailureKind::SignInUnusable(_) => Self::SignInUnusable,
            FailureKind::NotRecorded => Self::File,
        }
    }
}
