//! Short messages at the lower right. Success messages close by themselves; warnings and errors stay.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::business::BusinessId;
use crate::domain::profile::Profile;
use crate::domain::time::{BootInstant, Now};
use crate::state::shell::messages::{SavedFile, ToastId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// Something succeeded.
    Done,
    Info,
    /// Something succeeded, but the user should check the result.
    Warning,
    /// Something was rejected or failed.
    Failed,
}

impl ToastKind {
    /// Whether it stays until the user closes it.
    pub fn stays(self) -> bool {
        match self {
            Self::Done | Self::Info => false,
            Self::Warning | Self::Failed => true,
        }
    }
}

/// What the button of a toast does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastAction {
    /// Clear the clipboard.
    ClearClipboard,
    /// Retry copying a token of this business.
    CopyToken(BusinessId),
    /// Refresh the list: it contains something that the server no longer has.
    Refresh,
    /// Open the page of the API key.
    OpenKey,
    /// Open the settings.
    OpenSettings,
    /// Restore the discarded draft.
    UndoDiscard,
    /// Open the import file again that was closed with corrections.
    ReopenFile,
    /// Retry saving the key in the keychain.
    StoreKey,
    ShowFile,
    ShowFolder,
    /// Choose another location for this file.
    SaveAgain(SavedFile),
    /// Unarchive this business.
    Unarchive(BusinessId),
}

impl ToastAction {
    /// Whether the action belongs to the session in which the toast appeared.
    pub fn is_about_session(self) -> bool {
        match self {
            Self::ClearClipboard | Self::OpenSettings | Self::ShowFile | Self::ShowFolder => false,
            Self::CopyToken(_)
            | Self::UndoDiscard
            | Self::ReopenFile
            | Self::StoreKey
            | Self::Refresh
            | Self::OpenKey
            | Self::Unarchive(_)
            | Self::SaveAgain(_) => true,
        }
    }
}

/// What a toast is about. It closes once that has changed, because it is no longer true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::state) enum ToastSubject {
    /// A file that was not opened for an import. Ends when another is opened.
    UnopenedFile,
    /// An import that ended because its profile was left. Ends when the profile is opened again.
    LeftImport(Profile),
    /// A token that was fetched for this business. Ends when it is forgotten.
    NewToken(BusinessId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub id: ToastId,
    pub kind: ToastKind,
    /// One line, or up to three if it has a name that can't be shortened enough.
    pub title: String,
    /// The business's name in the title, which is shortened if there is not enough room. Empty if there is none.
    pub name: String,
    /// One or two lines; may be empty.
    pub body: String,
    pub action: Option<ToastAction>,
    /// The file or folder that the button shows, if it shows one.
    pub path: Option<PathBuf>,
    subject: Option<ToastSubject>,
    leaves: Option<BootInstant>,
}

impl Toast {
    /// Says that something succeeded.
    pub(in crate::state) fn done(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(ToastKind::Done, title.into(), body.into())
    }

    pub(in crate::state) fn info(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(ToastKind::Info, title.into(), body.into())
    }

    /// Says that something succeeded, but that the user should check the result.
    pub(in crate::state) fn warning(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(ToastKind::Warning, title.into(), body.into())
    }

    /// Says that something was rejected or failed.
    pub(in crate::state) fn failed(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self::new(ToastKind::Failed, title.into(), body.into())
    }

    fn new(kind: ToastKind, title: String, body: String) -> Self {
        Self {
            id: ToastId(0),
            kind,
            title,
            name: String::new(),
            body,
            action: None,
            path: None,
            subject: None,
            leaves: None,
        }
    }

    /// Adds a button.
    pub(in crate::state) fn offering(mut self, action: impl Into<Option<ToastAction>>) -> Self {
        self.action = action.into();
        self
    }

    /// Adds a button that shows this file, if there is one.
    pub(in crate::state) fn showing_file(mut self, file: Option<PathBuf>) -> Self {
        self.action = file.is_some().then_some(ToastAction::ShowFile);
        self.path = file;
        self
    }

    /// Adds a button that shows this folder, if there is one.
    pub(in crate::state) fn showing_folder(mut self, folder: Option<PathBuf>) -> Self {
        self.action = folder.is_some().then_some(ToastAction::ShowFolder);
        self.path = folder;
        self
    }

    /// Closes the toast once its subject ends.
    pub(in crate::state) fn about(mut self, subject: ToastSubject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Names the business that the title mentions.
    pub(in crate::state) fn naming(mut self, name: String) -> Self {
        self.name = name;
        self
    }
}

/// How long a success message stays.
const STAY: Duration = Duration::from_secs(6);
/// How many toasts are shown at most, not counting a success message that arrives while all of them stay.
const MAX: usize = 3;

/// The toasts, newest last.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    next_id: u64,
    is_held: bool,
    /// The toast that says what is on the clipboard.
    copied: Option<ToastId>,
}

impl Toasts {
    /// The toasts, newest last.
    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// Whether they stay because the pointer or the focus is on them.
    pub fn is_held(&self) -> bool {
        self.is_held
    }

    /// Adds a toast. An earlier one may be removed to make room.
    pub(in crate::state) fn push(&mut self, now: Now, mut toast: Toast) {
        toast.id = ToastId(self.next_id);
        toast.leaves = (!toast.kind.stays()).then(|| now.boot.saturating_add(STAY));
        self.next_id += 1;
        // Repeating a message renews it instead of stacking it.
        self.shown.retain(|old| {
            (old.kind, &old.title, old.action) != (toast.kind, &toast.title, toast.action)
        });
        self.shown.push(toast);
        while self.shown.len() > MAX && self.make_room() {}
    }

    /// Says what the clipboard now holds, replacing the previous toast about it.
    pub(in crate::state) fn push_copied(&mut self, now: Now, toast: Toast) {
        self.dismiss_copied();
        self.copied = Some(ToastId(self.next_id));
        self.push(now, toast);
    }

    /// Closes the toast about the clipboard, which no longer holds what it says.
    pub(in crate::state) fn dismiss_copied(&mut self) {
        if let Some(id) = self.copied.take() {
            self.dismiss(id);
        }
    }

    /// Removes the oldest success message, or the oldest toast if all of them stay. If only the newest toast is a success message,
    /// removes nothing: it is shown beside the others and closes by itself. Returns whether a toast was removed.
    fn make_room(&mut self) -> bool {
        let is_news = |toast: &Toast| !toast.kind.stays();
        let Some((newest, older)) = self.shown.split_last() else {
            return false;
        };
        let place = match older.iter().position(is_news) {
            Some(place) => place,
            None if is_news(newest) => return false,
            None => 0,
        };
        self.shown.remove(place);
        true
    }

    pub(in crate::state) fn dismiss(&mut self, id: ToastId) {
        self.shown.retain(|toast| toast.id != id);
    }

    pub(in crate::state) fn dismiss_all(&mut self) {
        self.shown.clear();
    }

    /// Closes the toasts with this action, because it is done.
    pub(in crate::state) fn dismiss_action(&mut self, action: ToastAction) {
        self.shown.retain(|toast| toast.action != Some(action));
    }

    /// Closes the toasts whose subject has ended.
    pub(in crate::state) fn ended(&mut self, has_ended: impl Fn(&ToastSubject) -> bool) {
        self.shown
            .retain(|toast| !toast.subject.as_ref().is_some_and(&has_ended));
    }

    /// Closes the toasts whose action belongs to the session that has ended.
    pub(in crate::state) fn session_ended(&mut self) {
        self.shown
            .retain(|toast| !toast.action.is_some_and(ToastAction::is_about_session));
    }

    /// Keeps all toasts open while the pointer or focus is on them. Their time starts again afterwards.
    pub(in crate::state) fn hold(&mut self, is_held: bool, now: Now) {
        if self.is_held && !is_held {
            for toast in &mut self.shown {
                if toast.leaves.is_some() {
                    toast.leaves = Some(now.boot.saturating_add(STAY));
                }
            }
        }
        self.is_held = is_held;
    }

    /// Closes the toasts whose time is over.
    pub(in crate::state) fn tick(&mut self, now: Now) {
        if self.shown.is_empty() {
            self.is_held = false;
        } else if !self.is_held {
            self.shown
                .retain(|toast| toast.leaves.is_none_or(|leaves| leaves > now.boot));
        }
    }

    /// When the next toast closes.
    pub(in crate::state) fn next_deadline(&self) -> Option<BootInstant> {
        if self.is_held {
            return None;
        }
        self.shown.iter().filter_map(|toast| toast.leaves).min()
    }
}
