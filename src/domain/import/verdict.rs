//! The result of the dry run for a row.

use std::fmt;

use super::damage_kind::DamageKind;
use crate::domain::business::BusinessId;
use crate::domain::draft::{Differences, Field, FieldFinding};

/// What an import would do with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowVerdict {
    Create,
    /// The business exists with the same values.
    Exists {
        id: BusinessId,
        /// Fields of the row that are not in the list and were therefore not compared.
        unknown: Vec<Field>,
    },
    /// The business exists with other values. An import does not change it.
    Differs {
        id: BusinessId,
        differences: Differences,
    },
    /// The row cannot be sent.
    Invalid {
        reasons: Vec<InvalidReason>,
    },
}

/// Why a row cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidReason {
    /// The field at fault. `None` if it is the row as a whole.
    pub field: Option<Field>,
    /// A sentence that names the field.
    pub words: String,
    /// The line of the file that the sentence is about, if it is another than that of the row.
    pub(super) other_line: Option<u64>,
}

impl InvalidReason {
    pub(super) fn of_row(words: String) -> Self {
        Self {
            field: None,
            words,
            other_line: None,
        }
    }

    pub(super) fn same_id_as(line: u64) -> Self {
        Self {
            field: Some(Field::ExternalId),
            words: format!("Same external_id as line {line}."),
            other_line: Some(line),
        }
    }

    /// The sentence for another file than the one called `file`, whose lines have other numbers.
    fn outside_of(&self, file: &str) -> String {
        match self.other_line {
            Some(line) => format!("Same external_id as line {line} of {file}."),
            None => self.words.clone(),
        }
    }

    /// The sentence without the field name, to show below the field.
    pub fn at_field(&self) -> &str {
        let label = self.field.map_or("", Field::label);
        let rest = self.words.strip_prefix(label);
        rest.and_then(|rest| rest.strip_prefix(": "))
            .unwrap_or(&self.words)
    }
}

/// The result of the dry run for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Row index in the sheet.
    pub row: usize,
    /// Line in the file, counted from 1.
    pub line: u64,
    /// For the table, truncated.
    pub external_id: String,
    /// For the table, truncated.
    pub legal_name: String,
    /// For the table, truncated.
    pub country: String,
    pub outcome: RowVerdict,
    /// Warnings about a row that would be created.
    pub notes: Vec<FieldFinding>,
    /// The kinds of damage found in it.
    pub kinds: Vec<DamageKind>,
}

/// Number of rows per outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCounts {
    pub create: usize,
    /// Exist with the same values.
    pub exist: usize,
    /// Exist with other values.
    pub differ: usize,
    pub invalid: usize,
    /// How many of the rows to create have notes.
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
    /// The text in the reason column. Empty if there is nothing to report.
    pub fn reason(&self) -> String {
        self.reason_with(|reason| reason.words.clone())
    }

    /// The same for another file than the one called `file`, which has the row.
    pub fn reason_outside_of(&self, file: &str) -> String {
        self.reason_with(|reason| reason.outside_of(file))
    }

    fn reason_with(&self, words: impl Fn(&InvalidReason) -> String) -> String {
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
                [one] => words(one).trim_end_matches('.').to_owned(),
                many => many.iter().map(words).collect::<Vec<_>>().join(" "),
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
    /// The counts of these rows.
    pub fn of<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> Self {
        let mut counts = Self::default();
        verdicts.for_each(|verdict| counts.add(verdict));
        counts
    }

    /// Number of rows.
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
