//! *Test connection*: the checks between this computer and a server, and the texts for their results.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::certificate::{CertificateFacts, day};
use super::environment::Environment;
use super::failure::Failure;
use super::keychain::{KeychainName, KeychainProblem};
use super::retry_wait::until;
use super::text::{capitalised, visible};

/// The checks, in display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionCheck {
    /// Which proxy is used.
    Proxy,
    /// Whether the host name resolves.
    Name,
    /// Whether a TLS connection can be made.
    Server,
    /// How far the two clocks differ.
    Clock,
    /// Whether the keychain responds.
    Keychain,
    /// Whether the server accepts the key.
    Key,
}

impl ConnectionCheck {
    /// In display order.
    pub const ALL: [Self; 6] = [
        Self::Proxy,
        Self::Name,
        Self::Server,
        Self::Clock,
        Self::Keychain,
        Self::Key,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Proxy => "Proxy",
            Self::Name => "DNS",
            Self::Server => "TLS",
            Self::Clock => "Clock",
            Self::Keychain => "Keychain",
            Self::Key => "API key",
        }
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionFinding {
    /// Not finished.
    Pending,
    /// Passed.
    Good(String),
    /// Failed.
    Bad(String),
    /// Checked, but there is nothing to pass or fail.
    NotApplicable(String),
    /// Not checked, with the reason.
    Skipped(String),
}

impl ConnectionFinding {
    pub fn text(&self) -> &str {
        match self {
            Self::Pending => "Checking…",
            Self::Good(text)
            | Self::Bad(text)
            | Self::NotApplicable(text)
            | Self::Skipped(text) => text,
        }
    }

    /// Its label in the text report.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Good(_) => "ok",
            Self::Bad(_) => "FAILED",
            Self::NotApplicable(_) => "n/a",
            Self::Skipped(_) => "skipped",
        }
    }
}

/// How requests reach a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The server runs on this computer; proxies are never used for it.
    ThisComputer,
    /// Directly, as set in the settings.
    Direct,
    /// Directly, because the system has no proxy for this server.
    NoneNamed,
    /// Through the proxy in the settings.
    Set(String),
    /// Through the system's proxy.
    System(String),
    /// Not at all: this environment variable should name a proxy, and cannot be read.
    Unreadable(&'static str),
}

impl Route {
    /// Whether a proxy is used, which then resolves the host name.
    pub fn is_proxied(&self) -> bool {
        match self {
            Self::Set(_) | Self::System(_) => true,
            Self::ThisComputer | Self::Direct | Self::NoneNamed | Self::Unreadable(_) => false,
        }
    }

    /// The result text.
    pub fn finding(&self) -> ConnectionFinding {
        let text = match self {
            Self::Unreadable(variable) => {
                return ConnectionFinding::Bad(format!(
                    "{variable} does not contain the address of a proxy, so no request is sent."
                ));
            }
            Self::ThisComputer => "None: the server runs on this computer.".to_owned(),
            Self::Direct => "None (set in Settings).".to_owned(),
            Self::NoneNamed => "None: the system sets none for this server.".to_owned(),
            Self::Set(proxy) => format!("{proxy} (set in Settings)."),
            Self::System(proxy) => format!("{proxy} (set by the system)."),
        };
        ConnectionFinding::Good(text)
    }
}

/// A server that responded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachedServer {
    /// Its certificate. `None` for plain HTTP on this computer.
    pub certificate: Option<CertificateFacts>,
    /// How far its clock is ahead of ours. `None` if the response has no time.
    pub ahead_secs: Option<i64>,
}

/// Larger clock differences are reported as a failure.
const CLOCK_TOLERANCE_SECS: u64 = 60;
/// How many addresses of a host are listed.
const ADDRESSES_NAMED: usize = 4;

/// The result of resolving a host name.
pub fn name_finding(host: &str, found: Result<&[String], &str>) -> ConnectionFinding {
    match found {
        Ok([]) => ConnectionFinding::Bad(format!("{host} has no address.")),
        Ok(addresses) => {
            let named = &addresses[..addresses.len().min(ADDRESSES_NAMED)];
            let more = addresses.len().saturating_sub(ADDRESSES_NAMED);
            let more = if more == 0 {
                String::new()
            } else {
                format!(" and {more} more")
            };
            ConnectionFinding::Good(format!("{host} resolves to {}{more}.", named.join(", ")))
        }
        Err(why) => ConnectionFinding::Bad(format!(
            "{host} was not found ({}). Check the address and your internet connection.",
            visible(why)
        )),
    }
}

/// The result of connecting to the server.
pub fn server_finding(
    host: &str,
    result: Result<&ReachedServer, &Failure>,
    zone: &TimeZone,
) -> ConnectionFinding {
    match result {
        Ok(ReachedServer {
            certificate: Some(facts),
            ..
        }) => {
            let until = facts
                .not_after
                .map_or_else(String::new, |until| format!(", valid until {}", day(until)));
            ConnectionFinding::Good(format!(
                "{host} answers over TLS. Its certificate was issued by “{}”{until}.",
                facts.issuer
            ))
        }
        Ok(_) => ConnectionFinding::NotApplicable(format!(
            "{host} answers over plain HTTP on this computer."
        )),
        Err(failure) => not_answered(failure, zone),
    }
}

/// The result of comparing the clocks. `ahead_secs` is `None` if the server sent no time.
pub fn clock_finding(ahead_secs: Option<i64>) -> ConnectionFinding {
    let Some(ahead) = ahead_secs else {
        return ConnectionFinding::Skipped("The server did not send its time.".to_owned());
    };
    let apart = ahead.unsigned_abs();
    let side = if ahead > 0 { "behind" } else { "ahead" };
    if apart <= 2 {
        return ConnectionFinding::Good("Matches the server’s clock.".to_owned());
    }
    let text = format!(
        "This computer’s clock is {} {side} of the server’s.",
        clock_difference(apart)
    );
    if apart <= CLOCK_TOLERANCE_SECS {
        ConnectionFinding::Good(text)
    } else {
        ConnectionFinding::Bad(format!("{text} Correct it, or let the system set it."))
    }
}

/// The result of reading from the keychain. `Some` says whether it holds the key of the profile; `None` means that
/// there was no profile to look up.
pub fn keychain_finding(
    store: KeychainName,
    found: Result<Option<bool>, &KeychainProblem>,
) -> ConnectionFinding {
    let name = capitalised(store.phrase());
    match found {
        Ok(Some(true)) => ConnectionFinding::Good(format!("{name} holds this profile’s key.")),
        Ok(Some(false)) => ConnectionFinding::NotApplicable(format!(
            "{name} answers but has no key for this profile."
        )),
        Ok(None) => ConnectionFinding::Good(format!("{name} answers.")),
        Err(problem) => {
            let (title, body) = problem.explain(store);
            ConnectionFinding::Bad(format!("{title}. {body}"))
        }
    }
}

/// The result of a request with the session's key.
pub fn key_finding(
    server: &str,
    result: Result<(), &Failure>,
    zone: &TimeZone,
) -> ConnectionFinding {
    match result {
        Ok(()) => ConnectionFinding::Good(format!("{server} accepts it.")),
        Err(failure) => not_answered(failure, zone),
    }
}

/// If the server asked for a pause, the text says when to test again. Until then, no request is sent to it.
fn not_answered(failure: &Failure, zone: &TimeZone) -> ConnectionFinding {
    let reason = failure.reason();
    let Some(pause) = failure.requested_pause() else {
        return ConnectionFinding::Bad(reason);
    };
    ConnectionFinding::Bad(match until(failure.at, pause, zone) {
        Some(until) => format!("{reason} Test again after {until}."),
        None => reason,
    })
}

/// All results as text to pass on. Contains no secret.
pub fn report(environment: &Environment, at: Timestamp, findings: &[ConnectionFinding]) -> String {
    let mut out = format!(
        "Thred Partner Console {}, connection test\n{} ({}), {at:.0}\n",
        env!("CARGO_PKG_VERSION"),
        environment.name(),
        environment.host(),
    );
    for (check, finding) in ConnectionCheck::ALL.iter().zip(findings) {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "\n{:<8} {:<13} {}",
            finding.word(),
            check.name(),
            finding.text()
        );
    }
    out.push('\n');
    out
}

/// How far apart two clocks are: "90 s", "5 min", "3 h", "2 days". Rounded down.
pub fn clock_difference(secs: u64) -> String {
    match secs {
        0..120 => format!("{secs} s"),
        120..7_200 => format!("{} min", secs / 60),
        7_200..172_800 => format!("{} h", secs / 3_600),
        _ => format!("{} days", secs / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_bad_and_one_that_is_nearly_right_is_not() {
        assert!(matches!(clock_finding(Some(1)), ConnectionFinding::Good(_)));
        assert!(matches!(
            clock_finding(Some(-60)),
            ConnectionFinding::Good(_)
        ));
        let ConnectionFinding::Bad(text) = clock_finding(Some(300)) else {
            panic!("five minutes are too much");
        };
        assert!(
            text.starts_with("This computer’s clock is 5 min behind"),
            "{text}"
        );
        let text = clock_finding(Some(-7_200));
        assert!(
            text.text().contains("2 h ahead of the server’s"),
            "{text:?}"
        );
        assert!(matches!(clock_finding(None), ConnectionFinding::Skipped(_)));
    }

    #[test]
    fn a_check_that_does_not_apply_neither_passes_nor_fails() {
        let server = ReachedServer {
            certificate: None,
            ahead_secs: None,
        };
        let zone = TimeZone::UTC;
        let found = [
            server_finding("127.0.0.1:8080", Ok(&server), &zone),
            keychain_finding(KeychainName::SecretService, Ok(Some(false))),
        ];
        for finding in found {
            assert!(
                matches!(finding, ConnectionFinding::NotApplicable(_)),
                "{finding:?}"
            );
            assert_eq!(finding.word(), "n/a");
        }
    }

    #[test]
    fn the_report_has_a_line_for_each_check() {
        let findings = [
            Route::System("http://proxy:8080".to_owned()).finding(),
            name_finding("x", Ok(&["1.2.3.4"; 6].map(str::to_owned))),
            ConnectionFinding::Bad("Broken.".to_owned()),
            ConnectionFinding::Pending,
            keychain_finding(KeychainName::SecretService, Ok(None)),
            ConnectionFinding::Skipped("Not signed in.".to_owned()),
        ];
        let text = report(&Environment::Sandbox, Timestamp::UNIX_EPOCH, &findings);
        assert!(
            text.contains("Sandbox (sandbox.thredfi.com), 1970-01-01T00:00:00Z"),
            "{text}"
        );
        for line in [
            "ok       Proxy         http://proxy:8080 (set by the system).",
            "ok       DNS           x resolves to 1.2.3.4, 1.2.3.4, 1.2.3.4, 1.2.3.4 and 2 more.",
            "FAILED   TLS           Broken.",
            "pending  Clock         Checking…",
            "ok       Keychain      The Secret Service keyring answers.",
            "skipped  API key       Not signed in.",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
