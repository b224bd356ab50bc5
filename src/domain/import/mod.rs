//! Imports businesses from a CSV file: reading the file, mapping its columns, a dry run that writes nothing, and the
//! journal that lets an interrupted run resume without creating anything twice.
//!
//! The order is [`DecodedFile::open`] → [`SheetReader`] → [`Sheet`] → [`Mapping::propose`] → [`DryRunPlan`] → [`DryRun`] →
//! [`Journal`]. Reading and judging take time, so run both on a background thread.

mod cells;
mod code_page;
mod column_target;
mod corrections;
mod damage_kind;
mod dates;
mod decoded_file;
mod delimiter;
mod detect;
mod detect_delimiter;
mod dry_run;
mod dry_run_plan;
mod east_asian;
mod effort;
mod encoding;
mod failed_rows;
mod file_type;
mod garbled;
mod header;
mod header_names;
mod inspect;
mod journal;
mod mapping;
mod misread;
mod plausibility;
mod problem;
mod quotes;
mod records;
mod rejection;
mod remembered;
mod repair;
mod row;
mod sheet;
mod sheet_row;
mod verdict;

pub use column_target::ColumnTarget;
pub use corrections::Corrections;
pub use damage_kind::{CellMark, DamageKind, Remedy, Repairs};
pub use dates::{DateOrder, DateSurvey};
pub use decoded_file::DecodedFile;
pub use delimiter::Delimiter;
pub use detect::EncodingGuess;
pub use dry_run::{DamageCount, DryRun};
pub use dry_run_plan::DryRunPlan;
pub use encoding::Encoding;
pub use failed_rows::failed_rows_csv;
pub use header_names::REASON_HEADER;
pub use journal::{
    FileFingerprint, Journal, JournalEntry, JournalHead, JournalProblem, RowOutcome, Tally,
    recorded_line,
};
pub use mapping::Mapping;
pub use problem::{FileProblem, MAX_CELL_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, check_size};
pub use rejection::rejection_in_words;
pub use remembered::RememberedMappings;
pub use row::{ReadRow, RowReader};
pub use sheet::{ColumnFacts, HeadRow, OddLetters, ReadOptions, Sheet, SheetReader};
pub use sheet_row::SheetRow;
pub use verdict::{InvalidReason, OutcomeCounts, RowVerdict, Verdict};

/// An example file: every column, and three invented rows that would all be created. E-mail addresses end in `.example`,
/// which is reserved (RFC 2606). Written as the console writes exports.
pub const SAMPLE_CSV: &[u8] = include_bytes!("../../../assets/sample.csv");

#[cfg(test)]
mod tests;
