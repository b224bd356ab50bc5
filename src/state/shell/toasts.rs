//! Short messages at the lower right. Good news leaves by itself, errors stay.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::business::BusinessId;
use crate::domain::export::Format;
use crate::domain::time::{BootInstant, Now};
use crate::state::shell::messages::SavedFile;

/// Names a toast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ToastId(pub u64);

/// What a toast is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// Something was done.
    Done,
    /// Something is worth knowing.
    Info,
    /// Something was refused or failed.
    Refused,
}

/// What the button of a toast does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastAction {
    /// Clear the clipboard.
    ClearClipboard,
    /// Try again to copy a token of this business.
    CopyToken(BusinessId),
    /// Load the list again: it has something that the server no longer has.
    Refresh,
    /// Go to the page of the API key.
    OpenKey,
    /// Go to the settings.
    OpenSettings,
    /// Bring back the discarded draft.
    UndoDiscard,
    /// Try again to keep the key in the keychain.
    KeepKey,
    /// Show the file that the toast is about.
    ShowFile,
    /// Show the folder that the toast is about.
    ShowFolder,
    /// Ask once more where to export the list to.
    ExportList(Format),
    /// Ask once more where to save this.
    SaveAgain(SavedFile),
    /// Take this business out of the archive again.
    Unarchive(BusinessId),
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Its name.
    pub id: ToastId,
    /// What it is about.
    pub kind: ToastKind,
    /// One line.
    pub title: String,
    /// One or two more lines; may be empty.
    pub body: String,
    /// Its button.
    pub action: Option<ToastAction>,
    /// The file or folder that it is about, where its button shows one.
    pub path: Option<PathBuf>,
    leaves: Option<BootInstant>,
}

/// How long good news stays.
const STAY: Duration = Duration::from_secs(6);
/// How many are shown at once, beside one of good news that comes when all of them are errors.
const MOST: usize = 3;

/// The toasts, the newest last.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    next_id: u64,
    is_held: bool,
    /// What was said of the clipboard last.
    copied: Option<ToastId>,
}

impl Toasts {
    /// The toasts, the newest last.
    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// Whether they are kept because the pointer or the focus is on them.
    pub fn is_held(&self) -> bool {
        self.is_held
    }

    /// Adds one; another goes when there are too many.
    pub fn push(
        &mut self,
        now: Now,
        kind: ToastKind,
        title: impl Into<String>,
        body: impl Into<String>,
        action: Option<ToastAction>,
    ) {
        self.push_about(now, kind, (title.into(), body.into()), action, None);
    }

    /// Tells of a failure, and offers to show a file or folder.
    pub(in crate::state) fn push_shown(
        &mut self,
        now: Now,
        title: impl Into<String>,
        body: impl Into<String>,
        (action, path): (ToastAction, PathBuf),
    ) {
        let words = (title.into(), body.into());
        self.push_about(now, ToastKind::Refused, words, Some(action), Some(path));
    }

    fn push_about(
        &mut self,
        now: Now,
        kind: ToastKind,
        (title, body): (String, String),
        action: Option<ToastAction>,
        path: Option<PathBuf>,
    ) {
        let leaves = (kind != ToastKind::Refused).then(|| now.boot.saturating_add(STAY));
        let toast = Toast {
            id: ToastId(self.next_id),
            kind,
            title,
            body,
            action,
            path,
            leaves,
        };
        self.next_id += 1;
        // Saying the same thing twice renews it instead of stacking it.
        self.shown.retain(|old| {
            (old.kind, &old.title, old.action) != (toast.kind, &toast.title, toast.action)
        });
        self.shown.push(toast);
        while self.shown.len() > MOST && self.make_room() {}
    }

    /// Says what the clipboard holds now, in place of what was said of it before.
    pub fn push_copied(&mut self, now: Now, title: impl Into<String>, body: impl Into<String>) {
        self.dismiss_copied();
        self.copied = Some(ToastId(self.next_id));
        self.push(now, ToastKind::Done, title, body, None);
    }

    /// The clipboard no longer holds what was said of it.
    pub fn dismiss_copied(&mut self) {
        if let Some(id) = self.copied.take() {
            self.dismiss(id);
        }
    }

    /// Takes one away, if one may go: the oldest good news, or where there are only errors the oldest of them. Good news
    /// that has just come stays beside the errors, and leaves by itself. Says whether there was one.
    fn make_room(&mut self) -> bool {
        let is_news = |toast: &Toast| toast.kind != ToastKind::Refused;
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

    /// Closes one.
    pub fn dismiss(&mut self, id: ToastId) {
        self.shown.retain(|toast| toast.id != id);
    }

    /// Closes all.
    pub fn dismiss_all(&mut self) {
        self.shown.clear();
    }

    /// Closes those whose button does this, because it has been done.
    pub fn dismiss_action(&mut self, action: ToastAction) {
        self.shown.retain(|toast| toast.action != Some(action));
    }

    /// Closes those whose button is about the session that has ended.
    pub fn session_ended(&mut self) {
        self.shown.retain(|toast| match toast.action {
            None
            | Some(
                ToastAction::ClearClipboard
                | ToastAction::OpenSettings
                | ToastAction::ShowFile
                | ToastAction::ShowFolder,
            ) => true,
            Some(
                ToastAction::CopyToken(_)
                | ToastAction::UndoDiscard
                | ToastAction::KeepKey
                | ToastAction::Refresh
                | ToastAction::OpenKey
                | ToastAction::Unarchive(_)
                | ToastAction::ExportList(_)
                | ToastAction::SaveAgain(_),
            ) => false,
        });
    }

    /// Keeps all while the pointer or focus is on them; their time begins anew when it leaves.
    pub fn hold(&mut self, is_held: bool, now: Now) {
        if self.is_held && !is_held {
            for toast in &mut self.shown {
                if toast.leaves.is_some() {
                    toast.leaves = Some(now.boot.saturating_add(STAY));
                }
            }
        }
        self.is_held = is_held;
    }

    /// Lets those leave whose time is over.
    pub fn tick(&mut self, now: Now) {
        if self.shown.is_empty() {
            self.is_held = false;
        } else if !self.is_held {
            self.shown
                .retain(|toast| toast.leaves.is_none_or(|leaves| leaves > now.boot));
        }
    }

    /// When the next one leaves.
    pub fn next_deadline(&self) -> Option<BootInstant> {
        if self.is_held {
            return None;
        }
        self.shown.iter().filter_map(|toast| toast.leaves).min()
    }
}
