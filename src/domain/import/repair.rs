//! Undoes the damage that programs do to texts. Each function returns `None` if its damage is not present, so that
//! undamaged texts are never copied.

use crate::domain::text::is_invisible;

/// Values that programs write for "nothing", in any case. A plain "na" is missing on purpose: it can mean Namibia or
/// sodium and occurs in names.
const NULL_MARKERS: [&str; 28] = [
    "null",
    "\\N",
    "nan",
    "none",
    "n/a",
    "#n/a",
    "undefined",
    "nil",
    "(null)",
    "<null>",
    "[null]",
    "(none)",
    "<none>",
    "(blank)",
    "(empty)",
    "<na>",
    "n.a.",
    "n. a.",
    "not available",
    "not applicable",
    "unknown",
    "[object object]",
    "?",
    "-",
    "--",
    "---",
    "–",
    "—",
];

/// The same, but only in this case, because `NAT` and `K.A.` occur as names.
const NULL_MARKERS_AS_WRITTEN: [&str; 3] = ["NaT", "k.A.", "k. A."];

/// Longest spreadsheet error, bytes.
const MAX_ERROR_LEN: usize = 16;

/// What a failed formula leaves behind, in the languages of spreadsheets. They are listed because a name such as `#WOW!`
/// has the same form.
const SPREADSHEET_ERRORS: [&str; 74] = [
    // English, and those that are the same in several languages.
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#BUSY!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#ERROR!",
    "#GETTING_DATA",
    // German
    "#NV",
    "#N/V",
    "#BEZUG!",
    "#WERT!",
    "#ZAHL!",
    "#ÜBERLAUF!",
    "#KALK!",
    "#FELD!",
    // French
    "#VALEUR!",
    "#NOM?",
    "#NOMBRE!",
    "#NUL!",
    "#PROPAGATION!",
    "#CALCUL!",
    "#CHAMP!",
    // Spanish
    "#¡REF!",
    "#¡VALOR!",
    "#¿NOMBRE?",
    "#¡DIV/0!",
    "#¡NULO!",
    "#¡NUM!",
    "#N/D",
    // Italian and Portuguese
    "#RIF!",
    "#VALORE!",
    "#NOME?",
    "#NULLO!",
    "#VALOR!",
    "#NULO!",
    "#NÚM!",
    "#DESPEJAR!",
    // Dutch
    "#N/B",
    "#VERW!",
    "#WAARDE!",
    "#NAAM?",
    "#DEEL/0!",
    "#LEEG!",
    "#GETAL!",
    // Swedish, Danish and Norwegian
    "#SAKNAS!",
    "#REFERENS!",
    "#VÄRDEFEL!",
    "#NAMN?",
    "#DIVISION/0!",
    "#OGILTIGT!",
    "#SKÄRNING!",
    "#I/T",
    "#REFERENCE!",
    "#VÆRDI!",
    "#VERDI!",
    "#NAVN?",
    "#TALL!",
    // Finnish
    "#PUUTTUU!",
    "#VIITTAUS!",
    "#ARVO!",
    "#NIMI?",
    "#JAKO/0!",
    "#LUKU!",
    "#TYHJÄ!",
];

/// Pairs of marks that may enclose a whole cell.
const QUOTES: [(char, char); 16] = [
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‘', '’'),
    ('‚', '‘'),
    ('‚', '’'),
    ('‹', '›'),
    ('›', '‹'),
    ('\'', '\''),
    ('`', '`'),
    ('`', '´'),
    ('´', '´'),
    ('"', '"'),
];

/// `NULL` becomes empty.
pub(super) fn null_marker(text: &str) -> Option<String> {
    // A marker may have a zero-width character or a byte order mark before it.
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_hidden(c));
    let is_marker = NULL_MARKERS
        .iter()
        .any(|marker| marker.eq_ignore_ascii_case(text));
    (is_marker || NULL_MARKERS_AS_WRITTEN.contains(&text)).then(String::new)
}

/// `#REF!`, `#WERT!`, `Err:502` and `########` become empty.
pub(super) fn spreadsheet_error(text: &str) -> Option<String> {
    let text = text.trim();
    let is_listed = || SPREADSHEET_ERRORS.contains(&text.to_uppercase().as_str());
    // A column that is too narrow is filled with `#`.
    let is_filled = text.len() > 2 && text.bytes().all(|b| b == b'#');
    // LibreOffice numbers its errors.
    let number = text.strip_prefix("Err:").unwrap_or_default();
    let is_numbered = number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit());
    let may_be_listed = text.starts_with('#') && text.len() <= MAX_ERROR_LEN;
    (is_numbered || is_filled || (may_be_listed && is_listed())).then(String::new)
}

/// Whether a text is a number with a fraction. If a column contains any, `.0` is meaningful there.
pub(super) fn has_fraction(text: &str) -> bool {
    let Some((number, fraction)) = text.split_once(['.', ',']) else {
        return false;
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    are_digits(number) && are_digits(fraction) && !fraction.bytes().all(|b| b == b'0')
}

/// `1234567.0` becomes `1234567`, and so does `1234567.`, which is how some programs write a whole decimal.
pub(super) fn trailing_decimal(text: &str) -> Option<String> {
    const LEAST_DIGITS: usize = 5;
    let text = text.trim();
    let (number, zeros) = text.split_once(['.', ','])?;
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    let is_whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    // Three zeros are as likely a group of thousands, and a short number with a point an ordinal.
    let is_decimal = match zeros {
        "0" | "00" => true,
        "" => text.ends_with('.') && digits.len() >= LEAST_DIGITS,
        _ => false,
    };
    (is_whole && is_decimal).then(|| number.to_owned())
}

/// `4.12191E+11`, `4.12191D+11` as Fortran writes it, or `4.12191E11` as Java and LibreOffice do. Without a plus, it must
/// be a decimal with an exponent that such programs use: `12E4` and `2.1E5` may be product codes.
pub(super) fn is_shortened_number(text: &str) -> bool {
    const LEAST_EXPONENT: u32 = 7;
    let Some((number, exponent)) = text.split_once(['E', 'e', 'D']) else {
        return false;
    };
    let is_fortran = text[number.len()..].starts_with('D');
    let is_decimal = number.contains(['.', ',']);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || ".,".contains(c));
    let digits = exponent.strip_prefix('+').unwrap_or(exponent);
    let are_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let is_large = || {
        digits
            .parse()
            .is_ok_and(|exponent: u32| exponent >= LEAST_EXPONENT)
    };
    is_number
        && are_digits
        && (digits.len() < exponent.len() || (is_decimal && is_large() && !is_fortran))
}

/// `="000123"` becomes `000123`, and so does `'000123`, with the apostrophe that marks a text in a spreadsheet.
pub(super) fn text_formula(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(number) = text.strip_prefix('\'') {
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || " -./".contains(c));
        return is_number.then(|| number.to_owned());
    }
    let quoted = text.strip_prefix('=')?.trim();
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    // A single mark inside ends the string, so more than a string follows: `="a"&B1&"c"`.
    let is_one_text = !inner.replace("\"\"", "").contains('"');
    is_one_text.then(|| inner.replace("\"\"", "\""))
}

/// `“Old Mill Ltd”` becomes `Old Mill Ltd`. Marks inside a name are preserved.
pub(super) fn quotes_around(text: &str) -> Option<String> {
    let text = text.trim();
    let (open, close) = QUOTES
        .into_iter()
        .find(|(open, close)| text.starts_with(*open) && text.ends_with(*close))?;
    let marks = (open, close);
    let inner = without_marks(text, marks)?;
    // A program may have doubled them: `''Mill''`.
    let inner = without_marks(inner, marks).unwrap_or(inner);
    // `“Mill” and “Sons”` begins and ends with marks that are not a pair.
    let is_pair = !inner.trim().is_empty() && !inner.contains([open, close]);
    is_pair.then(|| inner.trim().to_owned())
}

fn without_marks(text: &str, (open, close): (char, char)) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

/// `O\'Brien` becomes `O'Brien`, and `\"Mill\"` becomes `"Mill"`.
pub(super) fn backslashes(text: &str) -> Option<String> {
    let is_escaped = text.contains("\\'") || text.contains("\\\"");
    is_escaped.then(|| text.replace("\\'", "'").replace("\\\"", "\""))
}

/// Every run of spaces of any kind becomes one plain space. Those around the text go, which is only worth mentioning if
/// some of them are not plain.
pub(super) fn hidden_spaces(text: &str) -> Option<String> {
    let trimmed = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if text.trim().is_empty() || (trimmed.is_ascii() && !trimmed.contains("  ")) {
        return None;
    }
    let tidy = trimmed
        .split(|c: char| c.is_whitespace() && !is_break(c))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    (tidy != trimmed).then_some(tidy)
}

/// Removes zero-width characters.
pub(super) fn hidden_characters(text: &str) -> Option<String> {
    text.contains(is_hidden)
        .then(|| text.replace(is_hidden, ""))
}

/// Characters that are invisible and never part of an id. Control characters and blanks are separate kinds of damage.
fn is_hidden(c: char) -> bool {
    is_invisible(c) && !c.is_control() && !c.is_whitespace()
}

/// Line ends and tabs, with the blanks around them, become one space.
pub(super) fn line_breaks(text: &str) -> Option<String> {
    let text = text.trim();
    text.contains(is_break).then(|| {
        let lines = text.split(is_break).map(str::trim);
        let filled: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
        filled.join(" ")
    })
}

/// Line ends, line separators and tabs: control characters that are white space, and two others.
fn is_break(c: char) -> bool {
    (c.is_control() && c.is_whitespace()) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Removes control characters, except line ends and tabs, which are a separate kind.
pub(super) fn controls(text: &str) -> Option<String> {
    let is_bare = |c: char| c.is_control() && !c.is_whitespace();
    text.contains(is_bare).then(|| text.replace(is_bare, ""))
}

/// `M&uuml;ller &amp; Co` becomes `Müller & Co`.
pub(super) fn html_entities(text: &str) -> Option<String> {
    if !text.contains('&') || !text.contains(';') {
        return None;
    }
    let decoded = html_escape::decode_html_entities(text);
    (decoded != text).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests;
