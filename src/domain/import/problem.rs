//! Why a file cannot be imported, in words.

/// A file has to be smaller than this, bytes.
pub const MAX_FILE_BYTES: u64 = 100_000_000;

/// The most rows of one file: as many as the list itself is made for.
pub const MAX_ROWS: usize = 100_000;

/// The most columns of one file.
pub const MAX_COLUMNS: usize = 500;

/// The longest cell, bytes: far more than any field takes, metadata included.
pub const MAX_CELL_BYTES: usize = 64 << 10;

/// Why a file cannot be imported. Nothing was sent in any of these cases.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// See [`MAX_FILE_BYTES`].
    #[error("The file has {megabytes} MB; the limit is 100 MB. Split it into smaller files.")]
    TooLarge {
        /// Its size, rounded down.
        megabytes: u64,
    },
    /// No bytes, or only empty rows.
    #[error("The file is empty. The first row must contain the column names.")]
    Empty,
    /// Only a header.
    #[error("The file has column names but no rows below them.")]
    NoRows,
    /// Another kind of file, known by its start.
    #[error(
        "This is {what}, not a CSV file. Open it in a spreadsheet, save it as CSV and import that."
    )]
    OtherKind {
        /// Such as "an Excel workbook".
        what: &'static str,
    },
    /// Bytes that no text has.
    #[error("This is not a text file. Save the table as CSV and import that.")]
    Binary,
    /// One of the few characters that no field takes and no program writes on purpose.
    #[error(
        "Line {line}, column {column} contains a NUL byte. Remove it, or save the table as CSV again."
    )]
    NulByte {
        /// Where the row begins, counted from 1.
        line: u64,
        /// Counted from 1.
        column: usize,
    },
    /// A quoted cell has no end.
    #[error(
        "The quotation mark that opens a cell in line {line} is never closed, so the rest of the file would be \
         one cell. Close or remove it."
    )]
    OpenQuote {
        /// Where the cell begins, counted from 1.
        line: u64,
    },
    /// A quoted cell of several lines has text behind its end.
    #[error(
        "The quotation mark that opens a cell in line {line} is closed in line {closing_line}, but “{text}” follows \
         there. Close the cell in line {line}, or double the mark in line {closing_line}."
    )]
    TextAfterQuote {
        /// Where the cell begins, counted from 1.
        line: u64,
        /// Where the closing mark is, counted from 1.
        closing_line: u64,
        /// What follows it in its cell, cut and made visible.
        text: String,
    },
    /// See [`MAX_ROWS`].
    #[error("The file has more than 100,000 rows. Split it into smaller files.")]
    TooManyRows,
    /// See [`MAX_COLUMNS`].
    #[error(
        "Line {line} has more than 500 columns. The separator may be wrong, or a line break is missing."
    )]
    TooManyColumns {
        /// Counted from 1.
        line: u64,
    },
    /// See [`MAX_CELL_BYTES`].
    #[error(
        "Line {line}, column {column} has {kilobytes} kB, too much for any field. The separator may be wrong, \
         or a quotation mark is missing."
    )]
    CellTooLong {
        /// Where the row begins, counted from 1.
        line: u64,
        /// Counted from 1.
        column: usize,
        /// What it holds, rounded up.
        kilobytes: usize,
    },
}

/// Refuses a file by its size, before it is read. `bytes` is what the system says of it.
///
/// # Errors
/// [`FileProblem::TooLarge`] and [`FileProblem::Empty`].
pub fn check_size(bytes: u64) -> Result<(), FileProblem> {
    match bytes {
        0 => Err(FileProblem::Empty),
        MAX_FILE_BYTES.. => Err(FileProblem::TooLarge {
            megabytes: bytes / 1_000_000,
        }),
        _ => Ok(()),
    }
}
