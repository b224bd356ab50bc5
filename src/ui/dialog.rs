//! What the dialogs above a page are opened for.

use crate::domain::business::BusinessId;
use crate::domain::import::Verdict;
use crate::domain::profile::Profile;

/// A dialog to open.
pub(super) enum Dialog {
    /// All shortcuts.
    Help,
    /// Confirmation before signing out.
    SignOut,
    /// Confirmation before forgetting all tokens.
    ForgetAll,
    /// The format in which to copy the token of this business.
    PickFormat(BusinessId),
    /// Confirmation before archiving this business in Production.
    Archive(BusinessId),
    /// Default values for empty cells of an import file.
    Defaults,
    /// Confirmation before an interrupted import is discarded. The import of the open file may start then.
    DiscardImport {
        then_start: bool,
    },
    /// Corrected cells for a row of an import file.
    CorrectRow(Verdict),
    /// Choose a profile to open.
    SwitchProfile,
    RenameProfile(Profile),
    /// Confirmation before removing a profile.
    RemoveProfile(Profile),
    /// Licences of the software in the program.
    Licences,
}
