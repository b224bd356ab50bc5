//! Inspects a cell on its way to a field: which kinds of damage it shows, and its text after the repairs that are
//! switched on.

use std::borrow::Cow;

use super::damage_kind::{DamageKind, Remedy, Repairs};
use super::repair;
use super::sheet::ColumnFacts;
use crate::domain::draft::{Field, FieldFinding, Severity};
use crate::domain::export::cell::{is_formula_like, is_number_like};
use crate::domain::text::visible;

/// Longest quotation of a cell, characters.
const QUOTED: usize = 60;

/// Ways in which programs code texts. One may hide another, so they are repeated.
const CODINGS: [DamageKind; 3] = [
    DamageKind::TextFormula,
    DamageKind::GarbledUtf8,
    DamageKind::HtmlEntity,
];

/// Maximum number of rounds: each program that the file passed through may have added one.
const MAX_CODINGS: usize = 3;

/// The other kinds detected from the text, in reverse order of how they arise: an HTML entity may encode a no-break
/// space, and what remains may be a null marker.
const KINDS: [DamageKind; 9] = [
    DamageKind::BackslashEscape,
    DamageKind::ControlCharacter,
    DamageKind::LineBreak,
    DamageKind::HiddenCharacter,
    DamageKind::HiddenSpace,
    DamageKind::CurlyQuotes,
    DamageKind::NullMarker,
    DamageKind::SpreadsheetError,
    DamageKind::TrailingDecimal,
];

/// A cell and its context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    /// The field that it fills.
    pub(super) field: Field,
    /// The cell as it is in the file.
    pub(super) raw: &'a str,
    /// The numbers with a decimal separator in its column.
    pub(super) decimals: Decimals,
}

/// What the numbers with a decimal separator in a column show about a `.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Decimals {
    /// Every cell ends in `.0`, as a program writes whole numbers.
    AllWhole,
    /// Some have a fraction, so `.0` may be intended.
    Fractions,
    /// Nothing.
    #[default]
    Unknown,
}

impl Decimals {
    pub(super) fn of(column: &ColumnFacts) -> Self {
        if column.fractions > 0 {
            Self::Fractions
        } else if column.zero_fractions > 0 && column.zero_fractions == column.filled {
            Self::AllWhole
        } else {
            Self::Unknown
        }
    }
}

/// The result of inspecting a cell.
#[derive(Debug)]
pub(super) struct InspectedCell<'a> {
    /// The text as it would be sent.
    pub(super) text: Cow<'a, str>,
    /// The kinds found, each with whether its repair is switched on.
    pub(super) seen: Vec<(DamageKind, bool)>,
}

/// Inspects the text of a cell. `marked` are the kinds that the reader found around it.
pub(super) fn inspect<'a>(
    cell: Cell<'_>,
    text: Cow<'a, str>,
    marked: impl Iterator<Item = DamageKind>,
    repairs: &Repairs,
) -> InspectedCell<'a> {
    let mut found = InspectedCell {
        text,
        seen: marked.map(|kind| (kind, repairs.is_on(kind))).collect(),
    };
    for _ in 0..MAX_CODINGS {
        let mut is_changed = false;
        for kind in CODINGS {
            is_changed |= found.repair(kind, cell, repairs);
        }
        if !is_changed {
            break;
        }
    }
    for kind in KINDS {
        found.repair(kind, cell, repairs);
    }
    let text = found.text.trim();
    if is_number(cell.field) && repair::is_shortened_number(text) {
        let kind = DamageKind::ShortenedNumber;
        found.seen.push((kind, repairs.is_on(kind)));
    }
    if is_formula_like(text) && !is_number_like(text) {
        found.seen.push((DamageKind::FormulaLike, false));
    }
    found
}

impl InspectedCell<'_> {
    /// Looks for a kind, and repairs the text if that is switched on. Returns whether the text changed.
    fn repair(&mut self, kind: DamageKind, cell: Cell<'_>, repairs: &Repairs) -> bool {
        let Some(fixed) = applies(kind, cell, &self.text)
            .then(|| kind.repair(&self.text))
            .flatten()
        else {
            return false;
        };
        let is_on = repairs.is_on(kind) && !is_doubtful(kind, cell, &self.text);
        self.see(kind, is_on);
        if is_on {
            self.text = Cow::Owned(fixed);
        }
        is_on
    }

    /// Adds a kind. A cell counts once for each.
    fn see(&mut self, kind: DamageKind, is_on: bool) {
        if self.seen.iter().all(|(other, _)| *other != kind) {
            self.seen.push((kind, is_on));
        }
    }

    /// The findings: one for everything that was repaired, and one for each kind that was not. `written` is the cell
    /// before repairs.
    pub(super) fn findings(
        &self,
        field: Field,
        written: &str,
    ) -> impl Iterator<Item = FieldFinding> {
        let repaired: Vec<DamageKind> = self
            .seen
            .iter()
            .filter(|(kind, is_on)| *is_on && kind.remedy() == Remedy::Repair)
            .map(|(kind, _)| *kind)
            .collect();
        let told = (!repaired.is_empty()).then(|| {
            let words = self.repaired_words(&repaired, written);
            FieldFinding::new(field, Severity::Warning, words)
        });
        let others = self.seen.iter().filter(|(kind, is_on)| {
            (!*is_on || kind.remedy() != Remedy::Repair) && !self.is_reported_by_check(*kind)
        });
        let others = others.map(move |(kind, is_on)| {
            let is_refused = kind.blocks_while_off() && !is_on;
            let severity = if is_refused {
                Severity::Wrong
            } else {
                Severity::Warning
            };
            FieldFinding::new(
                field,
                severity,
                unrepaired_words(*kind, &self.text, is_refused),
            )
        });
        told.into_iter().chain(others)
    }

    /// Whether the check of the draft already reports this.
    fn is_reported_by_check(&self, kind: DamageKind) -> bool {
        kind == DamageKind::HiddenCharacter
            || (kind == DamageKind::OddLetters && self.text.contains(char::REPLACEMENT_CHARACTER))
    }

    fn repaired_words(&self, kinds: &[DamageKind], written: &str) -> String {
        let before = quoted(written);
        match kinds {
            _ if self.text.trim().is_empty() => format!("{before} is treated as empty."),
            [DamageKind::HiddenSpace] if shown(written) == self.text => {
                format!("A no-break or wide space beside {before} is removed.")
            }
            [DamageKind::HiddenSpace] => format!("{before} is read with single spaces."),
            [DamageKind::LineBreak] => format!("{before} is read as one line."),
            // The marks are already gone from the cell, so there is no original to show.
            [kind] if kind.is_found_by_reader() => {
                format!("{}; it is read as {}.", kind.label(), shown(&self.text))
            }
            _ => format!("{before} is read as {}.", shown(&self.text)),
        }
    }
}

/// The message for a cell that is sent unchanged or rejected.
fn unrepaired_words(kind: DamageKind, text: &str, is_refused: bool) -> String {
    let shown = quoted(text);
    match (kind, is_refused) {
        (DamageKind::ShortenedNumber, true) => {
            format!(
                "{shown} is how a spreadsheet shortens a long number. Its last digits are lost."
            )
        }
        (DamageKind::SpreadsheetError, _) => {
            format!("The spreadsheet shows the error {shown} here.")
        }
        (DamageKind::FormulaLike, _) => {
            format!("Starts like a spreadsheet formula. It is sent as text: {shown}")
        }
        (DamageKind::OddLetters, _) => {
            format!(
                "{shown} has unlikely letters. The encoding may be wrong, here or in an earlier program."
            )
        }
        (_, true) => format!("{}: {shown}.", kind.label()),
        (_, false) => format!("{}; it is sent unchanged: {shown}.", kind.label()),
    }
}

/// A cell in quotation marks.
fn quoted(text: &str) -> String {
    format!("“{}”", shown(text))
}

/// A truncated text with invisible characters made visible. Repeated spaces are preserved.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text.trim()).chars().take(QUOTED + 1) {
        if c.is_whitespace() && c != ' ' {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    match out.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &out[..end]),
        None => out,
    }
}

/// Whether to look for this kind of damage in this field, whose text may be repaired in part.
fn applies(kind: DamageKind, cell: Cell<'_>, text: &str) -> bool {
    let field = cell.field;
    let is_json = field == Field::Metadata;
    let is_name = matches!(field, Field::LegalName | Field::Province);
    match kind {
        // In a name, or before an equals sign, a leading apostrophe is intended.
        DamageKind::TextFormula => {
            let is_number = is_number(field) && repair::text_formula(cell.raw).is_some();
            let is_formula = |text: &str| text.trim_start().starts_with('=');
            is_formula(cell.raw) && is_formula(text) || is_number
        }
        DamageKind::TrailingDecimal => is_number(field),
        DamageKind::HiddenCharacter => !is_json && !is_name,
        // JSON has its own line ends, quotation marks and escapes.
        DamageKind::BackslashEscape
        | DamageKind::HiddenSpace
        | DamageKind::LineBreak
        | DamageKind::CurlyQuotes
        | DamageKind::HtmlEntity => !is_json,
        _ => true,
    }
}

/// Whether a repair would only be a guess, so that the cell is noted and sent unchanged.
fn is_doubtful(kind: DamageKind, cell: Cell<'_>, text: &str) -> bool {
    match kind {
        DamageKind::TrailingDecimal => match cell.decimals {
            Decimals::AllWhole => false,
            Decimals::Fractions => true,
            // A short id such as 1.0 may be a version number.
            Decimals::Unknown => {
                cell.field == Field::ExternalId && digits_before_point(cell.raw) < 5
            }
        },
        // The reader has already removed the straight marks of CSV, so others may be part of the name.
        DamageKind::CurlyQuotes => {
            let text = text.trim_start();
            text.starts_with('"') && !text.starts_with("\"\"")
        }
        _ => false,
    }
}

fn digits_before_point(text: &str) -> usize {
    let number = text.split(['.', ',']).next().unwrap_or_default();
    number.bytes().filter(u8::is_ascii_digit).count()
}

/// Fields that hold ids or register numbers, never quantities.
fn is_number(field: Field) -> bool {
    matches!(
        field,
        Field::ExternalId
            | Field::VatNumber
            | Field::CompanyNumber
            | Field::Tin
            | Field::PhoneNumber
    )
}

#[cfg(test)]
mod tests;
