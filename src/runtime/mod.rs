//! Runs the state's effects on tokio and the services of the system.

mod changes;
mod connection_check;
mod demo;
mod dialog;
mod file_writer;
mod files;
mod history;
mod history_log;
mod import;
mod inbox;
mod key_reader;
mod key_sources;
mod keychain;
mod keychain_calls;
mod list;
mod pending;
mod pending_session;
mod rotation;
mod rotation_keys;
mod running_demo;
mod services;
mod session;
mod session_signals;
mod settings;
mod shell;
mod sign_in;
mod source_fetch;
mod source_refetch;
mod stored_files;
#[cfg(test)]
mod tests;
mod tokens;
mod worker;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use connection_check::{FindingSink, check_connection};
use file_writer::FileWriter;
pub use file_writer::{DRAFTS_FILE, PREFERENCES_FILE};
pub use history_log::{HISTORY_STEM, history_log};
pub use inbox::Waker;
use inbox::{Inbox, Outbox};
pub use key_reader::KeyReader;
use pending::PendingDialog;
use pending_session::PendingSession;
use running_demo::RunningDemo;
pub use services::{Services, StartupCredentials, SystemTimeZone};
use session::{ApiSession, SessionTask};
pub use stored_files::{StartNotice, StoredFiles};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use worker::Worker;

use crate::demo::DemoOptions;
use crate::domain::time::{Clock, Now};
use crate::key_sources::ReadVariable;
use crate::partner_api::{ApiOptions, PartnerApi};
use crate::platform::clipboard::Clipboard;
use crate::platform::file_dialog::FileDialog;
use crate::platform::files::{AppFolder, Log};
use crate::platform::keychain::Keychain;
use crate::platform::notifier::Notifier;
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::import::messages::RunControl;
use crate::state::session::messages::SignInEvent;

/// Runs effects. Only `close` and `flush` block.
pub struct Runtime {
    tokio: Handle,
    inbox: Inbox,
    outbox: Outbox,
    pending: PendingDialog,
    clipboard: Worker<Box<dyn Clipboard>>,
    files: Option<Worker<FileWriter>>,
    history: Option<Worker<Log>>,
    folder: Option<AppFolder>,
    clock: Arc<dyn Clock>,
    keychain: Arc<Worker<Arc<dyn Keychain>>>,
    variable: ReadVariable,
    home: Option<PathBuf>,
    dialogs: Arc<dyn FileDialog>,
    notifier: Arc<dyn Notifier>,
    api_options: ApiOptions,
    demo_options: DemoOptions,
    environment: StartupCredentials,
    /// The embedded server of the session. It keeps running while the session is locked.
    demo: Option<RunningDemo>,
    /// Controls the current import.
    control: Option<watch::Sender<RunControl>>,
    /// Held for as long as somebody waits for the file that is being read.
    reading: Arc<()>,
    /// Held for as long as somebody waits for the current dry run.
    validation: Arc<()>,
    session: Option<ApiSession>,
    /// The current connection test, with its number.
    test: Option<(u64, AbortHandle)>,
    /// The sign-in that may become the next session, while the current one continues.
    attempt: PendingSession,
    /// What waits at the start until the extra certificates have been read.
    deferred: Option<Vec<Effect>>,
    exit_limit: Duration,
}

impl Runtime {
    /// Creates the runtime and starts the threads of the services.
    pub fn new(tokio: Handle, services: Services) -> Self {
        let inbox = Inbox::new(services.wake);
        let outbox = inbox.outbox();
        session_signals::pass_on(&tokio, services.session_signals, outbox.clone());
        Self {
            clipboard: Worker::start("clipboard", services.clipboard),
            folder: services.folder.clone(),
            history: services
                .folder
                .clone()
                .map(|folder| Worker::start("history", history_log(folder))),
            files: services
                .folder
                .map(|folder| Worker::start("files", FileWriter::new(folder, outbox.clone()))),
            tokio,
            inbox,
            pending: PendingDialog::new(outbox.clone()),
            outbox,
            clock: services.clock,
            keychain: Arc::new(Worker::start("keychain", services.keychain)),
            variable: services.variable,
            home: services.home,
            dialogs: services.dialogs,
            notifier: services.notifier,
            api_options: services.api,
            demo_options: services.demo,
            environment: services.environment,
            demo: None,
            control: None,
            reading: Arc::default(),
            validation: Arc::default(),
            session: None,
            test: None,
            attempt: PendingSession::default(),
            deferred: None,
            exit_limit: services.exit_limit,
        }
    }

    /// Starts a frame. Returns the answer of a file dialog, if it has arrived since the last frame; all other events come from
    /// [`Self::next_event`].
    pub fn begin_frame(&mut self, now: Now) -> Option<Event> {
        self.inbox.begin_frame(now.boot);
        let event = self.pending.take()?;
        self.before_event(&event);
        Some(event)
    }

    /// The next event, if the frame has time left.
    pub fn next_event(&mut self) -> Option<Event> {
        let event = self.inbox.next(self.clock.now().boot)?;
        self.before_event(&event);
        Some(event)
    }

    /// Runs one effect.
    pub fn run(&mut self, effect: Effect) {
        let Some(effect) = self.defer(effect) else {
            return;
        };
        match effect {
            Effect::Session(effect) => self.session_effect(effect),
            Effect::List(effect) => self.list_effect(effect),
            Effect::Token(effect) => self.token_effect(effect),
            Effect::Change(effect) => self.change_effect(effect),
            Effect::Import(effect) => self.import_effect(effect),
            Effect::Rotation(effect) => self.rotation_effect(effect),
            Effect::History(effect) => self.history_effect(effect),
            Effect::Settings(effect) => self.settings_effect(effect),
            Effect::Shell(effect) => self.shell_effect(effect),
        }
    }

    /// Ends everything before the program exits: clears the clipboard if it holds our secret, completes the keychain's calls and writes the files.
    /// Blocks for a few seconds at most.
    pub fn close(&mut self) {
        // Otherwise the clipboard's thread could wait for space in the inbox and not clear the clipboard in time.
        self.inbox.close();
        if let Some(fetch) = self.attempt.fetch.take() {
            // A tool that waits for a fingerprint must not outlive the window.
            fetch.finish(self.exit_limit);
        }
        self.end_session();
        self.clear_clipboard_at_exit();
        // The key of a session that was just signed out may still have to be deleted.
        if !self.keychain.finish(self.exit_limit) {
            tracing::warn!("the keychain did not finish before exit");
        }
        self.flush();
    }

    /// Waits until the latest preferences, drafts and history are on disk. Blocks for a few seconds at most.
    pub fn flush(&self) {
        let files = self.files.as_ref();
        if files.is_some_and(|files| !files.finish(self.exit_limit)) {
            tracing::warn!("the preferences were not written in time");
        }
        let history = self.history.as_ref();
        if history.is_some_and(|history| !history.finish(self.exit_limit)) {
            tracing::warn!("the history was not written in time");
        }
    }

    /// What the runtime itself must do about an event before the state receives it.
    fn before_event(&mut self, event: &Event) {
        if let Event::Session(generation, SessionEvent::Rotation(news)) = event
            && news.is_switch()
        {
            self.key_was_switched(*generation);
        }
        if let Event::Session(
            generation,
            SessionEvent::SignIn(SignInEvent::KeyRefetched(Ok(found))),
        ) = event
        {
            self.key_was_fetched_again(*generation, &found.key);
        }
    }

    /// Starts a task of the session, unless that session has ended, and reports the event with which the task ends.
    fn in_session<F>(
        &mut self,
        generation: Generation,
        task: SessionTask,
        start: impl FnOnce(PartnerApi) -> F,
    ) where
        F: Future<Output: Into<SessionEvent> + Send> + Send + 'static,
    {
        let outbox = self.outbox.clone();
        let Some(session) = self.session_of(generation) else {
            return;
        };
        let work = start(session.api.clone());
        let handle = self.spawn(async move { outbox.send((generation, work.await)).await });
        if let Some(session) = self.session_of(generation) {
            session.started(task, handle);
        }
    }

    /// The session of this generation, running or still signing in.
    fn session_of(&mut self, generation: Generation) -> Option<&mut ApiSession> {
        [&mut self.session, &mut self.attempt.session]
            .into_iter()
            .flatten()
            .find(|session| session.generation == generation)
    }

    /// The running session, if it is of this generation.
    fn open_session_of(&self, generation: Generation) -> Option<&ApiSession> {
        let session = self.session.as_ref();
        session.filter(|session| session.generation == generation)
    }

    fn open_session_mut(&mut self, generation: Generation) -> Option<&mut ApiSession> {
        let session = self.session.as_mut();
        session.filter(|session| session.generation == generation)
    }

    fn cancel(&mut self, task: SessionTask) {
        if let Some(session) = &mut self.session {
            session.cancel(task);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.tokio.spawn(future).abort_handle()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "files and notification services may be slow"
    )]
    fn spawn_blocking(&self, work: impl FnOnce() + Send + 'static) {
        self.tokio.spawn_blocking(work);
    }
}
