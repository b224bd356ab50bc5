//! Removes what killed runs left in the app's folder.

use std::fs;
use std::path::PathBuf;

use super::atomic::is_temporary;
use super::folder::AppFolder;
use super::lock::FolderLock;
use super::log::Log;
use super::user_folder::{is_marker, left_by};

impl AppFolder {
    /// Removes the temporary files of earlier runs, here and where they were writing for the user. The lock guarantees that no other window is still
    /// writing them. Commands write to `log` only; if one is doing so now, all files stay until the next start.
    pub fn remove_leftovers(&self, _lock: &FolderLock, log: &Log) {
        if self.leftovers().is_empty() {
            return;
        }
        let Some(_turn) = log.try_lock() else {
            return;
        };
        // Looks again: a command may have finished meanwhile.
        for path in self.leftovers() {
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!("{} could not be removed: {error}", path.display());
            }
        }
    }

    fn leftovers(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.root()) else {
            return Vec::new();
        };
        entries
            .flatten()
            // The type of the entry itself, not of a link's target: we create no links here.
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            .flat_map(|entry| match entry.file_name().to_str() {
                Some(name) if is_temporary(name) => vec![entry.path()],
                Some(name) if is_marker(name) => left_by(&entry.path()),
                _ => Vec::new(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_files_of_dead_runs_go_and_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        let lock = folder.lock().unwrap();
        let ours = [".thred-console-4711-0.tmp", ".thred-console-1-12.tmp"];
        let others = [
            "preferences.json",
            "notes.tmp",
            ".notes.4711-0.tmp",
            ".thred-console-x-0.tmp",
            ".thred-console-1-2.tmp.swp",
            ".preferences.json.tmp",
        ];
        for name in ours.iter().chain(&others) {
            fs::write(folder.file(name), "x").unwrap();
        }
        fs::create_dir(folder.file(".thred-console-1-1.tmp")).unwrap();
        folder.remove_leftovers(&lock, &Log::for_tests(&folder));
        for name in ours {
            assert!(!folder.file(name).exists(), "{name}");
        }
        for name in others.iter().chain(&[".thred-console-1-1.tmp"]) {
            assert!(folder.file(name).exists(), "{name}");
        }
    }

    #[test]
    fn what_a_command_is_writing_stays() {
        let base = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(base.path());
        let (lock, log) = (folder.lock().unwrap(), Log::for_tests(&folder));
        let turn = log.try_lock().unwrap();
        let temporary = folder.file(".thred-console-4711-0.tmp");
        fs::write(&temporary, "x").unwrap();
        folder.remove_leftovers(&lock, &log);
        assert!(temporary.exists());
        drop(turn);
        folder.remove_leftovers(&lock, &log);
        assert!(!temporary.exists());
    }
}
