//! What became of a request that changes something at Thred.

use jiff::tz::TimeZone;

use super::business::BusinessDetail;
use super::failure::{Explanation, Failure, NextStep, Operation};

/// Which of the two good answers came to a request to create a business (API page "Create a business").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreateOutcome {
    /// 201: it is new.
    Created,
    /// 200: one with this `external_id` was there, and nothing of it was changed.
    ///
    /// After an earlier [`WriteOutcome::Unknown`] for the same `external_id` it may well be the one that was asked
    /// for then; only a comparison of the fields can tell.
    Existed,
}

/// The answer to a request to create a business.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateAnswer {
    /// The business as it is stored.
    pub detail: BusinessDetail,
    /// Whether it is new.
    pub outcome: CreateOutcome,
}

/// What is known of a write that did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteOutcome {
    /// It was not done: it never left this computer, or the server refused it.
    NotDone,
    /// It may have been done or not. The same request can be sent again without harm.
    Unknown,
    /// It was done, and only what it led to could not be read.
    Done,
}

/// A write that did not end well, and whether it was done all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteFailure {
    /// What went wrong.
    pub failure: Failure,
    /// What is known of the write itself.
    pub outcome: WriteOutcome,
}

impl WriteFailure {
    /// A write that was certainly not done.
    pub fn not_done(failure: Failure) -> Self {
        Self {
            failure,
            outcome: WriteOutcome::NotDone,
        }
    }

    /// What happened, to what, what is known of the write, and the next step.
    pub fn explain(&self, zone: &TimeZone) -> Explanation {
        let operation = self.failure.operation;
        let left_undone = match self.outcome {
            // Then it is the reading afterwards that failed.
            WriteOutcome::Done if !operation.is_write() => {
                "The changes were saved, but the values shown may be out of date."
            }
            outcome => operation.left_undone(outcome),
        };
        let mut explanation = self.failure.explain_with(left_undone, zone);
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::failure::{FailureKind, Unreachable};

    fn failure(operation: Operation, outcome: WriteOutcome) -> WriteFailure {
        WriteFailure {
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
