//! What the user asks for.

use std::path::PathBuf;

use crate::domain::business::BusinessId;
use crate::domain::credentials::Credentials;
use crate::domain::draft::{Draft, Field};
use crate::domain::environment::Environment;
use crate::domain::export::Format;
use crate::domain::history::Group;
use crate::domain::import::{DateOrder, Delimiter, Encoding, Oddity, Target};
use crate::domain::profile::Profile;
use crate::domain::settings::{Settings, WindowSize};
use crate::domain::token::TokenFormat;

use super::importing::RowFilter;
use super::listing::{Column, Layout};
use super::lock::Way;
use super::rotation::RotationCommand;
use super::toasts::ToastId;
use super::workspace::Page;

/// Everything a screen or the program's start can ask the state to do.
#[derive(Debug)]
pub enum Command {
    /// Sign in with these credentials, and keep the key in the keychain if told so.
    SignIn {
        /// Cleaned and checked.
        credentials: Credentials,
        /// Whether the key goes to the keychain once it is proved.
        keep: Keep,
    },
    /// Sign in with the key that the keychain has for this profile. The one that is open stays so until that has
    /// succeeded.
    SignInFromKeychain(Profile),
    /// Start the embedded server and sign in to it.
    ExploreDemo,
    /// Give up a sign-in that is under way, or the form; the profile that was open before is shown again.
    CancelSignIn,
    /// Something about the profiles as such.
    Profile(ProfileCommand),
    /// Try again to store the key of this session.
    KeepKey,
    /// Forget the key, here and in the keychain.
    SignOut,
    /// Forget an error shown on the sign-in screen.
    DismissSignInProblem,

    /// Go to a page.
    Show(Page),
    /// Filter the list by this text.
    SetFilter(String),
    /// Sort by a column; the same column again turns the order round.
    SortBy(Column),
    /// Select a business, or none.
    Select(Option<BusinessId>),
    /// Select a neighbour of the selected row.
    MoveSelection(Step),
    /// Open or close the detail pane.
    ShowDetail(bool),
    /// Show a business on the list, wherever it is.
    Reveal(BusinessId),
    /// The list has been scrolled to the row that was asked for.
    RevealDone,
    /// Load the list again.
    Refresh,
    /// Stop loading; what has arrived stays.
    StopLoading,
    /// Read the selected business again.
    ReadBusiness(BusinessId),
    /// Save what the list shows to a file.
    Export(Format),
    /// Keep this layout of the columns.
    SetLayout(Layout),

    /// Copy a token, fetching it first unless a fresh one is at hand.
    CopyToken {
        /// Of this business.
        business: BusinessId,
        /// In this form, which then becomes the default; `None` for the default.
        format: Option<TokenFormat>,
    },
    /// Fetch a new token without copying it.
    RenewToken(BusinessId),
    /// Stop waiting for a token.
    CancelFetch(BusinessId),
    /// Drop a token from this session.
    ForgetToken(BusinessId),
    /// Drop every token from this session.
    ForgetAllTokens,
    /// Put a text on the clipboard that is no secret.
    CopyText {
        /// What it is, for the toast: "id", "external_id".
        what: &'static str,
        /// The text.
        text: String,
    },
    /// Clear the clipboard now if it still holds our token.
    ClearClipboard,

    /// Open the form for a new business.
    OpenCreate,
    /// Close it; what was typed is kept.
    CloseCreate,
    /// The user has typed into it.
    EditDraft(Box<Draft>),
    /// Empty the form.
    DiscardDraft,
    /// Bring back what was discarded last.
    UndoDiscard,
    /// Send the form.
    SubmitCreate,
    /// Yes, in Production.
    ConfirmProduction,
    /// Stop waiting for the answer.
    CancelCreate,
    /// Ask again, by the same request, whether it was created.
    CheckOutcome,
    /// Go on typing.
    BackToDraft,
    /// The business that existed already is enough: leave the form and show it.
    AcceptExisting,

    /// Open the form for the selected business.
    OpenEdit,
    /// Close it; what was typed is dropped.
    CloseEdit,
    /// The user has typed into it.
    EditStored(Box<Draft>),
    /// Show what would be changed.
    PreviewEdit,
    /// Go on typing.
    BackToEdit,
    /// Send the changes.
    SubmitEdit,
    /// Stop waiting for the answer.
    CancelEdit,
    /// Archive a business, or take it back.
    SetArchived {
        /// Which.
        business: BusinessId,
        /// Into the archive or out of it.
        is_archived: bool,
    },

    /// Import from a file.
    Import(ImportCommand),
    /// The key of the session and its replacement.
    Rotation(RotationCommand),

    /// Look through what was done.
    History(HistoryCommand),

    /// Lock, unlock, or stay unlocked.
    Lock(LockCommand),

    /// Close a toast.
    DismissToast(ToastId),
    /// The pointer or the focus is on the toasts, or has left them.
    HoldToasts(bool),
    /// Close the banner about the clock.
    DismissSkew,
    /// Show stand-ins for names and ids, or the names again.
    ToggleShare,
    /// Use these settings from now on.
    ChangeSettings(Box<Settings>),
    /// Something about the way to the network, or about the window.
    Settings(SettingsCommand),
}

/// What can be asked of the page of settings besides changing them.
#[derive(Debug)]
pub enum SettingsCommand {
    /// Ask for a file of certificates by the system's dialog.
    ChooseCaFile,
    /// Trust only the system's authorities.
    RemoveCaFile,
    /// Check the way to this server.
    TestConnection(Environment),
    /// Stop checking; what was found stays.
    StopTest,
    /// The window has this size now.
    WindowSized(WindowSize),
}

/// What can be done about profiles.
#[derive(Debug)]
pub enum ProfileCommand {
    /// Sign in as with [`Command::SignIn`], and call the profile so.
    SignIn {
        /// Cleaned and checked.
        credentials: Credentials,
        /// Whether the key goes to the keychain once it is proved.
        keep: Keep,
        /// As typed; empty leaves the label as it is.
        label: String,
    },
    /// Show the sign-in form. The profile that is open stays so until another is signed in to.
    Add,
    /// Call a profile so, as typed; empty for no label.
    Rename(Profile, String),
    /// Remove the key of a profile from the keychain and, once that is proved, all that is remembered of it.
    Remove(Profile),
}

/// What can be asked of the page of imports, in the order of its stages.
#[derive(Debug)]
pub enum ImportCommand {
    /// Ask for a file by the system's dialog.
    Choose,
    /// Read these files, which were dropped on the window; only one at a time is taken.
    Drop(Vec<PathBuf>),
    /// Save a file to begin with.
    SaveSample,
    /// Go on with the run that broke off.
    Continue,
    /// Forget the run that broke off.
    Discard,
    /// Read the open file again in this encoding and with this delimiter.
    ReadAs(Encoding, Delimiter),
    /// Read the open file again with the names of its columns in this one of its first rows.
    ReadHeader(usize),
    /// Use a column for something.
    Map(usize, Target),
    /// What rows get that have no value for a required field; empty for nothing.
    SetDefault(Field, String),
    /// Repair or accept a kind of damage, or leave it.
    Repair(Oddity, bool),
    /// Which of the first two numbers of a date is the day.
    SetDates(DateOrder),
    /// Look at every row; nothing is written.
    TryOut,
    /// Back from the dry run to the columns.
    ToColumns,
    /// Show only some of the rows.
    Filter(RowFilter),
    /// Create what the dry run says would be created.
    Start,
    /// Yes, in Production.
    Confirm,
    /// No, not in Production.
    Decline,
    /// Send nothing more for now.
    Pause,
    /// Go on sending.
    Resume,
    /// End the run; rows that were not sent stay out.
    Stop,
    /// Save the rows that did not become businesses.
    SaveFailed,
    /// Leave the file, and give up reading one.
    Leave,
}

/// What can be asked of the page of the history.
#[derive(Debug)]
pub enum HistoryCommand {
    /// Show only entries with these words.
    SetFilter(String),
    /// Show only entries of this kind.
    ShowOnly(Group),
    /// Show this row in full, or none.
    Select(Option<usize>),
    /// Save what is shown to a file.
    Export(Format),
}

/// What can be asked of the lock.
#[derive(Debug)]
pub enum LockCommand {
    /// Somebody is there: a key, the pointer, a file that was dropped.
    Touch,
    /// Lock now.
    Now,
    /// Begin locked: the profile that would be signed in to, and how it is unlocked.
    AtStart(Profile, Way),
    /// Read the key where it is and sign in with it.
    Unlock,
    /// Stop waiting for the key; the console stays locked.
    Cancel,
    /// Leave the lock for the sign-in screen.
    SignInOtherwise,
}

/// Where the key of a sign-in is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// In the system's keychain.
    InKeychain,
    /// In memory, until the console closes.
    ThisSession,
    /// Nowhere: the variables that the console was started with have it.
    Environment,
}

/// A move of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// By this many rows; negative is up.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}
