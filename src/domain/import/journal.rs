//! The journal of an import run: one line per event, appended as it happens, so that the run can resume after a crash.
//! A row is recorded before it is sent. If it has no response yet, it is sent again, which is safe because of its
//! `external_id`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::corrections::Corrections;
use super::damage_kind::Repairs;
use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::mapping::Mapping;
use super::verdict::{RowVerdict, Verdict};
use crate::domain::business::BusinessId;
use crate::domain::draft::Field;
use crate::domain::profile::Profile;

/// The format version. A later version must keep it in the first line, so that its journals are recognised and kept. No release wrote a lower number.
const VERSION: u32 = 4;

/// Identifies the content of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFingerprint {
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The first line: what is imported, where to, and how the file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    pub file: String,
    /// Detects whether the file has changed since.
    pub fingerprint: FileFingerprint,
    /// Whose key is used, and in which environment.
    pub profile: Profile,
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// Index of the row with the column names, among the first rows.
    pub header_row: usize,
    /// Which column fills which field.
    pub mapping: Mapping,
    /// Which kinds of damage are repaired or accepted.
    pub repairs: Repairs,
    /// Cells that the user corrected before the run.
    pub corrections: Corrections,
    /// Number of rows to send in all. A later line may state another number; see [`Journal::will_send`].
    pub to_create: usize,
    /// When the run started.
    pub started: Timestamp,
}

/// The result for a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// The request is in flight, or was when the run was interrupted.
    Sending,
    /// Sent, but without a usable response.
    Unknown {
        /// A sentence.
        reason: String,
    },
    /// The server answered 201.
    Created {
        /// The new business.
        id: BusinessId,
        /// Fields for which the server stored another value than that of the row.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        differs: Vec<Field>,
    },
    /// The server answered 200: the business existed and was not changed.
    Existed {
        id: BusinessId,
        /// Fields whose values differ from the row.
        differs: Vec<Field>,
        /// Whether an earlier request got no response and therefore probably created it.
        after_unknown: bool,
    },
    /// The server rejected the row. Nothing was created.
    Rejected {
        /// A sentence.
        reason: String,
    },
}

/// What happened to a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Index of the row in the sheet. Line numbers are not unique.
    pub row: usize,
    pub outcome: RowOutcome,
}

/// A line of the journal after the first.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum JournalLine {
    Entry(JournalEntry),
    /// Replaces the number of rows to send.
    ToCreate(usize),
    /// Says which results the history has.
    Recorded(Tally),
}

/// A run and its progress so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    pub head: JournalHead,
    /// The results that the history has, so that an entry after an interruption counts no row again; `None` if it has no entry of this run.
    pub recorded: Option<Tally>,
    /// The latest outcome of every row that was sent, by row index in the sheet.
    pub outcomes: BTreeMap<usize, RowOutcome>,
}

/// Counts for the progress and the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub created: usize,
    /// Already existed, or were created by a request without a response.
    pub existed: usize,
    /// Rejected by the server.
    pub rejected: usize,
    /// Sent, but without a response so far.
    pub unknown: usize,
}

/// Why a journal cannot be resumed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalProblem {
    /// The first line is missing or damaged.
    #[error(
        "The record of the interrupted import can’t be read. Import the file again: existing businesses are not \
         created twice."
    )]
    Unreadable,
    /// Written by a later version of the console.
    #[error("The record of the interrupted import was written by a newer version of the console.")]
    Newer,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    rest: T,
}

impl RowOutcome {
    /// The result of a row that was answered with the id of a business with another `external_id`.
    pub fn of_another() -> Self {
        let reason = "The server answered with the id of another business. Refresh the list to see whether this one \
                      exists. If it does not, import the row again; it is not created twice.";
        Self::Unknown {
            reason: reason.to_owned(),
        }
    }

    /// Whether nothing is left to do for the row.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Sending | Self::Unknown { .. })
    }

    /// The text in the result table.
    pub fn words(&self) -> String {
        match self {
            Self::Sending => "May or may not have been created".to_owned(),
            Self::Unknown { reason } => format!("May or may not have been created: {reason}"),
            Self::Created { differs, .. } if differs.is_empty() => "Created".to_owned(),
            Self::Created { differs, .. } => format!(
                "The server stored other values for: {}",
                Field::list(differs.iter().copied())
            ),
            Self::Existed {
                after_unknown: true,
                differs,
                ..
            } if differs.is_empty() => "Exists; probably created by the earlier request".to_owned(),
            Self::Existed { differs, .. } if differs.is_empty() => {
                "Already existed; nothing was changed".to_owned()
            }
            Self::Existed { differs, .. } => format!(
                "Already existed with different values; nothing was changed: {}",
                Field::list(differs.iter().copied())
            ),
            Self::Rejected { reason } => reason.clone(),
        }
    }
}

impl JournalEntry {
    /// The line to append, including its line end.
    pub fn to_line(&self) -> String {
        line(&JournalLine::Entry(self.clone()))
    }
}

impl Journal {
    /// A run that has not started.
    pub fn new(head: JournalHead) -> Self {
        Self {
            head,
            recorded: None,
            outcomes: BTreeMap::new(),
        }
    }

    /// The first line of the file, including its line end.
    pub fn first_line(&self) -> String {
        line(&Versioned {
            version: VERSION,
            rest: &self.head,
        })
    }

    /// Sets how many rows are sent from now on. A resumed run compares the rows with another list than the first one, so it may send more or fewer.
    pub fn will_send(&mut self, rows: usize) {
        self.head.to_create = self.settled() + rows;
    }

    /// The line to append when a run is resumed, including its line end.
    pub fn total_line(&self) -> String {
        line(&JournalLine::ToCreate(self.head.to_create))
    }

    /// The whole file.
    pub fn to_text(&self) -> String {
        let mut text = self.first_line();
        text.extend(self.recorded.map(recorded_line));
        for (row, outcome) in &self.outcomes {
            let outcome = outcome.clone();
            text.push_str(&JournalEntry { row: *row, outcome }.to_line());
        }
        text
    }

    /// Number of rows without a final outcome.
    pub fn left(&self) -> usize {
        let unsent = self.head.to_create.saturating_sub(self.settled());
        unsent.max(self.outcomes.len() - self.settled())
    }

    fn settled(&self) -> usize {
        let outcomes = self.outcomes.values();
        outcomes.filter(|outcome| outcome.is_final()).count()
    }

    /// Records the outcome of a row. Returns the entry to append, which may differ from `outcome` because of earlier
    /// attempts.
    pub fn record(&mut self, row: usize, mut outcome: RowOutcome) -> JournalEntry {
        let before = self.outcomes.get(&row);
        if let (Some(before), RowOutcome::Existed { after_unknown, .. }) = (before, &mut outcome) {
            *after_unknown |= matches!(before, RowOutcome::Unknown { .. });
        }
        // Sending a row again does not settle whether the earlier request created it.
        let stays_unknown = outcome == RowOutcome::Sending
            && matches!(
                before,
                Some(RowOutcome::Sending | RowOutcome::Unknown { .. })
            );
        if stays_unknown {
            outcome = RowOutcome::Unknown {
                reason: "an earlier request got no usable answer.".to_owned(),
            };
        }
        self.outcomes.insert(row, outcome.clone());
        JournalEntry { row, outcome }
    }

    /// Reads a journal. Truncated or unknown lines after the first are skipped; their rows are sent again.
    ///
    /// # Errors
    /// If the first line is unreadable or was written by another version.
    pub fn replay(text: &str) -> Result<Self, JournalProblem> {
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let start: Versioned<Value> =
            serde_json::from_str(first).map_err(|_| JournalProblem::Unreadable)?;
        match start.version {
            VERSION => {}
            later if later > VERSION => return Err(JournalProblem::Newer),
            _ => return Err(JournalProblem::Unreadable),
        }
        let head = JournalHead::deserialize(start.rest);
        let mut journal = Self::new(head.map_err(|_| JournalProblem::Unreadable)?);
        for line in lines {
            match serde_json::from_str(line) {
                Ok(JournalLine::Entry(JournalEntry { row, outcome })) => {
                    journal.outcomes.insert(row, outcome);
                }
                Ok(JournalLine::ToCreate(rows)) => journal.head.to_create = rows,
                Ok(JournalLine::Recorded(results)) => journal.recorded = Some(results),
                Err(_) => {}
            }
        }
        Ok(journal)
    }

    /// The rows still to send: those that the dry run would create, and those without a final outcome, even if they
    /// exist by now.
    pub fn remaining<'a>(
        &'a self,
        verdicts: &'a [Verdict],
    ) -> impl Iterator<Item = &'a Verdict> + 'a {
        verdicts
            .iter()
            .filter(|verdict| match self.outcomes.get(&verdict.row) {
                Some(outcome) => !outcome.is_final(),
                None => verdict.outcome == RowVerdict::Create,
            })
    }

    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for outcome in self.outcomes.values() {
            match outcome {
                RowOutcome::Created { .. } => tally.created += 1,
                RowOutcome::Existed { .. } => tally.existed += 1,
                RowOutcome::Rejected { .. } => tally.rejected += 1,
                RowOutcome::Sending | RowOutcome::Unknown { .. } => tally.unknown += 1,
            }
        }
        tally
    }
}

impl Tally {
    /// The final results that the history does not have yet, and the rows that are open now.
    pub fn since(self, recorded: Option<Self>) -> Self {
        let recorded = recorded.unwrap_or_default();
        Self {
            created: self.created.saturating_sub(recorded.created),
            existed: self.existed.saturating_sub(recorded.existed),
            rejected: self.rejected.saturating_sub(recorded.rejected),
            unknown: self.unknown,
        }
    }

    /// The same without the rows that are open, which may still get a result.
    pub fn settled(self) -> Self {
        Self { unknown: 0, ..self }
    }
}

/// The line to append once the history has these results, including its line end.
pub fn recorded_line(recorded: Tally) -> String {
    line(&JournalLine::Recorded(recorded))
}

fn line(value: &impl Serialize) -> String {
    // Serialisation cannot fail: all keys are strings, and all values can be represented in JSON.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}
