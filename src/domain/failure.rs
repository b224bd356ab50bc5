//! Failed requests: the cause, whether a retry can help, and the texts for the user.

#[cfg(test)]
mod tests;
mod words;

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::retry_wait;
use super::text::{capitalised, excerpt};
use super::token::TokenProblem;
use super::write_outcome::WriteOutcome;

/// Longest quotation of a server in a message, characters. [`Failure::detail`] may be longer.
const MAX_QUOTE_LEN: usize = 300;

/// The request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Signing in with the partner's credentials.
    SignIn,
    ListBusinesses,
    ReadBusiness,
    /// Fetching a business token.
    FetchToken,
    CreateBusiness,
    /// Changing fields of a business.
    UpdateBusiness,
    ArchiveBusiness,
    UnarchiveBusiness,
}

impl Operation {
    /// "signing in", inside a sentence.
    pub fn gerund(self) -> &'static str {
        match self {
            Self::SignIn => "signing in",
            Self::ListBusinesses => "loading the list",
            Self::ReadBusiness => "loading the business",
            Self::FetchToken => "fetching the token",
            Self::CreateBusiness => "creating the business",
            Self::UpdateBusiness => "saving the changes",
            Self::ArchiveBusiness => "archiving the business",
            Self::UnarchiveBusiness => "unarchiving the business",
        }
    }

    /// Whether it makes a lasting change at Thred, so that the user must know whether it took effect.
    pub fn is_write(self) -> bool {
        match self {
            Self::SignIn | Self::ListBusinesses | Self::ReadBusiness | Self::FetchToken => false,
            Self::CreateBusiness
            | Self::UpdateBusiness
            | Self::ArchiveBusiness
            | Self::UnarchiveBusiness => true,
        }
    }

    /// The consequence: what was not done, or that this is unknown.
    pub(super) fn not_done(self, outcome: WriteOutcome) -> &'static str {
        use WriteOutcome::{Done, NotDone, Unknown};
        match self {
            Self::SignIn => "You are not signed in, and nothing was stored or changed.",
            Self::ListBusinesses => "The previous list is still shown.",
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

/// How a connection failed before any response arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// The host name does not resolve.
    NameNotFound,
    /// Nothing listens there.
    Refused,
    /// The network failed, or the connection broke before a response arrived.
    Broken,
}

/// How a proxy failed to open the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyFault {
    /// It returned 407 because it requires a user name and password.
    WantsPassword,
    /// It returned 407 although the request had both.
    RejectedPassword,
    /// It returned another error.
    Refused,
    /// It could not be reached.
    NotReached,
    /// No connection could be established through it in time.
    TimedOut {
        /// The limit exceeded.
        limit: Duration,
    },
    /// The TLS connection to the proxy itself failed.
    TlsFailed(TlsCause),
    /// The environment variable that should name it does not. The proxy's name is that of the variable.
    Unreadable,
}

impl ProxyFault {
    fn is_transient(self) -> bool {
        match self {
            Self::NotReached | Self::TimedOut { .. } => true,
            Self::WantsPassword
            | Self::RejectedPassword
            | Self::Refused
            | Self::TlsFailed(_)
            | Self::Unreadable => false,
        }
    }
}

/// Why a TLS connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsCause {
    /// The issuer of the certificate is not trusted on this computer, as is usual for the certificates of a company
    /// proxy.
    Issuer,
    /// The certificate has expired or is not yet valid, by this computer's clock.
    Clock,
    /// The certificate is for another host.
    OtherHost,
    /// The certificate itself is invalid.
    Certificate,
    /// No certificate was checked: the handshake failed.
    Handshake,
    /// This computer has no trusted certificate authorities.
    NothingTrusted,
}

/// The kinds of failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// The token endpoint rejected the partner UUID or the key.
    KeyRejected,
    /// Another endpoint rejected the session even after it was renewed.
    SessionRejected,
    /// The partner is not allowed to do this.
    NotPermitted,
    /// It does not exist, or belongs to another partner.
    NotFound,
    /// The server does not support this function, but may support others.
    NotSupported,
    /// The request is invalid. Lists the fields if the server named them.
    Invalid {
        /// Field names with their messages.
        fields: Vec<(String, Vec<String>)>,
    },
    /// It already exists, or its state does not allow this.
    Conflict,
    /// Too many requests.
    RateLimited {
        /// The pause that the server asked for.
        retry_after: Option<Duration>,
    },
    /// The server returned 5xx.
    ServiceDown {
        /// The pause that the server asked for.
        retry_after: Option<Duration>,
    },
    /// No connection could be established.
    Unreachable(Unreachable),
    /// No complete response arrived in time.
    TimedOut {
        /// The limit exceeded.
        limit: Duration,
    },
    /// The proxy blocked the request.
    Proxy {
        /// Its scheme, host and port.
        proxy: String,
        /// What happened at the proxy.
        fault: ProxyFault,
    },
    /// The TLS connection failed.
    Tls(TlsCause),
    /// The server redirected the request. Redirects are never followed.
    Redirected {
        /// The target, as far as the server named it.
        target: String,
    },
    /// The response is larger than any expected one.
    TooLarge {
        /// The limit exceeded, bytes.
        limit: usize,
    },
    /// The response does not match the API.
    UnexpectedResponse,
    /// The server issued a session that can never work.
    SignInUnusable(TokenProblem),
    /// The token received must not be handed out.
    TokenRejected(TokenProblem),
    /// The request was not sent, because it could not be recorded on this computer first.
    NotRecorded,
}

/// A failed request. Contains no secret; may be shown and logged as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The request that failed.
    pub operation: Operation,
    /// Name of the environment; for a custom one, its host.
    pub server: String,
    /// The host contacted.
    pub host: String,
    /// HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The message of the server or the system, made visible and truncated to about 4,000 characters. That is long
    /// enough for a message that lists all entity types of a country.
    pub detail: Option<String>,
    /// Number of the request in the log.
    pub request: u64,
    pub at: Timestamp,
}

/// What the user can do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Retry.
    TryAgain,
    /// Retry even though the server asked for a longer pause.
    TryNow,
    /// Check the input of the sign-in form.
    CheckCredentials,
    /// Check the address of the server.
    CheckAddress,
    /// Refresh the list.
    RefreshList,
    /// Find out whether it took effect, by sending the same request again.
    CheckNow,
}

/// The texts for a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: String,
    /// The cause, and what was not done.
    pub body: String,
    /// The suggested action.
    pub next: NextStep,
}

impl Failure {
    /// Whether retrying the same request can help and does no harm.
    pub fn is_transient(&self) -> bool {
        match self.kind {
            FailureKind::RateLimited { .. }
            | FailureKind::ServiceDown { .. }
            | FailureKind::Unreachable(_)
            | FailureKind::TimedOut { .. } => true,
            FailureKind::Proxy { fault, .. } => fault.is_transient(),
            FailureKind::KeyRejected
            | FailureKind::SessionRejected
            | FailureKind::NotPermitted
            | FailureKind::NotFound
            | FailureKind::NotSupported
            | FailureKind::Invalid { .. }
            | FailureKind::Conflict
            | FailureKind::Tls(_)
            | FailureKind::SignInUnusable(_)
            | FailureKind::Redirected { .. }
            | FailureKind::TooLarge { .. }
            | FailureKind::UnexpectedResponse
            | FailureKind::TokenRejected(_)
            | FailureKind::NotRecorded => false,
        }
    }

    /// Whether the connection to the server failed, so that older data is still worth showing.
    pub fn is_offline(&self) -> bool {
        match self.kind {
            FailureKind::Unreachable(_) | FailureKind::TimedOut { .. } => true,
            FailureKind::Proxy { fault, .. } => fault.is_transient(),
            _ => false,
        }
    }

    /// The pause that the server asked for. Zero if the server said that no pause is needed.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            FailureKind::RateLimited { retry_after } | FailureKind::ServiceDown { retry_after } => {
                retry_after
            }
            _ => None,
        }
    }

    /// The pause that the server asked for, unless it is zero.
    pub fn requested_pause(&self) -> Option<Duration> {
        self.retry_after().filter(|pause| !pause.is_zero())
    }

    /// What happened, what was not done, and the next step.
    ///
    /// For a write, this cannot say whether it took effect. Use
    /// [`RequestFailure::explain`](super::request_failure::RequestFailure::explain) instead.
    pub fn explain(&self, zone: &TimeZone) -> Explanation {
        self.explain_with(self.operation.not_done(WriteOutcome::Unknown), zone)
    }

    /// Like [`Self::explain`], with the caller's sentence about what was not done.
    pub fn explain_with(&self, not_done: &str, zone: &TimeZone) -> Explanation {
        let (mut title, reason, mut next) = self.words();
        if let Some(pause) = self.requested_pause() {
            title = match retry_wait::until(self.at, pause, zone) {
                Some(until) => format!("{} requested a pause until {until}", self.server),
                None => format!("{} requested a pause of more than a year", self.server),
            };
            next = NextStep::TryNow;
        }
        let mut body = reason;
        body.push(' ');
        body.push_str(not_done);
        Explanation { title, body, next }
    }

    /// The cause in one or two sentences, for checks, which leave nothing undone.
    pub fn reason(&self) -> String {
        self.words().1
    }

    /// Lines to paste into a support ticket. Contains no secrets and no names.
    pub fn support_block(&self) -> String {
        // A server's message about a field may quote its value.
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
            capitalised(self.operation.gerund()),
            self.host,
            self.at,
            self.request,
        );
        if let Some(line) = self.detail_line() {
            block.push('\n');
            block.push_str(&line);
        }
        block
    }

    /// The message of the server or the system on one line: "Detail: Key revoked".
    pub fn detail_line(&self) -> Option<String> {
        let detail = self.detail.as_ref()?;
        Some(format!("Detail: {}", excerpt(detail, MAX_QUOTE_LEN)))
    }

    /// "401, request 7".
    pub fn summary(&self) -> String {
        let status = match self.status {
            Some(status) => status.to_string(),
            None => "no answer".to_owned(),
        };
        format!("{status}, request {}", self.request)
    }
}
