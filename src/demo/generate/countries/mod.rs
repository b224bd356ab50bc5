//! Data for generating businesses of the 17 countries: legal forms, numbers and names.

mod central;
mod country;
mod north_and_east;
mod west;

pub(in crate::demo) use self::country::CountryData;
pub(super) use self::country::NACE_CODES;

/// All countries that the console supports.
pub(in crate::demo) fn all() -> impl Iterator<Item = &'static CountryData> {
    west::COUNTRIES
        .iter()
        .chain(central::COUNTRIES)
        .chain(north_and_east::COUNTRIES)
}
