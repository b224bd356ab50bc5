//! What was done with the console: one entry for each sign-in, token, create, edit, lock and so on.
//!
//! An entry cannot hold a secret: its fields are times, ids, names from the server, and values from closed lists.
//! Tokens and keys are recorded by fingerprint.

mod action;
mod entry;
mod line;
mod reason;
mod table;
#[cfg(test)]
mod tests;

pub use action::{ActionGroup, HistoryAction, HistoryOutcome};
pub use entry::{HistoryCounts, HistoryEntry, HistoryProfile};
pub use line::{HistoryLine, ReadLines, words};
pub use reason::FailureReason;
pub use table::{to_csv, to_json};
