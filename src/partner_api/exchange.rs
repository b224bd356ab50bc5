//! Sends a request until it succeeds, may no longer be retried, or its future is dropped.

use std::sync::Arc;
use std::time::Duration;

use super::pause::SharedPause;
use super::retry::{self, RetryPolicy};
use super::scrub::Secrets;
use super::skew::Skew;
use super::transport::{HttpResponse, Request, Transport};
use super::wire::Unreadable;
use crate::domain::failure::{Failure, FailureKind, Operation, Unreachable};
use crate::domain::request_failure::RequestFailure;
use crate::domain::request_notice::RequestNotice;
use crate::domain::time::BootInstant;
use crate::domain::write_outcome::WriteOutcome;

use super::problem;

/// Receives notices. It is called from the task of the request and must not block. Dropping the future of the request cancels the wait.
pub type NoticeSink = Arc<dyn Fn(RequestNotice) + Send + Sync>;

/// How often a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryScope {
    /// As the policy says, with waits between attempts.
    Policy,
    /// As the policy says, but only as long as the server has certainly not carried out the request: a retry must not hide that the first attempt had
    /// an effect.
    NotDone,
    Once,
}

impl RetryScope {
    fn allows(self, outcome: WriteOutcome) -> bool {
        match self {
            Self::Policy => true,
            Self::NotDone => outcome == WriteOutcome::NotDone,
            Self::Once => false,
        }
    }
}

/// Sends requests with retries and reads the responses.
pub(super) struct Exchange {
    pub(super) transport: Transport,
    pub(super) skew: Skew,
    pub(super) pause: Arc<SharedPause>,
    policy: RetryPolicy,
    notices: NoticeSink,
}

impl Exchange {
    pub(super) fn new(
        transport: Transport,
        policy: RetryPolicy,
        pause: Arc<SharedPause>,
        notices: NoticeSink,
    ) -> Self {
        Self {
            transport,
            skew: Skew::default(),
            pause,
            policy,
            notices,
        }
    }

    /// Sends `request` and reads the response with `read`. Dropping the future cancels any wait at once.
    pub(super) async fn send<T>(
        &self,
        request: &Request<'_>,
        retries: RetryScope,
        read: impl Fn(&[u8], &Secrets) -> Result<T, Unreadable>,
    ) -> Result<(T, HttpResponse), RequestFailure> {
        let operation = request.operation();
        if !self.pause.is_repeated_by_user(request.intent) {
            self.wait_for_pause(request).await?;
        }
        let mut attempt = 1;
        loop {
            let failed = match self.once(request, &read).await {
                Ok(answered) => return Ok(answered),
                Err(failed) => failed,
            };
            self.pause.begin(&failed.failure, self.now());
            let wait = retries
                .allows(failed.outcome)
                .then(|| self.wait_after(attempt, &failed.failure));
            let Some(resumes_in) = wait.flatten() else {
                // The user does not see the failure of an early renewal.
                if retries != RetryScope::Once && failed.failure.requested_pause().is_some() {
                    self.pause.record_denied(request.intent);
                }
                return Err(failed);
            };
            self.wait(operation, resumes_in, failed.failure).await;
            self.wait_for_pause(request).await?;
            attempt += 1;
        }
    }

    /// Whether the server has asked for a pause.
    pub(super) fn is_paused(&self) -> bool {
        self.pause.current(self.now()).is_some()
    }

    /// The server's pause that a request for `operation` would wait for, and the time left.
    pub(super) fn short_pause(&self, operation: Operation) -> Option<(Duration, Failure)> {
        let (left, pause) = self.pause.current(self.now())?;
        let failure = Failure {
            operation,
            ..pause.failure
        };
        (left <= self.policy.retry_after_cap).then_some((left, failure))
    }

    /// When the server's pause ends; `None` if there is none.
    pub(super) fn pause_end(&self) -> Option<BootInstant> {
        let (_, pause) = self.pause.current(self.now())?;
        Some(pause.until)
    }

    /// Waits until the server's pause ends.
    async fn wait_for_pause(&self, request: &Request<'_>) -> Result<(), RequestFailure> {
        let operation = request.operation();
        while let Some((left, pause)) = self.pause.current(self.now()) {
            let failure = Failure {
                operation,
                ..pause.failure
            };
            if left > self.policy.retry_after_cap {
                self.pause.record_denied(request.intent);
                return Err(RequestFailure::not_done(failure));
            }
            if request.intent.may_override {
                self.wait(operation, left, failure).await;
            } else {
                // Callers that send many requests report the wait themselves; see `short_pause`.
                tokio::time::sleep(left).await;
            }
        }
        Ok(())
    }

    async fn wait(&self, operation: Operation, resumes_in: Duration, failure: Failure) {
        (self.notices)(RequestNotice::Retrying {
            operation,
            resumes_in,
            failure,
        });
        tokio::time::sleep(resumes_in).await;
        (self.notices)(RequestNotice::Resumed(operation));
    }

    fn now(&self) -> BootInstant {
        self.transport.api_server.now().boot
    }

    /// How long to wait before the next attempt; `None` to give up.
    pub(super) fn wait_after(&self, attempt: u32, failure: &Failure) -> Option<Duration> {
        retry::wait_after(&self.policy, attempt, failure, rand::random::<f64>())
    }

    async fn once<T>(
        &self,
        request: &Request<'_>,
        read: &impl Fn(&[u8], &Secrets) -> Result<T, Unreadable>,
    ) -> Result<(T, HttpResponse), RequestFailure> {
        let answer = self.transport.send(request).await?;
        self.compare_clocks(&answer, answer.server_time);
        match read(&answer.body, request.secrets) {
            Ok(value) => Ok((value, answer)),
            Err(unreadable) => {
                let (kind, detail) = match unreadable {
                    // The next response may be complete.
                    Unreadable::Truncated => (
                        FailureKind::Unreachable(Unreachable::Broken),
                        "the answer was cut off".to_owned(),
                    ),
                    Unreadable::NotJson => (
                        FailureKind::UnexpectedResponse,
                        problem::summarise(&answer.body, request.secrets),
                    ),
                    Unreadable::Unexpected(what) => (FailureKind::UnexpectedResponse, what),
                };
                let api_server = &self.transport.api_server;
                let mut failure = api_server.failure_of_answer(kind, request.operation(), &answer);
                failure.detail = Some(detail);
                // The status said success, even if the body makes no sense.
                Err(RequestFailure::unknown(failure))
            }
        }
    }

    /// Compares the clocks with the server time that `answer` states. `Date` is preferred.
    pub(super) fn compare_clocks(
        &self,
        answer: &HttpResponse,
        server_time: Option<jiff::Timestamp>,
    ) {
        if let Some(server_time) = server_time
            && let Some(server_ahead_secs) =
                self.skew.observe(server_time, answer.sent, answer.received)
        {
            let differs = (server_ahead_secs != 0).then_some(server_ahead_secs);
            (self.notices)(RequestNotice::ClockSkew(differs));
        }
    }

    /// Compares the clocks with the issue time of a token, for a response without `Date`.
    pub(super) fn compare_issue_time(&self, answer: &HttpResponse, issued_at: Option<i64>) {
        if answer.server_time.is_none() {
            let issued_at = issued_at.and_then(|secs| jiff::Timestamp::from_second(secs).ok());
            self.compare_clocks(answer, issued_at);
        }
    }
}
