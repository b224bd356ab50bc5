//! Reads, once at start, the files that earlier runs left in the app's folder.

use std::path::PathBuf;

use jiff::Timestamp;

use super::file_writer::{DRAFTS_FILE, PREFERENCES_FILE};
use super::history_log::history_log;
use crate::domain::text::{shell_word, visible};
use crate::platform::crash_report;
use crate::platform::files::{
    AppFolder, Document, FilesError, FolderAccess, FolderInUse, FolderLock, FolderLockError,
    HOME_VARIABLE, LoadOutcome, SetAsideFile,
};
use crate::state::create::creating::Drafts;
use crate::state::shell::saved::Saved;

/// The values read, and any problems with the files.
#[derive(Debug, Default)]
pub struct StoredFiles {
    pub saved: Saved,
    pub drafts: Drafts,
    /// What to tell the user about the folder and its files.
    pub notices: Vec<StartNotice>,
    /// Where this run may write; `None` if it could overwrite something that it does not understand.
    pub folder: Option<AppFolder>,
    /// Keeps other runs out of the folder until it is dropped.
    pub lock: Option<FolderLock>,
}

/// A message shown at start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartNotice {
    /// One line.
    pub title: &'static str,
    /// What happened, and what the user can do.
    pub body: String,
    /// A file with details.
    pub file: Option<PathBuf>,
}

impl StoredFiles {
    /// Locks the folder for this run, removes what killed runs left in it, and reads its files.
    ///
    /// # Errors
    /// [`FolderInUse`] if another run has locked it; then nothing was read or changed.
    pub fn claim(folder: Option<AppFolder>, now: Timestamp) -> Result<Self, FolderInUse> {
        let Some(folder) = folder else {
            return Ok(Self::default());
        };
        let (lock, refused) = match folder.lock() {
            Ok(lock) => (Some(lock), None),
            Err(FolderLockError::InUse(in_use)) => return Err(in_use),
            Err(FolderLockError::Io(error)) => (None, Some(not_locked(&error))),
        };
        if let Some(lock) = &lock {
            folder.remove_leftovers(lock, &history_log(folder.clone()));
        }
        let folder = match lock.clone() {
            Some(lock) => folder.under(lock),
            None => folder,
        };
        let crash = crash_report::take_report(&folder).map(crashed);
        crash_report::set_folder(&folder);
        let open = open_to_others(&folder);
        let mut stored = Self::read(Some(folder), now);
        stored.lock = lock;
        stored
            .notices
            .extend(refused.into_iter().chain(open).chain(crash));
        Ok(stored)
    }

    /// Reads the files of the folder. Unusable files are moved aside; no error ends the program.
    pub fn read(folder: Option<AppFolder>, now: Timestamp) -> Self {
        let Some(folder) = folder else {
            return Self::default();
        };
        let mut stored = Self {
            folder: Some(folder.clone()),
            ..Self::default()
        };
        stored.saved = stored.document(&folder, PREFERENCES_FILE, now);
        stored.drafts = stored.document(&folder, DRAFTS_FILE, now);
        stored
    }

    fn document<T: Document + Default>(
        &mut self,
        folder: &AppFolder,
        name: &str,
        now: Timestamp,
    ) -> T {
        match folder.read::<T>(name, now) {
            LoadOutcome::Missing => T::default(),
            LoadOutcome::Value(value) => value,
            LoadOutcome::SetAside(aside) => {
                if aside.moved_to.is_none() {
                    self.folder = None;
                }
                self.notices.push(set_aside_notice(&aside));
                aside.previous.unwrap_or_default()
            }
        }
    }
}

fn crashed(report: PathBuf) -> StartNotice {
    StartNotice {
        title: "The console had an internal error last time",
        body: format!(
            "{} says where in the program it happened. It contains no keys, tokens or names. Nothing was sent; attach \
             it if you report the problem.",
            report.display()
        ),
        file: Some(report),
    }
}

fn not_locked(error: &FilesError) -> StartNotice {
    StartNotice {
        title: "The data folder could not be locked",
        body: format!(
            "{error}. If the folder is not writable, nothing is saved: profiles, drafts and history are lost \
             when this window closes. Do not start a second console on it, because neither would notice the \
             other. Make the folder writable, or set {HOME_VARIABLE} to another one."
        ),
        file: None,
    }
}

/// The permissions are not changed: the folder may have existed before, with other users' files in it.
fn open_to_others(folder: &AppFolder) -> Option<StartNotice> {
    let (can, risk) = match folder.access_by_others() {
        FolderAccess::Private => return None,
        FolderAccess::Listed => ("list the files in", ""),
        FolderAccess::Writable => (
            "add, remove and replace files in",
            " They could change your settings, such as the proxy.",
        ),
    };
    Some(StartNotice {
        title: "Other users can open the data folder",
        body: format!(
            "Other users of this computer can {can} {path}.{risk} Only you can read the files the console \
             writes. The folder’s mode was not changed. To restrict it, run: chmod 700 {word}",
            path = visible(&folder.root().to_string_lossy()),
            word = shell_word(&folder.root().to_string_lossy()),
        ),
        file: None,
    })
}

fn set_aside_notice<T>(aside: &SetAsideFile<T>) -> StartNotice {
    let help = aside.damage.help();
    let place = match &aside.moved_to {
        Some(path) => format!("It was set aside as {}.", path.display()),
        None if help.is_some() => {
            "It was not used, and nothing is saved in this session.".to_owned()
        }
        None => "It could not be moved, so nothing is saved in this session.".to_owned(),
    };
    let instead = help.unwrap_or_else(|| {
        let instead = if aside.previous.is_some() {
            "The previous copy is used."
        } else {
            "The console continues without it."
        };
        instead.to_owned()
    });
    StartNotice {
        title: "A file could not be used",
        body: format!(
            "{}: {}. {place} {instead}",
            visible(&aside.path.to_string_lossy()),
            aside.damage
        ),
        file: None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T14:15:00Z".parse().unwrap()
    }

    #[test]
    fn an_empty_folder_is_no_news() {
        let dir = tempfile::tempdir().unwrap();
        let stored = StoredFiles::read(Some(AppFolder::at(dir.path())), now());
        assert!(stored.notices.is_empty() && stored.folder.is_some());
        assert!(StoredFiles::read(None, now()).folder.is_none());
    }

    #[test]
    fn a_folder_that_another_run_has_is_neither_read_nor_tidied() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path().join("data"));
        let first = StoredFiles::claim(Some(folder.clone()), now()).unwrap();
        assert_eq!(first.notices, []);
        let damaged = folder.file(PREFERENCES_FILE);
        let under_way = folder.file(".thred-console-1-1.tmp");
        fs::write(&damaged, "{").unwrap();
        fs::write(&under_way, "").unwrap();
        let in_use = StoredFiles::claim(Some(folder.clone()), now()).unwrap_err();
        let said = in_use.to_string();
        assert!(
            said.contains(&folder.root().display().to_string()),
            "{said}"
        );
        assert!(damaged.exists() && under_way.exists());
        drop(first);
        let next = StoredFiles::claim(Some(folder), now()).unwrap();
        assert_eq!(next.notices.len(), 1, "{:?}", next.notices);
        assert!(!damaged.exists() && !under_way.exists());
    }

    #[test]
    fn an_internal_error_of_the_last_run_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path().join("data"));
        drop(StoredFiles::claim(Some(folder.clone()), now()).unwrap());
        fs::write(folder.file(crash_report::CRASH_FILE), "at a.rs:1:2").unwrap();
        let told = StoredFiles::claim(Some(folder.clone()), now()).unwrap();
        assert_eq!(told.notices.len(), 1, "{:?}", told.notices);
        let file = told.notices[0].file.clone().unwrap();
        assert_eq!(fs::read_to_string(file).unwrap(), "at a.rs:1:2");
        drop(told);
        let next = StoredFiles::claim(Some(folder), now()).unwrap();
        assert_eq!(next.notices, []);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_others_keeps_its_mode_and_is_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let mode =
            |mode| fs::set_permissions(dir.path(), fs::Permissions::from_mode(mode)).unwrap();
        for (before, told) in [
            (0o700, None),
            (0o755, Some("list the files in")),
            (0o777, Some("add, remove and replace files in")),
        ] {
            mode(before);
            let stored = StoredFiles::claim(Some(AppFolder::at(dir.path())), now()).unwrap();
            assert_eq!(stored.notices.len(), usize::from(told.is_some()));
            let has_said = |said: &str| stored.notices[0].body.contains(said);
            assert!(told.is_none_or(has_said), "{:?}", stored.notices);
            let after = fs::metadata(dir.path()).unwrap().permissions().mode();
            assert_eq!(after & 0o777, before);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_told_and_the_console_starts() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let stored = StoredFiles::claim(Some(AppFolder::at(file.join("data"))), now()).unwrap();
        assert!(stored.lock.is_none());
        // Its files cannot be read either.
        let last = stored.notices.last().unwrap();
        assert_eq!(last.title, "The data folder could not be locked");
    }

    /// A link to itself cannot be read, not even by the administrator.
    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_now_is_left_and_nothing_is_written_over_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path());
        let path = folder.file(PREFERENCES_FILE);
        std::os::unix::fs::symlink(PREFERENCES_FILE, &path).unwrap();
        let stored = StoredFiles::read(Some(folder), now());
        assert!(stored.folder.is_none());
        let told = &stored.notices[0].body;
        let expected = "It was not used, and nothing is saved in this session. Make the file readable, then start again.";
        assert!(told.ends_with(expected), "{told}");
        assert!(fs::symlink_metadata(path).is_ok());
    }

    #[test]
    fn what_cannot_be_moved_out_of_the_way_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path());
        let newer = r#"{"kind":"thred-console preferences","version":99,"data":{}}"#;
        fs::write(folder.file(PREFERENCES_FILE), newer).unwrap();
        // Every name it could be moved to is taken.
        for n in 1..100 {
            let suffix = if n == 1 {
                String::new()
            } else {
                format!("-{n}")
            };
            let name = format!("{PREFERENCES_FILE}.newer-20261123T141500Z{suffix}");
            fs::write(folder.file(&name), "").unwrap();
        }
        let stored = StoredFiles::read(Some(folder.clone()), now());
        assert!(stored.folder.is_none());
        assert!(
            stored.notices[0]
                .body
                .contains("nothing is saved in this session")
        );
        let text = fs::read_to_string(folder.file(PREFERENCES_FILE)).unwrap();
        assert_eq!(text, newer);
    }
}
