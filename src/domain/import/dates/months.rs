//! Month names, full or abbreviated, in the languages most common in spreadsheets.

use crate::domain::text::fold;

/// Shortest accepted abbreviation, bytes.
const MIN_LEN: usize = 3;

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian and Icelandic, without
/// accents.
const NAMES: [&[&str]; 12] = [
    &[
        "january", "januar", "januari", "janvier", "enero", "gennaio", "janeiro",
    ],
    &[
        "february",
        "februar",
        "februari",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
    ],
    &[
        "march", "marts", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrt",
    ],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "maj", "mayo", "maggio", "maio", "mei"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "julio", "luglio", "julho"],
    &["august", "aout", "agosto", "augustus", "augusti", "agust"],
    &[
        "september",
        "septembre",
        "septiembre",
        "settembre",
        "setembro",
    ],
    &[
        "october", "oktober", "octobre", "octubre", "ottobre", "outubro",
    ],
    &["november", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dezember",
        "desember",
        "decembre",
        "diciembre",
        "dicembre",
        "dezembro",
    ],
];

/// Finnish names without their common ending. They are never abbreviated, because `mar` is March elsewhere.
const FINNISH: [&str; 12] = [
    "tammi", "helmi", "maalis", "huhti", "touko", "kesa", "heina", "elo", "syys", "loka", "marras",
    "joulu",
];

/// The month (1–12) that a word names, or `None` if it names none or could be either of two.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = fold(word);
    if word.len() < MIN_LEN {
        return None;
    }
    if let Some(stem) = word
        .strip_suffix("kuuta")
        .or_else(|| word.strip_suffix("kuu"))
    {
        let found = (1..).zip(FINNISH).find(|(_, name)| *name == stem);
        return found.map(|(number, _)| number);
    }
    let is_named = |names: &&[&str]| names.iter().any(|name| name.starts_with(&word));
    let mut found = (1..).zip(&NAMES).filter(|(_, names)| is_named(names));
    let (number, _) = found.next()?;
    found.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_be_cut_while_they_are_clear() {
        for (word, number) in [
            ("Dec", 12),
            ("DEZEMBER", 12),
            ("déc", 12),
            ("März", 3),
            ("mrt", 3),
            ("août", 8),
            ("Sept", 9),
            ("mai", 5),
            ("juil", 7),
            ("januari", 1),
            ("februari", 2),
            ("marts", 3),
            ("Mar", 3),
            ("maj", 5),
            ("augusti", 8),
            ("ágúst", 8),
            ("desember", 12),
            ("joulukuuta", 12),
            ("kesäkuu", 6),
            ("marraskuuta", 11),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in [
            "jui",
            "ma",
            "",
            "monday",
            "decembers",
            "kuu",
            "joulu",
            "xkuuta",
        ] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
