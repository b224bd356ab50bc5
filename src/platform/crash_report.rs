//! A file that records where an internal error happened, so that the user can report it. It contains no values and is not sent anywhere.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::files::AppFolder;

/// Written by the current run.
pub const CRASH_FILE: &str = "crash.txt";
/// The report of a previous run, renamed when the user is told about it.
const LAST_CRASH_FILE: &str = "last-crash.txt";
/// Maximum size in bytes, because one error may cause many more.
const LIMIT: u64 = 16 << 10;

static REPORT: OnceLock<PathBuf> = OnceLock::new();

/// Sets the folder for reports.
pub fn set_folder(folder: &AppFolder) {
    // Already set if a second window of the same run calls this, with the same folder.
    let _ = REPORT.set(folder.file(CRASH_FILE));
}

/// Returns the report of a previous run, once: it is renamed, so that the user is told only once.
pub fn take_report(folder: &AppFolder) -> Option<PathBuf> {
    let kept = folder.file(LAST_CRASH_FILE);
    fs::rename(folder.file(CRASH_FILE), &kept).ok()?;
    Some(kept)
}

/// Records an internal error. Called when the program may be about to end.
pub(super) fn record(line: &str) {
    if let Some(path) = REPORT.get() {
        // Errors are ignored because the line was also written to standard error.
        let _ = append(path, line);
    }
}

fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut options = File::options();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    if file.metadata()?.len() >= LIMIT {
        return Ok(());
    }
    let version = env!("CARGO_PKG_VERSION");
    let system = (std::env::consts::OS, std::env::consts::ARCH);
    writeln!(
        file,
        "{line} · version {version} · {} {}",
        system.0, system.1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_told_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path());
        assert_eq!(take_report(&folder), None);
        append(&folder.file(CRASH_FILE), "at a.rs:1:2").unwrap();
        append(&folder.file(CRASH_FILE), "at b.rs:3:4").unwrap();
        let kept = take_report(&folder).unwrap();
        let text = fs::read_to_string(kept).unwrap();
        assert_eq!(text.lines().count(), 2);
        let version = env!("CARGO_PKG_VERSION");
        assert!(
            text.starts_with(&format!("at a.rs:1:2 · version {version}")),
            "{text}"
        );
        assert_eq!(take_report(&folder), None);
    }

    #[test]
    fn a_report_stays_small() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(CRASH_FILE);
        for _ in 0..1000 {
            append(&path, &"x".repeat(100)).unwrap();
        }
        assert!(fs::metadata(&path).unwrap().len() < LIMIT + 200);
    }
}
