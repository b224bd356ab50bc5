//! What went wrong, whether it may be repeated, and the words for it.

#[cfg(test)]
mod tests;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::text::excerpt;
use super::token::TokenProblem;
use super::waiting;
use super::write::WriteOutcome;

/// Longest quotation of a server in a message, characters; [`Failure::detail`] may be longer.
const LONGEST_QUOTE: usize = 300;

/// What the console was asking a server for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Proving the partner's credentials.
    SignIn,
    /// One page of the list.
    ListBusinesses,
    /// One business.
    ReadBusiness,
    /// A business token.
    FetchToken,
    /// A new business.
    CreateBusiness,
    /// Other values for the fields of a business.
    UpdateBusiness,
    /// Putting a business into the archive.
    ArchiveBusiness,
    /// Taking it out again.
    UnarchiveBusiness,
}

impl Operation {
    /// "Signing in", at the start of a sentence.
    pub fn gerund(self) -> &'static str {
        match self {
            Self::SignIn => "Signing in",
            Self::ListBusinesses => "Loading the list",
            Self::ReadBusiness => "Loading the business",
            Self::FetchToken => "Fetching the token",
            Self::CreateBusiness => "Creating the business",
            Self::UpdateBusiness => "Saving the changes",
            Self::ArchiveBusiness => "Archiving the business",
            Self::UnarchiveBusiness => "Unarchiving the business",
        }
    }

    /// Whether it changes something at Thred that stays, so that it matters whether it was done.
    pub fn is_write(self) -> bool {
        match self {
            Self::SignIn | Self::ListBusinesses | Self::ReadBusiness | Self::FetchToken => false,
            Self::CreateBusiness
            | Self::UpdateBusiness
            | Self::ArchiveBusiness
            | Self::UnarchiveBusiness => true,
        }
    }

    /// What was not done because of the failure, or that this is not known.
    pub(super) fn left_undone(self, outcome: WriteOutcome) -> &'static str {
        use WriteOutcome::{Done, NotDone, Unknown};
        match self {
            Self::SignIn => "You are not signed in, and nothing was stored or changed.",
            Self::ListBusinesses => "The list loaded earlier is kept; nothing newer was loaded.",
            Self::ReadBusiness => "The data from the list is still shown.",
            Self::FetchToken => "No token was copied. The clipboard is unchanged.",
            Self::CreateBusiness => match outcome {
                NotDone => "Nothing was created.",
                Unknown => {
                    "It may or may not have been created. Retrying with the same external_id is safe."
                }
                Done => "It was created.",
            },
            Self::UpdateBusiness => match outcome {
                NotDone => "Nothing was changed.",
                Unknown => "The changes may or may not have been saved. Saving them again is safe.",
                Done => "The changes were saved.",
            },
            Self::ArchiveBusiness => match outcome {
                NotDone => "It was not archived.",
                Unknown => "It may or may not have been archived. Retrying is safe.",
                Done => "It was archived.",
            },
            Self::UnarchiveBusiness => match outcome {
                NotDone => "It is still archived.",
                Unknown => "It may or may not have been unarchived. Retrying is safe.",
                Done => "It was unarchived.",
            },
        }
    }
}

/// How a connection failed before any answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The host name has no address.
    NameNotFound,
    /// Nothing listens there.
    Refused,
    /// The way there does not work, or it broke before an answer.
    Broken,
}

/// What a proxy did instead of opening the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyFault {
    /// It answered 407: it wants a user name and a password.
    WantsPassword,
    /// It answered 407 to a request that had both.
    RefusedPassword,
    /// It answered with another error.
    Refused,
    /// It was not reached itself.
    NotReached,
    /// By it no connection came about in time.
    TimedOut {
        /// The limit that was exceeded.
        limit: Duration,
    },
    /// The connection to the proxy itself could not be made safe.
    NotSafe(TlsCause),
}

impl ProxyFault {
    fn is_passing(self) -> bool {
        match self {
            Self::NotReached | Self::TimedOut { .. } => true,
            Self::WantsPassword | Self::RefusedPassword | Self::Refused | Self::NotSafe(_) => false,
        }
    }
}

/// What may be behind a TLS connection that could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsCause {
    /// The issuer of the certificate is unknown here, as that of a company proxy is.
    Issuer,
    /// The certificate is expired or not valid yet by the clock of this computer.
    Clock,
    /// The certificate is for another host.
    OtherHost,
    /// The certificate breaks a rule, whoever looks at it.
    Certificate,
    /// No certificate was judged: the two sides did not agree on how to talk.
    Handshake,
    /// This computer has no certificate authorities to trust.
    NothingTrusted,
}

/// The kinds of failure that are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// The token endpoint refused the partner UUID or key.
    KeyRefused,
    /// A renewed sign-in was refused again by another endpoint.
    SignInNotAccepted,
    /// The partner may not do this.
    NotPermitted,
    /// Unknown, or another partner's.
    NotFound,
    /// The server has no such function. It may offer all others.
    NotOffered,
    /// The request was judged wrong, field by field where the server said so.
    Invalid {
        /// Field names with their messages.
        fields: Vec<(String, Vec<String>)>,
    },
    /// It is there already, or its state does not allow this.
    Conflict,
    /// Too many requests.
    TooMany {
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// The server answered with 5xx.
    ServiceDown {
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// No connection.
    Unreachable(Unreachable),
    /// No complete answer in time.
    TimedOut {
        /// The limit that was exceeded.
        limit: Duration,
    },
    /// The proxy did not let the request through.
    Proxy {
        /// Its scheme, host and port.
        proxy: String,
        /// What it did.
        fault: ProxyFault,
    },
    /// The connection could not be made safe.
    Tls(TlsCause),
    /// The server wants the request sent elsewhere, which is never done.
    Redirected {
        /// Where to, as far as it was said.
        target: String,
    },
    /// The answer is larger than any that is expected.
    TooLarge {
        /// The limit that was exceeded, bytes.
        limit: usize,
    },
    /// The answer is not what the API describes.
    NotUnderstood,
    /// The sign-in that the server issued can never work.
    SignInUnusable(TokenProblem),
    /// The token that came must not be handed out.
    TokenRefused(TokenProblem),
    /// What is about to be asked for could not be noted on this computer first, so it was not asked for.
    NotNoted,
}

/// A failed request. It holds no secret and can be shown and logged as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure.
    pub kind: FailureKind,
    /// What was being asked.
    pub operation: Operation,
    /// Name of the environment, or its host where that is all it has.
    pub server: String,
    /// Host that was asked.
    pub host: String,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// What the server or the system said, made visible and cut at some 4,000 characters: long enough for a sentence
    /// that teaches every entity type of a country.
    pub detail: Option<String>,
    /// Number of the request in the log.
    pub request: u64,
    /// When.
    pub at: Timestamp,
}

/// What the user can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// The same again.
    TryAgain,
    /// The same again, although the server asked for a longer pause.
    TryNow,
    /// Check what was typed in the sign-in form.
    CheckCredentials,
    /// Check the address of the server.
    CheckAddress,
    /// Refresh the list.
    RefreshList,
    /// Find out whether it was done, by asking for the same again.
    CheckNow,
}

/// A failure in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, to what.
    pub title: String,
    /// More of it, and what was not done.
    pub body: String,
    /// What helps.
    pub next: NextStep,
}

impl Failure {
    /// Whether sending the same request once more can help and cannot harm.
    pub fn is_passing(&self) -> bool {
        match self.kind {
            FailureKind::TooMany { .. }
            | FailureKind::ServiceDown { .. }
            | FailureKind::Unreachable(_)
            | FailureKind::TimedOut { .. } => true,
            FailureKind::Proxy { fault, .. } => fault.is_passing(),
            FailureKind::KeyRefused
            | FailureKind::SignInNotAccepted
            | FailureKind::NotPermitted
            | FailureKind::NotFound
            | FailureKind::NotOffered
            | FailureKind::Invalid { .. }
            | FailureKind::Conflict
            | FailureKind::Tls(_)
            | FailureKind::SignInUnusable(_)
            | FailureKind::Redirected { .. }
            | FailureKind::TooLarge { .. }
            | FailureKind::NotUnderstood
            | FailureKind::TokenRefused(_)
            | FailureKind::NotNoted => false,
        }
    }

    /// Whether the way to the server is what failed, so that older data is still worth showing.
    pub fn is_offline(&self) -> bool {
        match self.kind {
            FailureKind::Unreachable(_) | FailureKind::TimedOut { .. } => true,
            FailureKind::Proxy { fault, .. } => fault.is_passing(),
            _ => false,
        }
    }

    /// How long the server asked to wait; zero where it said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            FailureKind::TooMany { retry_after } | FailureKind::ServiceDown { retry_after } => {
                retry_after
            }
            _ => None,
        }
    }

    /// The pause that the server asked for, if it is one.
    pub fn asked_pause(&self) -> Option<Duration> {
        self.retry_after().filter(|pause| !pause.is_zero())
    }

    /// What happened, to what, what was not done, and the next step.
    ///
    /// Of a write this alone cannot say whether it was done: that is what
    /// [`WriteFailure::explain`](super::write::WriteFailure::explain) is for.
    pub fn explain(&self, zone: &TimeZone) -> Explanation {
        self.explain_with(self.operation.left_undone(WriteOutcome::Unknown), zone)
    }

    /// The same with a sentence of the caller's about what was not done.
    pub fn explain_with(&self, left_undone: &str, zone: &TimeZone) -> Explanation {
        let (mut title, reason, mut next) = self.words();
        if let Some(pause) = self.asked_pause() {
            title = match waiting::until(self.at, pause, zone) {
                Some(until) => format!("{} requested a pause until {until}", self.server),
                None => format!("{} requested a pause of more than a year", self.server),
            };
            next = NextStep::TryNow;
        }
        let mut body = reason;
        body.push(' ');
        body.push_str(left_undone);
        Explanation { title, body, next }
    }

    /// Why, in one or two sentences, without what was left undone: for a check, which does nothing.
    pub fn reason(&self) -> String {
        self.words().1
    }

    /// Lines that can be pasted into a ticket: no secret, no name.
    pub fn support_block(&self) -> String {
        // What is said of a field may quote what was typed into it.
        let kind = match &self.kind {
            FailureKind::Invalid { fields } => {
                let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
                format!("Invalid {names:?}")
            }
            kind => format!("{kind:?}"),
        };
        let status = self
            .status
            .map_or_else(|| "no answer".to_owned(), |status| format!("HTTP {status}"));
        let mut block = format!(
            "Thred Partner Console {}\n{}: {kind}\nHost: {}\nAnswer: {status}\nTime: {}\nRequest: {}",
            env!("CARGO_PKG_VERSION"),
            self.operation.gerund(),
            self.host,
            self.at,
            self.request,
        );
        if let Some(detail) = &self.detail {
            block.push_str("\nDetail: ");
            block.push_str(&excerpt(detail, LONGEST_QUOTE));
        }
        block
    }

    /// "Details: 401, 13:49:12, request 7".
    pub fn summary(&self) -> String {
        let status = match self.status {
            Some(status) => status.to_string(),
            None => "no answer".to_owned(),
        };
        format!("{status}, request {}", self.request)
    }
}
