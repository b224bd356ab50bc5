//! Importing businesses from a file, from the empty page to the table of results.

pub mod messages;
pub mod open_file;
pub mod page;
pub mod run;
pub mod shown;

mod closing;
pub(super) mod commands;
pub(super) mod events;
pub(super) mod validation;

mod arranging;
mod correcting;
mod reading;
