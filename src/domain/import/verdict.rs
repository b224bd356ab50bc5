//! What the dry run says of a row.

use std::fmt;

use super::oddity::Oddity;
use crate::domain::business::BusinessId;
use crate::domain::draft::{Differences, Field, Finding};

/// What would become of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowVerdict {
    /// It would be created.
    Create,
    /// It is there, with the same values.
    Exists {
        /// Which business.
        id: BusinessId,
        /// Fields of the row that the list does not tell, so that they were not compared.
        unknown: Vec<Field>,
    },
    /// It is there, with other values. An import leaves it as it is.
    Differs {
        /// Which business.
        id: BusinessId,
        /// In what.
        differences: Differences,
    },
    /// It cannot be sent.
    Invalid {
        /// Why.
        reasons: Vec<InvalidReason>,
    },
}

/// Why a row cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidReason {
    /// The field that is to blame; `None` for the row as a whole.
    pub field: Option<Field>,
    /// A sentence that names the field.
    pub words: String,
}

impl InvalidReason {
    pub(super) fn of_row(words: String) -> Self {
        Self { field: None, words }
    }

    /// The sentence below its field.
    pub fn at_field(&self) -> &str {
        let label = self.field.map_or("", Field::label);
        let rest = self.words.strip_prefix(label);
        rest.and_then(|rest| rest.strip_prefix(": "))
            .unwrap_or(&self.words)
    }
}

/// What the dry run says of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Index in the rows of the sheet.
    pub row: usize,
    /// Line in the file, counted from 1.
    pub line: u64,
    /// As in the file, for the table: a long one is cut.
    pub external_id: String,
    /// As in the file, for the table: a long one is cut.
    pub legal_name: String,
    /// As in the file, for the table: a long one is cut.
    pub country: String,
    /// What would become of it.
    pub outcome: RowVerdict,
    /// Suspicions about a row that would be created.
    pub notes: Vec<Finding>,
    /// The kinds of damage that it shows.
    pub kinds: Vec<Oddity>,
}

/// How many rows have which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCounts {
    /// Would be created.
    pub create: usize,
    /// Are there with the same values.
    pub exist: usize,
    /// Are there with other values.
    pub differ: usize,
    /// Cannot be sent.
    pub invalid: usize,
    /// Of those that would be created, how many have notes.
    pub noted: usize,
}

impl RowVerdict {
    /// Its name in the table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Exists { .. } => "Already exists",
            Self::Differs { .. } => "Differs",
            Self::Invalid { .. } => "Invalid",
        }
    }
}

impl Verdict {
    /// The reason in the table; empty where there is nothing to say.
    pub fn reason(&self) -> String {
        match &self.outcome {
            RowVerdict::Create => match &self.notes[..] {
                [] => String::new(),
                notes => format!(
                    "Note: {}",
                    sentences(
                        notes
                            .iter()
                            .map(|note| (note.field.label(), &*note.message))
                    )
                ),
            },
            RowVerdict::Exists { unknown, .. } if unknown.is_empty() => {
                "No differences, nothing to do".to_owned()
            }
            RowVerdict::Exists { .. } => {
                "No differences in the listed fields, nothing to do".to_owned()
            }
            RowVerdict::Differs { differences, .. } => differences.summary("the file"),
            RowVerdict::Invalid { reasons } => match &reasons[..] {
                [one] => one.words.trim_end_matches('.').to_owned(),
                many => many
                    .iter()
                    .map(|reason| reason.words.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            },
        }
    }
}

/// "E-mail: The @ is missing. Country: …"
fn sentences<'a>(items: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let items: Vec<_> = items
        .map(|(label, text)| format!("{label}: {text}"))
        .collect();
    items.join(" ")
}

impl OutcomeCounts {
    /// All rows.
    pub fn total(&self) -> usize {
        self.create + self.exist + self.differ + self.invalid
    }

    pub(super) fn add(&mut self, verdict: &Verdict) {
        match verdict.outcome {
            RowVerdict::Create => {
                self.create += 1;
                self.noted += usize::from(!verdict.notes.is_empty());
            }
            RowVerdict::Exists { .. } => self.exist += 1,
            RowVerdict::Differs { .. } => self.differ += 1,
            RowVerdict::Invalid { .. } => self.invalid += 1,
        }
    }
}

impl fmt::Display for OutcomeCounts {
    /// "create 41 · already exist 3 · differ 2 · invalid 4"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "create {} · already exist {} · differ {} · invalid {}",
            self.create, self.exist, self.differ, self.invalid
        )
    }
}
