//! The journal of a run: one line per event, appended as it happens, so that after a crash the
//! run goes on where it stopped. A row is marked before it is sent; one that was marked and has no
//! answer is sent again, which the `external_id` makes safe.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::corrections::Corrections;
use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::mapping::Mapping;
use super::oddity::Repairs;
use super::verdict::{RowVerdict, Verdict};
use crate::domain::business::BusinessId;
use crate::domain::draft::Field;
use crate::domain::profile::Profile;
use crate::domain::text::excerpt;

/// Version of the format of a run whose rows are those of the file.
const VERSION: u32 = 2;

/// The same with corrected cells, which versions that do not know of them would leave out.
const WITH_CORRECTIONS: u32 = 3;

/// The first format knew rows by their line, counted by line feeds alone: in a file with other line ends several rows
/// shared one, so what it says of a row cannot be trusted.
const BY_LINES: u32 = 1;

/// Longest name of a file in a sentence, characters.
const LONGEST_NAME: usize = 80;

/// What tells whether a file is still the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFingerprint {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The first line: what is imported, where to, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalHead {
    /// Path of the file.
    pub file: String,
    /// What it held.
    pub fingerprint: FileFingerprint,
    /// Who imports it, and where to.
    pub profile: Profile,
    /// How it is decoded.
    pub encoding: Encoding,
    /// How it is cut.
    pub delimiter: Delimiter,
    /// Which of the first rows holds the names of the columns.
    #[serde(default)]
    pub header_row: usize,
    /// Which column fills which field.
    pub mapping: Mapping,
    /// Which kinds of damage are repaired or accepted. Journals from before there were any say nothing.
    #[serde(default = "Repairs::none")]
    pub repairs: Repairs,
    /// Cells that were corrected before the run.
    #[serde(default, skip_serializing_if = "Corrections::is_empty")]
    pub corrections: Corrections,
    /// How many rows are to be created.
    pub to_create: usize,
    /// When the run began.
    pub started: Timestamp,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// It is on its way, or was when the run broke off.
    Sending,
    /// It was sent, and no usable answer came.
    Unclear {
        /// Why, in a sentence.
        reason: String,
    },
    /// 201.
    Created {
        /// The new business.
        id: BusinessId,
    },
    /// 200: it was there, and nothing was changed.
    Existed {
        /// Which business.
        id: BusinessId,
        /// In which fields it differs from the row.
        differs: Vec<Field>,
        /// Whether an earlier attempt had no answer, so that it probably created it.
        #[serde(default)]
        after_doubt: bool,
    },
    /// The server refused it; nothing was created.
    Refused {
        /// Why, in a sentence.
        reason: String,
    },
}

/// A line of the journal after the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Index of the row in the sheet. A line number would not do: rows can share one.
    pub row: usize,
    /// What is known of it from now on.
    pub outcome: RowOutcome,
}

/// A run as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// What is imported.
    pub head: JournalHead,
    /// The latest outcome of every row that was sent, by its index in the sheet.
    pub outcomes: BTreeMap<usize, RowOutcome>,
}

/// Sums for the progress and the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Created in this run.
    pub created: usize,
    /// Were there, or came to be by an attempt without an answer.
    pub existed: usize,
    /// Refused by the server.
    pub refused: usize,
    /// Sent without an answer so far.
    pub open: usize,
}

/// Why a journal cannot be continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalProblem {
    /// The first line is missing or damaged.
    #[error(
        "The record of the interrupted import can’t be read. Import the file again: existing businesses are not \
         created twice."
    )]
    Unreadable,
    /// Written by a version of the console that told rows apart by their lines.
    #[error(
        "An earlier version of the console began the import of {file}, and this version can't resume it. Some of \
         its rows may not have been sent. Import the file again: existing businesses are not created twice."
    )]
    Older {
        /// Name of the file, ready to be shown.
        file: String,
    },
    /// Written by a later version of the console.
    #[error("The record of the interrupted import was written by a newer version of the console.")]
    Newer,
}

/// What every version has in its first line.
#[derive(Deserialize)]
struct FileName {
    file: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    rest: T,
}

impl RowOutcome {
    /// Whether nothing more is to be done for the row.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Sending | Self::Unclear { .. })
    }

    /// What the result table says.
    pub fn words(&self) -> String {
        match self {
            Self::Sending => "May or may not have been created".to_owned(),
            Self::Unclear { reason } => format!("May or may not have been created: {reason}"),
            Self::Created { .. } => "Created".to_owned(),
            Self::Existed {
                after_doubt: true,
                differs,
                ..
            } if differs.is_empty() => "Exists; probably created by the earlier request".to_owned(),
            Self::Existed { differs, .. } if differs.is_empty() => {
                "Already existed; nothing was changed".to_owned()
            }
            Self::Existed { differs, .. } => {
                let names: Vec<_> = differs.iter().map(|field| field.in_sentence()).collect();
                format!(
                    "Already existed with different values; nothing was changed: {}",
                    names.join(", ")
                )
            }
            Self::Refused { reason } => reason.clone(),
        }
    }
}

impl JournalEntry {
    /// The line to append, with its line end.
    pub fn to_line(&self) -> String {
        line(self)
    }
}

impl Journal {
    /// A run that has not begun.
    pub fn new(head: JournalHead) -> Self {
        Self {
            head,
            outcomes: BTreeMap::new(),
        }
    }

    /// The first line of the file, with its line end.
    pub fn first_line(&self) -> String {
        line(&Versioned {
            version: match self.head.corrections.is_empty() {
                true => VERSION,
                false => WITH_CORRECTIONS,
            },
            rest: &self.head,
        })
    }

    /// Notes what became of a row; returns the entry to append, which may know more.
    pub fn note(&mut self, row: usize, mut outcome: RowOutcome) -> JournalEntry {
        let before = self.outcomes.get(&row);
        if let (Some(before), RowOutcome::Existed { after_doubt, .. }) = (before, &mut outcome) {
            *after_doubt |= matches!(before, RowOutcome::Unclear { .. });
        }
        // Marked again before another attempt, a doubt stays a doubt.
        let stays_in_doubt = outcome == RowOutcome::Sending
            && matches!(
                before,
                Some(RowOutcome::Sending | RowOutcome::Unclear { .. })
            );
        if stays_in_doubt {
            outcome = RowOutcome::Unclear {
                reason: "an earlier request got no answer.".to_owned(),
            };
        }
        self.outcomes.insert(row, outcome.clone());
        JournalEntry { row, outcome }
    }

    /// Reads a journal. Lines after the first that are torn or unknown are passed over: their rows
    /// are then sent again.
    ///
    /// # Errors
    /// Where the first line does not say what was imported, or another version wrote it.
    pub fn replay(text: &str) -> Result<Self, JournalProblem> {
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        let start: Versioned<FileName> =
            serde_json::from_str(first).map_err(|_| JournalProblem::Unreadable)?;
        match (start.version, start.rest.file) {
            (VERSION | WITH_CORRECTIONS, _) => {}
            (BY_LINES, Some(file)) => {
                let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
                let file = excerpt(name, LONGEST_NAME);
                return Err(JournalProblem::Older { file });
            }
            (later, _) if later > WITH_CORRECTIONS => return Err(JournalProblem::Newer),
            _ => return Err(JournalProblem::Unreadable),
        }
        let head: Versioned<JournalHead> =
            serde_json::from_str(first).map_err(|_| JournalProblem::Unreadable)?;
        let mut journal = Self::new(head.rest);
        for line in lines {
            if let Ok(entry) = serde_json::from_str::<JournalEntry>(line) {
                journal.outcomes.insert(entry.row, entry.outcome);
            }
        }
        Ok(journal)
    }

    /// The rows that are still to be sent: those of the dry run that would be created, and those
    /// without a final answer, which may have come to exist since.
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

    /// Counts the outcomes so far.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for outcome in self.outcomes.values() {
            match outcome {
                RowOutcome::Created { .. } => tally.created += 1,
                RowOutcome::Existed { .. } => tally.existed += 1,
                RowOutcome::Refused { .. } => tally.refused += 1,
                RowOutcome::Sending | RowOutcome::Unclear { .. } => tally.open += 1,
            }
        }
        tally
    }
}

/// One line of JSON.
fn line(value: &impl Serialize) -> String {
    // None of these types has a key that is not text or a value that JSON lacks.
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}
