//! The console under test: the real window over real HTTP, with each system service replaced at its seam.
//!
//! ```ignore
//! let mut console = Console::signed_in(Setup::default());
//! console.select("Acme Ltd");
//! console.press(Key::T);
//! console.wait_for("the token", |console| console.clipboard.content().is_some());
//! ```

mod audit;
mod bell;
mod flows;
mod form;
mod input;
mod keyboard;
mod keychain;
mod setup;
mod strokes;
mod view;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::App as _;
use egui_kittest::Harness;
use jiff::tz::TimeZone;
use tempfile::TempDir;
use thred_console::app::{ConsoleApp, StartOptions};
use thred_console::domain::credentials::Credentials;
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::rotation::next_midnight;
use thred_console::domain::session_signal::SessionSignal;
use thred_console::domain::time::{Clock as _, Now};
use thred_console::platform::clock::SystemClock;
use thred_console::platform::file_dialog::{FileDialog, FileFuture, FileRequest};
use thred_console::platform::files::{AppFolder, Document, LoadOutcome};
use thred_console::platform::keychain::Keychain as _;
use thred_console::runtime::{DRAFTS_FILE, PREFERENCES_FILE, Services, StoredFiles};
use thred_console::state::AppState;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;
use thred_console::state::shell::saved::Saved;
use tokio::sync::mpsc::{self, UnboundedSender};

use self::bell::Bell;
pub use self::input::Burst;
use self::keychain::MockKeychain;
pub use self::setup::{KEY, PARTNER, Setup, business, numbered};
pub use self::strokes::Stroke;
pub use self::view::without_hosts;
use super::{FaultServer, LeapingRuntime, Log, RunGate, WAIT_LIMIT};
use crate::doubles::{ManualClock, MemoryClipboard, RecordingNotifier, ScriptedFileDialog};

/// After this many frames without coming to rest, and without a report of a thread, the console is in a loop.
const MAX_FRAMES: usize = 60;

/// A running console, its server, and the simulated services of the system.
pub struct Console {
    harness: Harness<'static, ConsoleApp>,
    bell: Arc<Bell>,
    pub clock: ManualClock,
    pub clipboard: MemoryClipboard,
    /// The user's answers to file dialogs.
    pub dialogs: ScriptedFileDialog,
    /// Records the notifications.
    pub notifier: RecordingNotifier,
    /// File dialogs stay open until this gate is.
    pub dialog_gate: RunGate,
    pub keychain: Arc<MockKeychain>,
    pub server: FaultServer,
    /// Sends the system's session signals: screen lock and sleep.
    session_signals: Arc<Mutex<Option<UnboundedSender<SessionSignal>>>>,
    /// Addresses that the browser was asked to open.
    pub opened: Arc<Mutex<Vec<String>>>,
    home: Arc<TempDir>,
    /// The credentials in the environment variables.
    pub variables: Arc<Mutex<Option<Credentials>>>,
    setup: Setup,
    /// The time zone that tests expect the console to use.
    pub zone: TimeZone,
    /// The computer's time zone, as the console reads it.
    place: Arc<Mutex<TimeZone>>,
    // Last, so that everything above is dropped while it runs.
    tokio: LeapingRuntime,
}

impl Console {
    /// A console at the sign-in form, with the test's server entered.
    pub fn start(setup: Setup) -> Self {
        Self::open(setup, None)
    }

    /// Starts with a command, as the window does because of environment variables or the previous run.
    pub fn open(setup: Setup, first: Option<Command>) -> Self {
        Self::open_at(setup, |_| first)
    }

    /// [`Self::open`] with a command that needs the environment of the test's server.
    fn open_at(setup: Setup, first: impl FnOnce(Environment) -> Option<Command>) -> Self {
        let tokio = LeapingRuntime::start(setup.is_drive_dead);
        let server = tokio.block_on(setup.serve());
        let home = Arc::new(tempfile::tempdir().unwrap());
        let clock = ManualClock::starting_at(SystemClock.now().wall);
        let zone = zone_of_the_morning(&clock);
        let clipboard = MemoryClipboard::default();
        let dialogs = ScriptedFileDialog::default();
        let notifier = RecordingNotifier::default();
        let opened = Arc::default();
        let session_signals = Arc::default();
        let dialog_gate = RunGate::closed();
        dialog_gate.open();
        let keychain = Arc::new(MockKeychain::empty());
        let bell = Arc::new(Bell::default());
        let variables = Arc::default();
        let place = Arc::new(Mutex::new(zone.clone()));
        let parts = Parts {
            tokio: &tokio,
            bell: &bell,
            clock: &clock,
            clipboard: &clipboard,
            dialogs: &dialogs,
            notifier: &notifier,
            session_signals: &session_signals,
            opened: &opened,
            dialog_gate: &dialog_gate,
            keychain: &keychain,
            home: &home,
            variables: &variables,
            setup: &setup,
            place: &place,
        };
        let start = StartOptions {
            command: first(environment(&server)),
            prefill: Some((environment(&server), None)),
            notices: Vec::new(),
        };
        let harness = parts.window(setup.saved(), start);
        Self {
            harness,
            bell,
            clock,
            clipboard,
            dialogs,
            notifier,
            dialog_gate,
            keychain,
            server,
            session_signals,
            opened,
            home,
            variables,
            setup,
            zone,
            place,
            tokio,
        }
    }

    /// Closes the window and starts the program again with its files and keychain.
    pub fn restart(self) -> Self {
        self.restart_with(|_| {})
    }

    /// [`Self::restart`] with preferences that another program changed meanwhile.
    pub fn restart_with(mut self, change: impl FnOnce(&mut Saved)) -> Self {
        self.close();
        let mut saved = self.found_at_start();
        change(&mut saved);
        self.folder().write(PREFERENCES_FILE, &saved).unwrap();
        let start = StartOptions {
            command: saved
                .last_profile
                .clone()
                .map(|profile| SessionCommand::OpenProfile(profile).into()),
            prefill: saved
                .last_profile
                .clone()
                .map(|last| (last.environment, Some(last.partner))),
            notices: Vec::new(),
        };
        self.harness = self.parts().window(saved, start);
        self
    }

    /// Closes the window and starts the program again as the binary does, including the clean-up of its folder.
    pub fn restart_from_disk(mut self) -> Self {
        self.close();
        let kept = StoredFiles::claim(Some(self.folder()), self.clock.now().wall).unwrap();
        let start = StartOptions {
            command: kept
                .saved
                .last_profile
                .clone()
                .map(|profile| SessionCommand::OpenProfile(profile).into()),
            prefill: None,
            notices: kept.notices,
        };
        self.harness = self.parts().window(kept.saved, start);
        self
    }

    /// Sends a session signal, as the system does.
    pub fn system_says(&mut self, signal: SessionSignal) {
        let told = self.session_signals.lock().unwrap();
        told.as_ref().unwrap().send(signal).unwrap();
    }

    /// Starts a second server.
    pub fn serve(&self, setup: &Setup) -> FaultServer {
        self.tokio.block_on(setup.serve())
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            tokio: &self.tokio,
            bell: &self.bell,
            clock: &self.clock,
            clipboard: &self.clipboard,
            dialogs: &self.dialogs,
            notifier: &self.notifier,
            session_signals: &self.session_signals,
            opened: &self.opened,
            dialog_gate: &self.dialog_gate,
            keychain: &self.keychain,
            home: &self.home,
            variables: &self.variables,
            setup: &self.setup,
            place: &self.place,
        }
    }

    /// Closes the window and starts the program again with a command, as environment variables can.
    pub fn begin_with(&mut self, command: Command) {
        self.close();
        let start = StartOptions {
            command: Some(command),
            prefill: None,
            notices: Vec::new(),
        };
        self.harness = self.parts().window(self.found_at_start(), start);
    }

    /// Closes the console as closing the window does.
    pub fn close(&mut self) {
        self.harness.state_mut().close();
    }

    /// The preferences on disk, after pending writes.
    pub fn preferences(&self) -> Saved {
        self.harness.state().flush();
        read(&self.folder(), PREFERENCES_FILE)
    }

    /// The preferences that the next start will find.
    fn found_at_start(&self) -> Saved {
        match self
            .folder()
            .read(PREFERENCES_FILE, jiff::Timestamp::UNIX_EPOCH)
        {
            // Never written, so those of the setup still apply.
            LoadOutcome::Missing => self.setup.saved(),
            found => value_of(PREFERENCES_FILE, found),
        }
    }

    /// The console's data folder.
    pub fn folder(&self) -> AppFolder {
        AppFolder::at(self.home.path())
    }

    pub fn state(&self) -> &AppState {
        self.harness.state().state()
    }

    /// The current time of the console.
    pub fn now(&self) -> Now {
        self.clock.now()
    }

    pub fn ctx(&self) -> &egui::Context {
        &self.harness.ctx
    }

    pub fn log(&self) -> &Log {
        self.server.log()
    }

    /// The environment of the test's server.
    pub fn environment(&self) -> Environment {
        environment(&self.server)
    }

    /// Draws one frame, or one for each waiting event.
    pub fn frame(&mut self) {
        // The harness does not call the app's hook.
        let ctx = self.harness.ctx.clone();
        let mut input = std::mem::take(self.harness.input_mut());
        self.harness.state_mut().raw_input_hook(&ctx, &mut input);
        *self.harness.input_mut() = input;
        self.harness.step();
    }

    /// Draws frames until the console requests no immediate repaint and its threads report nothing.
    ///
    /// # Panics
    /// If the console never comes to rest or breaks a rule of [`Self::audit`].
    pub fn settle(&mut self) {
        let deadline = Instant::now() + WAIT_LIMIT;
        let mut frames = 0;
        while frames < MAX_FRAMES && Instant::now() < deadline {
            let heard = self.bell.rung();
            self.frame();
            if self.is_at_rest(heard) {
                return self.audit();
            }
            // How many frames the reports of threads take depends on the computer.
            frames += usize::from(self.bell.rung() == heard);
        }
        panic!(
            "no rest after {frames} frames without a report: {:#?}",
            self.harness.ctx.repaint_causes()
        );
    }

    /// Whether the last frame is the newest, if the threads had reported `heard` times when it began.
    fn is_at_rest(&self, heard: u64) -> bool {
        self.repaint_delay() > Duration::ZERO && self.bell.rung() == heard
    }

    /// Draws frames until `condition` holds and the console is at rest.
    ///
    /// # Panics
    /// With the texts on screen, if the condition does not hold within [`WAIT_LIMIT`].
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + WAIT_LIMIT;
        loop {
            let heard = self.bell.rung();
            self.frame();
            if condition(self) {
                return if self.is_at_rest(heard) {
                    self.audit();
                } else {
                    self.settle();
                };
            }
            assert!(
                Instant::now() < deadline,
                "still waiting for {what}; on screen:\n{}",
                self.screen()
            );
            if self.is_at_rest(heard) {
                self.bell.wait_beyond(heard);
            }
        }
    }

    /// [`Self::wait_for`] a condition of the state.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, condition: impl Fn(&AppState) -> bool) {
        self.wait_for(what, |console| condition(console.state()));
    }

    /// [`Self::wait_for`] a text on screen.
    #[track_caller]
    pub fn wait_for_text(&mut self, text: &str) {
        self.wait_for(text, |console| console.shows(text));
    }

    /// Waits for the server's log without drawing frames.
    pub fn until_log(&self, condition: impl Fn(&Log) -> bool) {
        self.tokio.block_on(self.server.log().until(condition));
    }

    /// Waits until the server has left more than `before` requests unanswered, then moves the runtime's clock past every
    /// time limit of the client.
    pub fn let_requests_time_out(&self, before: usize) {
        self.until_log(|log| log.silences() > before && log.is_silent());
        self.tokio.leap_past_every_limit();
    }

    /// Moves the clock of the client's timers forward.
    pub fn leap(&self, by: Duration) {
        self.tokio.leap(by);
    }

    /// Runs a future of the test itself.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.tokio.block_on(future)
    }

    /// How often the console's threads have reported something.
    pub fn heard(&self) -> u64 {
        self.bell.rung()
    }

    /// The delay until the next frame that the console requested.
    pub fn repaint_delay(&self) -> Duration {
        self.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay
    }

    /// Asserts that nothing is drawn before midnight, when the key's age changes.
    #[track_caller]
    pub fn assert_undrawn(&self, when: &str) {
        let now = self.clock.now().wall;
        let midnight = next_midnight(now, &self.zone).unwrap();
        let left = midnight.duration_since(now).unsigned_abs();
        assert_eq!(self.repaint_delay(), left, "{when}");
    }

    /// Moves the computer to another time zone.
    pub fn travel_to(&mut self, zone: TimeZone) {
        self.zone = zone.clone();
        *self.place.lock().unwrap() = zone;
        self.settle();
    }

    /// Lets time pass and draws the console.
    pub fn pass(&mut self, time: Duration) {
        self.clock.advance(time);
        self.settle();
    }
}

/// A time zone in which it is now between ten and eleven in the morning, so that no test begins near midnight. The
/// clock itself must be right, because it has to agree with the server's.
fn zone_of_the_morning(clock: &ManualClock) -> TimeZone {
    let hour = clock.now().wall.to_zoned_datetime(TimeZone::UTC).hour();
    TimeZone::fixed(jiff::tz::offset(10 - hour))
}

/// Records the addresses that the browser is asked to open.
fn note_opened(ctx: &egui::Context, opened: Arc<Mutex<Vec<String>>>) {
    let look = move |ui: &mut egui::Ui| {
        ui.ctx().output(|output| {
            for command in &output.commands {
                if let egui::OutputCommand::OpenUrl(open) = command {
                    opened.lock().unwrap().push(open.url.clone());
                }
            }
        });
    };
    ctx.on_end_pass("opened addresses", Arc::new(look));
}

fn read<T: Document + Default>(folder: &AppFolder, name: &str) -> T {
    value_of(name, folder.read::<T>(name, jiff::Timestamp::UNIX_EPOCH))
}

fn value_of<T: Default>(name: &str, loaded: LoadOutcome<T>) -> T {
    match loaded {
        LoadOutcome::Value(value) => value,
        LoadOutcome::Missing => T::default(),
        LoadOutcome::SetAside(aside) => panic!("{name} is damaged: {}", aside.damage),
    }
}

fn environment(server: &FaultServer) -> Environment {
    Environment::Custom(BaseUrl::parse(&server.base_url()).unwrap())
}

/// File dialogs that stay open until the gate is open.
struct Dialogs {
    script: ScriptedFileDialog,
    gate: RunGate,
}

impl FileDialog for Dialogs {
    fn open(&self, request: FileRequest) -> FileFuture {
        let (answer, gate) = (self.script.open(request), self.gate.clone());
        Box::pin(async move {
            gate.passed().await;
            answer.await
        })
    }
}

/// The services and settings that a window is opened with.
struct Parts<'a> {
    tokio: &'a LeapingRuntime,
    bell: &'a Arc<Bell>,
    clock: &'a ManualClock,
    clipboard: &'a MemoryClipboard,
    dialogs: &'a ScriptedFileDialog,
    notifier: &'a RecordingNotifier,
    session_signals: &'a Mutex<Option<UnboundedSender<SessionSignal>>>,
    opened: &'a Arc<Mutex<Vec<String>>>,
    dialog_gate: &'a RunGate,
    keychain: &'a Arc<MockKeychain>,
    home: &'a TempDir,
    variables: &'a Arc<Mutex<Option<Credentials>>>,
    setup: &'a Setup,
    place: &'a Arc<Mutex<TimeZone>>,
}

impl Parts<'_> {
    fn window(&self, saved: Saved, start: StartOptions) -> Harness<'static, ConsoleApp> {
        let handle = self.tokio.handle();
        let state = AppState::new(
            saved,
            read(&AppFolder::at(self.home.path()), DRAFTS_FILE),
            self.keychain.name(),
            self.place.lock().unwrap().clone(),
        );
        let (told, session_signals) = mpsc::unbounded_channel();
        *self.session_signals.lock().unwrap() = Some(told);
        let services = Services {
            clock: Arc::new(self.clock.clone()),
            zone: Arc::new({
                let place = Arc::clone(self.place);
                move || place.lock().unwrap().clone()
            }),
            // The real `PATH`, so that tools are found. No other variable of this computer is passed on.
            variable: Arc::new(|name| (name == "PATH").then(|| std::env::var(name).ok())?),
            home: Some(self.home.path().to_owned()),
            keychain: self.keychain.clone(),
            dialogs: Arc::new(Dialogs {
                script: self.dialogs.clone(),
                gate: self.dialog_gate.clone(),
            }),
            environment: Arc::new({
                let variables = Arc::clone(self.variables);
                move || variables.lock().unwrap().clone()
            }),
            session_signals,
            notifier: Arc::new(self.notifier.clone()),
            clipboard: Box::new(self.clipboard.clone()),
            folder: Some(AppFolder::at(self.home.path())),
            wake: Arc::new(|| {}),
            api: self.setup.api.clone(),
            demo: self.setup.demo.clone(),
            exit_limit: WAIT_LIMIT,
        };
        let (bell, opened) = (self.bell.clone(), self.opened.clone());
        let mut builder = Harness::builder()
            .with_size(self.setup.size)
            .with_max_steps(MAX_FRAMES as u64);
        if self.setup.any_script {
            builder = builder.allow_missing_glyphs();
        }
        builder.build_eframe(move |creation| {
            let ctx = creation.egui_ctx.clone();
            note_opened(&ctx, opened);
            let wake = Arc::new({
                let ctx = ctx.clone();
                move || {
                    ctx.request_repaint();
                    bell.ring();
                }
            });
            ConsoleApp::new(&ctx, handle, Services { wake, ..services }, state, start)
        })
    }
}
