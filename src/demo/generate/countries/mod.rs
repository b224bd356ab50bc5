//! Data for generating businesses of the 17 countries: legal forms, numbers and names.

mod central;
mod north_and_east;
mod west;

/// The data of one country. Lists are plain text, split once per run: `, ` separates items, `/` separates the parts of an item.
pub(super) struct CountryData {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// ISO 4217.
    pub(super) currency: &'static str,
    /// How often the country occurs, relative to the others.
    pub(super) weight: usize,
    /// Phone number pattern in international format.
    pub(super) phone: &'static str,
    /// VAT number pattern.
    pub(super) vat: &'static str,
    /// Company register number pattern.
    pub(super) company: &'static str,
    /// Tax identification number pattern.
    pub(super) tin: &'static str,
    /// Family and owner names.
    pub(super) families: &'static str,
    /// One word per trade, in the order of [`NACE_CODES`].
    pub(super) trades: &'static str,
    /// `city/province/slug`.
    pub(super) places: &'static str,
    /// Patterns for names: `{f}` and `{g}` are two families, `{t}` is the trade, `{c}` the city.
    pub(super) orders: &'static str,
    /// `code/suffix of the legal name`; the first is the most frequent.
    pub(super) types: &'static str,
}

/// NACE Rev. 2 classes: café, restaurant, bakery, grocer, clothes, software, electrician, hairdresser, builder, haulier, dentist, bookshop.
pub(super) const NACE_CODES: [&str; 12] = [
    "56.30", "56.10", "10.71", "47.11", "47.71", "62.01", "43.21", "96.02", "41.20", "49.41",
    "86.23", "47.61",
];

/// All countries that the console supports.
pub(super) fn all() -> impl Iterator<Item = &'static CountryData> {
    west::COUNTRIES
        .iter()
        .chain(central::COUNTRIES)
        .chain(north_and_east::COUNTRIES)
}
