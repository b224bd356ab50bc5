//! What earlier runs have left in the app's folder, read once at start.

use jiff::Timestamp;

use crate::platform::files::{AppFolder, Document, Loaded, SetAside};
use crate::state::creating::Drafts;
use crate::state::saved::Saved;

use super::files::{DRAFTS_FILE, PREFERENCES_FILE};

/// What was read, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Kept {
    /// The preferences.
    pub saved: Saved,
    /// The drafts.
    pub drafts: Drafts,
    /// What the user should be told of files that could not be used.
    pub news: Vec<String>,
    /// Where this run may write; `None` where it could write over something that it does not understand.
    pub folder: Option<AppFolder>,
}

impl Kept {
    /// Reads the files of the folder. What cannot be used is set aside; nothing here ends the program.
    pub fn read(folder: Option<AppFolder>, now: Timestamp) -> Self {
        let Some(folder) = folder else {
            return Self::default();
        };
        let mut kept = Self {
            folder: Some(folder.clone()),
            ..Self::default()
        };
        kept.saved = kept.document(&folder, PREFERENCES_FILE, now);
        kept.drafts = kept.document(&folder, DRAFTS_FILE, now);
        kept
    }

    fn document<T: Document + Default>(
        &mut self,
        folder: &AppFolder,
        name: &str,
        now: Timestamp,
    ) -> T {
        match folder.read::<T>(name, now) {
            Loaded::Missing => T::default(),
            Loaded::Value(value) => value,
            Loaded::SetAside(aside) => {
                if aside.moved_to.is_none() {
                    self.folder = None;
                }
                self.news.push(said(&aside));
                aside.previous.unwrap_or_default()
            }
        }
    }
}

fn said<T>(aside: &SetAside<T>) -> String {
    let place = match &aside.moved_to {
        Some(path) => format!("It was set aside as {}.", path.display()),
        None => "It could not be moved, so nothing is saved in this run.".to_owned(),
    };
    let instead = if aside.previous.is_some() {
        "The previous copy is used."
    } else {
        "The console goes on without it."
    };
    format!(
        "{}: {}. {place} {instead}",
        aside.path.display(),
        aside.damage
    )
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
        let kept = Kept::read(Some(AppFolder::at(dir.path())), now());
        assert!(kept.news.is_empty() && kept.folder.is_some());
        assert!(Kept::read(None, now()).folder.is_none());
    }

    #[test]
    fn what_cannot_be_moved_out_of_the_way_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let folder = AppFolder::at(dir.path());
        let newer = r#"{"kind":"thred-console preferences","version":99,"data":{}}"#;
        fs::write(folder.file(PREFERENCES_FILE), newer).unwrap();
        // Every name that it could get is taken.
        for n in 1..100 {
            let suffix = if n == 1 {
                String::new()
            } else {
                format!("-{n}")
            };
            let name = format!("{PREFERENCES_FILE}.newer-20261123T141500Z{suffix}");
            fs::write(folder.file(&name), "").unwrap();
        }
        let kept = Kept::read(Some(folder.clone()), now());
        assert!(kept.folder.is_none());
        assert!(kept.news[0].contains("nothing is saved in this run"));
        let text = fs::read_to_string(folder.file(PREFERENCES_FILE)).unwrap();
        assert_eq!(text, newer);
    }
}
