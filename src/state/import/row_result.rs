//! How the table shows a row.

use crate::domain::import::{RowOutcome, RowVerdict, Verdict};
use crate::state::import::messages::RowFilter;

/// The result of a row, or its verdict before the run.
#[derive(Debug, Clone, Copy)]
pub enum RowResult<'a> {
    /// It was not part of the run: only the dry run has a verdict.
    Validated(&'a Verdict),
    /// It has not been sent yet.
    Waiting,
    /// It was not sent, and will not be.
    Unsent,
    Sent(&'a RowOutcome),
}

impl RowResult<'_> {
    /// The result's name in the table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Validated(verdict) => verdict.outcome.name(),
            Self::Waiting => "Waiting",
            Self::Unsent => "Not sent",
            Self::Sent(RowOutcome::Sending) => "Sending",
            Self::Sent(RowOutcome::Unknown { .. }) => "Unknown",
            Self::Sent(RowOutcome::Created { .. }) => "Created",
            Self::Sent(RowOutcome::Existed { .. }) => "Already existed",
            Self::Sent(RowOutcome::Rejected { .. }) => "Failed",
        }
    }

    /// The reason; empty if there is nothing to say.
    pub fn reason(&self) -> String {
        match self {
            Self::Validated(verdict) => verdict.reason(),
            Self::Waiting => String::new(),
            Self::Unsent => "Not sent: the import was stopped first".to_owned(),
            Self::Sent(RowOutcome::Created { differs, .. }) if differs.is_empty() => String::new(),
            Self::Sent(outcome) => outcome.words(),
        }
    }

    /// The reason for another file than the one called `file`, which has the row.
    pub fn reason_outside_of(&self, file: &str) -> String {
        match self {
            Self::Validated(verdict) => verdict.reason_outside_of(file),
            Self::Waiting | Self::Unsent | Self::Sent(_) => self.reason(),
        }
    }

    /// Whether the row is to be imported again, after a correction or as it is.
    pub(super) fn is_to_repeat(&self) -> bool {
        self.is_invalid() || self.is_rejected() || self.is_unknown() || matches!(self, Self::Unsent)
    }

    /// Whether the row was not sent because it is invalid.
    pub(super) fn is_invalid(&self) -> bool {
        matches!(self, Self::Validated(verdict) if matches!(verdict.outcome, RowVerdict::Invalid { .. }))
    }

    /// Whether the server has rejected the row.
    fn is_rejected(&self) -> bool {
        matches!(self, Self::Sent(RowOutcome::Rejected { .. }))
    }

    /// Whether the row was sent and has no usable answer.
    fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::Sent(RowOutcome::Unknown { .. } | RowOutcome::Sending)
        )
    }

    pub(super) fn matches(&self, verdict: &Verdict, filter: RowFilter) -> bool {
        let outcome = &verdict.outcome;
        let is_validated = matches!(self, Self::Validated(_));
        match filter {
            RowFilter::All => true,
            RowFilter::Create => match self {
                Self::Sent(sent) => !sent.is_final(),
                Self::Validated(_) | Self::Waiting | Self::Unsent => *outcome == RowVerdict::Create,
            },
            RowFilter::Exist => is_validated && matches!(outcome, RowVerdict::Exists { .. }),
            RowFilter::Differ => is_validated && matches!(outcome, RowVerdict::Differs { .. }),
            RowFilter::Invalid => self.is_invalid(),
            RowFilter::Noted => {
                is_validated && *outcome == RowVerdict::Create && !verdict.notes.is_empty()
            }
            RowFilter::Shows(kind) => verdict.kinds.contains(&kind),
            RowFilter::Created => matches!(self, Self::Sent(RowOutcome::Created { .. })),
            RowFilter::Existed => match self {
                Self::Sent(sent) => matches!(sent, RowOutcome::Existed { .. }),
                Self::Validated(_) => {
                    matches!(
                        outcome,
                        RowVerdict::Exists { .. } | RowVerdict::Differs { .. }
                    )
                }
                Self::Waiting | Self::Unsent => false,
            },
            RowFilter::Failed => self.is_rejected(),
            RowFilter::Unknown => self.is_unknown(),
            RowFilter::Unsent => matches!(self, Self::Unsent),
        }
    }

    /// Sorts rows that need attention first.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Validated(verdict) => match verdict.outcome {
                RowVerdict::Invalid { .. } => 0,
                RowVerdict::Differs { .. } => 3,
                RowVerdict::Exists { .. } => 5,
                RowVerdict::Create => 6,
            },
            Self::Sent(RowOutcome::Rejected { .. }) => 1,
            Self::Sent(RowOutcome::Unknown { .. } | RowOutcome::Sending) => 2,
            Self::Waiting | Self::Unsent => 4,
            Self::Sent(RowOutcome::Created { differs, .. }) if !differs.is_empty() => 3,
            Self::Sent(RowOutcome::Existed { .. }) => 5,
            Self::Sent(RowOutcome::Created { .. }) => 6,
        }
    }
}
