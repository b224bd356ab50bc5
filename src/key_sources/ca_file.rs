//! Reads the files of certificate authorities that settings and sources name.

use std::path::Path;

use zeroize::Zeroizing;

use crate::domain::network::{CA_FILE_LIMIT, CaFile, CaProblem};
use crate::partner_api::read_ca_file;
use crate::platform::files::{ReadError, read_limited};

/// The certificate authorities of a file. Blocks.
pub(crate) fn read_trusted(path: &Path) -> Result<CaFile, CaProblem> {
    let contents = read_limited(path, CA_FILE_LIMIT).map_err(|why| match why {
        ReadError::Missing => CaProblem::Missing,
        ReadError::NoFile => CaProblem::NoFile,
        ReadError::TooLarge(_) => CaProblem::TooLarge,
        ReadError::Io(error) => CaProblem::Unreadable(error.to_string()),
    })?;
    // The file may contain a private key, so its contents are wiped.
    read_ca_file(path.to_path_buf(), &Zeroizing::new(contents))
}
