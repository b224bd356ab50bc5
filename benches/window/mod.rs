//! The console with its window but without a renderer: with a real server, and with each system service replaced.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use egui_kittest::Harness;
use jiff::tz::TimeZone;
use secrecy::SecretString;
use thred_console::app::{ConsoleApp, StartOptions};
use thred_console::demo::{DemoOptions, DemoServer};
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::key_source::KeySource;
use thred_console::domain::keychain::{KeychainName, KeychainProblem};
use thred_console::domain::time::Clock as _;
use thred_console::partner_api::ApiOptions;
use thred_console::platform::clock::SystemClock;
use thred_console::platform::keychain::{Keychain, KeychainItem};
use thred_console::platform::wiping_allocator::WipingAllocator;
use thred_console::runtime::Services;
use thred_console::state::AppState;
use thred_console::state::command::Command;
use thred_console::state::create::creating::Drafts;
use thred_console::state::session::messages::SessionCommand;
use thred_console::state::shell::saved::Saved;
use tokio::runtime::Runtime;

use self::doubles::{MemoryClipboard, RecordingNotifier, ScriptedFileDialog};
use crate::processor;

#[expect(dead_code, reason = "a benchmark only opens the console with them")]
#[path = "../../tests/support/doubles.rs"]
mod doubles;

/// The program's own allocator, because it adds a cost to every freed block.
#[global_allocator]
static ALLOCATOR: WipingAllocator = WipingAllocator::new();

/// An empty keychain: the key of the benchmark is kept for the session only.
struct NoKeychain;

impl Keychain for NoKeychain {
    fn name(&self) -> KeychainName {
        KeychainName::MacosKeychain
    }

    fn read(&self, _: &KeychainItem) -> Result<Option<SecretString>, KeychainProblem> {
        Ok(None)
    }

    fn write(&self, _: &KeychainItem, _: &SecretString) -> Result<(), KeychainProblem> {
        Ok(())
    }

    fn delete(&self, _: &KeychainItem) -> Result<bool, KeychainProblem> {
        Ok(false)
    }
}

/// Rings when the console requests a frame.
#[derive(Default)]
struct Bell(Mutex<bool>, Condvar);

impl Bell {
    fn ring(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.1.notify_all();
    }

    fn wait(&self, at_most: Duration) {
        let rung = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.1.wait_timeout_while(rung, at_most, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
    }
}

/// A signed-in console.
pub struct Window {
    harness: Harness<'static, ConsoleApp>,
    bell: Arc<Bell>,
    /// The longest elapsed time of a frame, without a renderer.
    pub longest_frame: Duration,
    /// The most processor time of the drawing thread for a frame.
    pub longest_work: Duration,
}

impl Window {
    /// Opens the window and signs in, which starts loading the list.
    pub fn open(server: &DemoServer, tokio: &Runtime) -> Self {
        let credentials = Credentials {
            environment: Environment::Custom(BaseUrl::parse(&server.base_url()).unwrap()),
            partner: PartnerId(server.partner_id()),
            key: ApiKey::parse(server.api_key()).unwrap(),
        };
        let bell = Arc::new(Bell::default());
        let (handle, rings) = (tokio.handle().clone(), Arc::clone(&bell));
        let harness = Harness::builder()
            .allow_missing_glyphs()
            .build_eframe(move |creation| {
                let ctx = creation.egui_ctx.clone();
                let keychain = Arc::new(NoKeychain);
                let (saved, drafts) = (Saved::default(), Drafts::default());
                let state = AppState::new(saved, drafts, keychain.name(), TimeZone::UTC);
                let services = Services {
                    clock: Arc::new(SystemClock),
                    zone: Arc::new(|| TimeZone::UTC),
                    keychain,
                    clipboard: Box::new(MemoryClipboard::default()),
                    folder: None,
                    wake: Arc::new(move || rings.ring()),
                    dialogs: Arc::new(ScriptedFileDialog::default()),
                    environment: Arc::new(|| None),
                    variable: Arc::new(|_| None),
                    home: None,
                    session_signals: tokio::sync::mpsc::unbounded_channel().1,
                    notifier: Arc::new(RecordingNotifier::default()),
                    api: ApiOptions::default(),
                    demo: DemoOptions::default(),
                    exit_limit: Duration::from_secs(2),
                };
                let source = KeySource::Typed;
                let start = StartOptions {
                    command: Some(Command::Session(SessionCommand::SignIn {
                        credentials,
                        source,
                        label: String::new(),
                    })),
                    ..StartOptions::default()
                };
                ConsoleApp::new(&ctx, handle, services, state, start)
            });
        let mut window = Self {
            harness,
            bell,
            longest_frame: Duration::ZERO,
            longest_work: Duration::ZERO,
        };
        while window.harness.state().state().workspace().is_none() {
            window.wait();
        }
        window.forget_frames();
        window
    }

    /// Resets the measurements, so that they cover later frames only.
    fn forget_frames(&mut self) {
        self.longest_frame = Duration::ZERO;
        self.longest_work = Duration::ZERO;
    }

    /// Reloads the list with F5.
    pub fn reload(&mut self, expected: usize) {
        self.forget_frames();
        self.harness.key_press(egui::Key::F5);
        self.frame();
        self.wait_for_list(expected);
    }

    /// Draws a frame whenever one is requested until the list is loaded.
    pub fn wait_for_list(&mut self, expected: usize) {
        while !self.is_loaded(expected) {
            self.wait();
        }
    }

    fn wait(&mut self) {
        self.bell.wait(Duration::from_secs(1));
        self.frame();
    }

    fn is_loaded(&self, expected: usize) -> bool {
        let workspace = self.harness.state().state().workspace();
        workspace.is_some_and(|workspace| {
            let list = &workspace.list;
            !list.loading.is_running() && list.shown_count() == expected
        })
    }

    fn frame(&mut self) {
        let (began, had) = (SystemClock.now().boot, processor::of_thread());
        self.harness.step();
        let took = SystemClock.now().boot.saturating_since(began);
        self.longest_frame = self.longest_frame.max(took);
        let work = processor::of_thread().saturating_sub(had);
        self.longest_work = self.longest_work.max(work);
    }
}
