//! Reads an import file into a table. Everything here may block.

use std::fs::File;
use std::io::Read as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::domain::import::{
    DecodedFile, Delimiter, FileFingerprint, FileProblem, MAX_FILE_BYTES, ReadOptions, SheetReader,
    check_size,
};
use crate::domain::progress::Progress;
use crate::domain::text::hex;
use crate::state::import::messages::{ReadFile, ReadRequest};

use super::ROWS_PER_STEP;

/// Reads a file; the error is a sentence.
pub(super) fn read(plan: &ReadRequest, tell: impl Fn(Progress)) -> Result<ReadFile, String> {
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
        tell(progress);
    }
    Ok(ReadFile {
        path: plan.path.clone(),
        fingerprint,
        encoding: source.encoding,
        guess: source.guess,
        has_mark: source.has_mark,
        has_replaced: source.has_replaced,
        delimiter,
        repairs: plan.repairs.clone(),
        sheet: Arc::new(reading.finish().map_err(words)?),
    })
}

fn bytes_of(plan: &ReadRequest) -> Result<Vec<u8>, String> {
    let unreadable =
        |error: std::io::Error| format!("It can’t be read: {error}. Nothing was sent.");
    // Opening a pipe or a device could block forever, so the file type is checked first.
    let facts = std::fs::metadata(&plan.path).map_err(unreadable)?;
    if !facts.is_file() {
        return Err("It is not a file. Nothing was sent.".to_owned());
    }
    check_size(facts.len()).map_err(|problem| format!("{problem} Nothing was sent."))?;
    let file = File::open(&plan.path).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    // The file may grow while it is read.
    file.take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Ok(bytes)
}
