//! Reads an import file into a table. Everything here may block.

use std::io::{self, Read as _};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::domain::import::{
    DecodedFile, Delimiter, FileFingerprint, FileProblem, MAX_FILE_BYTES, ReadOptions, SheetReader,
    check_size,
};
use crate::domain::progress::Progress;
use crate::domain::text::hex;
use crate::platform::files::{ReadError, open_file};
use crate::state::import::messages::{ReadFile, ReadRequest};

/// How many rows are read or checked between two progress reports.
pub(super) const ROWS_PER_STEP: usize = 2_000;

/// Reads a file; the error is a sentence. `on_progress` is called after each step; if it returns `false`, reading ends and
/// the result is `None`.
pub(super) fn read(
    plan: &ReadRequest,
    on_progress: impl Fn(Progress) -> bool,
) -> Result<Option<ReadFile>, String> {
    let bytes = bytes_of(plan)?;
    let words = |problem: FileProblem| format!("{problem} Nothing was sent.");
    let source = match plan.encoding {
        Some(encoding) => DecodedFile::open_as(&bytes, encoding),
        None => DecodedFile::open(&bytes),
    }
    .map_err(words)?;
    let delimiter = plan
        .delimiter
        .unwrap_or_else(|| Delimiter::detect(&source.text));
    let fingerprint = FileFingerprint {
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(&bytes)),
    };
    drop(bytes);
    let options = ReadOptions {
        encoding: source.encoding,
        delimiter,
        header_row: plan.header_row,
        repairs: plan.repairs.clone(),
    };
    let mut reading = SheetReader::new(source.text.clone(), &options);
    loop {
        let progress = reading.step(ROWS_PER_STEP).map_err(words)?;
        if progress.is_complete() {
            break;
        }
        if !on_progress(progress) {
            return Ok(None);
        }
    }
    Ok(Some(ReadFile {
        path: plan.path.clone(),
        fingerprint,
        encoding: source.encoding,
        guess: source.guess,
        has_mark: source.has_mark,
        has_replaced: source.has_replaced,
        delimiter,
        repairs: plan.repairs.clone(),
        sheet: Arc::new(reading.finish().map_err(words)?),
    }))
}

fn bytes_of(plan: &ReadRequest) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| format!("It can’t be read: {error}. Nothing was sent.");
    let file = open_file(&plan.path).map_err(|why| match why {
        ReadError::NotAFile => "It is not a file. Nothing was sent.".to_owned(),
        why => unreadable(why.into()),
    })?;
    let len = file.metadata().map_err(unreadable)?.len();
    let check = |len| check_size(len).map_err(|problem| format!("{problem} Nothing was sent."));
    check(len)?;
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    file.take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    // The file may have grown while it was read.
    check(bytes.len() as u64)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::domain::import::Repairs;

    #[test]
    fn it_ends_at_the_step_at_which_it_is_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.csv");
        let rows = "1,Old Mill\n".repeat(5 * ROWS_PER_STEP);
        std::fs::write(&path, format!("external_id,legal_name\n{rows}")).unwrap();
        let plan = ReadRequest {
            ticket: 1,
            path,
            encoding: None,
            delimiter: None,
            header_row: None,
            repairs: Repairs::default(),
        };
        let steps = Cell::new(0);
        let read_up_to = |max: usize| {
            steps.set(0);
            read(&plan, |_| {
                steps.set(steps.get() + 1);
                steps.get() < max
            })
        };
        assert!(read_up_to(2).unwrap().is_none());
        assert_eq!(steps.get(), 2);
        let whole = read_up_to(usize::MAX).unwrap().unwrap();
        assert_eq!(whole.sheet.rows.len(), 5 * ROWS_PER_STEP);
    }
}
