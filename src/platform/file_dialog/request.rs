//! What a file dialog is opened for.

/// The purpose of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileRequest {
    /// Choose a file to read.
    Open {
        /// Title of the dialog window.
        title: String,
        /// The name of the file type, and its extensions without the dot.
        kind: (&'static str, &'static [&'static str]),
    },
    /// Choose a location to write to.
    Save {
        /// Title of the dialog window.
        title: String,
        /// Suggested name.
        file_name: String,
    },
}
