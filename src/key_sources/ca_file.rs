//! Reads the files of certificate authorities that settings and sources name.

use std::path::{Path, PathBuf};

use tokio::time::timeout;
use zeroize::Zeroizing;

use crate::domain::network::{CA_FILE_LIMIT, CA_FILE_WAIT, CaFile, CaProblem};
use crate::partner_api::read_ca_file;
use crate::platform::files::{ReadError, read_limited};

/// The certificate authorities of a file. Blocks.
pub(crate) fn read_trusted(path: &Path) -> Result<CaFile, CaProblem> {
    let contents = read_limited(path, CA_FILE_LIMIT).map_err(|why| match why {
        ReadError::Missing => CaProblem::Missing,
        ReadError::NotAFile => CaProblem::NotAFile,
        ReadError::TooLarge(_) => CaProblem::TooLarge,
        ReadError::Io(error) => CaProblem::Unreadable(error.to_string()),
    })?;
    // The file may contain a private key, so its contents are wiped.
    read_ca_file(path.to_path_buf(), &Zeroizing::new(contents))
}

/// The same on another thread and with a limit, because the drive may be gone.
pub(crate) async fn read_trusted_in_time(path: PathBuf) -> Result<CaFile, CaProblem> {
    in_time(move || read_trusted(&path)).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the thread may stay blocked; nobody waits for it after the limit"
)]
async fn in_time(
    read: impl FnOnce() -> Result<CaFile, CaProblem> + Send + 'static,
) -> Result<CaFile, CaProblem> {
    match timeout(CA_FILE_WAIT, tokio::task::spawn_blocking(read)).await {
        Ok(Ok(read)) => read,
        Ok(Err(_)) | Err(_) => Err(CaProblem::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_certificate_file_on_a_dead_drive_is_given_up() {
        let (drive, dead) = mpsc::channel::<()>();
        let reading = in_time(move || {
            // Ends once the test has.
            let _ = dead.recv();
            Err(CaProblem::Missing)
        });
        let hour = Duration::from_hours(1);
        let (read, ()) = tokio::join!(timeout(hour, reading), tokio::time::advance(hour));
        drop(drive);
        assert_eq!(read, Ok(Err(CaProblem::NoAnswer)));
    }
}
