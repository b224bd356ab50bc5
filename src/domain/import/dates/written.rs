//! Parses a date as people and programs write it.

use jiff::civil::Date;

use super::months::month;

/// Longest text parsed, bytes: a date with a month name and a time of day.
const MAX_LEN: usize = 48;
/// Longest cell parsed, bytes: such a date with blanks around it.
pub(super) const MAX_CELL_LEN: usize = 256;
/// Years accepted in dates without separators. Other eight-digit numbers are not dates.
const USUAL_YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// Words allowed between the parts of a date: “31 de diciembre de 2026”.
const FILLERS: [&str; 3] = ["de", "del", "of"];
/// Suffixes of a day: “31st December”.
const ORDINALS: [&str; 5] = ["st", "nd", "rd", "th", "er"];

/// A parsed date, which may be ambiguous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct WrittenDate {
    /// The date read day first, month first and year first; `None` where that order is not valid. All three are equal
    /// if the date is unambiguous.
    pub(in super::super) readings: [Option<Date>; 3],
    /// Whether the year has two digits. It is then read as 20YY.
    pub(in super::super) is_short: bool,
    /// Whether a time of day follows. Midnight does not count, because programs write it for a plain date.
    pub(in super::super) has_time: bool,
}

impl WrittenDate {
    /// Parses a text. Returns `None` if it is not a date.
    pub(in super::super) fn read(text: &str) -> Option<Self> {
        // Rejects long cells before trimming, so that a long run of blanks is not scanned.
        if text.len() > MAX_CELL_LEN {
            return None;
        }
        let text = text.trim();
        if text.len() > MAX_LEN {
            return None;
        }
        let (day, has_time) = without_time(text)?;
        let makes_sense = |found: &Self| found.readings.iter().any(Option::is_some);
        let found = compact(day)
            .or_else(|| numbers(day).filter(makes_sense))
            .or_else(|| with_name(day).filter(makes_sense))?;
        Some(Self { has_time, ..found })
    }

    fn new(readings: [Option<Date>; 3], is_short: bool) -> Self {
        Self {
            readings,
            is_short,
            has_time: false,
        }
    }

    /// The date, if neither order nor century is ambiguous.
    pub(in super::super) fn certain(&self) -> Option<Date> {
        let [first, others @ ..] = self.readings;
        first.filter(|_| !self.is_short && others == [first; 2])
    }
}

/// `20261231`
fn compact(text: &str) -> Option<WrittenDate> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let date = date(&text[..4], &text[4..6], &text[6..])?;
    USUAL_YEARS
        .contains(&date.year())
        .then(|| WrittenDate::new([Some(date); 3], false))
}

/// Three numbers, separated by the same character.
fn numbers(text: &str) -> Option<WrittenDate> {
    let separator = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut parts = text.split(separator).map(str::trim);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match (a.len(), c.len()) {
        (4, _) => Some(WrittenDate::new([date(a, b, c); 3], false)),
        (_, 4) => Some(WrittenDate::new(
            [date(c, b, a), date(c, a, b), None],
            false,
        )),
        (_, 2) => {
            let year_first = (a.len() == 2).then(|| short(a, b, c)).flatten();
            Some(WrittenDate::new(
                [short(c, b, a), short(c, a, b), year_first],
                true,
            ))
        }
        _ => None,
    }
}

/// `31 Dec 2026`, `December 31st, 2026`, `31-Dec-26`
fn with_name(text: &str) -> Option<WrittenDate> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '/' | ','));
    let mut words = words.filter(|word| !word.is_empty() && !FILLERS.contains(word));
    let (a, b, c) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let name = |word: &str| month(word).map(|number| number.to_string());
    let (year, month, day, place) = match (name(a), name(b)) {
        (Some(month), None) => (c, month, b, 1),
        (None, Some(month)) if a.len() == 4 => (a, month, c, 2),
        (None, Some(month)) => (c, month, a, 0),
        _ => return None,
    };
    let ordinal = ORDINALS.iter().find_map(|end| day.strip_suffix(end));
    let day = ordinal.unwrap_or(day);
    match year.len() {
        4 => Some(WrittenDate::new([date(year, &month, day); 3], false)),
        2 => {
            let mut readings = [None; 3];
            readings[place] = short(year, &month, day);
            Some(WrittenDate::new(readings, true))
        }
        _ => None,
    }
}

/// A date in this century.
fn short(year: &str, month: &str, day: &str) -> Option<Date> {
    date(&format!("20{year}"), month, day)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |text: &str| {
        let is_number = matches!(text.len(), 1..=4) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i16>().ok())?
    };
    let small = |text: &str| number(text).and_then(|n| i8::try_from(n).ok());
    Date::new(number(year)?, small(month)?, small(day)?).ok()
}

/// Splits off the time of day. Returns the date part, and whether the time is other than midnight.
fn without_time(text: &str) -> Option<(&str, bool)> {
    let Some(colon) = text.find(':') else {
        return Some((text, false));
    };
    let hour = text[..colon]
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .len();
    let day = text[..hour]
        .strip_suffix(['T', 't'])
        .unwrap_or(&text[..hour]);
    let is_apart = day.len() < hour || day.ends_with([' ', '\u{A0}', '\u{202F}', ',']);
    let is_hour = matches!(colon - hour, 1 | 2);
    let clock = &text[hour..];
    let end = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
    let (clock, zone) = clock.split_at(end.unwrap_or(clock.len()));
    let is_zone = zone.chars().all(|c| {
        c.is_ascii_alphanumeric() || c.is_whitespace() || matches!(c, '+' | '-' | ':' | '.')
    });
    if !(is_apart && is_hour && is_zone) {
        return None;
    }
    let half = zone.trim_start().to_ascii_lowercase();
    let is_zero = |text: &str| text.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    let is_midnight = match clock.strip_prefix("12:") {
        Some(minutes) => half.starts_with('a') && is_zero(minutes),
        None => !half.starts_with('p') && is_zero(clock),
    };
    Some((day.trim_end().trim_end_matches(','), !is_midnight))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(text: &str) -> Option<String> {
        let written = WrittenDate::read(text)?;
        Some(written.certain()?.to_string())
    }

    fn readings(text: &str) -> [Option<String>; 3] {
        let written = WrittenDate::read(text).unwrap();
        written
            .readings
            .map(|date| date.map(|date| date.to_string()))
    }

    #[test]
    fn a_year_of_four_digits_in_front_or_a_name_leaves_no_doubt() {
        for text in [
            "2026-12-31",
            "2026/12/31",
            "2026.12.31",
            "20261231",
            "31 Dec 2026",
            "31-Dec-2026",
            "Dec 31, 2026",
            "December 31st, 2026",
            "31. Dezember 2026",
            "31 de diciembre de 2026",
            "31 déc. 2026",
            "2026-Dec-31",
        ] {
            assert_eq!(certain(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in [
            "",
            "1.2",
            "a.b.2026",
            "1.2.2026.3",
            "31.12/2026",
            "29.02.2026",
            "2026-13-01",
            "12345678",
            "17001231",
            "２０２６",
            "31 Foo 2026",
            "Dec 2026",
            "12:30",
        ] {
            assert_eq!(WrittenDate::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_at_the_end_leaves_the_order_open() {
        let [day, month, year] = readings(" 1/2/2026 ");
        assert_eq!(day.as_deref(), Some("2026-02-01"));
        assert_eq!(month.as_deref(), Some("2026-01-02"));
        assert_eq!(year, None);
        assert_eq!(readings("31.12.2026")[1..], [None, None]);
        assert_eq!(certain("31.12.2026"), None);
    }

    #[test]
    fn a_year_of_two_digits_is_never_certain() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            readings("26-12-31"),
            [some("2031-12-26"), None, some("2026-12-31")]
        );
        assert_eq!(readings("12/31/26"), [None, some("2026-12-31"), None]);
        assert_eq!(readings("31-Dec-26"), [some("2026-12-31"), None, None]);
        assert_eq!(readings("Dec 31, 26"), [None, some("2026-12-31"), None]);
        for text in ["26-12-31", "12/31/26", "31-Dec-26", "01.01.01"] {
            assert!(WrittenDate::read(text).unwrap().is_short, "{text}");
            assert_eq!(certain(text), None, "{text}");
        }
    }

    #[test]
    fn midnight_is_the_day_and_any_other_time_is_told() {
        for (text, has_time) in [
            ("2026-12-31T00:00:00Z", false),
            ("2026-12-31 00:00:00.000", false),
            ("2026-12-31T00:00:00+02:00", false),
            ("20261231 00:00", false),
            ("Dec 31, 2026, 12:00:00 AM", false),
            ("31 Dec 2026 0:00", false),
            ("2026-12-31T23:00:00.000Z", true),
            ("2026-12-31 12:00:00 PM", true),
            ("2026-12-31 12:00", true),
            ("2026-12-31 00:00:01", true),
        ] {
            let written = WrittenDate::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(written.has_time, has_time, "{text}");
            assert_eq!(certain(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in [
            "2026-12-3112:00",
            "2026-12-31 :00",
            "2026-12-31 12:00 (noon)",
        ] {
            assert_eq!(WrittenDate::read(text), None, "{text}");
        }
    }
}
