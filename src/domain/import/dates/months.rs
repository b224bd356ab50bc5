//! Month names, full or abbreviated, in the languages most common in spreadsheets.

use crate::domain::text::fold;

/// Shortest accepted abbreviation, bytes.
const MIN_LEN: usize = 3;

/// English, German, French, Spanish, Italian, Portuguese and Dutch, without accents.
const NAMES: [&[&str]; 12] = [
    &[
        "january", "januar", "janvier", "enero", "gennaio", "janeiro",
    ],
    &[
        "february",
        "februar",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
    ],
    &[
        "march", "marz", "maerz", "mars", "marzo", "marco", "maart", "mrt",
    ],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "maio", "mei"],
    &["june", "juni", "juin", "junio", "giugno", "junho"],
    &["july", "juli", "juillet", "julio", "luglio", "julho"],
    &["august", "aout", "agosto", "augustus"],
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
        "decembre",
        "diciembre",
        "dicembre",
        "dezembro",
    ],
];

/// The month (1–12) that a word names, or `None` if it names none or could be either of two.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = fold(word);
    if word.len() < MIN_LEN {
        return None;
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
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        for word in ["jui", "ma", "", "monday", "decembers"] {
            assert_eq!(month(word), None, "{word}");
        }
    }
}
