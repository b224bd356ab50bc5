//! What is known of a country.

/// The data of one country. Lists are plain text, split once per run: `, ` separates items, `/` separates the parts of an item.
pub(in crate::demo) struct CountryData {
    /// ISO 3166-1 alpha-2.
    pub(in crate::demo) code: &'static str,
    /// ISO 4217.
    pub(in crate::demo::generate) currency: &'static str,
    /// How often the country occurs, relative to the others.
    pub(in crate::demo::generate) weight: usize,
    /// Phone number pattern in international format.
    pub(in crate::demo::generate) phone: &'static str,
    /// VAT number pattern.
    pub(in crate::demo::generate) vat: &'static str,
    /// Company register number pattern.
    pub(in crate::demo::generate) company: &'static str,
    /// Tax identification number pattern.
    pub(in crate::demo::generate) tin: &'static str,
    /// Family and owner names.
    pub(in crate::demo::generate) families: &'static str,
    /// One word per trade, in the order of [`NACE_CODES`].
    pub(in crate::demo::generate) trades: &'static str,
    /// `city/province/slug`.
    pub(in crate::demo::generate) places: &'static str,
    /// Patterns for names: `{f}` and `{g}` are two families, `{t}` is the trade, `{c}` the city.
    pub(in crate::demo::generate) orders: &'static str,
    /// `code/suffix of the legal name=label`; the first is the most frequent. Only countries that reject other types have labels. The list for the
    /// United Kingdom is documented, the others are assumed.
    pub(in crate::demo::generate) types: &'static str,
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
pub(in crate::demo::generate) const NACE_CODES: [&str; 12] = [
    "56.30", "56.10", "10.71", "47.11", "47.71", "62.01", "43.21", "96.02", "41.20", "49.41",
    "86.23", "47.61",
];
