//! Exports the shown list to a file.

use std::path::PathBuf;

use super::Runtime;
use super::pending::DialogPurpose;
use crate::domain::business::CompactBusiness;
use crate::domain::export::{ExportColumn, Format, to_csv, to_json};
use crate::domain::profile::Profile;
use crate::platform::file_dialog::FileRequest;
use crate::platform::files::{AppFolder, write_user_file};
use crate::state::shell::messages::FileFailure;

impl Runtime {
    pub(super) fn export(
        &mut self,
        profile: Profile,
        businesses: Vec<CompactBusiness>,
        format: Format,
        file_name: String,
    ) {
        let request = FileRequest::Save {
            title: "Export businesses".to_owned(),
            file_name,
        };
        let folder = self.folder.clone();
        self.ask(
            DialogPurpose::Export(profile, businesses.len(), format),
            request,
            move |path| write_file(path, folder, move || table(&businesses, format)),
        );
    }
}

/// Writes a file on a thread that may wait for the disk.
#[expect(
    clippy::disallowed_methods,
    reason = "a hundred thousand rows take a moment to write"
)]
pub(super) async fn write_file(
    path: PathBuf,
    folder: Option<AppFolder>,
    bytes: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<PathBuf, FileFailure> {
    let written = tokio::task::spawn_blocking(move || {
        write_user_file(&path, &bytes(), folder.as_ref())
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

fn table(businesses: &[CompactBusiness], format: Format) -> Vec<u8> {
    let rows = businesses.iter().map(CompactBusiness::to_business);
    match format {
        Format::Csv => to_csv(rows, &ExportColumn::ALL),
        Format::Json => to_json(rows, &ExportColumn::ALL),
    }
}
