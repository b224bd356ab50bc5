//! The dates of `created:`: a day, month or year, a bound, or a range.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// A period of time. The start is included, the end is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatedRange {
    from: Timestamp,
    until: Timestamp,
}

impl CreatedRange {
    /// Parses `2026`, `2026-03` or `2026-03-01`, optionally after `>`, `>=`, `<` or `<=`, or `A..B` with both ends
    /// included. Days begin and end in `zone`.
    pub fn parse(typed: &str, zone: &TimeZone) -> Option<Self> {
        let always = Self {
            from: Timestamp::MIN,
            until: Timestamp::MAX,
        };
        if let Some((first, last)) = typed.split_once("..") {
            return Some(Self {
                from: period(first, zone)?.from,
                until: period(last, zone)?.until,
            });
        }
        let bound = |prefix: &str| typed.strip_prefix(prefix).map(|rest| period(rest, zone));
        if let Some(period) = bound(">=") {
            return Some(Self {
                from: period?.from,
                ..always
            });
        }
        if let Some(period) = bound("<=") {
            return Some(Self {
                until: period?.until,
                ..always
            });
        }
        if let Some(period) = bound(">") {
            return Some(Self {
                from: period?.until,
                ..always
            });
        }
        if let Some(period) = bound("<") {
            return Some(Self {
                until: period?.from,
                ..always
            });
        }
        period(typed, zone)
    }

    pub fn contains(&self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.until
    }
}

fn period(typed: &str, zone: &TimeZone) -> Option<CreatedRange> {
    let mut parts = typed.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let number = |text: &str| {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i8>().ok())
            .flatten()
    };
    let (first, after) = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => (
            Date::new(year, 1, 1).ok()?,
            Date::new(year.checked_add(1)?, 1, 1).ok()?,
        ),
        (Some(month), None, _) => {
            let first = Date::new(year, number(month)?, 1).ok()?;
            (first, first.last_of_month().tomorrow().ok()?)
        }
        (Some(month), Some(day), None) => {
            let day = Date::new(year, number(month)?, number(day)?).ok()?;
            (day, day.tomorrow().ok()?)
        }
        _ => return None,
    };
    let start_of = |day: Date| {
        let day = Some(day).filter(|day| *day >= date(1, 1, 1))?;
        Some(day.to_zoned_datetime(zone.clone()).ok()?.timestamp())
    };
    Some(CreatedRange {
        from: start_of(first)?,
        until: start_of(after)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(typed: &str) -> CreatedRange {
        CreatedRange::parse(typed, &TimeZone::UTC).unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn bounds_include_what_their_sign_says() {
        let last = at("2026-01-01T23:59:59Z");
        let next = at("2026-01-02T00:00:00Z");
        assert!(!range(">2026-01-01").contains(last) && range(">2026-01-01").contains(next));
        assert!(range(">=2026-01-01").contains(last) && range(">=2026-01-01").contains(next));
        assert!(range("<=2026-01-01").contains(last) && !range("<=2026-01-01").contains(next));
        assert!(!range("<2026-01-01").contains(last));
        assert!(range("2026-01").contains(last) && !range("2026-02").contains(last));
        assert!(range("2025..2026-01").contains(last));
        assert!(range("2024-02-29").contains(at("2024-02-29T12:00:00Z")));
    }

    #[test]
    fn days_begin_where_the_user_is() {
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        let range = CreatedRange::parse("2026-01-02", &tokyo).unwrap();
        assert!(range.contains(at("2026-01-01T15:00:00Z")));
        assert!(!range.contains(at("2026-01-02T15:00:00Z")));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for typed in [
            "",
            ">",
            "2026-13",
            "2026-02-30",
            "26-01-01",
            "2026-1-1",
            "2026-01-01-01",
            "x",
            "9999..",
            ">9999-12-31",
        ] {
            let read = CreatedRange::parse(typed, &TimeZone::UTC);
            assert!(read.is_none(), "{typed} {read:?}");
        }
    }
}
