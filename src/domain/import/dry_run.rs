//! The dry run: says of every row what an import would do, and writes nothing.

use std::collections::HashMap;

use super::mapping::Mapping;
use super::row::ReadRow;
use super::sheet::{Progress, Row, Sheet};
use super::verdict::{Counts, Outcome, Verdict};
use crate::domain::business::Business;
use crate::domain::draft::{
    Context, Differences, Field, Finding, Severity, Stored, TaughtTypes, check_row,
};
use crate::domain::text::start_of;

/// Longer texts are cut for the table, which lays out a whole line each frame however little of it is seen.
const LONGEST_SHOWN: usize = 300;

/// The verdicts so far. Any change of the mapping, the taught types or the list asks for a new run.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// One for each row that was looked at, in the order of the file.
    pub verdicts: Vec<Verdict>,
    /// Their sum.
    pub counts: Counts,
    first_lines: HashMap<String, u64>,
}

impl DryRun {
    /// Looks at so many more rows at most.
    pub fn step(
        &mut self,
        sheet: &Sheet,
        mapping: &Mapping,
        context: &Context<'_>,
        max_rows: usize,
    ) -> Progress {
        let from = self.verdicts.len();
        for (row, cells) in sheet.rows.iter().enumerate().skip(from).take(max_rows) {
            let verdict = self.judge(row, cells, sheet.header.len(), mapping, context);
            self.counts.add(&verdict);
            self.verdicts.push(verdict);
        }
        Progress {
            done: self.verdicts.len(),
            total: sheet.rows.len(),
        }
    }

    fn judge(
        &mut self,
        row: usize,
        cells: &Row,
        columns: usize,
        mapping: &Mapping,
        context: &Context<'_>,
    ) -> Verdict {
        let read = ReadRow::new(cells, mapping);
        let external_id = read.draft.to_send(Field::ExternalId);
        let twin = self.first_line(&external_id, cells.line);
        let mut notes = Vec::new();
        let by_id = read.thred_id.and_then(|id| context.known.with_id(id));
        let outcome = if cells.has_more_than(columns) {
            let reason = format!(
                "{} cells, but there are {columns} columns. A delimiter inside a cell needs quotation \
                 marks around the cell.",
                cells.len()
            );
            Outcome::Invalid {
                reasons: vec![reason],
            }
        } else if let Some(business) = by_id {
            compare(&read, business, context.taught)
        } else if let Some(line) = twin {
            Outcome::Invalid {
                reasons: vec![format!("Same external_id as line {line}.")],
            }
        } else if let Some(business) = context.known.with_external_id(&external_id) {
            compare(&read, business, context.taught)
        } else {
            self.judge_new(&read, cells, columns, context, &mut notes)
        };
        let shown = |text: &str| start_of(text, LONGEST_SHOWN).into_owned();
        Verdict {
            row,
            line: cells.line,
            external_id: shown(&external_id),
            legal_name: shown(&read.draft.to_send(Field::LegalName)),
            country: shown(&read.draft.to_send(Field::Country)),
            outcome,
            notes,
        }
    }

    /// The line of an earlier row with the same `external_id`; remembers this one if there is none.
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

    fn judge_new(
        &self,
        read: &ReadRow,
        cells: &Row,
        columns: usize,
        context: &Context<'_>,
        notes: &mut Vec<Finding>,
    ) -> Outcome {
        let (draft, odd) = read.tidied(context.taught);
        let mut findings = check_row(&draft, context);
        let reasons: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Wrong)
            .map(in_words)
            .collect();
        if !reasons.is_empty() {
            return Outcome::Invalid { reasons };
        }
        findings.retain(|finding| finding.severity == Severity::Care);
        notes.extend(odd);
        notes.append(&mut findings);
        if cells.len() < columns {
            // A line end inside an unquoted cell cuts a row in two.
            let message = format!(
                "The row has {} of {columns} cells; the others are taken as empty.",
                cells.len()
            );
            notes.push(Finding::new(Field::ExternalId, Severity::Care, message));
        }
        Outcome::Create
    }
}

/// A finding away from its field: the message names the field, or the label is put in front.
fn in_words(finding: &Finding) -> String {
    let names_itself = finding.is_missing || finding.message.starts_with(finding.field.label());
    if names_itself {
        finding.message.clone()
    } else {
        format!("{}: {}", finding.field.label(), finding.message)
    }
}

fn compare(read: &ReadRow, business: &Business, taught: &TaughtTypes) -> Outcome {
    let stored = Stored::from_list(business);
    let mut differences = Differences::between(&read.draft, &stored);
    if !differences.different.is_empty() {
        // The names of a country or a type may stand for the stored codes.
        let (tidied, _) = read.tidied(taught);
        let others = Differences::between(&tidied, &stored);
        if others.different.len() < differences.different.len() {
            differences = others;
        }
    }
    if differences.different.is_empty() {
        Outcome::Exists {
            id: business.id,
            unknown: differences.unknown,
        }
    } else {
        Outcome::Differs {
            id: business.id,
            differences,
        }
    }
}
