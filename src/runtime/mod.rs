//! Runs the effects that the state asks for, on tokio and on the services of the system.

mod clipboard;
mod connection_check;
mod demo;
mod dialog;
mod export;
mod files;
mod history;
mod import;
mod inbox;
mod key_reader;
mod key_sources;
mod keys;
mod pending;
mod rotation;
mod services;
mod session;
mod session_signals;
mod settings;
mod stored_files;
#[cfg(test)]
mod tests;
mod worker;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clipboard::ClipboardThread;
pub use connection_check::{FindingSink, check_connection};
use demo::RunningDemo;
use files::FilesThread;
pub use files::{DRAFTS_FILE, PREFERENCES_FILE};
use history::HistoryThread;
pub use history::{HISTORY_STEM, history_log};
pub use inbox::Waker;
use inbox::{Inbox, Outbox};
pub use key_reader::KeyReader;
use key_sources::SourceFetch;
use keys::KeychainThread;
use pending::Pending;
pub use services::{CredentialsOfStart, Services, ZoneOfSystem};
use session::{ApiSession, Task, load_archived, load_list, notice_sink};
pub(crate) use settings::{read_ca, read_trusted};
pub use stored_files::{StartNews, StoredFiles};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::demo::DemoOptions;
use crate::domain::credentials::Credentials;
use crate::domain::key_source::ExternalSource;
use crate::domain::time::{Clock, Now};
use crate::key_sources::ReadVariable;
use crate::partner_api::{ApiOptions, PartnerApi};
use crate::platform::file_dialog::FileDialog;
use crate::platform::files::AppFolder;
use crate::platform::notifier::Notifier;
use crate::state::create::messages::{CreateEffect, EditEffect, EditEvent};
use crate::state::effect::Effect;
use crate::state::event::{Event, SessionEvent};
use crate::state::generation::Generation;
use crate::state::history::messages::HistoryEffect;
use crate::state::import::messages::{ImportEffect, Steer};
use crate::state::list::messages::ListEffect;
use crate::state::session::messages::{SessionEffect, SignInEvent};
use crate::state::shell::messages::ShellEffect;
use crate::state::tokens::messages::{TokenEffect, TokenEvent};

/// A sign-in that is tried.
#[derive(Default)]
struct PendingSession {
    session: Option<ApiSession>,
    /// The embedded server that it signs in to.
    demo: Option<RunningDemo>,
    /// The fetching of its key from an external source.
    fetch: Option<SourceFetch>,
}

/// Carries out effects. Its methods never block.
pub struct Runtime {
    tokio: Handle,
    inbox: Inbox,
    outbox: Outbox,
    pending: Pending,
    clipboard: ClipboardThread,
    files: Option<FilesThread>,
    history: Option<HistoryThread>,
    folder: Option<AppFolder>,
    clock: Arc<dyn Clock>,
    keychain: Arc<KeychainThread>,
    variable: ReadVariable,
    home: Option<PathBuf>,
    dialogs: Arc<dyn FileDialog>,
    notifier: Arc<dyn Notifier>,
    api_options: ApiOptions,
    demo_options: DemoOptions,
    environment: CredentialsOfStart,
    /// The embedded server of the session, also while that is locked.
    demo: Option<RunningDemo>,
    /// Steers the import under way.
    steer: Option<watch::Sender<Steer>>,
    /// Held for as long as somebody waits for the dry run under way.
    judging: Arc<()>,
    session: Option<ApiSession>,
    /// The test of the connection under way, with its number.
    test: Option<(u64, AbortHandle)>,
    /// What may become the next session, while the present one runs.
    attempt: PendingSession,
    exit_limit: Duration,
}

impl Runtime {
    /// Starts the threads of the services.
    pub fn new(tokio: Handle, services: Services) -> Self {
        let inbox = Inbox::new(services.wake);
        let outbox = inbox.outbox();
        session_signals::pass_on(&tokio, services.session_signals, outbox.clone());
        Self {
            clipboard: ClipboardThread::start(services.clipboard, outbox.clone()),
            folder: services.folder.clone(),
            history: services
                .folder
                .clone()
                .map(|folder| HistoryThread::start(folder, outbox.clone())),
            files: services
                .folder
                .map(|folder| FilesThread::start(folder, outbox.clone())),
            tokio,
            inbox,
            pending: Pending::new(outbox.clone()),
            outbox,
            clock: services.clock,
            keychain: Arc::new(KeychainThread::start(services.keychain)),
            variable: services.variable,
            home: services.home,
            dialogs: services.dialogs,
            notifier: services.notifier,
            api_options: services.api,
            demo_options: services.demo,
            environment: services.environment,
            demo: None,
            steer: None,
            judging: Arc::default(),
            session: None,
            test: None,
            attempt: PendingSession::default(),
            exit_limit: services.exit_limit,
        }
    }

    /// A frame begins. Returns what dialogs and the like have answered since the last one; everything else that has
    /// happened comes by [`Self::next_event`].
    pub fn begin_frame(&mut self, now: Now) -> Vec<Event> {
        self.inbox.begin_frame(now.boot);
        let events = self.pending.take();
        for event in &events {
            self.before_news(event);
        }
        events
    }

    /// The next event, while the frame has time for it.
    pub fn next_event(&mut self) -> Option<Event> {
        let event = self.inbox.next(self.clock.now().boot)?;
        self.before_news(&event);
        Some(event)
    }

    /// Carries out one effect.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Session(SessionEffect::StartDemo(generation)) => self.start_demo(generation),
            Effect::Session(SessionEffect::FetchKey(generation, request)) => {
                self.fetch_key(generation, request)
            }
            Effect::Session(SessionEffect::Prove(generation, credentials, source)) => {
                self.sign_in(generation, credentials, source)
            }
            Effect::Session(SessionEffect::Open(generation)) => self.open_session(generation),
            Effect::Session(SessionEffect::EndAttempt) => self.end_attempt(),
            Effect::Session(SessionEffect::CancelAskingAgain) => {
                if let Some(refetch) = self.session.as_ref().and_then(|it| it.refetch.as_ref()) {
                    refetch.cancel();
                }
            }
            Effect::Session(SessionEffect::StoreKey(generation)) => self.store_key(generation),
            Effect::Session(SessionEffect::DeleteKey(profile)) => self.delete_key(profile),
            Effect::Session(SessionEffect::RemoveKey(profile)) => self.remove_key(profile),
            Effect::Session(SessionEffect::DeleteAnswer(source)) => self.delete_answer(&source),
            Effect::Session(SessionEffect::End) => self.end_session(),
            Effect::Session(SessionEffect::EndKeepingDemo) => self.end_session_only(),
            Effect::List(ListEffect::Load(generation)) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::LoadList, |api| {
                    load_list(api, generation, outbox)
                });
            }
            Effect::List(ListEffect::LoadArchived(generation)) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::LoadArchived, |api| {
                    load_archived(api, generation, outbox)
                });
            }
            Effect::List(ListEffect::StopLoading) => self.cancel(Task::LoadList),
            Effect::List(ListEffect::ReadBusiness(generation, id)) => {
                self.read_business(Task::ReadBusiness, generation, id);
            }
            Effect::List(ListEffect::LookUp(generation, id)) => {
                self.read_business(Task::LookUp, generation, id);
            }
            Effect::Token(TokenEffect::Fetch(generation, id)) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::FetchToken(id), |api| async move {
                    let event =
                        SessionEvent::Token(TokenEvent::Fetched(id, api.business_token(id).await));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::Token(TokenEffect::CancelFetch(id)) => self.cancel(Task::FetchToken(id)),
            Effect::Token(TokenEffect::CopyHandout { ticket, handout }) => {
                self.clipboard.copy_handout(ticket, handout)
            }
            Effect::Shell(ShellEffect::CopyText { what, text }) => {
                self.clipboard.copy_text(what, text)
            }
            Effect::Token(TokenEffect::ClearClipboard) => self.clipboard.clear(),
            Effect::Create(CreateEffect::Send(generation, body)) => self.create(generation, body),
            Effect::Create(CreateEffect::Cancel) => self.cancel(Task::Create),
            Effect::Edit(EditEffect::Update(generation, id, body)) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::Update(id), |api| async move {
                    let event = SessionEvent::Edit(EditEvent::Updated(
                        id,
                        api.update(id, &body).await.map(Box::new),
                    ));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::Edit(EditEffect::Cancel(id)) => self.cancel(Task::Update(id)),
            Effect::Edit(EditEffect::SetArchived(generation, business, is_archived)) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::Archive(business), |api| async move {
                    let result = api.set_archived(business, is_archived).await;
                    let event = SessionEvent::Edit(EditEvent::Archived {
                        business,
                        is_archived,
                        result,
                    });
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::List(ListEffect::Export {
                profile,
                businesses,
                format,
                file_name,
            }) => self.export(profile, businesses, format, file_name),
            Effect::Import(ImportEffect::Choose(generation)) => self.choose_import(generation),
            Effect::Import(ImportEffect::Read(generation, plan)) => {
                self.read_import(generation, plan)
            }
            Effect::Import(ImportEffect::Judge(generation, ticket, plan)) => {
                self.judge_import(generation, ticket, *plan)
            }
            Effect::Import(ImportEffect::Find(generation, profile)) => {
                self.find_import(generation, &profile)
            }
            Effect::Import(ImportEffect::Forget(profile, notes)) => {
                self.forget_import(profile, notes)
            }
            Effect::Import(ImportEffect::Run(generation, plan)) => {
                self.run_import(generation, *plan)
            }
            Effect::Import(ImportEffect::Steer(steer)) => self.steer_import(steer),
            Effect::Shell(ShellEffect::SaveFile {
                profile,
                file_name,
                contents,
            }) => self.save_file(profile, file_name, contents),
            Effect::History(HistoryEffect::Record(entry)) => {
                if let Some(history) = &self.history {
                    history.record(entry);
                }
            }
            Effect::History(HistoryEffect::Read) => self.read_history(),
            Effect::Rotation(effect) => self.rotate(effect),
            Effect::Create(CreateEffect::SaveDrafts(drafts)) => {
                if let Some(files) = &self.files {
                    files.write_drafts(drafts);
                }
            }
            Effect::Settings(effect) => self.settings(effect),
            Effect::Shell(ShellEffect::SavePreferences(saved)) => {
                if let Some(files) = &self.files {
                    files.write_preferences(saved);
                }
            }
        }
    }

    /// Ends everything before the program does: the clipboard is cleared if it is ours, the keychain has done what it
    /// was asked for, the preferences are on disk. Blocks for at most a few seconds.
    pub fn close(&mut self) {
        // A clipboard that waits for room to tell of a copy would not clear it in time.
        self.inbox.close();
        if let Some(fetch) = self.attempt.fetch.take() {
            // A tool that waits for a fingerprint must not outlive the window.
            fetch.finish(self.exit_limit);
        }
        self.end_session();
        self.clipboard.clear_at_exit(self.exit_limit);
        // A key that was signed out of a moment ago is still to be deleted.
        if !self.keychain.finish(self.exit_limit) {
            tracing::warn!("the keychain has not answered before the end");
        }
        self.flush();
    }

    /// Waits until preferences, drafts and history are on disk as they were last sent there. Blocks for at most a few
    /// seconds.
    pub fn flush(&self) {
        if let Some(files) = &self.files {
            files.finish(self.exit_limit);
        }
        if let Some(history) = &self.history {
            history.finish(self.exit_limit);
        }
    }

    /// What the runtime itself has to do about news before the state hears of it.
    fn before_news(&mut self, event: &Event) {
        if let Event::Session(generation, SessionEvent::Rotation(news)) = event
            && news.is_switch()
        {
            self.key_was_switched(*generation);
        }
        if let Event::Session(
            generation,
            SessionEvent::SignIn(SignInEvent::KeyFetchedAgain(Ok(found))),
        ) = event
        {
            self.key_was_fetched_again(*generation, &found.fetched.key);
        }
    }

    fn sign_in(
        &mut self,
        generation: Generation,
        credentials: Credentials,
        source: Option<ExternalSource>,
    ) {
        let notices = notice_sink(generation, self.outbox.clone());
        let api = PartnerApi::new(
            credentials.clone(),
            self.api_options.clone(),
            Arc::clone(&self.clock),
            notices,
        );
        match api {
            Ok(api) => {
                self.attempt.session = Some(ApiSession::new(generation, credentials, source, api));
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::SignIn, |api| async move {
                    let event = SessionEvent::SignIn(SignInEvent::Proved(api.sign_in().await));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Err(failure) => {
                let outbox = self.outbox.clone();
                self.spawn(async move {
                    let event = SessionEvent::SignIn(SignInEvent::Proved(Err(failure)));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
        }
    }

    /// Starts a task of the session, unless that session has ended.
    fn in_session<F>(
        &mut self,
        generation: Generation,
        task: Task,
        start: impl FnOnce(PartnerApi) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let Some(session) = self.session_of(generation) else {
            return;
        };
        let start = start(session.api.clone());
        let handle = self.spawn(start);
        if let Some(session) = self.session_of(generation) {
            session.started(task, handle);
        }
    }

    /// The session of this generation, running or being proved.
    fn session_of(&mut self, generation: Generation) -> Option<&mut ApiSession> {
        [&mut self.session, &mut self.attempt.session]
            .into_iter()
            .flatten()
            .find(|session| session.generation == generation)
    }

    fn cancel(&mut self, task: Task) {
        if let Some(session) = &mut self.session {
            session.cancel(task);
        }
    }

    /// What was tried has succeeded: it is the session from now on, and the one before ends.
    fn open_session(&mut self, generation: Generation) {
        let is_it = |session: &mut ApiSession| session.generation == generation;
        let Some(opened) = self.attempt.session.take_if(is_it) else {
            return;
        };
        if self.session.replace(opened).is_some() {
            self.pending.session_ended();
        }
        self.steer = None;
        self.judging = Arc::default();
        self.end_test();
        self.keep_answer(generation);
        self.attempt.fetch = None;
        if let (Some(refetch), Some(session)) = (self.refetch(generation), &mut self.session) {
            session.api.refetch_refused_key_by(refetch.clone());
            session.refetch = Some(refetch);
        }
        let demo = self.attempt.demo.take();
        // The server that went on behind the lock still has the session's businesses.
        let goes_on = demo.is_none() && self.session.as_ref().is_some_and(ApiSession::is_demo);
        if !goes_on {
            self.demo = demo;
        }
    }

    fn end_attempt(&mut self) {
        self.attempt = PendingSession::default();
    }

    fn end_session(&mut self) {
        self.end_session_only();
        // The embedded server goes with it.
        self.demo = None;
    }

    fn end_session_only(&mut self) {
        self.end_attempt();
        // What was asked for at the sign-in screen is nobody's.
        if self.session.take().is_some() {
            self.pending.session_ended();
        }
        self.steer = None;
        self.judging = Arc::default();
        self.end_test();
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        self.tokio.spawn(future).abort_handle()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "files may be slow, and a client of the API may be busy"
    )]
    fn spawn_blocking(&self, work: impl FnOnce() + Send + 'static) {
        self.tokio.spawn_blocking(work);
    }
}
