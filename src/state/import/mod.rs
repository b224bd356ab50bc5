//! Importing businesses from a file, from the empty page to the table of results.

pub mod messages;
pub mod open_file;
pub mod page;
pub mod row_result;
pub mod run;

mod closing;
pub(super) mod commands;
pub(super) mod dry_runs;
pub(super) mod events;

mod correcting;
mod reading;
mod row_counts;
mod table_rows;
