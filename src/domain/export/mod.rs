//! Exports businesses to CSV and JSON. Spreadsheets run nothing in the files, and the files can be imported again.

pub mod cell;
mod columns;
mod csv_text;
mod file_name;
mod write;

pub use columns::ExportColumn;
pub(super) use columns::ExportedValue;
pub use csv_text::{CsvCell, CsvText};
pub use file_name::{Format, failed_rows_name, file_name};
pub(super) use write::{csv, json};
pub use write::{json_object, to_csv, to_json};

#[cfg(test)]
mod tests;
