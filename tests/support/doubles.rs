//! Stand-ins for services of the system, which a test can move, fail and inspect. Clones share their state.
//!
//! Included by the integration tests, by benchmarks, and by the tests inside the library.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use parking_lot::{Mutex, MutexGuard};
use secrecy::{ExposeSecret as _, SecretString};
use thred_console::domain::clipboard::{ClearOutcome, ClipboardProblem};
use thred_console::domain::time::{BootInstant, Clock, Now};
use thred_console::platform::clipboard::Clipboard;
use thred_console::platform::file_dialog::{
    FileDialog, FileDialogOutcome, FileFuture, FileRequest,
};
use thred_console::platform::notifier::{DesktopNotification, NoticeFuture, Notifier};

/// A clock that stands still until a test moves it.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Now>>);

impl ManualClock {
    /// A clock that shows `wall`, at the origin of the boot-time clock.
    pub fn starting_at(wall: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Now {
            wall,
            boot: BootInstant::default(),
        })))
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock();
        now.wall = now.wall.checked_add(by).unwrap_or(Timestamp::MAX);
        now.boot = now.boot.saturating_add(by);
    }

    /// Lets the machine sleep. Both clocks advance, as in [`advance`](Self::advance), because [`Now`] promises that; the name states what a test is
    /// about.
    pub fn suspend(&self, during: Duration) {
        self.advance(during);
    }

    /// Sets the wall clock; no time passes.
    pub fn shift_wall(&self, by: SignedDuration) {
        let mut now = self.0.lock();
        let end = if by.is_negative() {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        now.wall = now.wall.checked_add(by).unwrap_or(end);
    }
}

impl Default for ManualClock {
    /// Starts at 2026-01-01T00:00:00Z.
    fn default() -> Self {
        const START: i64 = 1_767_225_600;
        Self::starting_at(Timestamp::from_second(START).unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Now {
        *self.0.lock()
    }
}

/// A clipboard in memory.
#[derive(Clone, Default)]
pub struct MemoryClipboard(Arc<Mutex<MemoryContent>>);

#[derive(Default)]
struct MemoryContent {
    content: Option<String>,
    is_excluded: bool,
    ours: Option<String>,
    failure: Option<ClipboardProblem>,
    copies: usize,
}

impl MemoryClipboard {
    /// The content, or the failure that a test has set.
    fn working(&self) -> Result<MutexGuard<'_, MemoryContent>, ClipboardProblem> {
        let state = self.0.lock();
        match &state.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(state),
        }
    }

    /// What a paste would return now.
    pub fn content(&self) -> Option<String> {
        self.0.lock().content.clone()
    }

    /// Whether the current content asks clipboard histories not to record it.
    pub fn is_excluded_from_history(&self) -> bool {
        self.0.lock().is_excluded
    }

    /// How often text was copied through the trait.
    pub fn copies(&self) -> usize {
        self.0.lock().copies
    }

    /// Simulates another program copying text.
    pub fn overwrite_by_other(&self, text: &str) {
        let mut state = self.0.lock();
        state.content = Some(text.to_owned());
        state.is_excluded = false;
    }

    /// Makes every call fail with `failure`, until called with `None`.
    pub fn fail_with(&self, failure: Option<ClipboardProblem>) {
        self.0.lock().failure = failure;
    }
}

impl Clipboard for MemoryClipboard {
    fn connect(&mut self) -> Result<(), ClipboardProblem> {
        self.working().map(drop)
    }

    fn copy_secret(&mut self, secret: &SecretString) -> Result<(), ClipboardProblem> {
        let mut state = self.working()?;
        let text = secret.expose_secret().to_owned();
        state.content = Some(text.clone());
        state.ours = Some(text);
        state.is_excluded = true;
        state.copies += 1;
        Ok(())
    }

    fn copy_plain(&mut self, text: &str) -> Result<(), ClipboardProblem> {
        let mut state = self.working()?;
        state.content = Some(text.to_owned());
        state.ours = None;
        state.is_excluded = false;
        state.copies += 1;
        Ok(())
    }

    fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
        let mut state = self.working()?;
        match state.ours.take() {
            None => Ok(ClearOutcome::NothingCopied),
            ours if ours == state.content => {
                state.content = None;
                state.is_excluded = false;
                Ok(ClearOutcome::Cleared)
            }
            Some(_) => Ok(ClearOutcome::OtherContent),
        }
    }

    fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem> {
        let state = self.working()?;
        Ok(state.ours.is_some() && state.ours == state.content)
    }
}

/// Dialogs that answer as a test specifies.
#[derive(Debug, Clone, Default)]
pub struct ScriptedFileDialog(Arc<Mutex<DialogScript>>);

#[derive(Debug, Default)]
struct DialogScript {
    answers: Vec<FileDialogOutcome>,
    asked: Vec<FileRequest>,
}

impl ScriptedFileDialog {
    /// Adds the answer for the next dialog that has none yet.
    pub fn answer(&self, answer: FileDialogOutcome) {
        self.0.lock().answers.push(answer);
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<FileRequest> {
        self.0.lock().asked.clone()
    }
}

impl FileDialog for ScriptedFileDialog {
    fn open(&self, request: FileRequest) -> FileFuture {
        let mut script = self.0.lock();
        script.asked.push(request);
        let answer = if script.answers.is_empty() {
            FileDialogOutcome::Cancelled
        } else {
            script.answers.remove(0)
        };
        Box::pin(std::future::ready(answer))
    }
}

/// Records notifications instead of showing them.
#[derive(Debug, Clone, Default)]
pub struct RecordingNotifier(Arc<Mutex<Recorded>>);

#[derive(Debug, Default)]
struct Recorded {
    shown: Vec<DesktopNotification>,
    fails: bool,
}

impl RecordingNotifier {
    pub fn shown(&self) -> Vec<DesktopNotification> {
        self.0.lock().shown.clone()
    }

    /// Makes all further notifications fail, as without a notification service.
    pub fn fail(&self) {
        self.0.lock().fails = true;
    }
}

impl Notifier for RecordingNotifier {
    fn notify(&self, notice: DesktopNotification) -> NoticeFuture {
        let mut recorded = self.0.lock();
        recorded.shown.push(notice);
        let result = if recorded.fails {
            Err("there is no notification service".to_owned())
        } else {
            Ok(())
        };
        Box::pin(std::future::ready(result))
    }
}
