//! The meaning of HTTP status codes at Thred (API page "Errors"; RFC 9110, section 15).

use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use crate::domain::failure::{FailureKind, Operation};
use crate::domain::write_outcome::WriteOutcome;

use super::problem::ErrorBody;

/// Error codes by which a token endpoint rejects the key.
const KEY_CODES: [&str; 7] = [
    "authentication_failed",
    "authentication_required",
    "invalid_api_key",
    "invalid_client",
    "invalid_credentials",
    "invalid_token",
    "unauthorized",
];

/// The error code for an unknown business, as opposed to an unknown path.
const NO_BUSINESS: &str = "business_not_found";

/// The request that a response belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct RequestContext {
    pub(super) operation: Operation,
    /// Set for the endpoint that takes the API key, whatever the operation that needs it.
    pub(super) proves_key: bool,
}

impl RequestContext {
    /// Whether the endpoint's path is only assumed, so that a 404 may mean that the path, not the business, is unknown.
    fn may_be_unknown(self) -> bool {
        let operation = self.operation;
        !self.proves_key
            && matches!(
                operation,
                Operation::ArchiveBusiness | Operation::UnarchiveBusiness
            )
    }
}

/// Whether a write that got this status, which is not 2xx, may have been carried out.
///
/// Only a rejection proves that it was not. A 5xx may follow a completed write; so may 302 and 303, which web frameworks send after a form, and 408,
/// which gateways send when the server behind them is slow.
pub(super) fn write_outcome(status: u16) -> WriteOutcome {
    match status {
        301 | 307 | 308 => WriteOutcome::NotDone,
        408 => WriteOutcome::Unknown,
        400..=499 => WriteOutcome::NotDone,
        _ => WriteOutcome::Unknown,
    }
}

/// The kind of failure for a status that is neither 2xx nor 3xx.
pub(super) fn failure_kind(
    status: u16,
    problem: &mut ErrorBody,
    retry_after: Option<Duration>,
    asked: RequestContext,
) -> FailureKind {
    let proves_key = asked.proves_key;
    let names_key = problem
        .code
        .as_deref()
        .is_some_and(|code| KEY_CODES.contains(&code));
    match status {
        401 if proves_key => FailureKind::KeyRejected,
        400 | 403 if proves_key && names_key => FailureKind::KeyRejected,
        // The sign-in is renewed first; this is the failure if renewing did not help.
        401 => FailureKind::SessionRejected,
        403 | 451 => FailureKind::NotPermitted,
        404 if asked.may_be_unknown() && problem.code.as_deref() != Some(NO_BUSINESS) => {
            FailureKind::NotSupported
        }
        404 | 410 => FailureKind::NotFound,
        409 => FailureKind::Conflict,
        429 => FailureKind::RateLimited { retry_after },
        405 if asked.operation.is_write() && !proves_key => FailureKind::NotSupported,
        // 511 comes from a network that requires its users to log in.
        405 | 511 => FailureKind::UnexpectedResponse,
        408 | 425 | 500..=599 => FailureKind::ServiceDown { retry_after },
        400..=499 => FailureKind::Invalid {
            fields: std::mem::take(&mut problem.fields),
        },
        _ => FailureKind::UnexpectedResponse,
    }
}

/// Reads `Retry-After` in seconds or as a date, which is compared with the server's own clock.
///
/// RFC 9110 knows neither fractions, units, ISO dates nor several values, but servers send them, and a proxy may join
/// two headers. Fractions are rounded up, and the longest of several values counts.
pub(super) fn retry_after(value: &str, server_now: Timestamp) -> Option<Duration> {
    let all: Option<Vec<Duration>> = value.split(',').map(seconds).collect();
    if let Some(longest) = all.and_then(|all| all.into_iter().max()) {
        return Some(longest);
    }
    let until = http_date(value).or_else(|| other_date(value.trim()))?;
    let secs = until.as_second().saturating_sub(server_now.as_second());
    Some(Duration::from_secs(u64::try_from(secs).unwrap_or(0)))
}

/// Units after a number of seconds, longest first.
const UNITS: [&str; 5] = ["seconds", "second", "secs", "sec", "s"];

/// Reads a number of seconds, rounded up.
fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim().to_ascii_lowercase();
    let mut units = UNITS.iter();
    let number = units.find_map(|unit| value.strip_suffix(unit));
    let value = number.unwrap_or(&value).trim_end();
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let up = u64::from(fraction.bytes().any(|digit| digit != b'0'));
    let secs: u64 = whole.parse().unwrap_or(u64::MAX);
    Some(Duration::from_secs(secs.saturating_add(up)))
}

/// Reads an HTTP date with another name for GMT, or an ISO date (RFC 3339).
fn other_date(value: &str) -> Option<Timestamp> {
    let mut names = ["UTC", "+0000", "UT", "Z"].iter();
    let date = names.find_map(|name| value.strip_suffix(name));
    let date = date.and_then(|date| http_date(&format!("{} GMT", date.trim_end())));
    date.or_else(|| value.parse().ok())
}

/// Reads a date in the formats of RFC 9110, section 5.6.7.
pub(super) fn http_date(value: &str) -> Option<Timestamp> {
    let since = httpdate::parse_http_date(value.trim())
        .ok()?
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()?;
    Timestamp::from_second(i64::try_from(since.as_secs()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, code: Option<&str>, proves_key: bool) -> FailureKind {
        let operation = Operation::ReadBusiness;
        kind_of(
            status,
            code,
            RequestContext {
                operation,
                proves_key,
            },
        )
    }

    fn kind_of(status: u16, code: Option<&str>, asked: RequestContext) -> FailureKind {
        let mut problem = ErrorBody {
            code: code.map(str::to_owned),
            fields: vec![("a".into(), vec!["b".into()])],
            ..ErrorBody::default()
        };
        failure_kind(status, &mut problem, Some(Duration::ZERO), asked)
    }

    #[test]
    fn the_key_is_refused_only_where_it_was_shown() {
        assert_eq!(kind(401, None, true), FailureKind::KeyRejected);
        assert_eq!(
            kind(400, Some("invalid_client"), true),
            FailureKind::KeyRejected
        );
        assert_eq!(
            kind(403, Some("authentication_failed"), true),
            FailureKind::KeyRejected
        );
        assert_eq!(
            kind(403, Some("permission_denied"), true),
            FailureKind::NotPermitted
        );
        assert_eq!(kind(401, None, false), FailureKind::SessionRejected);
        assert!(matches!(
            kind(400, Some("invalid_client"), false),
            FailureKind::Invalid { .. }
        ));
    }

    #[test]
    fn every_status_has_a_kind() {
        for status in 100..=999 {
            let is_down = matches!(kind(status, None, false), FailureKind::ServiceDown { .. });
            // A server that exceeded its own time limit, or that suspects a replay, may succeed later.
            let may_pass = matches!(status, 408 | 425 | 500..=510 | 512..=599);
            assert_eq!(is_down, may_pass, "{status}");
        }
        let retry_after = Some(Duration::ZERO);
        assert_eq!(
            kind(429, None, false),
            FailureKind::RateLimited { retry_after }
        );
        assert_eq!(
            kind(503, None, false),
            FailureKind::ServiceDown { retry_after }
        );
        assert_eq!(kind(409, None, false), FailureKind::Conflict);
        assert_eq!(
            kind(422, None, false),
            FailureKind::Invalid {
                fields: vec![("a".into(), vec!["b".into()])]
            }
        );
    }

    #[test]
    fn an_unknown_path_is_told_from_an_unknown_business() {
        let kind = |status, code, operation| {
            let proves_key = false;
            kind_of(
                status,
                code,
                RequestContext {
                    operation,
                    proves_key,
                },
            )
        };
        for operation in [Operation::ArchiveBusiness, Operation::UnarchiveBusiness] {
            let unknown = kind(404, Some("business_not_found"), operation);
            assert_eq!(unknown, FailureKind::NotFound);
            for (status, code) in [(404, Some("not_found")), (404, None), (405, None)] {
                assert_eq!(kind(status, code, operation), FailureKind::NotSupported);
            }
        }
        let update = Operation::UpdateBusiness;
        assert_eq!(kind(404, None, update), FailureKind::NotFound);
        assert_eq!(kind(405, None, update), FailureKind::NotSupported);
        let read = Operation::ReadBusiness;
        assert_eq!(kind(405, None, read), FailureKind::UnexpectedResponse);
        // A failed sign-in while archiving is a different case.
        let asked = RequestContext {
            operation: Operation::ArchiveBusiness,
            proves_key: true,
        };
        assert_eq!(kind_of(404, None, asked), FailureKind::NotFound);
    }

    #[test]
    fn only_a_refusal_proves_that_nothing_was_done() {
        for status in 100..=999 {
            let known = write_outcome(status) == WriteOutcome::NotDone;
            let refused = (400..500).contains(&status) && status != 408;
            assert_eq!(
                known,
                refused || matches!(status, 301 | 307 | 308),
                "{status}"
            );
        }
    }

    #[test]
    fn retry_after_is_read_in_both_forms() {
        let now = http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let wait = |value| retry_after(value, now);
        assert_eq!(wait(" 120 "), Some(Duration::from_secs(120)));
        assert_eq!(
            wait("99999999999999999999"),
            Some(Duration::from_secs(u64::MAX))
        );
        assert_eq!(
            wait("Sun, 06 Nov 1994 08:49:47 GMT"),
            Some(Duration::from_secs(10))
        );
        assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(
            wait("Sunday, 06-Nov-94 08:49:47 GMT"),
            Some(Duration::from_secs(10))
        );
        assert_eq!(wait("1.5"), Some(Duration::from_secs(2)));
        assert_eq!(wait("2.0"), Some(Duration::from_secs(2)));
        assert_eq!(wait("0.001"), Some(Duration::from_secs(1)));
        // Not RFC 9110 either, but what servers and gateways send.
        assert_eq!(wait("120, 120"), Some(Duration::from_secs(120)));
        assert_eq!(wait("30,120"), Some(Duration::from_secs(120)));
        for seconds in ["300s", "300 s", "300 sec", "300 seconds", "300 Seconds"] {
            assert_eq!(wait(seconds), Some(Duration::from_secs(300)), "{seconds}");
        }
        for date in [
            "Sun, 06 Nov 1994 08:49:47 UTC",
            "Sun, 06 Nov 1994 08:49:47 +0000",
            "1994-11-06T08:49:47Z",
            "1994-11-06T09:49:47+01:00",
        ] {
            assert_eq!(wait(date), Some(Duration::from_secs(10)), "{date}");
        }
        for bad in [
            "120 minutes",
            "5, soon",
            "5,",
            "",
            "-5",
            ".5",
            "5.",
            "1.5.5",
            "1e3",
            "soon",
        ] {
            assert_eq!(wait(bad), None, "{bad}");
        }
    }
}
