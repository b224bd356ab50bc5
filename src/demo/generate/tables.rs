//! The countries' text lists, split once rather than for each of 100,000 businesses.

use super::countries::{self, CountryData};

/// A legal form: its code and what follows the name ("Ltd"; may be empty).
#[derive(Clone, Copy, Default)]
pub(super) struct LegalForm {
    pub(super) code: &'static str,
    pub(super) suffix: &'static str,
}

/// A town, its province, and an ASCII form for ids.
#[derive(Clone, Copy, Default)]
pub(super) struct Town {
    pub(super) city: &'static str,
    pub(super) province: &'static str,
    pub(super) slug: &'static str,
}

/// One country with its lists split.
pub(super) struct Table {
    pub(super) country: &'static CountryData,
    pub(super) families: Vec<&'static str>,
    pub(super) trades: Vec<&'static str>,
    pub(super) orders: Vec<&'static str>,
    pub(super) places: Vec<Town>,
    pub(super) forms: Vec<LegalForm>,
}

/// All countries. `by_weight` contains each index as often as its weight says, so that picking evenly from it picks by weight.
pub(super) struct CountryTables {
    pub(super) countries: Vec<Table>,
    pub(super) by_weight: Vec<usize>,
}

impl CountryTables {
    pub(super) fn new() -> Self {
        let countries: Vec<Table> = countries::all().map(Table::new).collect();
        let by_weight = countries
            .iter()
            .enumerate()
            .flat_map(|(index, table)| std::iter::repeat_n(index, table.country.weight))
            .collect();
        Self {
            countries,
            by_weight,
        }
    }

    /// The table for an upper-case ISO code.
    pub(super) fn of(&self, code: &str) -> Option<&Table> {
        self.countries
            .iter()
            .find(|table| table.country.code == code)
    }
}

impl Table {
    fn new(country: &'static CountryData) -> Self {
        let list = |text: &'static str| text.split(", ").collect::<Vec<_>>();
        Self {
            country,
            families: list(country.families),
            trades: list(country.trades),
            orders: list(country.orders),
            places: country.places.split(", ").map(place).collect(),
            forms: country.types.split(", ").map(form).collect(),
        }
    }
}

fn form(text: &'static str) -> LegalForm {
    let (form, _label) = text.split_once('=').unwrap_or((text, ""));
    let (code, suffix) = form.split_once('/').unwrap_or((form, ""));
    LegalForm { code, suffix }
}

fn place(text: &'static str) -> Town {
    let mut parts = text.splitn(3, '/');
    let mut part = || parts.next().unwrap_or_default();
    Town {
        city: part(),
        province: part(),
        slug: part(),
    }
}
