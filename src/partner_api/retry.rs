//! Decides when to resend a failed request, as a pure function.

use std::time::Duration;

use crate::domain::failure::{Failure, FailureKind, Operation, ProxyFault, Unreachable};

/// How often to retry and how long to wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryPolicy {
    /// Number of attempts, including the first.
    pub attempts: u32,
    /// The first wait; each further one is twice as long.
    pub base: Duration,
    /// The longest wait that the console chooses itself.
    pub cap: Duration,
    /// If a server asks for a longer wait, it gets no further request until the user insists.
    pub retry_after_cap: Duration,
    /// The random share of a wait, 0 to 1, so that clients do not all return at the same moment.
    pub jitter: f64,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 5,
            base: Duration::from_secs(1),
            cap: Duration::from_secs(8),
            retry_after_cap: Duration::from_secs(60),
            jitter: 0.25,
        }
    }
}

/// How long to wait after `attempt` (from 1) ended in `failure` before the request is sent again; `None` to give up.
/// `chance` is a random number from 0 to 1.
///
/// The caller has made sure that the request may be repeated: reads change nothing, an issued token that never arrived does no harm, and writes are
/// passed here only if they were not carried out. The wait is never shorter than `Retry-After` (RFC 9110, section 10.2.3); if that is too long, the
/// user decides. A request that timed out is retried once, because each attempt may take the whole limit.
pub(super) fn wait_after(
    policy: &RetryPolicy,
    attempt: u32,
    failure: &Failure,
    chance: f64,
) -> Option<Duration> {
    if attempt >= policy.attempts || !failure.is_transient() || is_likely_a_typo(failure) {
        return None;
    }
    let is_timeout = matches!(
        failure.kind,
        FailureKind::TimedOut { .. }
            | FailureKind::Proxy {
                fault: ProxyFault::TimedOut { .. },
                ..
            }
    );
    if is_timeout && attempt > 1 {
        return None;
    }
    let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
    let own = policy.base.saturating_mul(doubled).min(policy.cap);
    let spread = policy.jitter.clamp(0.0, 1.0) * chance.clamp(0.0, 1.0);
    let own = own.mul_f64(1.0 - spread);
    match failure.requested_pause() {
        Some(asked) if asked > policy.retry_after_cap => None,
        Some(asked) => Some(asked.mul_f64(1.0 + spread).max(own)),
        None => Some(own),
    }
}

/// A user who signs in at an address that does not exist is better served by an immediate error, which they can correct in the form.
fn is_likely_a_typo(failure: &Failure) -> bool {
    failure.operation == Operation::SignIn
        && matches!(
            failure.kind,
            FailureKind::Unreachable(Unreachable::NameNotFound | Unreachable::Refused)
                | FailureKind::Proxy { .. }
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::TlsCause;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn failure(kind: FailureKind) -> Failure {
        Failure {
            kind,
            operation: Operation::ListBusinesses,
            server: "Sandbox".into(),
            host: "sandbox.thredfi.com".into(),
            status: None,
            detail: None,
            request: 1,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn down(retry_after: Option<u64>) -> Failure {
        failure(FailureKind::ServiceDown {
            retry_after: retry_after.map(Duration::from_secs),
        })
    }

    #[test]
    fn waits_double_up_to_the_cap_and_then_it_ends() {
        let policy = RetryPolicy {
            attempts: 6,
            ..RetryPolicy::default()
        };
        let waits: Vec<_> = (1..=6)
            .map(|attempt| wait_after(&policy, attempt, &down(None), 0.0))
            .collect();
        let after = |secs| Some(Duration::from_secs(secs));
        assert_eq!(
            waits,
            [after(1), after(2), after(4), after(8), after(8), None]
        );
    }

    #[test]
    fn what_the_server_asks_for_is_never_undercut() {
        let policy = RetryPolicy::default();
        let wait = |asked| wait_after(&policy, 1, &down(Some(asked)), 0.0);
        assert_eq!(wait(7), Some(Duration::from_secs(7)));
        assert_eq!(wait(0), Some(Duration::from_secs(1)));
        assert_eq!(wait(60), Some(Duration::from_secs(60)));
        for too_long in [61, 300, 86_400, u64::MAX] {
            assert_eq!(wait(too_long), None, "{too_long} s");
        }
    }

    #[test]
    fn a_request_that_took_its_whole_time_is_repeated_once() {
        let policy = RetryPolicy::default();
        let limit = Duration::from_secs(30);
        let timed_out = failure(FailureKind::TimedOut { limit });
        let after = |attempt| wait_after(&policy, attempt, &timed_out, 0.0);
        assert!(after(1).is_some());
        assert_eq!(after(2), None);
    }

    #[test]
    fn only_what_may_pass_is_repeated() {
        let policy = RetryPolicy::default();
        for kind in [
            FailureKind::KeyRejected,
            FailureKind::NotFound,
            FailureKind::Tls(TlsCause::Issuer),
            FailureKind::UnexpectedResponse,
            FailureKind::TooLarge { limit: 1 },
        ] {
            assert_eq!(wait_after(&policy, 1, &failure(kind), 0.5), None);
        }
        let mut typo = failure(FailureKind::Unreachable(Unreachable::NameNotFound));
        assert!(wait_after(&policy, 1, &typo, 0.5).is_some());
        typo.operation = Operation::SignIn;
        assert_eq!(wait_after(&policy, 1, &typo, 0.5), None);
    }

    proptest! {
        #[test]
        fn a_wait_is_bounded_and_never_undercuts_the_server(
            attempt in 1_u32..50,
            asked in proptest::option::of(0_u64..120),
            chance in -1.0_f64..2.0,
        ) {
            let policy = RetryPolicy { attempts: 100, ..RetryPolicy::default() };
            let requested_pause = Duration::from_secs(asked.unwrap_or(0));
            let Some(wait) = wait_after(&policy, attempt, &down(asked), chance) else {
                prop_assert!(requested_pause > policy.retry_after_cap);
                return Ok(());
            };
            prop_assert!(wait >= policy.base.mul_f64(0.75));
            prop_assert!(wait >= requested_pause);
            prop_assert!(wait <= policy.cap.max(requested_pause.mul_f64(1.25)));
        }
    }
}
