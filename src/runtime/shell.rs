//! Preferences, texts that are not secret, and files that the user saves.

use super::Runtime;
use super::export::write_file;
use super::pending::Purpose;
use crate::domain::export::Format;
use crate::domain::history;
use crate::domain::import::{failed_rows_csv, sample_csv};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::state::shell::messages::{Contents, SavedFile, ShellEffect};

impl Runtime {
    pub(super) fn shell_effect(&mut self, effect: ShellEffect) {
        match effect {
            ShellEffect::CopyText { what, text } => self.clipboard.copy_text(what, text),
            ShellEffect::SaveFile {
                profile,
                file_name,
                contents,
            } => self.save_file(profile, file_name, contents),
            ShellEffect::SavePreferences(saved) => {
                if let Some(files) = &self.files {
                    files.write_preferences(saved);
                }
            }
        }
    }

    fn save_file(&mut self, profile: Option<Profile>, file_name: String, contents: Contents) {
        let (what, title) = match &contents {
            Contents::Sample => (SavedFile::Sample, "Save a sample file"),
            Contents::History(entries, format) => {
                (SavedFile::History(entries.len(), *format), "Export history")
            }
            Contents::Calendar(_) => (SavedFile::Calendar, "Save to calendar"),
            Contents::FailedRows { rows, .. } => {
                (SavedFile::FailedRows(rows.len()), "Save failed rows")
            }
        };
        let request = FileRequest::Save {
            title: title.to_owned(),
            file_name,
        };
        let folder = self.folder.clone();
        self.ask(Purpose::Save(profile, what), request, move |path| {
            write_file(path, folder, move || bytes(&contents))
        });
    }
}

fn bytes(contents: &Contents) -> Vec<u8> {
    match contents {
        Contents::Sample => sample_csv(),
        Contents::History(entries, Format::Csv) => history::to_csv(entries),
        Contents::History(entries, Format::Json) => history::to_json(entries),
        Contents::Calendar(bytes) => bytes.clone(),
        Contents::FailedRows {
            sheet,
            delimiter,
            rows,
        } => {
            let rows = rows.iter().map(|(row, reason)| (*row, reason.as_str()));
            failed_rows_csv(sheet, *delimiter, rows)
        }
    }
}
