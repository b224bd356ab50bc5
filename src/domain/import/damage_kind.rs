//! The kinds of damage that programs leave in the cells of a file, and the remedy for each.
//!
//! The reader detects some kinds in the bytes around a cell and marks them on the row. The dry run detects the others
//! in the text of a cell. Every kind has one switch for the whole file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{garbled, repair};

/// A kind of damage. The variants are in the order of the list of findings, with those that the reader detects first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DamageKind {
    /// ` "Old Mill"`: a blank before the quotation mark that should open the cell.
    BlankBeforeQuote,
    /// `"Old" Mill`: text after the closing quotation mark.
    TextAfterQuote,
    /// `\"` inside a cell instead of `""`, or `\'`.
    BackslashEscape,
    /// `“Mill, Ltd”`: a delimiter between typographic quotation marks.
    SeparatorInCurlyQuotes,
    /// Letters that are unlikely in this encoding, or `U+FFFD`.
    OddLetters,
    /// `Ã¼`: UTF-8 that an earlier program read in another encoding.
    GarbledUtf8,
    /// `&uuml;`
    HtmlEntity,
    /// `NULL`, `N/A`, `\N` or `nan` for an empty cell.
    NullMarker,
    /// `#REF!`
    SpreadsheetError,
    /// `1.23457e+14`: digits are lost.
    ShortenedNumber,
    /// `1234567.0`
    TrailingDecimal,
    /// `31.12.2026`: a date not in the format sent. If its order is ambiguous, the user chooses it for the column.
    OtherDateFormat,
    /// `2026-12-31 23:00`: a time of day, which may fall on another date in another time zone.
    DateWithTime,
    /// `="000123"` or `'000123`
    TextFormula,
    /// Any other start of a formula, such as `=HYPERLINK(`.
    FormulaLike,
    /// Typographic, single or doubled quotation marks around a whole cell. Plain ones are noted, but not removed.
    CurlyQuotes,
    /// A no-break space, another wide space, or several spaces in a row.
    HiddenSpace,
    /// Zero-width characters, soft hyphens and similar characters in an id, a number or a code.
    HiddenCharacter,
    /// A line break or a tab inside a cell.
    LineBreak,
    /// A control character.
    ControlCharacter,
    /// A country code that is not among those Thred lists.
    UnknownCountry,
}

/// What the switch of a kind does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Changes the cell.
    Repair,
    /// Allows the cell to be sent unchanged. Until then its row is invalid.
    Accept,
    /// There is no switch; the row only gets a note.
    NoteOnly,
}

/// A kind of damage found by the reader in a cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellMark {
    /// Column index; a file has at most 500 columns.
    pub column: u16,
    pub kind: DamageKind,
}

/// The kinds that are switched on. Reading a file with the same set gives the same rows, so the set is part of the
/// reading options and of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Repairs(BTreeSet<DamageKind>);

impl DamageKind {
    /// In declaration order.
    pub const ALL: [Self; 21] = [
        Self::BlankBeforeQuote,
        Self::TextAfterQuote,
        Self::BackslashEscape,
        Self::SeparatorInCurlyQuotes,
        Self::OddLetters,
        Self::GarbledUtf8,
        Self::HtmlEntity,
        Self::NullMarker,
        Self::SpreadsheetError,
        Self::ShortenedNumber,
        Self::TrailingDecimal,
        Self::OtherDateFormat,
        Self::DateWithTime,
        Self::TextFormula,
        Self::FormulaLike,
        Self::CurlyQuotes,
        Self::HiddenSpace,
        Self::HiddenCharacter,
        Self::LineBreak,
        Self::ControlCharacter,
        Self::UnknownCountry,
    ];

    /// Whether the reader detects it. Changing its switch then requires reading the file again.
    pub fn is_found_by_reader(self) -> bool {
        self <= Self::OddLetters
    }

    /// Its name in the list of findings.
    pub fn label(self) -> &'static str {
        self.words().0
    }

    /// A sentence that explains the damage.
    pub fn sentence(self) -> &'static str {
        self.words().1
    }

    /// What its switch does, as an imperative. `None` if it has no switch.
    pub fn action(self) -> Option<&'static str> {
        (self.remedy() != Remedy::NoteOnly).then_some(self.words().2)
    }

    pub fn remedy(self) -> Remedy {
        match self {
            Self::OddLetters | Self::OtherDateFormat | Self::FormulaLike => Remedy::NoteOnly,
            Self::TextAfterQuote | Self::ShortenedNumber | Self::UnknownCountry => Remedy::Accept,
            _ => Remedy::Repair,
        }
    }

    /// Whether it is switched on by default. True for repairs that are certain to be right.
    pub fn is_on_by_default(self) -> bool {
        self.remedy() == Remedy::Repair
            && !matches!(
                self,
                Self::SpreadsheetError | Self::DateWithTime | Self::ControlCharacter
            )
    }

    /// Whether its rows are invalid while it is switched off, because the stored value would be wrong or the server is expected to reject it.
    pub fn blocks_while_off(self) -> bool {
        matches!(
            self,
            Self::TextAfterQuote
                | Self::ShortenedNumber
                | Self::SpreadsheetError
                | Self::DateWithTime
                | Self::LineBreak
                | Self::ControlCharacter
                | Self::UnknownCountry
        )
    }

    /// The repaired text. `None` if the text does not show this damage, or if the text alone cannot be repaired.
    pub fn repair(self, text: &str) -> Option<String> {
        match self {
            Self::GarbledUtf8 => garbled::restored(text),
            Self::HtmlEntity => repair::html_entities(text),
            Self::NullMarker => repair::null_marker(text),
            Self::SpreadsheetError => repair::spreadsheet_error(text),
            Self::TrailingDecimal => repair::trailing_decimal(text),
            Self::TextFormula => repair::text_formula(text),
            Self::CurlyQuotes => repair::quotes_around(text),
            Self::HiddenSpace => repair::hidden_spaces(text),
            Self::HiddenCharacter => repair::hidden_characters(text),
            Self::LineBreak => repair::line_breaks(text),
            Self::ControlCharacter => repair::controls(text),
            Self::BackslashEscape => repair::backslashes(text),
            Self::BlankBeforeQuote
            | Self::TextAfterQuote
            | Self::SeparatorInCurlyQuotes
            | Self::OddLetters
            | Self::ShortenedNumber
            | Self::OtherDateFormat
            | Self::DateWithTime
            | Self::FormulaLike
            | Self::UnknownCountry => None,
        }
    }

    /// Name, explanation, and what the switch does.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BlankBeforeQuote => (
                "Space before a quotation mark",
                "A space before the opening quotation mark would make the marks part of the text.",
                "Read as quoted cells",
            ),
            Self::TextAfterQuote => (
                "Text after a closing quotation mark",
                "Text follows a cell’s closing quotation mark. Marks inside a quoted cell must be doubled.",
                "Accept as read",
            ),
            Self::BackslashEscape => (
                "Backslash before a quotation mark",
                "Quotation marks or apostrophes inside a cell have a backslash before them, such as \\\" or \\'.",
                "Read as quotation marks",
            ),
            Self::SeparatorInCurlyQuotes => (
                "Delimiters between typographic quotation marks",
                "CSV ignores typographic quotation marks, so a delimiter between them would split the value.",
                "Keep values whole",
            ),
            Self::OddLetters => (
                "Unlikely letters",
                "Some letters are unlikely. The encoding may be wrong, here or in an earlier program; choose another under Columns.",
                "",
            ),
            Self::GarbledUtf8 => (
                "Garbled letters",
                "Another program read UTF-8 in the wrong encoding, such as Ã¼ for ü.",
                "Restore the letters",
            ),
            Self::HtmlEntity => (
                "HTML codes",
                "Letters are written as HTML codes, such as &uuml; for ü.",
                "Convert to letters",
            ),
            Self::NullMarker => (
                "Placeholders for empty values",
                "Words such as NULL, N/A or \\N mark an empty value.",
                "Treat as empty",
            ),
            Self::SpreadsheetError => (
                "Spreadsheet errors",
                "A formula failed and left an error such as #REF! in its cell.",
                "Treat as empty",
            ),
            Self::ShortenedNumber => (
                "Shortened numbers",
                "A spreadsheet shortened a long number, such as 1.23457e+14. Its last digits are lost.",
                "Accept as they are",
            ),
            Self::TrailingDecimal => (
                "Numbers ending in .0",
                "A program treated an id or number as a decimal, such as 1234567.0.",
                "Remove the .0",
            ),
            Self::OtherDateFormat => (
                "Dates in another format",
                "Dates are sent as YYYY-MM-DD; these use another format, or are no dates.",
                "",
            ),
            Self::DateWithTime => (
                "Dates with a time of day",
                "A date has a time of day. In another time zone it may be the day before or after.",
                "Use the date as written",
            ),
            Self::TextFormula => (
                "Texts written as formulas",
                "Text is written as a formula, such as =\"000123\", or with an apostrophe to keep its zeros.",
                "Use the text",
            ),
            Self::FormulaLike => (
                "Starts like a formula",
                "The value starts like a formula. It is sent as text; spreadsheets may run it later.",
                "",
            ),
            Self::CurlyQuotes => (
                "Quotation marks around values",
                "Typographic, single or doubled quotation marks surround whole cells.",
                "Remove the marks",
            ),
            Self::HiddenSpace => (
                "Hidden or double spaces",
                "A value contains no-break or repeated spaces.",
                "Use one space",
            ),
            Self::HiddenCharacter => (
                "Invisible characters",
                "An id, number or code contains invisible characters.",
                "Remove them",
            ),
            Self::LineBreak => (
                "Line breaks inside cells",
                "A value contains line breaks or tabs.",
                "Use a space",
            ),
            Self::ControlCharacter => (
                "Control characters",
                "A value contains control characters. A letter may be lost.",
                "Remove them",
            ),
            Self::UnknownCountry => (
                "Unknown countries",
                "Thred does not list these countries and may reject them. Correct the rows, or send the codes as they are.",
                "Send as they are",
            ),
        }
    }
}

impl Repairs {
    /// Nothing is switched on, so every cell is used as it is.
    #[cfg(test)]
    pub fn none() -> Self {
        Self(BTreeSet::new())
    }

    pub fn is_on(&self, kind: DamageKind) -> bool {
        self.0.contains(&kind)
    }

    /// Whether a text that is not empty is treated as empty.
    pub fn treat_as_empty(&self, text: &str) -> bool {
        let mut kinds = [DamageKind::NullMarker, DamageKind::SpreadsheetError].into_iter();
        kinds.any(|kind| self.is_on(kind) && kind.repair(text).is_some())
    }

    pub fn set(&mut self, kind: DamageKind, is_on: bool) {
        if is_on {
            self.0.insert(kind);
        } else {
            self.0.remove(&kind);
        }
    }
}

impl Default for Repairs {
    fn default() -> Self {
        let all = DamageKind::ALL.into_iter();
        Self(all.filter(|kind| kind.is_on_by_default()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_words_and_a_safe_start() {
        assert!(DamageKind::ALL.is_sorted());
        for kind in DamageKind::ALL {
            assert!(!kind.label().is_empty() && kind.sentence().ends_with('.'));
            assert_eq!(kind.action().is_none(), kind.remedy() == Remedy::NoteOnly);
            assert!(kind.action().is_none_or(|action| !action.is_empty()));
            // Data loss is never accepted without asking.
            assert!(!(kind.is_on_by_default() && kind.remedy() == Remedy::Accept));
        }
    }

    #[test]
    fn switches_are_kept_by_name() {
        let mut repairs = Repairs::none();
        repairs.set(DamageKind::ShortenedNumber, true);
        repairs.set(DamageKind::NullMarker, true);
        repairs.set(DamageKind::NullMarker, false);
        let text = serde_json::to_string(&repairs).unwrap();
        assert_eq!(text, r#"["shortened_number"]"#);
        assert_eq!(serde_json::from_str::<Repairs>(&text).unwrap(), repairs);
        let first = Repairs::default();
        assert!(first.is_on(DamageKind::NullMarker) && !first.is_on(DamageKind::ShortenedNumber));
    }
}
