//! The form of a text inside a CSV cell: harmless to spreadsheets, nothing hidden, and reversible.
//!
//! A cell that a spreadsheet would run gets an apostrophe in front (OWASP, "CSV Injection"); one
//! that has apostrophes there already gets one more, so that reading can take exactly one away.
//! The same is done inside a cell behind whatever another program may take for the end of one: a
//! spreadsheet with a European list separator splits `Foo;=1` in two.
//! Hidden characters are written as `[U+202E]`, and a text that really reads `[U+` as `[U++`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::domain::text::visible;

const CODE_START: &str = "[U+";

/// The cell for a text.
pub fn write(text: &str) -> Cow<'_, str> {
    let mut out = show_hidden(text);
    for at in inner_runs(&out).into_iter().rev() {
        out.to_mut().insert(at, MARK);
    }
    if would_run(&out) {
        out.to_mut().insert(0, MARK);
    }
    out
}

/// The text of a cell; any cell of any file has one.
pub fn read(cell: &str) -> Cow<'_, str> {
    let inner = cell
        .strip_prefix(MARK)
        .filter(|_| would_run(cell))
        .unwrap_or(cell);
    let mut out = Cow::Borrowed(inner);
    for at in inner_runs(inner).into_iter().rev() {
        if out[at..].starts_with(MARK) {
            out.to_mut().remove(at);
        }
    }
    if out.contains(CODE_START) {
        Cow::Owned(restore_hidden(&out))
    } else {
        out
    }
}

/// Whether a spreadsheet may take a cell for a formula.
pub fn is_formula_like(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n']) || cell.starts_with(begins_formula)
}

const MARK: char = '\'';

/// The wide forms count as well where Chinese, Japanese or Korean is written.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// What ends a cell in some file of some program.
fn ends_cell(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '|' | '\r' | '\n')
}

fn would_run(cell: &str) -> bool {
    is_formula_like(cell.trim_start_matches(MARK))
}

/// Where inside a cell, after what may end one, a formula begins or the marks in front of it. Quotation marks between
/// the two are passed over: they may open the cell.
fn inner_runs(cell: &str) -> Vec<usize> {
    let mut runs = Vec::new();
    let (mut is_at_start, mut marks) = (false, None);
    for (at, c) in cell.char_indices() {
        if ends_cell(c) {
            (is_at_start, marks) = (true, None);
        } else if is_at_start && c == MARK {
            marks = marks.or(Some(at));
        } else if !(is_at_start && c == '"' && marks.is_none()) {
            if is_at_start && begins_formula(c) {
                runs.push(marks.unwrap_or(at));
            }
            is_at_start = false;
        }
    }
    runs
}

/// Line ends and tabs inside a cell are what quotes in CSV are for.
fn is_layout(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

fn show_hidden(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| is_layout(c) || !hides(c);
    if !text.contains(CODE_START) && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace(CODE_START, "[U++");
    let mut out = String::with_capacity(escaped.len() + 16);
    for c in escaped.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "{CODE_START}{:04X}]", u32::from(c));
        }
    }
    Cow::Owned(out)
}

fn restore_hidden(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, after)) = rest.split_once(CODE_START) {
        out.push_str(before);
        if let Some((c, after_code)) = hidden_code(after) {
            out.push(c);
            rest = after_code;
        } else {
            out.push_str(CODE_START);
            rest = after.strip_prefix('+').unwrap_or(after);
        }
    }
    out.push_str(rest);
    out
}

/// `202E]` at the start of a text, and what follows it.
fn hidden_code(text: &str) -> Option<(char, &str)> {
    let (code, rest) = text.split_once(']')?;
    if !(4..=6).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    hides(c).then_some((c, rest))
}

pub(super) fn hides(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    matches!(visible(c.encode_utf8(&mut [0; 4])), Cow::Owned(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_neutralised_and_read_back() {
        for (text, cell) in [
            ("Acme", "Acme"),
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-1", "'-1"),
            ("@cmd", "'@cmd"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("Foo;=1", "Foo;'=1"),
            ("Foo;'=1", "Foo;''=1"),
            ("Foo,\"\"@a|＝b\n+1", "Foo,\"\"'@a|'＝b\n'+1"),
            ("Foo; =1;a=b;'t", "Foo; =1;a=b;'t"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'t Hoff", "'t Hoff"),
            ("a\u{202E}b", "a[U+202E]b"),
            ("a[U+202E]b", "a[U++202E]b"),
            ("two\nlines", "two\nlines"),
            ("\u{0}", "[U+0000]"),
        ] {
            assert_eq!(write(text), cell);
            assert_eq!(read(cell), text);
        }
    }

    #[test]
    fn cells_of_other_programs_are_read_as_they_are() {
        for cell in [
            "[U+",
            "[U+zz]",
            "[U+0041]",
            "[U+12345678]",
            "'",
            "''",
            "[U+D800]",
        ] {
            assert_eq!(read(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(
            text in "['=+@\\-]{0,3}(\\PC|[,;|\"'=+@\\-\\t\r\n]|[\u{0}-\u{20}\u{7F}-\u{A0}\u{200B}-\u{206F}\u{FEFF}]|\\[U\\+{0,3}|202E\\]){0,20}",
        ) {
            let cell = write(&text);
            prop_assert!(!is_formula_like(&cell));
            for delimiter in [',', ';', '\t', '|', '\r', '\n'] {
                for piece in cell.split(delimiter).skip(1) {
                    let opened = piece.trim_start_matches('"');
                    prop_assert!(!opened.starts_with(begins_formula), "{cell:?} at {delimiter:?}");
                }
            }
            prop_assert!(cell.chars().all(|c| is_layout(c) || !hides(c)));
            prop_assert_eq!(read(&cell), text.as_str());
        }
    }
}
