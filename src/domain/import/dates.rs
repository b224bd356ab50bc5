//! Dates that are not written as `YYYY-MM-DD`: one order of day and month is chosen for a whole column.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest text that is looked at, bytes: a date with a time of day.
const LONGEST: usize = 32;

/// Which of the first two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `31.12.2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
}

/// The dates of a column that end in a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateSurvey {
    /// Those with a day above twelve in the first place.
    pub day_first: usize,
    /// Those with a day above twelve in the second place.
    pub month_first: usize,
    /// Those that make sense either way.
    pub either: usize,
    /// The first one, as it is written; one that decides, where there is any.
    pub sample: String,
}

impl DateOrder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// The format in the way people write it, with the separator of a sample: "DD.MM.YYYY".
    pub fn format(self, sample: &str) -> String {
        let separator = sample.chars().find(|c| !c.is_ascii_digit()).unwrap_or('/');
        let [first, second] = match self {
            Self::DayFirst => ["DD", "MM"],
            Self::MonthFirst => ["MM", "DD"],
        };
        format!("{first}{separator}{second}{separator}YYYY")
    }

    /// A date that is written in this order, as `YYYY-MM-DD`.
    pub fn read(self, text: &str) -> Option<String> {
        let (first, second, year) = year_last(text)?;
        let (day, month) = match self {
            Self::DayFirst => (first, second),
            Self::MonthFirst => (second, first),
        };
        iso(year, month, day)
    }
}

impl DateSurvey {
    /// Looks at all values of a column.
    pub fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut survey = Self::default();
        for text in values {
            let fits = DateOrder::ALL.map(|order| order.read(text).is_some());
            let (counted, decides) = match fits {
                [true, true] => (&mut survey.either, false),
                [true, false] => (&mut survey.day_first, true),
                [false, true] => (&mut survey.month_first, true),
                [false, false] => continue,
            };
            let is_first_to_decide = decides && *counted == 0;
            *counted += 1;
            if survey.sample.is_empty() || is_first_to_decide {
                text.trim().clone_into(&mut survey.sample);
            }
        }
        survey
    }

    /// How many dates need an order.
    pub fn total(&self) -> usize {
        self.day_first + self.month_first + self.either
    }

    /// The only order in which all of them make sense; `None` where both do, or neither.
    pub fn certain(&self) -> Option<DateOrder> {
        // Between points the day comes first wherever points are used.
        let has_points = self.sample.contains('.');
        match (self.day_first, self.month_first) {
            (0, 0) => (has_points && self.either > 0).then_some(DateOrder::DayFirst),
            (_, 0) => Some(DateOrder::DayFirst),
            (0, _) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// A date with the year in front, written in another way than `YYYY-MM-DD`, such as `2026/12/31` or
/// `2026-12-31 00:00:00`. `None` for one that needs no change as well.
pub(super) fn year_first(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let is_midnight = time
        .trim_end_matches('Z')
        .bytes()
        .all(|b| matches!(b, b'0' | b':' | b'.'));
    let (year, month, day) = parts(date)?;
    let read = (year.len() == 4 && is_midnight).then(|| iso(year, month, day))??;
    (read != text).then_some(read)
}

/// The numbers of a date that ends in its year.
fn year_last(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    parts(text).filter(|(_, _, year)| year.len() == 4)
}

/// Three numbers between two separators of one kind.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let separator = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut numbers = text.split(separator).map(str::trim);
    let three = (numbers.next()?, numbers.next()?, numbers.next()?);
    numbers.next().is_none().then_some(three)
}

fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str| {
        let is_number = matches!(text.len(), 1..=4) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i16>().ok())?
    };
    let small = |text: &str| number(text).and_then(|n| i8::try_from(n).ok());
    let date = Date::new(number(year)?, small(month)?, small(day)?).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_chosen_order() {
        use DateOrder::{DayFirst, MonthFirst};
        let read = |order: DateOrder, text| order.read(text);
        assert_eq!(read(DayFirst, "31.12.2026").as_deref(), Some("2026-12-31"));
        assert_eq!(read(DayFirst, " 1/2/2026 ").as_deref(), Some("2026-02-01"));
        assert_eq!(read(MonthFirst, "1/2/2026").as_deref(), Some("2026-01-02"));
        assert_eq!(
            read(MonthFirst, "12-31-2026").as_deref(),
            Some("2026-12-31")
        );
        for text in [
            "31.12.26",
            "2026-12-31",
            "31.12/2026",
            "29.02.2026",
            "",
            "1.2",
            "a.b.2026",
            "1.2.2026.3",
        ] {
            assert_eq!(read(DayFirst, text), None, "{text}");
        }
        assert_eq!(DayFirst.format("31.12.2026"), "DD.MM.YYYY");
        assert_eq!(MonthFirst.format("12/31/2026"), "MM/DD/YYYY");
    }

    #[test]
    fn a_year_in_front_leaves_no_doubt() {
        for text in [
            "2026/12/31",
            "2026.12.31",
            "2026-12-31T00:00:00Z",
            "2026-12-31 00:00",
            "2026-12-31 00:00:00.000",
        ] {
            assert_eq!(year_first(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        for text in [
            "2026-12-31",
            "2026-12-31 12:00",
            "26-12-31",
            "31.12.2026",
            "2026-13-01",
            "２０２６",
        ] {
            assert_eq!(year_first(text), None, "{text}");
        }
    }

    #[test]
    fn a_column_tells_its_order_or_leaves_it_open() {
        let survey = |dates: &[&str]| DateSurvey::of(dates.iter().copied());
        let certain = |dates: &[&str]| survey(dates).certain();
        assert_eq!(
            certain(&["01/02/2026", "31/12/2026"]),
            Some(DateOrder::DayFirst)
        );
        assert_eq!(
            certain(&["01/02/2026", "12/31/2026"]),
            Some(DateOrder::MonthFirst)
        );
        assert_eq!(certain(&["01.02.2026"]), Some(DateOrder::DayFirst));
        assert_eq!(certain(&["01/02/2026"]), None);
        assert_eq!(certain(&["31/12/2026", "12/31/2026"]), None);
        assert_eq!(certain(&["2026-12-31", "n/a"]), None);
        let found = survey(&["x", "01/02/2026", "31/12/2026", "30/11/2026"]);
        assert_eq!((found.total(), found.day_first, found.either), (3, 2, 1));
        assert_eq!(found.sample, "31/12/2026");
    }
}
