//! The error of a command, with its message and exit code.

use jiff::tz::TimeZone;

use super::exit::CliExit;
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::history::FailureReason;
use crate::domain::key_source::{KeyProblem, KeySource};
use crate::domain::keychain::KeychainName;

/// The error of a command. Contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CliError {
    pub(super) exit: CliExit,
    /// What happened, in sentences for standard error.
    pub(super) message: String,
    /// The next step. `None` if `message` is complete. Otherwise, the sentence about what was not done is inserted before
    /// it.
    next: Option<&'static str>,
    /// The server's reason for rejecting the sign-in, as a line of its own.
    reason: Option<String>,
    /// The cause for the history, if a request to Thred failed.
    pub(super) why: Option<FailureReason>,
}

impl CliError {
    pub(super) fn new(exit: CliExit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            next: None,
            reason: None,
            why: None,
        }
    }

    /// For an error whose consequence depends on the command. `next` may be empty.
    pub(super) fn undone(exit: CliExit, message: impl Into<String>, next: &'static str) -> Self {
        Self {
            exit,
            message: message.into(),
            next: Some(next),
            reason: None,
            why: None,
        }
    }

    /// All its sentences. `not_done` says what the command did not do: "Nothing was printed."
    pub(super) fn sentences(&self, not_done: &str) -> String {
        let mut sentences = match self.next {
            None => self.message.clone(),
            Some(next) => format!("{} {not_done} {next}", self.message)
                .trim_end()
                .to_owned(),
        };
        if let Some(reason) = &self.reason {
            sentences.push('\n');
            sentences.push_str(reason);
        }
        sentences
    }

    /// For a failed request to Thred.
    pub(super) fn of_failure(failure: &Failure, zone: &TimeZone) -> Self {
        let exit = match (&failure.kind, failure.operation) {
            (FailureKind::KeyRejected, _) => CliExit::KeyRejected,
            (FailureKind::NotFound, Operation::FetchToken) => CliExit::NoBusiness,
            (FailureKind::TokenRejected(_), _) => CliExit::TokenRejected,
            _ => CliExit::Server,
        };
        let words = failure.explain_with("", zone);
        let title = match failure.kind {
            FailureKind::TokenRejected(_) => "The token failed a check".to_owned(),
            _ => words.title,
        };
        let message = format!("{title}. {}", words.body.trim_end());
        let is_sign_in = matches!(
            failure.kind,
            FailureKind::KeyRejected | FailureKind::SessionRejected
        );
        Self {
            reason: failure.detail_line().filter(|_| is_sign_in),
            why: Some(failure.into()),
            ..Self::undone(exit, message, next_step(failure))
        }
    }

    /// For a failure to fetch the key. The output of a tool is left out: it may contain anything, and standard error often
    /// ends up in a log.
    pub(super) fn of_key(problem: &KeyProblem, source: &KeySource, store: KeychainName) -> Self {
        match problem {
            KeyProblem::Keychain(problem) => {
                let (title, body) = problem.explain(store);
                let help = "Unlock the keychain and run the command again. Without a desktop, set \
                            THRED_PARTNER_UUID and THRED_API_KEY, or fetch the key from a command or vault.";
                Self::new(CliExit::Keychain, format!("{title}. {body} {help}"))
            }
            KeyProblem::Source(problem) => {
                let mut message = format!("{}. {}", problem.title, problem.body);
                if let Some(line) = &problem.help_command {
                    message.push_str("\nRun: ");
                    message.push_str(line);
                }
                Self::new(CliExit::KeySource, message)
            }
            KeyProblem::NeedsAnswer => {
                let holder = source.holder(store.phrase());
                let message = format!(
                    "{holder} asks for a password at each sign-in, and the command line can’t ask for it. Nothing \
                     was fetched. Use a source that needs no password, such as an AppRole or a command."
                );
                Self::new(CliExit::KeySource, message)
            }
        }
    }
}

/// What to do about a failed request, unless its description says so; may be empty.
fn next_step(failure: &Failure) -> &'static str {
    match (&failure.kind, failure.operation) {
        (FailureKind::KeyRejected, _) => "Check the key and the partner UUID.",
        (FailureKind::NotFound, Operation::FetchToken) => {
            "Run “thred-console list” to see all businesses."
        }
        // The description of a failed proxy says what to check.
        (FailureKind::Proxy { .. }, _) => "",
        _ if failure.is_transient() => "Run the command again later.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_failure_that_may_pass_has_a_next_step() {
        let sentences = |kind| {
            let failure = Failure {
                kind,
                operation: Operation::ListBusinesses,
                server: "Sandbox".into(),
                host: "sandbox.thredfi.com".into(),
                status: None,
                detail: None,
                request: 1,
                at: Timestamp::UNIX_EPOCH,
            };
            CliError::of_failure(&failure, &TimeZone::UTC).sentences("Nothing was printed.")
        };
        let limit = Duration::from_secs(30);
        assert_eq!(
            sentences(FailureKind::TimedOut { limit }),
            "Sandbox did not answer in time. sandbox.thredfi.com sent no complete answer within 30 s. Nothing was \
             printed. Run the command again later."
        );
        assert!(sentences(FailureKind::NotPermitted).ends_with("Nothing was printed."));
    }
}
