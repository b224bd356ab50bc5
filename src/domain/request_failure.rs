//! Failed requests that may have changed something at Thred.

use jiff::tz::TimeZone;

use super::failure::{Explanation, Failure, NextStep, Operation};
use super::write_outcome::WriteOutcome;

/// A failed request, and whether a write took effect nevertheless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFailure {
    pub failure: Failure,
    pub outcome: WriteOutcome,
}

impl RequestFailure {
    /// A request that certainly took no effect.
    pub fn not_done(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::NotDone,
        }
    }

    /// A request that the server may have carried out.
    pub fn unknown(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::Unknown,
        }
    }

    /// What happened, what is known about the write, and the next step.
    pub fn explain(&self, zone: &TimeZone) -> Explanation {
        let operation = self.failure.operation;
        let not_done = match self.outcome {
            // Only the read after the write has failed.
            WriteOutcome::Done if !operation.is_write() => {
                "The changes were saved, but the values shown may be out of date."
            }
            outcome => operation.not_done(outcome),
        };
        let mut explanation = self.failure.explain_with(not_done, zone);
        match self.outcome {
            WriteOutcome::Unknown if operation == Operation::CreateBusiness => {
                explanation.next = NextStep::CheckNow;
            }
            WriteOutcome::Unknown => explanation.next = NextStep::TryAgain,
            WriteOutcome::NotDone | WriteOutcome::Done => {}
        }
        explanation
    }
}

/// For reads, where the outcome does not matter.
impl From<RequestFailure> for Failure {
    fn from(failed: RequestFailure) -> Self {
        failed.failure
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::failure::{FailureKind, Unreachable};

    fn failure(operation: Operation, outcome: WriteOutcome) -> RequestFailure {
        RequestFailure {
            failure: Failure {
                kind: FailureKind::Unreachable(Unreachable::Broken),
                operation,
                server: "Sandbox".into(),
                host: "sandbox.thredfi.com".into(),
                status: None,
                detail: None,
                request: 7,
                at: Timestamp::UNIX_EPOCH,
            },
            outcome,
        }
    }

    #[test]
    fn only_what_is_known_is_claimed() {
        let explain = |operation, outcome| failure(operation, outcome).explain(&TimeZone::UTC);
        let unknown = explain(Operation::CreateBusiness, WriteOutcome::Unknown);
        assert_eq!(
            unknown.body,
            "The connection to sandbox.thredfi.com closed before an answer arrived. It may or may not have been \
             created. Retrying with the same external_id is safe."
        );
        assert_eq!(unknown.next, NextStep::CheckNow);
        let not_done = explain(Operation::CreateBusiness, WriteOutcome::NotDone);
        assert!(not_done.body.ends_with("Nothing was created."));
        let update = explain(Operation::UpdateBusiness, WriteOutcome::Unknown);
        assert!(update.body.contains("may or may not have been"));
        assert_eq!(update.next, NextStep::TryAgain);
        let reread = explain(Operation::ReadBusiness, WriteOutcome::Done);
        assert!(reread.body.contains("The changes were saved"));
    }
}
