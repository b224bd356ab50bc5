//! Encodes a text as a CSV cell: no formula that a spreadsheet would run, nothing invisible, and reversible.
//!
//! A cell that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, "CSV Injection"). A cell that
//! already begins with apostrophes gets one more, so that reading can remove exactly one. The same applies inside a
//! cell, after anything that another program may treat as the end of a cell: a spreadsheet with a European list
//! separator splits `Foo;=1` in two. Invisible characters are written as `[U+202E]`, and a literal `[U+` as `[U++`.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::domain::text::{hidden_in, is_invisible};

const CODE_START: &str = "[U+";

/// Number of hexadecimal digits of a code point.
const MIN_CODE_LEN: usize = 4;
const MAX_CODE_LEN: usize = 6;

/// Encodes a text.
pub fn write(text: &str) -> Cow<'_, str> {
    let shown = show_hidden(text);
    let mut places = inner_runs(&shown);
    if would_run(&shown) {
        places.insert(0, 0);
    }
    if places.is_empty() {
        return shown;
    }
    let mut out = String::with_capacity(shown.len() + places.len());
    let mut from = 0;
    for at in places {
        out.push_str(&shown[from..at]);
        out.push(MARK);
        from = at;
    }
    out.push_str(&shown[from..]);
    Cow::Owned(out)
}

/// Decodes a cell. Every cell of any file can be decoded.
pub fn read(cell: &str) -> Cow<'_, str> {
    let inner = cell
        .strip_prefix(MARK)
        .filter(|_| would_run(cell))
        .unwrap_or(cell);
    let mut marks = inner_runs(inner);
    marks.retain(|at| inner[*at..].starts_with(MARK));
    let mut out = Cow::Borrowed(inner);
    if !marks.is_empty() {
        let mut text = String::with_capacity(inner.len());
        let mut from = 0;
        for at in marks {
            text.push_str(&inner[from..at]);
            from = at + MARK.len_utf8();
        }
        text.push_str(&inner[from..]);
        out = Cow::Owned(text);
    }
    if out.contains(CODE_START) {
        Cow::Owned(restore_hidden(&out))
    } else {
        out
    }
}

/// Whether a spreadsheet may run a cell as a formula. Some ignore leading blanks.
pub fn is_formula_like(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell
            .trim_start_matches(is_blank)
            .starts_with(begins_formula)
}

/// A number with a sign, or a phone number.
pub fn is_number_like(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']);
    rest.is_some_and(|rest| {
        rest.chars()
            .all(|c| c.is_ascii_digit() || " ()-./,".contains(c))
    })
}

/// Neutralises a formula.
const MARK: char = '\'';

/// Includes the full-width forms, which count where Chinese, Japanese or Korean is written.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether a character is blank: Unicode white space or invisible.
fn is_blank(c: char) -> bool {
    if matches!(c, '!'..='~') {
        return false;
    }
    c.is_whitespace() || is_invisible(c)
}

/// Whether a character ends a cell in any common format.
fn ends_cell(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '|' | '\r' | '\n')
}

fn would_run(cell: &str) -> bool {
    let cell = cell.trim_start_matches(MARK);
    // After a tab or a line end, a formula gets its own mark.
    cell.starts_with(['\t', '\r', '\n'])
        || cell
            .trim_start_matches(|c| is_blank(c) && !ends_cell(c))
            .starts_with(begins_formula)
}

/// What [`inner_runs`] has seen of a piece of a cell.
#[derive(Clone, Copy)]
enum Seen {
    Quotes,
    Marks,
    Blanks,
    Text,
}

/// The offsets inside a cell where a formula begins after a character that may end a cell, including the marks and
/// blanks before it. Quotation marks before those are skipped, because they may open a cell.
fn inner_runs(cell: &str) -> Vec<usize> {
    let mut runs = Vec::new();
    let (mut seen, mut start) = (Seen::Text, 0);
    for (at, c) in cell.char_indices() {
        seen = match seen {
            _ if ends_cell(c) => {
                start = at + c.len_utf8();
                Seen::Quotes
            }
            Seen::Quotes if c == '"' => {
                start = at + c.len_utf8();
                Seen::Quotes
            }
            Seen::Quotes | Seen::Marks if c == MARK => Seen::Marks,
            Seen::Quotes | Seen::Marks | Seen::Blanks if is_blank(c) => Seen::Blanks,
            Seen::Quotes | Seen::Marks | Seen::Blanks if begins_formula(c) => {
                runs.push(start);
                Seen::Text
            }
            _ => Seen::Text,
        };
    }
    runs
}

/// Quoted CSV cells may contain line ends and tabs.
fn is_layout(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t')
}

fn show_hidden(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| is_layout(c) || !is_invisible(c);
    if !text.contains(CODE_START) && text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace(CODE_START, "[U++");
    let mut out = String::with_capacity(escaped.len() + 16);
    for (c, is_hidden) in hidden_in(&escaped) {
        if is_layout(c) || !is_hidden {
            out.push(c);
        } else {
            // Writing to a String cannot fail.
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

/// Parses `202E]` at the start of a text. Returns the character and the rest.
fn hidden_code(text: &str) -> Option<(char, &str)> {
    // Search no further than the longest code: a cell may contain thousands of openings without an end.
    let end = text
        .bytes()
        .take(MAX_CODE_LEN + 1)
        .position(|b| b == b']')?;
    let (code, rest) = (&text[..end], &text[end + 1..]);
    if code.len() < MIN_CODE_LEN || !code.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    is_invisible(c).then_some((c, rest))
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
            ("Foo; =1;a=b;'t", "Foo;' =1;a=b;'t"),
            ("Foo;\"' =1", "Foo;\"'' =1"),
            (" =1", "' =1"),
            ("\u{A0}\u{3000}@x", "'\u{A0}\u{3000}@x"),
            (" '=1", " '=1"),
            ("\u{AD}=1", "[U+00AD]=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'t Hoff", "'t Hoff"),
            ("a\u{202E}b", "a[U+202E]b"),
            ("a[U+202E]b", "a[U++202E]b"),
            ("two\nlines", "two\nlines"),
            ("\u{0}", "[U+0000]"),
            ("Ac\u{AD}me", "Ac[U+00AD]me"),
            ("\u{2800}", "[U+2800]"),
            ("می\u{200C}خواهم ❤\u{FE0F}", "می\u{200C}خواهم ❤\u{FE0F}"),
            ("a\u{200C}b\u{FE0F}", "a[U+200C]b[U+FE0F]"),
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

    /// The time is linear in the length of the cell: a crafted file once froze the dry run.
    #[test]
    fn a_long_cell_of_openings_or_formulas_is_read_and_written_in_one_go() {
        for piece in ["[U+", "[U++[U+", ";=", ";'=", ";\"' ="] {
            let text = piece.repeat(2_000_000 / piece.len());
            assert_eq!(read(&write(&text)), text, "{piece}");
        }
    }

    #[test]
    fn whatever_leaves_no_ink_hides_no_formula() {
        let blanks = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        for blank in blanks.filter(|c| c.is_whitespace() || is_invisible(*c)) {
            let text = format!("{blank}=1");
            let cell = write(&text);
            assert!(!is_formula_like(&cell), "{cell:?}");
            assert_eq!(read(&cell), text);
            assert!(is_formula_like(&text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(
            text in "['=+@\\- \u{A0}\u{3000}]{0,4}(\\PC|[,;|\"'=+@\\-\\t\r\n]|[\u{0}-\u{20}\u{7F}-\u{A0}\u{200B}-\u{206F}\u{FEFF}]|\\[U\\+{0,3}|202E\\]){0,20}",
        ) {
            let cell = write(&text);
            prop_assert!(!is_formula_like(&cell));
            for delimiter in [',', ';', '\t', '|', '\r', '\n'] {
                for piece in cell.split(delimiter).skip(1) {
                    let opened = piece.trim_start_matches('"');
                    let inked = opened.trim_start_matches(is_blank);
                    prop_assert!(!inked.starts_with(begins_formula), "{cell:?} at {delimiter:?}");
                }
            }
            prop_assert!(hidden_in(&cell).all(|(c, is_hidden)| is_layout(c) || !is_hidden));
            prop_assert_eq!(read(&cell), text.as_str());
        }
    }
}
