//! Preferences, texts that are not secret, and files that the user saves.

use super::Runtime;
use super::export::write_file;
use super::pending::DialogPurpose;
use crate::domain::export::Format;
use crate::domain::history;
use crate::domain::import::{SAMPLE_CSV, failed_rows_csv};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::state::shell::messages::{FileContents, SavedFile, ShellEffect};

impl Runtime {
    pub(super) fn shell_effect(&mut self, effect: ShellEffect) {
        match effect {
            ShellEffect::CopyText { what, text } => self.copy_text(what, text),
            ShellEffect::SaveFile {
                profile,
                file_name,
                contents,
            } => self.save_file(profile, file_name, contents),
            ShellEffect::SavePreferences(saved) => self.write_preferences(saved),
        }
    }

    fn save_file(&mut self, profile: Option<Profile>, file_name: String, contents: FileContents) {
        let (what, title) = match &contents {
            FileContents::Sample => (SavedFile::Sample, "Save a sample file"),
            FileContents::History(entries, format) => {
                (SavedFile::History(entries.len(), *format), "Export history")
            }
            FileContents::Calendar(_) => (SavedFile::Calendar, "Save to calendar"),
            FileContents::FailedRows { rows, are_sent, .. } => {
                let title = if *are_sent {
                    "Save failed rows"
                } else {
                    "Save invalid rows"
                };
                (SavedFile::FailedRows(rows.len()), title)
            }
        };
        let request = FileRequest::Save {
            title: title.to_owned(),
            file_name,
        };
        let folder = self.folder.clone();
        self.ask(DialogPurpose::Save(profile, what), request, move |path| {
            write_file(path, folder, move || bytes(&contents))
        });
    }
}

fn bytes(contents: &FileContents) -> Vec<u8> {
    match contents {
        FileContents::Sample => SAMPLE_CSV.to_vec(),
        FileContents::History(entries, Format::Csv) => history::to_csv(entries),
        FileContents::History(entries, Format::Json) => history::to_json(entries),
        FileContents::Calendar(bytes) => bytes.clone(),
        FileContents::FailedRows {
            sheet,
            delimiter,
            rows,
            ..
        } => {
            let rows = rows.iter().map(|(row, reason)| (*row, reason.as_str()));
            failed_rows_csv(sheet, *delimiter, rows)
        }
    }
}
