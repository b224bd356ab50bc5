//! Why a file cannot be imported.

/// Files must be smaller than this, bytes.
pub const MAX_FILE_BYTES: u64 = 100_000_000;

/// Maximum number of rows in a file. The business list is designed for as many.
pub const MAX_ROWS: usize = 100_000;

/// Maximum number of columns in a file.
pub const MAX_COLUMNS: usize = 500;

/// Longest cell, bytes: far more than any field accepts, metadata included.
pub const MAX_CELL_BYTES: usize = 64 << 10;

/// Why a file cannot be imported. In none of these cases was anything sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// See [`MAX_FILE_BYTES`].
    #[error("The file is {megabytes} MB; the limit is 100 MB. Split it into smaller files.")]
    TooLarge {
        /// Size, rounded down.
        megabytes: u64,
    },
    /// No bytes, or only blank rows.
    #[error("The file is empty. The first row must contain the column names.")]
    Empty,
    #[error("The file has column names but no rows below them.")]
    NoRows,
    /// Another file type, recognised by its first bytes.
    #[error(
        "This is {what}, not a CSV file. Open it in a spreadsheet, save it as CSV and import that."
    )]
    OtherKind {
        /// Such as "an Excel workbook".
        what: &'static str,
    },
    /// Too many control characters for a text file.
    #[error("This is not a text file. Save the table as CSV and import that.")]
    Binary,
    /// A NUL byte, which no field accepts and no program writes on purpose.
    #[error(
        "Line {line}, column {column} contains a NUL byte. Remove it, or save the table as CSV again."
    )]
    NulByte {
        /// Line in which the row begins, counted from 1.
        line: u64,
        /// Counted from 1.
        column: usize,
    },
    /// A quoted cell is never closed.
    #[error(
        "The quotation mark that opens a cell in line {line} is never closed, so the rest of the file would be \
         one cell. Close or remove it."
    )]
    OpenQuote {
        /// Line in which the cell begins, counted from 1.
        line: u64,
    },
    /// Text follows the end of a quoted cell that spans several lines.
    #[error(
        "The quotation mark that opens a cell in line {line} is closed in line {closing_line}, but “{text}” follows \
         there. Close the cell in line {line}, or double the mark in line {closing_line}."
    )]
    TextAfterQuote {
        /// Line in which the cell begins, counted from 1.
        line: u64,
        /// Line of the closing mark, counted from 1.
        closing_line: u64,
        /// What follows the mark in its cell, truncated and made visible.
        text: String,
    },
    /// See [`MAX_ROWS`].
    #[error("The file has more than 100,000 rows. Split it into smaller files.")]
    TooManyRows,
    /// See [`MAX_COLUMNS`].
    #[error(
        "Line {line} has more than 500 columns. The delimiter may be wrong, or a line break is missing."
    )]
    TooManyColumns {
        /// Counted from 1.
        line: u64,
    },
    /// See [`MAX_CELL_BYTES`].
    #[error(
        "Line {line}, column {column} has {kilobytes} kB, too much for any field. The delimiter may be wrong, \
         or a quotation mark is missing."
    )]
    CellTooLong {
        /// Line in which the row begins, counted from 1.
        line: u64,
        /// Counted from 1.
        column: usize,
        /// Size, rounded up.
        kilobytes: usize,
    },
}

/// Rejects a file by its size before it is read. `bytes` is the size that the file system reports.
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
