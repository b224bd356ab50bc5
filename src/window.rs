//! Opens the window with the services of the operating system.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use eframe::{NativeOptions, Renderer, egui};
use egui::ViewportBuilder;
use thred_console::app::{ConsoleApp, SecondStart, StartOptions, TITLE};
use thred_console::demo::DemoOptions;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::session_signal::SessionSignal;
use thred_console::domain::settings::WindowSize;
use thred_console::partner_api::ApiOptions;
use thred_console::platform::clipboard::native::NativeClipboard;
use thred_console::platform::clock::SystemClock;
use thred_console::platform::environment_variables::{self, EnvironmentSettings, StartKey};
use thred_console::platform::file_dialog::NativeFileDialog;
use thred_console::platform::instance::{InstanceListener, RaiseCall};
use thred_console::platform::keychain::{Keychain as _, KeyringKeychain};
use thred_console::platform::licence_texts;
use thred_console::platform::notifier::{self, NativeNotifier};
use thred_console::platform::session_watch::{self, SignalHandler};
use thred_console::platform::time_zone::system_time_zone;
use thred_console::platform::wake::WakeWatcher;
use thred_console::runtime::{Services, StartNotice, StoredFiles};
use thred_console::state::AppState;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;
use thred_console::state::shell::saved::Saved;
use thred_console::theme::{APP_ICON_PNG, layout};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::arguments::Arguments;
use crate::{first_instance, termination};

/// How long to wait at exit for services to finish. They normally take less; a keyring password prompt could block longer.
const EXIT_LIMIT: Duration = Duration::from_secs(2);

/// Shortest clock jump that counts as sleep. A shorter one may be a thread that was not scheduled.
const SLEPT: Duration = Duration::from_secs(15);

/// Runs the window until it is closed.
///
/// # Errors
/// A sentence saying why the window could not be opened and what to do.
pub(crate) fn open(
    tokio: &tokio::runtime::Runtime,
    arguments: &Arguments,
    key: StartKey,
    kept: StoredFiles,
    listener: Option<InstanceListener>,
) -> Result<(), String> {
    let from_environment = environment_variables::read(&key);
    let StoredFiles {
        saved,
        drafts,
        notices,
        folder,
        ..
    } = kept;
    let start = start(arguments, from_environment, &saved, notices);
    let demo = DemoOptions {
        businesses: arguments.size.businesses as usize,
        ..DemoOptions::default()
    };
    let (handle, size) = (tokio.handle().clone(), saved.window);
    let created = Box::new(move |creation: &eframe::CreationContext<'_>| {
        let ctx = creation.egui_ctx.clone();
        let keychain = Arc::new(KeyringKeychain::native());
        let mut state = AppState::new(saved, drafts, keychain.name(), system_time_zone());
        state.licence_texts = licence_texts::installed();
        let wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let (signals, session_signals) = unbounded_channel();
        let services = Services {
            clock: Arc::new(SystemClock),
            zone: Arc::new(system_time_zone),
            keychain,
            environment: Arc::new(move || environment_variables::read(&key).ok()?.credentials),
            variable: Arc::new(|name| std::env::var(name).ok()),
            home: std::env::home_dir(),
            clipboard: Box::new(NativeClipboard::default()),
            dialogs: Arc::new(NativeFileDialog),
            session_signals,
            notifier: Arc::new(NativeNotifier),
            folder,
            wake,
            api: ApiOptions::default(),
            demo,
            exit_limit: EXIT_LIMIT,
        };
        let watcher = watch_clocks(&ctx, signals.clone());
        let on_signal: SignalHandler = Arc::new(move |signal| {
            // Fails once the window is gone.
            let _ = signals.send(signal);
        });
        session_watch::start(&on_signal);
        let calls = listener.map(|listener| first_instance::serve(&handle, listener, ctx.clone()));
        let terminations = termination::watch(&handle, ctx.clone());
        let app = ConsoleApp::new(&ctx, handle, services, state, start);
        let app: Box<dyn eframe::App> = Box::new(WatchedConsole {
            app,
            calls,
            terminations,
            _watcher: watcher,
        });
        Ok(app)
    });
    run(options(size), created)
}

fn options(size: Option<WindowSize>) -> NativeOptions {
    let size = size.map_or(layout::WINDOW, |size| size.clamped(layout::WINDOW_TIGHT));
    // The app sets the minimum size as soon as it knows the screen.
    native_options(ViewportBuilder::default().with_inner_size(size))
}

/// Opens a small window that shows `sentence` and offers to quit.
///
/// # Errors
/// A sentence saying why the window could not be opened.
pub(crate) fn open_instead(sentence: String) -> Result<(), String> {
    let viewport = ViewportBuilder::default()
        .with_inner_size(layout::NOTICE)
        .with_resizable(false);
    let created = Box::new(move |creation: &eframe::CreationContext<'_>| {
        let app: Box<dyn eframe::App> = Box::new(SecondStart::new(&creation.egui_ctx, sentence));
        Ok(app)
    });
    run(native_options(viewport), created)
}

fn run(options: NativeOptions, created: eframe::AppCreator<'_>) -> Result<(), String> {
    notifier::identify_process();
    eframe::run_native(TITLE, options, created).map_err(|error| no_window(&error))
}

fn native_options(viewport: ViewportBuilder) -> NativeOptions {
    let mut viewport = viewport.with_title(TITLE).with_app_id("thred-console");
    match eframe::icon_data::from_png_bytes(APP_ICON_PNG) {
        Ok(icon) => viewport = viewport.with_icon(icon),
        Err(error) => tracing::warn!("the window has no icon: {error}"),
    }
    NativeOptions {
        viewport,
        renderer: Renderer::Glow,
        ..NativeOptions::default()
    }
}

/// Redraws the countdowns after the machine has slept or its clock was set, because the window's timer stops during sleep. On Windows and
/// macOS, which announce no sleep, a clock jump also counts as the sleep signal.
fn watch_clocks(
    ctx: &egui::Context,
    signals: UnboundedSender<SessionSignal>,
) -> Option<WakeWatcher> {
    let ctx = ctx.clone();
    WakeWatcher::start(move |jump| {
        tracing::debug!("the clocks jumped: {jump:?}");
        if cfg!(any(windows, target_os = "macos")) && jump.slept >= SLEPT {
            // Fails once the window is gone.
            let _ = signals.send(SessionSignal::Sleeping);
        }
        ctx.request_repaint();
    })
    .inspect_err(|error| tracing::warn!("cannot watch the clocks: {error}"))
    .ok()
}

/// The app together with its external inputs, which live as long as it does.
struct WatchedConsole {
    app: ConsoleApp,
    /// Calls from second starts.
    calls: Option<mpsc::Receiver<RaiseCall>>,
    /// Signals that end the program.
    terminations: mpsc::Receiver<()>,
    _watcher: Option<WakeWatcher>,
}

impl eframe::App for WatchedConsole {
    fn raw_input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        self.app.raw_input_hook(ctx, input);
    }

    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.app.logic(ctx, frame);
        if self.terminations.try_recv().is_ok() {
            self.app.close_unasked(ctx);
        }
        for call in self.calls.iter().flat_map(mpsc::Receiver::try_iter) {
            first_instance::handle_call(call, &mut self.app, ctx);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.app.ui(ui, frame);
    }

    fn on_exit(&mut self, gl: Option<&eframe::glow::Context>) {
        self.app.on_exit(gl);
    }
}

/// Chooses what to start with: the demo, the credentials from the environment, or the last used profile. An invalid variable
/// leaves the choice to the user, who may have meant another server or partner.
fn start(
    arguments: &Arguments,
    from: Result<EnvironmentSettings, String>,
    saved: &Saved,
    mut notices: Vec<StartNotice>,
) -> StartOptions {
    let is_invalid = from.is_err();
    let from = from.unwrap_or_else(|sentence| {
        notices.push(invalid_variable(&sentence));
        EnvironmentSettings::default()
    });
    let last = saved.last_profile.clone();
    let credentials = from.credentials;
    let asked = from.look_alike.filter(|_| credentials.is_some());
    if let Some(host) = &asked {
        notices.push(look_alike(host));
    }
    let prefill = match (from.environment, &last) {
        (Some(environment), _) => {
            let partner = credentials.as_ref().filter(|_| asked.is_some());
            Some((environment, partner.map(|credentials| credentials.partner)))
        }
        (None, Some(profile)) => Some((profile.environment.clone(), Some(profile.partner))),
        (None, None) => None,
    };
    let has_other_server = prefill.as_ref().map(|(environment, _)| environment)
        != last.as_ref().map(|profile| &profile.environment);
    let command = if arguments.demo {
        Some(Command::Session(SessionCommand::ExploreDemo))
    } else if asked.is_some() || is_invalid {
        None
    } else if let Some(credentials) = credentials {
        Some(Command::Session(SessionCommand::SignIn {
            credentials,
            source: KeySource::Variables,
            label: String::new(),
        }))
    } else {
        last.filter(|_| !has_other_server)
            .map(|profile| SessionCommand::OpenProfile(profile).into())
    };
    StartOptions {
        command,
        prefill,
        notices,
    }
}

fn invalid_variable(sentence: &str) -> StartNotice {
    StartNotice {
        title: "Environment variables not used",
        body: format!(
            "{sentence} The console did not sign in automatically. Fix the variable and restart the console, or sign in here."
        ),
        file: None,
    }
}

fn look_alike(host: &str) -> StartNotice {
    StartNotice {
        title: "The console did not sign in automatically",
        body: format!(
            "THRED_BASE_URL points to {host}, whose name contains look-alike or accented letters. Nothing was \
             sent there. If this is the right server, enter the key to sign in."
        ),
        file: None,
    }
}

fn no_window(error: &eframe::Error) -> String {
    if cfg!(target_os = "linux")
        && std::env::var_os("DISPLAY").is_none()
        && std::env::var_os("WAYLAND_DISPLAY").is_none()
    {
        return "No display is available: neither DISPLAY nor WAYLAND_DISPLAY is set. Start the console from a \
                desktop session.".to_owned();
    }
    format!(
        "The window could not be opened: {error}. Start the console from a desktop session with OpenGL."
    )
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
    use thred_console::domain::environment::{BaseUrl, Environment};
    use thred_console::domain::profile::Profile;

    use super::*;

    #[test]
    fn an_invalid_variable_is_reported_in_the_window() {
        let begin = |arguments: &[&str]| {
            let arguments = Arguments::parse_from(arguments);
            let from = Err("THRED_API_KEY is not valid text.".to_owned());
            let last = Profile {
                environment: Environment::Sandbox,
                partner: PartnerId::parse("3f2a71c8-05de-4b7e-8d14-61fa20b39c1e").unwrap(),
            };
            let saved = Saved {
                last_profile: Some(last),
                ..Saved::default()
            };
            start(&arguments, from, &saved, Vec::new())
        };
        let plain = begin(&["thred-console"]);
        assert!(plain.command.is_none(), "no sign-in with other credentials");
        assert_eq!(plain.notices[0].title, "Environment variables not used");
        assert!(
            plain.notices[0]
                .body
                .starts_with("THRED_API_KEY is not valid text. ")
        );
        let demo = begin(&["thred-console", "--demo"]);
        assert!(matches!(
            demo.command,
            Some(Command::Session(SessionCommand::ExploreDemo))
        ));
    }

    #[test]
    fn a_look_alike_server_is_shown_before_a_key_is_sent_there() {
        let begin = |look_alike: Option<&str>| {
            let base = BaseUrl::parse("https://xn--pi-6kc.thredfi.com").unwrap();
            let environment = Environment::at(base);
            let partner = PartnerId::parse("3f2a71c8-05de-4b7e-8d14-61fa20b39c1e").unwrap();
            let from = EnvironmentSettings {
                environment: Some(environment.clone()),
                credentials: Some(Credentials {
                    environment,
                    partner,
                    key: ApiKey::parse("s3cret-key-of-the-partner").unwrap(),
                }),
                look_alike: look_alike.map(str::to_owned),
            };
            let arguments = Arguments::parse_from(["thred-console"]);
            (
                start(&arguments, Ok(from), &Saved::default(), Vec::new()),
                partner,
            )
        };
        let (plain, _) = begin(None);
        assert!(matches!(
            plain.command,
            Some(Command::Session(SessionCommand::SignIn { .. }))
        ));
        let (asked, partner) = begin(Some("xn--pi-6kc.thredfi.com"));
        assert!(asked.command.is_none());
        assert_eq!(asked.prefill.unwrap().1, Some(partner));
        assert!(
            asked.notices[0]
                .body
                .contains("points to xn--pi-6kc.thredfi.com,")
        );
    }
}
