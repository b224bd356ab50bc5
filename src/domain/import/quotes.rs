//! Finds the end of a quoted cell in the CSV dialects that programs write.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::effort::searched;

/// Typographic marks that open a cell, and the marks that close it. Single marks are left out because they are also
/// apostrophes.
const CURLY: [(char, &[char]); 5] = [
    ('“', &['”']),
    ('„', &['“', '”']),
    ('”', &['”']),
    ('«', &['»']),
    ('»', &['«']),
];

/// The end of a cell that is enclosed in typographic quotation marks and contains the delimiter, or `None`. `from` is the offset
/// where the opening mark may be.
///
/// Linear over all cells of a text: a search stops at the next mark of any kind or at the end of the line, and no cell
/// in between begins with a mark.
pub(super) fn end_of_curly(text: &str, from: usize, delimiter: u8) -> Option<usize> {
    let first = text[from..].chars().next()?;
    let (open, close) = CURLY.into_iter().find(|(open, _)| *open == first)?;
    let inner = from + open.len_utf8();
    let ends_search = |c: char| matches!(c, '“' | '”' | '„' | '«' | '»' | '\r' | '\n');
    let rest = &text[inner..];
    let at = inner + searched(rest.find(ends_search), rest.len())?;
    let found = text[at..].chars().next().filter(|c| close.contains(c))?;
    let bytes = text.as_bytes();
    let end = at + found.len_utf8();
    let is_cut = memchr(delimiter, &bytes[inner..at]).is_some();
    (is_cut && ends_cell(bytes, end - 1, delimiter)).then(|| skip_blanks(bytes, end, delimiter))
}

/// Where a quoted cell ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closing {
    /// The closing mark if marks inside are doubled (RFC 4180).
    pub(super) plain: Option<usize>,
    /// Whether the cell also ends there.
    pub(super) is_proper: bool,
    /// Whether a line ends before it.
    pub(super) spans_lines: bool,
    /// The closing mark if marks inside are escaped with a backslash. `None` if the cell is not written this way.
    pub(super) escaped: Option<usize>,
}

/// Finds the end of a quoted cell. `from` is the offset after its opening mark.
///
/// Linear over all cells of a text: a search stops at the next odd run of marks, and a cell whose search went further
/// does not begin with one.
pub(super) fn closing(bytes: &[u8], from: usize, delimiter: u8) -> Closing {
    let plain = closing_mark(bytes, from);
    let is_proper = plain.is_some_and(|at| ends_cell(bytes, at, delimiter));
    let spans_lines = plain.is_some_and(|at| has_line_end(&bytes[from..at]));
    let has_backslash = plain.is_none_or(|at| at > from && bytes[at - 1] == b'\\');
    let is_doubtful = has_backslash || !is_proper || spans_lines;
    let escaped = is_doubtful
        .then(|| escaped_closing_mark(bytes, from))
        .flatten()
        .filter(|at| ends_cell(bytes, *at, delimiter))
        // If the cell also ends properly under RFC 4180, the backslash reading wins only if it stays within the line
        // and if what follows the RFC 4180 end is malformed.
        .filter(|at| {
            let is_better = || {
                !has_line_end(&bytes[from..*at])
                    && plain.is_some_and(|end| !is_next_in_order(bytes, end, delimiter))
            };
            !is_proper || is_better()
        });
    Closing {
        plain,
        is_proper,
        spans_lines,
        escaped,
    }
}

/// The first mark from `at` that is not doubled.
fn closing_mark(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = &bytes[at..];
        at += searched(memchr(b'"', rest), rest.len())?;
        if bytes.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return Some(at);
        }
    }
}

/// The first mark from `at` that is neither doubled nor escaped. `None` if no mark before it was escaped.
fn escaped_closing_mark(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut has_escaped = false;
    loop {
        let rest = &bytes[at..];
        at += searched(memchr2(b'"', b'\\', rest), rest.len())?;
        match (bytes[at], bytes.get(at + 1)) {
            (b'\\', Some(b'"')) => {
                has_escaped = true;
                at += 2;
            }
            (b'\\', Some(b'\\')) | (b'"', Some(b'"')) => at += 2,
            (b'\\', _) => at += 1,
            _ => return has_escaped.then_some(at),
        }
    }
}

/// Whether only blanks separate a closing mark from the end of its cell.
fn ends_cell(bytes: &[u8], mark: usize, delimiter: u8) -> bool {
    let next = skip_blanks(bytes, mark + 1, delimiter);
    let byte = bytes.get(next);
    byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\r' | b'\n'))
}

/// Whether the cell after a proper end is quoted, also in typographic marks, or contains no mark.
fn is_next_in_order(bytes: &[u8], mark: usize, delimiter: u8) -> bool {
    let end = skip_blanks(bytes, mark + 1, delimiter);
    if bytes.get(end) != Some(&delimiter) {
        return true;
    }
    let next = &bytes[skip_blanks(bytes, end + 1, delimiter)..];
    let opens = |open: char| next.starts_with(open.encode_utf8(&mut [0; 4]).as_bytes());
    if CURLY.iter().any(|(open, _)| opens(*open)) {
        return true;
    }
    let decides = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n' | b'"');
    let found = searched(next.iter().position(decides), next.len());
    found.is_none_or(|at| at == 0 || next[at] != b'"')
}

/// The offset of the first byte from `from` that is not a blank.
pub(super) fn skip_blanks(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let mut at = from;
    loop {
        at += match &bytes[at..] {
            [byte @ (b' ' | b'\t'), ..] if *byte != delimiter => 1,
            // U+00A0
            [0xC2, 0xA0, ..] => 2,
            // U+1680, U+2000 to U+200A, U+202F, U+205F and U+3000
            [0xE1, 0x9A, 0x80, ..]
            | [0xE2, 0x80, 0x80..=0x8A | 0xAF, ..]
            | [0xE2, 0x81, 0x9F, ..]
            | [0xE3, 0x80, 0x80, ..] => 3,
            _ => return at,
        };
    }
}

fn has_line_end(bytes: &[u8]) -> bool {
    searched(memchr2(b'\r', b'\n', bytes), bytes.len()).is_some()
}

/// Replaces doubled marks with single ones.
pub(super) fn undouble(inner: &str) -> Cow<'_, str> {
    if inner.contains("\"\"") {
        Cow::Owned(inner.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(inner)
    }
}

/// Resolves backslash escapes and doubled marks.
pub(super) fn unescape(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let next = match (c, chars.peek()) {
            ('\\', Some('"' | '\\')) | ('"', Some('"')) => chars.next(),
            _ => None,
        };
        out.push(next.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Closing {
        closing(text.as_bytes(), 1, b',')
    }

    #[test]
    fn marks_are_doubled_or_escaped() {
        let plain = found("\"a \"\"b\"\"\",c");
        assert_eq!((plain.plain, plain.is_proper), (Some(8), true));
        assert_eq!(plain.escaped, None);
        assert_eq!(found("\"The \\\"Old Mill\\\" Ltd\",c").escaped, Some(21));
        assert_eq!(found("\"12\\\"\",c\n\"13\\\"\",d").escaped, Some(5));
        assert_eq!(found("\"5\\\", 6\\\" pipes\",c").escaped, Some(15));
        // A backslash in a Windows path is not an escape.
        assert_eq!(found("\"C:\\dir\\\",c").escaped, None);
        assert_eq!(found("\"C:\\dir\\\",\"c\"").escaped, None);
        assert_eq!(found("\"C:\\dir\\\",c\n\"d\",e").escaped, None);
        // Neither is one at the end of a text, as an export of this console writes it before a comma.
        assert_eq!(found("\"\"\"\\\",\",\"").escaped, None);
        assert_eq!(found("\"“\\\",“\",”,c").escaped, None);
    }

    #[test]
    fn a_cell_that_has_no_proper_end_is_told() {
        assert_eq!(found("\"abc").plain, None);
        assert!(!found("\"a\"b,c").is_proper);
        assert!(found("\"a\" ,c").is_proper);
        let lines = found("\"a\r\"b,c");
        assert!(lines.spans_lines && !lines.is_proper);
    }

    #[test]
    fn a_delimiter_between_curly_marks_belongs_to_the_cell() {
        let end = |text: &str| end_of_curly(text, 0, b',');
        for cell in [
            "“Mill, Ltd”",
            "„Mühle, GmbH“ ",
            "»Mühle, AG«",
            "«a,,b»",
            "”Kvarn, AB”",
        ] {
            assert_eq!(end(&format!("{cell},GB")), Some(cell.len()), "{cell}");
            assert_eq!(end(cell), Some(cell.len()), "{cell}");
        }
        for text in [
            "“Mill”, Ltd",
            "“Mill, Ltd",
            "“Mill,\nLtd”",
            "“Mill, Ltd” & Co,GB",
            "“Mill, „Ltd”",
            "‘Mill, Ltd’",
            "Mill, Ltd",
            "",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }

    #[test]
    fn escapes_are_taken_away() {
        assert_eq!(
            unescape("The \\\"Old\\\" C:\\\\x \"\"y\"\" \\n"),
            "The \"Old\" C:\\x \"y\" \\n"
        );
        assert_eq!(undouble("a \"\"b\"\""), "a \"b\"");
    }
}
