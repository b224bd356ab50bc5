//! Runs the effects that the state asks for, on tokio and on the services of the system.

mod clipboard;
mod demo;
mod dialog;
mod export;
mod files;
mod history;
mod import;
mod inbox;
mod kept;
mod keys;
mod pending;
mod rotation;
mod services;
mod session;
mod settings;
#[cfg(test)]
mod tests;
mod worker;

pub use files::{DRAFTS_FILE, PREFERENCES_FILE};
pub use history::HISTORY_STEM;
pub use inbox::Waker;
pub use kept::{Kept, StartNews};
pub use services::{CredentialsOfStart, Services, ZoneOfSystem};
pub(crate) use settings::read_ca;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::demo::DemoOptions;
use crate::domain::credentials::Credentials;
use crate::domain::time::{Clock, Now};
use crate::partner_api::{ApiOptions, PartnerApi};
use crate::platform::file_dialog::FileDialog;
use crate::platform::files::AppFolder;
use crate::platform::notifier::Notifier;
use crate::state::effect::{Effect, Generation, Steer};
use crate::state::event::{Event, SessionEvent};

use clipboard::ClipboardThread;
use demo::RunningDemo;
use files::FilesThread;
use history::HistoryThread;
use inbox::{Inbox, Outbox};
use keys::KeychainThread;
use pending::Pending;
use session::{ApiSession, Task, load_list, notice_sink};

/// A sign-in that is tried.
#[derive(Default)]
struct Attempt {
    session: Option<ApiSession>,
    /// The embedded server that it signs in to.
    demo: Option<RunningDemo>,
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
    keychain: KeychainThread,
    dialogs: Arc<dyn FileDialog>,
    notifier: Arc<dyn Notifier>,
    api_options: ApiOptions,
    demo_options: DemoOptions,
    environment: CredentialsOfStart,
    /// The embedded server of the session, also while that is locked.
    demo: Option<RunningDemo>,
    /// Steers the import under way.
    steer: Option<watch::Sender<Steer>>,
    session: Option<ApiSession>,
    /// The test of the connection under way, with its number.
    test: Option<(u64, AbortHandle)>,
    /// What may become the next session, while the present one runs.
    attempt: Attempt,
    exit_limit: Duration,
}

impl Runtime {
    /// Starts the threads of the services.
    pub fn new(tokio: Handle, services: Services) -> Self {
        let inbox = Inbox::new(services.wake);
        let outbox = inbox.outbox();
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
            keychain: KeychainThread::start(services.keychain),
            dialogs: services.dialogs,
            notifier: services.notifier,
            api_options: services.api,
            demo_options: services.demo,
            environment: services.environment,
            demo: None,
            steer: None,
            session: None,
            test: None,
            attempt: Attempt::default(),
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
            Effect::StartDemo(generation) => self.start_demo(generation),
            Effect::ReadKey(generation, profile) => self.read_key(generation, profile),
            Effect::SignIn(generation, credentials) => self.sign_in(generation, credentials),
            Effect::OpenSession(generation) => self.open_session(generation),
            Effect::EndAttempt => self.end_attempt(),
            Effect::StoreKey(generation) => self.store_key(generation),
            Effect::DeleteKey(profile) => self.delete_key(profile),
            Effect::RemoveKey(profile) => self.remove_key(profile),
            Effect::EndSession => self.end_session(),
            Effect::EndSessionOnly => self.end_session_only(),
            Effect::ReadEnvironment(generation) => self.read_environment(generation),
            Effect::LoadList(generation) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::LoadList, |api| {
                    load_list(api, generation, outbox)
                });
            }
            Effect::StopLoading => self.cancel(Task::LoadList),
            Effect::ReadBusiness(generation, id) => {
                self.read_business(Task::ReadBusiness, generation, id);
            }
            Effect::LookUpBusiness(generation, id) => {
                self.read_business(Task::LookUp, generation, id);
            }
            Effect::FetchToken(generation, id) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::FetchToken(id), |api| async move {
                    let event = SessionEvent::TokenFetched(id, api.business_token(id).await);
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::CancelFetch(id) => self.cancel(Task::FetchToken(id)),
            Effect::CopyHandout { ticket, handout } => self.clipboard.copy_handout(ticket, handout),
            Effect::CopyText { what, text } => self.clipboard.copy_text(what, text),
            Effect::ClearClipboard => self.clipboard.clear(),
            Effect::Create(generation, body) => self.create(generation, body),
            Effect::CancelCreate => self.cancel(Task::Create),
            Effect::Update(generation, id, body) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::Update(id), |api| async move {
                    let event =
                        SessionEvent::Updated(id, api.update(id, &body).await.map(Box::new));
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::CancelUpdate(id) => self.cancel(Task::Update(id)),
            Effect::SetArchived(generation, business, is_archived) => {
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::Archive(business), |api| async move {
                    let result = api.set_archived(business, is_archived).await;
                    let event = SessionEvent::Archived {
                        business,
                        is_archived,
                        result,
                    };
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Effect::Export {
                profile,
                businesses,
                format,
                file_name,
            } => self.export(profile, businesses, format, file_name),
            Effect::ChooseImport(generation) => self.choose_import(generation),
            Effect::ReadImport(generation, plan) => self.read_import(generation, plan),
            Effect::FindImport(generation, profile) => self.find_import(generation, &profile),
            Effect::ForgetImport(profile, notes) => self.forget_import(profile, notes),
            Effect::RunImport(generation, plan) => self.run_import(generation, *plan),
            Effect::SteerImport(steer) => self.steer_import(steer),
            Effect::SaveFile {
                profile,
                file_name,
                contents,
            } => self.save_file(profile, file_name, contents),
            Effect::Record(entry) => {
                if let Some(history) = &self.history {
                    history.record(entry);
                }
            }
            Effect::ReadHistory => self.read_history(),
            Effect::Rotation(effect) => self.rotate(effect),
            Effect::SaveDrafts(drafts) => {
                if let Some(files) = &self.files {
                    files.write_drafts(drafts);
                }
            }
            Effect::Settings(effect) => self.settings(effect),
            Effect::Save(saved) => {
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
    }

    fn sign_in(&mut self, generation: Generation, credentials: Credentials) {
        let notices = notice_sink(generation, self.outbox.clone());
        let api = PartnerApi::new(
            credentials.clone(),
            self.api_options.clone(),
            Arc::clone(&self.clock),
            notices,
        );
        match api {
            Ok(api) => {
                self.attempt.session = Some(ApiSession::new(generation, credentials, api));
                let outbox = self.outbox.clone();
                self.in_session(generation, Task::SignIn, |api| async move {
                    let event = SessionEvent::SignedIn(api.sign_in().await);
                    outbox.send(Event::Session(generation, event)).await;
                });
            }
            Err(failure) => {
                let outbox = self.outbox.clone();
                self.spawn(async move {
                    let event = SessionEvent::SignedIn(Err(failure));
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
        self.end_test();
        let demo = self.attempt.demo.take();
        // The server that went on behind the lock still has the session's businesses.
        let goes_on = demo.is_none() && self.session.as_ref().is_some_and(ApiSession::is_demo);
        if !goes_on {
            self.demo = demo;
        }
    }

    fn end_attempt(&mut self) {
        self.attempt = Attempt::default();
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
