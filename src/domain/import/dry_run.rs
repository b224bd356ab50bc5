//! The dry run: determines for every row what an import would do, and writes nothing.

use std::collections::{BTreeMap, HashMap};

use super::damage_kind::DamageKind;
use super::dates::DateSurvey;
use super::row::{ReadRow, RowReader};
use super::sheet::Sheet;
use super::sheet_row::SheetRow;
use super::verdict::{InvalidReason, OutcomeCounts, RowVerdict, Verdict};
use crate::domain::business::{Business, BusinessId};
use crate::domain::draft::{
    CheckContext, Differences, Draft, Field, FieldFinding, LearnedTypes, Severity, Stored,
    check_row,
};
use crate::domain::progress::Progress;
use crate::domain::text::{excerpt, start_of};

/// Longer texts are truncated: the table lays out the whole line each frame, however little of it is visible.
const MAX_SHOWN_LEN: usize = 300;

/// Longest example of a kind of damage, characters.
const MAX_EXAMPLE_LEN: usize = 40;

/// The result of a dry run. Any change of mapping, repairs, learned types or list requires a new one.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// One per row, in file order.
    pub verdicts: Vec<Verdict>,
    pub counts: OutcomeCounts,
    /// The kinds of damage found.
    pub found: BTreeMap<DamageKind, DamageCount>,
    /// The dates whose order or century is ambiguous.
    pub dates: DateSurvey,
    /// The entity types that the rows were checked against.
    pub learned_types: LearnedTypes,
    first_lines: HashMap<String, u64>,
}

/// How often a kind of damage occurs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DamageCount {
    /// Number of cells.
    pub cells: usize,
    /// A cell that shows it, truncated, with invisible characters made visible.
    pub example: String,
}

impl DryRun {
    /// Judges every row. The cost per row is bounded by the length of its text. `on_progress` is called after
    /// each row; if it returns `false`, the run is cancelled and the result is `None`.
    pub(super) fn of(
        sheet: &Sheet,
        reader: &RowReader<'_>,
        context: &CheckContext<'_>,
        dates: DateSurvey,
        mut on_progress: impl FnMut(Progress) -> bool,
    ) -> Option<Self> {
        let mut run = Self {
            dates,
            ..Self::default()
        };
        let total = sheet.rows.len();
        for (row, cells) in sheet.rows.iter().enumerate() {
            let cells = sheet.corrections.apply(row, cells);
            let verdict = run.validate(row, &cells, sheet, reader, context);
            run.counts.add(&verdict);
            run.verdicts.push(verdict);
            let done = run.verdicts.len();
            if !on_progress(Progress { done, total }) {
                return None;
            }
        }
        // Only needed during the run; frees many strings.
        run.first_lines = HashMap::new();
        Some(run)
    }

    /// Judges a single row after its cells were corrected. `None` if there is no such row.
    pub fn validate_again(
        &self,
        row: usize,
        sheet: &Sheet,
        reader: &RowReader<'_>,
        context: &CheckContext<'_>,
    ) -> Option<Verdict> {
        let cells = sheet.row(row)?;
        let mut verdict = Self::default().validate(row, &cells, sheet, reader, context);
        // As in the dry run, the first row with an `external_id` is the one that is created.
        let is_duplicate = |other: &&Verdict| {
            other.row < row
                && !other.external_id.is_empty()
                && other.external_id == verdict.external_id
        };
        if verdict.outcome == RowVerdict::Create
            && let Some(duplicate) = self.verdicts.iter().find(is_duplicate)
        {
            verdict.outcome = same_id_as(duplicate.line);
            verdict.notes.clear();
        }
        Some(verdict)
    }

    fn validate(
        &mut self,
        row: usize,
        cells: &SheetRow,
        sheet: &Sheet,
        reader: &RowReader<'_>,
        context: &CheckContext<'_>,
    ) -> Verdict {
        let columns = sheet.header.len();
        let mut read = reader.read(cells);
        self.count_kinds(&read);
        let external_id = identity(&read, context);
        let duplicate = self.first_line(&external_id, cells.line);
        let mut notes = Vec::new();
        let by_id = read.thred_id.and_then(|id| context.known.with_id(id));
        let outcome = if cells.has_more_than(columns) {
            let reason = format!(
                "{} cells, but only {columns} columns. Put quotation marks around cells that contain the \
                 delimiter.",
                cells.len()
            );
            RowVerdict::Invalid {
                reasons: vec![InvalidReason::of_row(reason)],
            }
        } else if read.is_truncated {
            RowVerdict::Invalid {
                reasons: reasons(&read.findings),
            }
        } else if let Some(business) = by_id {
            compare(&read, &business)
        } else if let Some(line) = duplicate {
            same_id_as(line)
        } else if let Some(business) = context.known.with_external_id(&external_id) {
            compare(&read, &business)
        } else {
            notes = std::mem::take(&mut read.findings);
            notes.extend(read.thred_id.map(of_no_business));
            validate_new(
                &read.draft,
                cells,
                sheet.named_columns(),
                context,
                &mut notes,
            )
        };
        let shown = |text: &str| start_of(text, MAX_SHOWN_LEN).into_owned();
        Verdict {
            row,
            line: cells.line,
            external_id: shown(&external_id),
            legal_name: shown(&read.draft.to_send(Field::LegalName)),
            country: shown(&read.draft.to_send(Field::Country)),
            outcome,
            notes,
            kinds: read.kinds.iter().map(|(kind, _)| *kind).collect(),
        }
    }

    fn count_kinds(&mut self, read: &ReadRow) {
        for (kind, field) in &read.kinds {
            let seen = self.found.entry(*kind).or_default();
            seen.cells += 1;
            if seen.example.is_empty() {
                seen.example = excerpt(&read.as_written()[*field], MAX_EXAMPLE_LEN);
            }
        }
    }

    /// The line of an earlier row with the same `external_id`. If there is none, records this row.
    fn first_line(&mut self, external_id: &str, line: u64) -> Option<u64> {
        if external_id.is_empty() {
            return None;
        }
        match self.first_lines.get(external_id) {
            Some(first) => Some(*first),
            None => {
                self.first_lines.insert(external_id.to_owned(), line);
                None
            }
        }
    }
}

/// The `external_id` that identifies the row: as written in the file if a business has exactly that one, otherwise as
/// it would be sent.
fn identity(read: &ReadRow, context: &CheckContext<'_>) -> String {
    let sent = read.draft.to_send(Field::ExternalId);
    let written = read.as_written().to_send(Field::ExternalId);
    if written != sent && context.known.with_external_id(&written).is_some() {
        written
    } else {
        sent
    }
}

/// Warns that no business has the row's Thred id. The row is still created, because the id may come from another system.
fn of_no_business(id: BusinessId) -> FieldFinding {
    let message = format!("No business in the list has the Thred id {id}. The id is not sent.");
    FieldFinding::new(Field::ExternalId, Severity::Warning, message)
}

fn validate_new(
    draft: &Draft,
    cells: &SheetRow,
    columns: usize,
    context: &CheckContext<'_>,
    notes: &mut Vec<FieldFinding>,
) -> RowVerdict {
    let refused: Vec<Field> = wrong(notes).map(|finding| finding.field).collect();
    // A finding about a cell already explains what the check would report for its field.
    let checked = check_row(draft, context)
        .into_iter()
        .filter(|finding| !refused.contains(&finding.field));
    notes.extend(checked.filter(|finding| finding.severity != Severity::Hint));
    notes.sort_by_key(|finding| finding.field);
    if wrong(notes).next().is_some() {
        let reasons = reasons(notes);
        notes.clear();
        return RowVerdict::Invalid { reasons };
    }
    if cells.len() < columns {
        // An unquoted line break splits a row in two.
        let message = format!(
            "The row has {} of {columns} cells; the rest count as empty.",
            cells.len()
        );
        notes.push(FieldFinding::new(
            Field::ExternalId,
            Severity::Warning,
            message,
        ));
    }
    RowVerdict::Create
}

fn wrong(findings: &[FieldFinding]) -> impl Iterator<Item = &FieldFinding> {
    findings
        .iter()
        .filter(|finding| finding.severity == Severity::Wrong)
}

fn same_id_as(line: u64) -> RowVerdict {
    RowVerdict::Invalid {
        reasons: vec![InvalidReason::same_id_as(line)],
    }
}

fn reasons(findings: &[FieldFinding]) -> Vec<InvalidReason> {
    let reason = |finding: &FieldFinding| InvalidReason {
        field: Some(finding.field),
        ..InvalidReason::of_row(in_words(finding))
    };
    wrong(findings).map(reason).collect()
}

/// A finding as shown away from its field: prefixed with the label unless the message already names the field.
fn in_words(finding: &FieldFinding) -> String {
    let names_itself = finding.is_missing || finding.message.starts_with(finding.field.label());
    if names_itself {
        finding.message.clone()
    } else {
        format!("{}: {}", finding.field.label(), finding.message)
    }
}

/// Compares a row with the existing business. Both the cells as written and the repaired values are tried, because the
/// stored values may have been saved with the same damage.
fn compare(read: &ReadRow, business: &Business) -> RowVerdict {
    let stored = Stored::from_list(business);
    let mut differences = Differences::between(read.as_written(), &stored);
    if !differences.different.is_empty() && read.written.is_some() {
        let others = Differences::between(&read.draft, &stored);
        if others.different.len() < differences.different.len() {
            differences = others;
        }
    }
    if differences.different.is_empty() {
        RowVerdict::Exists {
            id: business.id,
            unknown: differences.unknown,
        }
    } else {
        RowVerdict::Differs {
            id: business.id,
            differences,
        }
    }
}
