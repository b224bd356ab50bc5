//! Parses a date as people and programs write it.

use std::borrow::Cow;

use jiff::ToSpan as _;
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
const ORDINALS: [&str; 6] = ["st", "nd", "rd", "th", "er", "º"];
/// Programs write these before a date, in full or cut to three letters.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// The numbers of days from 1954 to 2119. Others are as likely years, amounts or typing errors.
const USUAL_SERIALS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

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
        let text = with_plain_separators(text);
        let (day, has_time) = without_time(&text)?;
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

/// The day that a number of days since 1899 stands for, as spreadsheets store dates: `46387` or `46387.0`.
pub(in super::super) fn serial_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let (days, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if days.len() != 5 || days.starts_with('0') || !are_digits(days) || !are_digits(fraction) {
        return None;
    }
    let days = days.parse().ok().filter(|n| USUAL_SERIALS.contains(n))?;
    Date::constant(1899, 12, 30).checked_add(days.days()).ok()
}

/// Writes the dashes, slashes and words between numbers that typesetters and East Asian programs use as plain ones.
fn with_plain_separators(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{2010}'..='\u{2015}' | '−' | '－' | '年' | '月' | '년' | '월' => Some('-'),
        '⁄' | '∕' | '／' => Some('/'),
        '．' => Some('.'),
        '日' | '일' => None,
        _ => Some(c),
    };
    Cow::Owned(text.chars().filter_map(plain).collect())
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
    // Hungarian and Korean end with a point.
    let text = text.strip_suffix('.').unwrap_or(text);
    let separator = text.chars().find(|c| matches!(c, '.' | '/' | '-'));
    let is_separator = |c: char| match separator {
        Some(separator) => c == separator,
        None => c.is_whitespace(),
    };
    let mut parts = text.split(is_separator).map(str::trim);
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
    let mut words =
        words.filter(|word| !word.is_empty() && !FILLERS.contains(word) && !is_weekday(word));
    let (a, b, c) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let name = |word: &str| month(word).map(|number| number.to_string());
    let (year, month, day, place) = match (name(a), name(b)) {
        (Some(month), None) => (c, month, b, 1),
        (None, Some(month)) if is_year(a) => (a, month, c, 2),
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

fn is_weekday(word: &str) -> bool {
    let mut names = WEEKDAYS.into_iter();
    names.any(|name| word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&name[..3]))
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
            "31st December 2026",
            "31st of December, 2026",
            "Thu Dec 31 2026",
            "Thursday, 31 December 2026",
            "2026年12月31日",
            "2026 12 31",
            "2026. 12. 31.",
            "2026\u{2011}12\u{2011}31",
            "2026–12–31",
            "2026⁄12⁄31",
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
            "31st 12 2026",
            "Foo Dec 31 2026",
            "年月日",
            "1 2 3 4",
            "46387",
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
        for text in [
            "31 12 2026",
            "31\u{A0}12 2026",
            "31\u{2011}12\u{2011}2026",
            "31–12–2026",
        ] {
            assert_eq!(readings(text)[0].as_deref(), Some("2026-12-31"), "{text}");
            assert_eq!(readings(text)[1..], [None, None], "{text}");
        }
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
    fn the_number_of_a_day_in_a_spreadsheet_is_known() {
        let day = |text: &str| serial_day(text).map(|day| day.to_string());
        for text in ["46387", " 46387.0", "46387,5"] {
            assert_eq!(day(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in [
            "2026", "19999", "80001", "046387", "46387.", "46387.x", "-46387", "4.6387E4",
        ] {
            assert_eq!(day(text), None, "{text}");
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
