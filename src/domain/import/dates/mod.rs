//! Dates in formats other than `YYYY-MM-DD`. The user chooses one format per column.

mod months;
mod written;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::damage_kind::Repairs;
use super::inspect::{Cell, Decimals, inspect};
use super::sheet::Sheet;
use super::sheet_row::SheetRow;
use crate::domain::draft::Field;

pub(super) use written::{WrittenDate, serial_day};

/// Which part of a date comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `31.12.2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
    /// `26-12-31`. A leading four-digit year is unambiguous and never needs this choice.
    YearFirst,
}

/// The dates of a column whose order or century is ambiguous.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateSurvey {
    pub total: usize,
    /// How many have a two-digit year.
    pub short: usize,
    /// Number of other cells that are no date in any format that is read.
    pub unreadable: usize,
    /// How many are valid in each order.
    fitting: [usize; 3],
    /// How many use dots as separators.
    with_points: usize,
    /// An example as written in the file, preferably one that is valid in only one order.
    sample: String,
    sample_fits: usize,
}

impl DateOrder {
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];

    /// Index of this order in `WrittenDate::readings`.
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

impl DateSurvey {
    /// Surveys a column. Repairs are applied to its cells first.
    pub fn of_column(sheet: &Sheet, column: usize, repairs: &Repairs) -> Self {
        let mut survey = Self::default();
        for (index, row) in sheet.rows.iter().enumerate() {
            let row = sheet.corrections.apply(index, row);
            survey.look_at(&repaired(&row, column, repairs));
        }
        survey
    }

    fn look_at(&mut self, text: &str) {
        match WrittenDate::read(text) {
            Some(date) if date.certain().is_none() => self.add(text, date),
            Some(_) => {}
            None => self.unreadable += usize::from(!text.trim().is_empty()),
        }
    }

    fn add(&mut self, text: &str, date: WrittenDate) {
        self.total += 1;
        self.short += usize::from(date.is_short);
        self.with_points += usize::from(text.contains('.'));
        let mut fits = 0;
        for (count, reading) in self.fitting.iter_mut().zip(date.readings) {
            *count += usize::from(reading.is_some());
            fits += usize::from(reading.is_some());
        }
        if self.total == 1 || fits < self.sample_fits {
            text.trim().clone_into(&mut self.sample);
            self.sample_fits = fits;
        }
    }

    /// The orders in which at least one of the dates is valid.
    pub fn orders(&self) -> impl Iterator<Item = DateOrder> {
        let fits = |order: &DateOrder| self.fitting[order.index()] > 0;
        DateOrder::ALL.into_iter().filter(fits)
    }

    /// The only order in which all dates are valid. `None` if several orders fit, if none does, or if years have two
    /// digits, because only the user knows their century.
    pub fn certain(&self) -> Option<DateOrder> {
        if self.total == 0 || self.short > 0 {
            return None;
        }
        let fits_all = |order: &DateOrder| self.fitting[order.index()] == self.total;
        let mut orders = DateOrder::ALL.into_iter().filter(fits_all);
        let first = orders.next()?;
        // Wherever dates are written with dots, the day comes first.
        let is_usual = self.with_points == self.total;
        (orders.next().is_none() || is_usual).then_some(first)
    }

    /// The format as the user sees it, with the separator of the column: `DD.MM.YYYY`. For two-digit years it also
    /// names the century.
    pub fn format(&self, order: DateOrder) -> String {
        let separator = self.sample.chars().find(|c| !c.is_alphanumeric());
        let separator = separator.unwrap_or('/');
        let has_name = self.sample.contains(char::is_alphabetic);
        let month = if has_name { "MMM" } else { "MM" };
        let year = if self.short > 0 { "YY" } else { "YYYY" };
        let [a, b, c] = match order {
            DateOrder::DayFirst => ["DD", month, year],
            DateOrder::MonthFirst => [month, "DD", year],
            DateOrder::YearFirst => [year, month, "DD"],
        };
        let format = format!("{a}{separator}{b}{separator}{c}");
        if self.short > 0 {
            format!("{format}, years 20YY")
        } else {
            format
        }
    }
}

/// The cell with repairs applied. Very long cells cannot be dates, and plain digits and separators need no repair.
fn repaired<'a>(row: &'a SheetRow, column: usize, repairs: &Repairs) -> Cow<'a, str> {
    let raw = row.raw(column);
    if raw.len() > written::MAX_CELL_LEN {
        return Cow::Borrowed("");
    }
    let is_plain = |b: u8| matches!(b, b'0'..=b'9' | b'.' | b'/' | b'-');
    // A single dash is a placeholder.
    if raw.starts_with(|c: char| c.is_ascii_digit()) && raw.bytes().all(is_plain) {
        return Cow::Borrowed(raw);
    }
    let cell = Cell {
        field: Field::FiscalYearEnd,
        raw,
        decimals: Decimals::default(),
    };
    inspect(cell, row.text(column), row.marks(column), repairs).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(dates: &[&str]) -> DateSurvey {
        let mut survey = DateSurvey::default();
        dates.iter().for_each(|date| survey.look_at(date));
        survey
    }

    #[test]
    fn a_column_tells_its_order_or_leaves_it_open() {
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
        // Dots in some of the dates prove nothing about the others.
        assert_eq!(certain(&["01.02.2026", "03/04/2026"]), None);
        assert_eq!(certain(&["01/02/2026"]), None);
        assert_eq!(certain(&["31/12/2026", "12/31/2026"]), None);
        assert_eq!(certain(&["2026-12-31", "31 Dec 2026", "n/a"]), None);
        assert_eq!(survey(&["x", "", " ", "46387", "2026-12-31"]).unreadable, 2);
        let found = survey(&["x", "01/02/2026", "31/12/2026", "30/11/2026", "20261231"]);
        assert_eq!((found.total, found.fitting), (3, [3, 1, 0]));
        assert_eq!(found.sample, "31/12/2026");
    }

    #[test]
    fn the_century_is_never_certain_and_the_format_names_it() {
        let found = survey(&["31.12.26", "30.11.26"]);
        assert_eq!((found.short, found.certain()), (2, None));
        assert_eq!(found.format(DateOrder::DayFirst), "DD.MM.YY, years 20YY");
        let orders = |dates: &[&str]| survey(dates).orders().collect::<Vec<_>>();
        assert_eq!(
            orders(&["26-12-31"]),
            [DateOrder::DayFirst, DateOrder::YearFirst]
        );
        assert_eq!(orders(&["31-Dec-26"]), [DateOrder::DayFirst]);
        assert_eq!(
            survey(&["31-Dec-26"]).format(DateOrder::DayFirst),
            "DD-MMM-YY, years 20YY"
        );
        assert_eq!(
            survey(&["12/31/2026"]).format(DateOrder::MonthFirst),
            "MM/DD/YYYY"
        );
    }

    #[test]
    fn cells_count_as_they_are_repaired_and_long_ones_not_at_all() {
        let blanks = " ".repeat(60_000);
        let file =
            format!("external_id,fiscal_year_end\n1,=\"31.12.2026\"\n2,{blanks}12/31/2026\n");
        let sheet = super::super::tests::sheet(file.as_bytes());
        let survey = |repairs: &Repairs| DateSurvey::of_column(&sheet, 1, repairs);
        let found = survey(&Repairs::default());
        assert_eq!((found.total, found.fitting), (1, [1, 0, 0]));
        assert_eq!(found.sample, "31.12.2026");
        assert_eq!(survey(&Repairs::none()).total, 0);
        let sheet =
            super::super::tests::sheet(b"external_id,fiscal_year_end\n1,-\n2,NULL\n3,46387\n");
        let found = DateSurvey::of_column(&sheet, 1, &Repairs::default());
        assert_eq!((found.total, found.unreadable), (0, 1));
        assert_eq!(WrittenDate::read(&format!("{blanks}12/31/2026")), None);
    }
}
