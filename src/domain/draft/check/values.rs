//! Checks codes, dates and numbers, as far as the API or a public standard defines them.

use jiff::civil::Date;

use super::super::learned_types::LearnedTypes;
use super::super::metadata;
use super::super::rules::{self, Coverage, country};
use super::super::{Draft, Field, choices};
use super::finding::Severity;
use super::text::quoted;
use crate::domain::text::excerpt;

pub(super) fn check_country(typed: &str, say: &mut impl FnMut(Severity, String)) {
    if country(typed).is_some() {
        return;
    }
    if is_country_code(typed) {
        say(
            Severity::Warning,
            format!(
                "Unknown country {}. It is not among the 17 that Thred lists and may be rejected.",
                typed.to_ascii_uppercase()
            ),
        );
    } else {
        let message = match rules::country_named(typed) {
            Some(country) => format!(
                "{} is not a country code. Use the ISO 3166 code {}.",
                quoted(typed),
                country.code
            ),
            None => format!(
                "Unknown country {}. Use a two-letter ISO 3166 code, such as GB.",
                quoted(typed)
            ),
        };
        say(Severity::Wrong, message);
    }
}

/// Whether it is two letters, known here or not.
pub(in crate::domain) fn is_country_code(typed: &str) -> bool {
    is_letters(typed, 2)
}

pub(super) fn check_currency(typed: &str, say: &mut impl FnMut(Severity, String)) {
    if rules::currency(typed).is_some() {
        return;
    }
    if is_letters(typed, 3) {
        say(
            Severity::Warning,
            format!("{typed} is not among the 9 currencies that Thred lists. It may be rejected."),
        );
    } else {
        say(
            Severity::Wrong,
            format!(
                "{} is not a currency code. Use a three-letter ISO 4217 code, such as EUR.",
                quoted(typed)
            ),
        );
    }
}

pub(super) fn check_entity_type(
    draft: &Draft,
    typed: &str,
    learned_types: &LearnedTypes,
    say: &mut impl FnMut(Severity, String),
) {
    let choices = choices(&draft[Field::Country], learned_types);
    if choices.has_code(typed) {
        return;
    }
    let place = draft.to_send(Field::Country);
    let place = excerpt(&place, 30);
    let shown = quoted(typed);
    let meant = choices.find(typed).map_or_else(String::new, |option| {
        format!(" Did you mean {}?", option.code)
    });
    match choices.coverage {
        Coverage::Complete => say(
            Severity::Wrong,
            format!(
                "Entity type {shown} is not one of the {} for {place}: {}.{meant}",
                choices.options.len(),
                choices.codes()
            ),
        ),
        Coverage::Learned => say(
            Severity::Warning,
            format!(
                "The server listed other types for {place}: {}.{meant}",
                choices.codes()
            ),
        ),
        Coverage::Partial => say(
            Severity::Warning,
            format!(
                "{place} has a fixed list, and {shown} may not be on it. If it is rejected, the valid types \
                 appear here.{meant}"
            ),
        ),
        Coverage::Free => {}
    }
}

pub(super) fn check_vat(country_code: &str, typed: &str, say: &mut impl FnMut(Severity, String)) {
    let Some(country) = country(country_code).filter(|c| !c.vat_prefixes.is_empty()) else {
        return;
    };
    let start: String = typed
        .chars()
        .filter(|c| c.is_alphanumeric())
        .take(2)
        .collect();
    let fits = |prefix: &String| prefix.eq_ignore_ascii_case(&start);
    if country.vat_prefixes.iter().any(fits) {
        return;
    }
    let usual = country.vat_prefixes.join(" or ");
    if is_letters(&start, 2) {
        say(
            Severity::Warning,
            format!(
                "Starts with {}; VAT numbers in {} start with {usual}.",
                start.to_ascii_uppercase(),
                country.in_sentence()
            ),
        );
    } else {
        say(
            Severity::Hint,
            format!(
                "VAT numbers in {} usually start with {usual}.",
                country.in_sentence()
            ),
        );
    }
}

/// NACE Rev. 2 (Regulation (EC) No 1893/2006): divisions 01 to 99, classes as `dd.dd`.
pub(super) fn check_nace(typed: &str, say: &mut impl FnMut(Severity, String)) {
    let bytes = typed.as_bytes();
    let is_class = bytes.len() == 5
        && bytes[2] == b'.'
        && [0, 1, 3, 4].iter().all(|at| bytes[*at].is_ascii_digit())
        && !typed.starts_with("00");
    if !is_class {
        say(
            Severity::Warning,
            "A NACE code looks like 56.30: two digits, a dot, two digits.".to_owned(),
        );
    }
}

pub(super) fn check_accounting_method(typed: &str, say: &mut impl FnMut(Severity, String)) {
    if !matches!(typed, "accrual" | "cash") {
        say(
            Severity::Wrong,
            format!(
                "{} is not allowed. Use accrual or cash, or leave it empty for accrual.",
                quoted(typed)
            ),
        );
    }
}

pub(super) fn check_date(typed: &str, say: &mut impl FnMut(Severity, String)) {
    match read_date(typed) {
        Some(date) if date.last_of_month() != date => say(
            Severity::Warning,
            "A fiscal year usually ends on the last day of a month.".to_owned(),
        ),
        Some(_) => {}
        None => say(Severity::Wrong, date_advice(typed)),
    }
}

/// Parses exactly `YYYY-MM-DD`, for an existing day.
fn read_date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, b)| match at {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
    shape.then(|| text.parse().ok())?
}

/// Explains how to write a date, with the exact text if only one reading is possible.
fn date_advice(typed: &str) -> String {
    let shown = quoted(typed);
    let parts: Vec<&str> = typed.split(['.', '/', '-', ' ']).collect();
    let reading = match parts[..] {
        [a, b, year] if year.len() == 4 && a.len() <= 2 && b.len() <= 2 => {
            let date = |day: &str, month: &str| {
                let text = format!("{year}-{month:0>2}-{day:0>2}");
                read_date(&text).map(|_| text)
            };
            match (date(a, b), date(b, a)) {
                (Some(one), Some(other)) if one != other => None,
                (one, other) => one.or(other),
            }
        }
        _ => None,
    };
    match reading {
        Some(date) => format!("Enter {shown} as {date}."),
        None => format!("{shown} is not a date. Use YYYY-MM-DD, such as 2026-12-31."),
    }
}

pub(super) fn check_language(typed: &str, say: &mut impl FnMut(Severity, String)) {
    let primary = typed.split(['-', '_']).next().unwrap_or_default();
    if !is_letters(primary, 2) && !is_letters(primary, 3) {
        say(
            Severity::Warning,
            "A language is usually two letters, such as en or nl.".to_owned(),
        );
    }
}

pub(super) fn check_phone(typed: &str, say: &mut impl FnMut(Severity, String)) {
    let digits = typed.chars().filter(|c| c.is_numeric()).count();
    // ITU-T E.164: at most 15 digits; an extension may follow.
    if !(4..=20).contains(&digits) {
        say(
            Severity::Warning,
            "This does not look like a phone number, such as +44 20 7946 0000.".to_owned(),
        );
    }
}

pub(super) fn check_metadata(typed: &str, say: &mut impl FnMut(Severity, String)) {
    let read = match metadata::read(typed) {
        Ok(read) => read,
        Err(why) => return say(Severity::Wrong, why),
    };
    for key in &read.repeated {
        say(
            Severity::Warning,
            format!(
                "The key {} appears twice. Only the last value is sent.",
                quoted(key)
            ),
        );
    }
    if read.loses_digits {
        say(
            Severity::Warning,
            "A number has too many digits. Put it in quotes to keep them all.".to_owned(),
        );
    }
}

fn is_letters(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_alphabetic())
}
