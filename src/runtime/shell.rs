//! Preferences, texts that are not secret, and files that the user saves.

use std::path::PathBuf;

use super::Runtime;
use super::pending::DialogPurpose;
use crate::domain::business::CompactBusiness;
use crate::domain::export::{self, ExportColumn, Format};
use crate::domain::history;
use crate::domain::import::{SAMPLE_CSV, failed_rows_csv};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::platform::files::{AppFolder, write_user_file};
use crate::state::shell::messages::{FileContents, FileFailure, SavedFile, ShellEffect};

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
        let (what, count, title) = match &contents {
            FileContents::List(businesses, format) => (
                SavedFile::List(*format),
                businesses.len(),
                "Export businesses",
            ),
            FileContents::Sample => (SavedFile::Sample, 0, "Save a sample file"),
            FileContents::History(entries, format) => {
                (SavedFile::History(*format), entries.len(), "Export history")
            }
            FileContents::Calendar(_) => (SavedFile::Calendar, 1, "Save to calendar"),
            FileContents::FailedRows {
                rows,
                are_sent,
                run,
                ..
            } => {
                let title = if *are_sent {
                    "Save failed rows"
                } else {
                    "Save invalid rows"
                };
                (SavedFile::FailedRows(*run), rows.len(), title)
            }
        };
        let request = FileRequest::Save {
            title: title.to_owned(),
            file_name,
        };
        let folder = self.folder.clone();
        let purpose = DialogPurpose::Save(profile, what, count as u64);
        self.open_dialog(purpose, request, move |path| {
            write_file(path, folder, contents)
        });
    }
}

/// Writes a file on a thread that may wait for the disk.
#[expect(
    clippy::disallowed_methods,
    reason = "a hundred thousand rows take a moment to write"
)]
async fn write_file(
    path: PathBuf,
    folder: Option<AppFolder>,
    contents: FileContents,
) -> Result<PathBuf, FileFailure> {
    let written = tokio::task::spawn_blocking(move || {
        write_user_file(&path, &bytes(&contents), folder.as_ref())
            .map(|()| path.clone())
            .map_err(|error| {
                FileFailure::Io(format!("{} could not be written: {error}.", path.display()))
            })
    });
    written.await.unwrap_or_else(|_| {
        Err(FileFailure::Io(
            "The export stopped unexpectedly.".to_owned(),
        ))
    })
}

fn bytes(contents: &FileContents) -> Vec<u8> {
    match contents {
        FileContents::List(businesses, format) => {
            let rows = businesses.iter().map(CompactBusiness::to_business);
            match format {
                Format::Csv => export::to_csv(rows, &ExportColumn::ALL),
                Format::Json => export::to_json(rows, &ExportColumn::ALL),
            }
        }
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
