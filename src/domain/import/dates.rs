//! Dates that are not written as `YYYY-MM-DD`: one order of day and month is chosen for a whole column.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::inspect::{Cell, inspect};
use super::oddity::Repairs;
use super::sheet::Row;
use crate::domain::draft::Field;

/// Longest text that is looked at, bytes: a date with a time of day.
const LONGEST: usize = 32;
/// Longest cell that is looked at, bytes: a date that another program has damaged, with blanks around it.
const LONGEST_CELL: usize = 256;

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
    /// Those of them that are written with points.
    pub with_points: usize,
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
    /// Looks at a column of rows. Its cells count as they are repaired.
    pub fn of_column(rows: &[Row], column: usize, repairs: &Repairs) -> Self {
        Self::of(rows.iter().map(|row| repaired(row, column, repairs)))
    }

    fn of<'a>(values: impl Iterator<Item = Cow<'a, str>>) -> Self {
        let mut survey = Self::default();
        for text in values {
            let text = &*text;
            let fits = DateOrder::ALL.map(|order| order.read(text).is_some());
            let (counted, decides) = match fits {
                [true, true] => {
                    survey.with_points += usize::from(text.contains('.'));
                    (&mut survey.either, false)
                }
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
        let have_points = self.either > 0 && self.with_points == self.either;
        match (self.day_first, self.month_first) {
            (0, 0) => have_points.then_some(DateOrder::DayFirst),
            (_, 0) => Some(DateOrder::DayFirst),
            (0, _) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// A cell as it is before its date is read. A very long one is no date, and most need no closer look.
fn repaired<'a>(row: &'a Row, column: usize, repairs: &Repairs) -> Cow<'a, str> {
    let raw = row.raw(column);
    if raw.len() > LONGEST_CELL {
        return Cow::Borrowed("");
    }
    if raw
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'.' | b'/' | b'-'))
    {
        return Cow::Borrowed(raw);
    }
    let cell = Cell {
        field: Field::FiscalYearEnd,
        raw,
        has_fractions: false,
    };
    inspect(cell, row.text(column), row.marks(column), repairs).text
}

/// A date with the year in front, written in another way than `YYYY-MM-DD`, such as `2026/12/31` or
/// `2026-12-31 00:00:00`. `None` for one that needs no change as well.
pub(super) fn year_first(text: &str) -> Option<String> {
    if text.len() > LONGEST_CELL {
        return None;
    }
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
    // Blanks are no reason to look at all of a long text.
    if text.len() > LONGEST_CELL {
        return None;
    }
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
        let survey = |dates: &[&str]| DateSurvey::of(dates.iter().map(|date| Cow::Borrowed(*date)));
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
        // Points in some dates say nothing of the others.
        assert_eq!(certain(&["01.02.2026", "03/04/2026"]), None);
        assert_eq!(certain(&["01/02/2026"]), None);
        assert_eq!(certain(&["31/12/2026", "12/31/2026"]), None);
        assert_eq!(certain(&["2026-12-31", "n/a"]), None);
        let found = survey(&["x", "01/02/2026", "31/12/2026", "30/11/2026"]);
        assert_eq!((found.total(), found.day_first, found.either), (3, 2, 1));
        assert_eq!(found.sample, "31/12/2026");
    }

    #[test]
    fn cells_count_as_they_are_repaired_and_long_ones_not_at_all() {
        let blanks = " ".repeat(60_000);
        let file =
            format!("external_id,fiscal_year_end\n1,=\"31.12.2026\"\n2,{blanks}12/31/2026\n");
        let sheet = super::super::tests::sheet(file.as_bytes());
        let survey = |repairs: &Repairs| DateSurvey::of_column(&sheet.rows, 1, repairs);
        let found = survey(&Repairs::default());
        assert_eq!((found.day_first, found.month_first), (1, 0));
        assert_eq!(found.sample, "31.12.2026");
        assert_eq!(survey(&Repairs::none()).total(), 0);
        let padded = format!("{blanks}12/31/2026");
        assert_eq!(DateOrder::MonthFirst.read(&padded), None);
    }
}
