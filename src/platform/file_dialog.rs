//! The system's own dialogs to open and save a file, one at a time.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::clock::boot_now;

#[cfg(all(unix, not(target_os = "macos")))]
mod portal;

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRequest {
    /// A file to read.
    Open {
        /// Of the dialog's window.
        title: String,
        /// What the kind of file is called, and its endings without the dot.
        kind: (&'static str, &'static [&'static str]),
    },
    /// A place to write to.
    Save {
        /// Of the dialog's window.
        title: String,
        /// Proposed name.
        file_name: String,
    },
}

/// How a dialog ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAnswer {
    /// The user chose this.
    Chosen(PathBuf),
    /// The user closed it.
    Cancelled,
    /// The system could not show one.
    Unavailable,
}

/// A dialog on its way.
pub type FileFuture = Pin<Box<dyn Future<Output = FileAnswer> + Send>>;

/// Opens file dialogs.
pub trait FileDialog: Send + Sync {
    /// Asks the user. To be called on the UI thread, where macOS wants dialogs made; the future
    /// may be awaited anywhere.
    fn ask(&self, request: FileRequest) -> FileFuture;
}

/// The dialogs of this system.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeFileDialog;

/// Nobody closes a dialog so soon after it was asked for: it has never been shown.
const SOONEST_CANCEL: Duration = Duration::from_millis(250);

impl FileDialog for NativeFileDialog {
    #[cfg(all(unix, not(target_os = "macos")))]
    fn ask(&self, request: FileRequest) -> FileFuture {
        Box::pin(async move {
            match portal::ask(&request).await {
                Ok(Some(path)) => FileAnswer::Chosen(path),
                Ok(None) => FileAnswer::Cancelled,
                Err(error) => {
                    tracing::debug!("no file dialog of the desktop's portal: {error}");
                    by_library(request).await
                }
            }
        })
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    fn ask(&self, request: FileRequest) -> FileFuture {
        by_library(request)
    }
}

/// The dialogs of macOS and Windows; elsewhere what there is without a portal.
#[expect(clippy::disallowed_methods, reason = "the one opener of file dialogs")]
fn by_library(request: FileRequest) -> FileFuture {
    let asked = boot_now();
    let dialog = rfd::AsyncFileDialog::new();
    let shown: Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>> = match request {
        FileRequest::Open {
            title,
            kind: (name, endings),
        } => Box::pin(
            dialog
                .set_title(title)
                .add_filter(name, endings)
                .add_filter("All files", &["*"])
                .pick_file(),
        ),
        FileRequest::Save { title, file_name } => {
            Box::pin(dialog.set_title(title).set_file_name(file_name).save_file())
        }
    };
    Box::pin(async move {
        match shown.await {
            Some(file) => FileAnswer::Chosen(file.path().to_path_buf()),
            // Where there is none at all the answer is the same as a closed dialog.
            None if boot_now().saturating_since(asked) < SOONEST_CANCEL => FileAnswer::Unavailable,
            None => FileAnswer::Cancelled,
        }
    })
}

/// A dialog that answers as a test says. Clones share the answers.
#[derive(Debug, Clone, Default)]
pub struct ScriptedFileDialog(Arc<Mutex<DialogScript>>);

#[derive(Debug, Default)]
struct DialogScript {
    answers: Vec<FileAnswer>,
    asked: Vec<FileRequest>,
}

impl ScriptedFileDialog {
    /// Says how the next dialog without an answer ends.
    pub fn answer(&self, answer: FileAnswer) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answers
            .push(answer);
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<FileRequest> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .asked
            .clone()
    }
}

impl FileDialog for ScriptedFileDialog {
    fn ask(&self, request: FileRequest) -> FileFuture {
        let mut script = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        script.asked.push(request);
        let answer = if script.answers.is_empty() {
            FileAnswer::Cancelled
        } else {
            script.answers.remove(0)
        };
        Box::pin(std::future::ready(answer))
    }
}
