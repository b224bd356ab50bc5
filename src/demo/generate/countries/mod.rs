//! Data for generating businesses of the 17 countries: legal forms, numbers and names.

mod central;
mod north_and_east;
mod west;

/// The data of one country. Lists are plain text, split once per run: `, ` separates items, `/` separates the parts of an item.
pub(in crate::demo) struct CountryData {
    /// ISO 3166-1 alpha-2.
    pub(in crate::demo) code: &'static str,
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
    /// `code/suffix of the legal name=label`; the first is the most frequent. Only countries that reject other types have labels. The list for the
    /// United Kingdom is documented, the others are assumed.
    pub(super) types: &'static str,
}

impl CountryData {
    /// Codes and labels of the types that the server lists when it rejects another.
    pub(in crate::demo) fn listed_types(
        &self,
    ) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.types.split(", ").filter_map(|item| {
            let (form, label) = item.split_once('=')?;
            let (code, _) = form.split_once('/')?;
            Some((code, label))
        })
    }
}

/// NACE Rev. 2 classes: café, restaurant, bakery, grocer, clothes, software, electrician, hairdresser, builder, haulier, dentist, bookshop.
pub(super) const NACE_CODES: [&str; 12] = [
    "56.30", "56.10", "10.71", "47.11", "47.71", "62.01", "43.21", "96.02", "41.20", "49.41",
    "86.23", "47.61",
];

/// All countries that the console supports.
pub(in crate::demo) fn all() -> impl Iterator<Item = &'static CountryData> {
    west::COUNTRIES
        .iter()
        .chain(central::COUNTRIES)
        .chain(north_and_east::COUNTRIES)
}
