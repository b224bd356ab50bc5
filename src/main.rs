//! Entry point: reads the arguments, starts the system services and opens the window or runs a command.

// Keeps Windows from opening a console window. Scripts run `thred-console.com`, a copy marked as a console program.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]
#![warn(unreachable_pub)]

mod arguments;
mod first_instance;
mod termination;
mod window;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory as _, Parser as _};
use thred_console::cli::{self, CliCommand, CliExit, CliServices};
use thred_console::demo::{DemoOptions, DemoServer, run_command};
use thred_console::domain::time::Clock as _;
use thred_console::platform::clipboard::native::NativeClipboard;
use thred_console::platform::clock::SystemClock;
use thred_console::platform::environment_variables::{self, SECRET_VARIABLES, StartKey};
use thred_console::platform::files::AppFolder;
use thred_console::platform::hardening;
use thred_console::platform::keychain::KeyringKeychain;
use thred_console::platform::time_zone::system_time_zone;
use thred_console::platform::wiping_allocator::WipingAllocator;
use thred_console::runtime::StoredFiles;
use tokio::runtime::{Builder, Runtime};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, filter};

use arguments::{Arguments, Mode};

#[global_allocator]
static ALLOCATOR: WipingAllocator = WipingAllocator::new();

fn main() -> ExitCode {
    let key = take_secret_variables();
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error, &key));
    log_to_stderr();
    hardening::install_panic_hook();
    hardening::keep_memory_private();
    let tokio = match Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(tokio) => tokio,
        Err(error) => {
            return fail(&no_threads(&error));
        }
    };
    // Held until the process exits, because threads may still be writing after the window has closed.
    let lock;
    let result = match arguments.mode {
        Some(Mode::Script(command)) => {
            let exit = run_script(&tokio, command, key);
            tokio.shutdown_background();
            return exit;
        }
        Some(Mode::ServeDemo(size)) => tokio.block_on(serve_demo(size.businesses)),
        None => match claim(&tokio, &arguments, &key) {
            Ok(Some(mut kept)) => {
                lock = kept.lock.take();
                let listener = first_instance::listen(&tokio, kept.folder.as_ref(), lock.as_ref());
                window::open(&tokio, &arguments, key, kept, listener)
            }
            Ok(None) => Ok(()),
            Err(sentence) => Err(sentence),
        },
    };
    // Does not wait for blocked threads: an unanswered keychain prompt must not keep the process alive.
    tokio.shutdown_background();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

/// Removes the secrets from the environment, so that the browser and other programs that libraries start do not inherit them. Returns the key.
#[expect(
    unsafe_code,
    reason = "libraries start programs with the whole environment of this process"
)]
fn take_secret_variables() -> StartKey {
    let key = StartKey::read();
    for name in SECRET_VARIABLES {
        // SAFETY: `main` calls this before anything else, so no other thread exists that could read the environment.
        unsafe { std::env::remove_var(name) };
    }
    key
}

/// Prints what is wrong with the arguments, or the requested help, and exits. The key is removed, in case it was passed as an argument.
fn refuse(error: &clap::Error, key: &StartKey) -> ! {
    let said = error.to_string();
    let harmless = cli::without_key(&said, key.text());
    let printed = if harmless == said {
        error.print()
    } else {
        write!(std::io::stderr(), "{harmless}")
    };
    let code = match error.exit_code() {
        0 if printed.is_err() => CliExit::Output as i32,
        code => code,
    };
    std::process::exit(code)
}

/// Runs a command. A runtime of its own waits for interruptions, because blocked threads of `workers` could miss them.
fn run_script(workers: &Runtime, command: CliCommand, key: StartKey) -> ExitCode {
    match Builder::new_current_thread().enable_all().build() {
        Ok(waiting) => waiting.block_on(cli::run(
            command,
            Arguments::command(),
            cli_services(key),
            workers.handle(),
        )),
        Err(error) => fail(&no_threads(&error)),
    }
}

fn no_threads(error: &std::io::Error) -> String {
    format!("The console could not start its background threads: {error}.")
}

fn cli_services(key: StartKey) -> CliServices {
    CliServices {
        clock: Arc::new(SystemClock),
        zone: system_time_zone(),
        keychain: Arc::new(KeyringKeychain::native()),
        clipboard: || Box::new(NativeClipboard::new()),
        folder: AppFolder::locate().ok(),
        start: environment_variables::read(&key),
        key,
        variable: Arc::new(|name| std::env::var(name).ok()),
        home: std::env::home_dir(),
    }
}

/// Takes the app's folder for this run. Returns `None` if another run has it and has brought its window to the front.
///
/// # Errors
/// A sentence saying that another run has the folder and does not answer. It is for terminals: if there is a display, `claim` has
/// already shown it in a window.
fn claim(
    tokio: &Runtime,
    arguments: &Arguments,
    key: &StartKey,
) -> Result<Option<StoredFiles>, String> {
    let folder = AppFolder::locate()
        .inspect_err(|error| tracing::warn!("{error}"))
        .ok();
    let in_use = match StoredFiles::claim(folder, SystemClock.now().wall) {
        Ok(kept) => return Ok(Some(kept)),
        Err(in_use) => in_use,
    };
    let first = AppFolder::at(&in_use.folder);
    if let Some(said) = first_instance::raise(tokio, &first, arguments, key) {
        print_message(&said);
        return Ok(None);
    }
    let sentence = in_use.to_string();
    if let Err(why) = window::open_instead(sentence.clone()) {
        tracing::debug!("{why}");
    }
    Err(sentence)
}

fn print_message(sentence: &str) {
    // Not `eprintln!`, which panics when standard error is closed.
    let _ = writeln!(std::io::stderr(), "thred-console: {sentence}");
}

fn fail(sentence: &str) -> ExitCode {
    print_message(sentence);
    ExitCode::FAILURE
}

/// Logs to standard error. `RUST_LOG` sets levels, also per module; span filters are not supported. Other crates are
/// limited to `info`, because some log request contents below that.
fn log_to_stderr() {
    let wanted: Option<filter::Targets> = std::env::var("RUST_LOG")
        .ok()
        .and_then(|wanted| wanted.parse().ok());
    let wanted =
        wanted.unwrap_or_else(|| filter::Targets::new().with_default(tracing::Level::WARN));
    let ours_or_quiet = filter::filter_fn(|metadata| {
        metadata.target().starts_with("thred_console") || *metadata.level() <= tracing::Level::INFO
    });
    let mut lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    if !std::io::stderr().is_terminal() {
        lines.set_ansi(false);
    }
    tracing_subscriber::registry()
        .with(wanted)
        .with(lines.with_filter(ours_or_quiet))
        .init();
}

/// Serves generated businesses until the process ends.
async fn serve_demo(businesses: u32) -> Result<(), String> {
    let options = DemoOptions {
        businesses: businesses as usize,
        ..DemoOptions::default()
    };
    let server = DemoServer::start(options).await.map_err(|error| {
        format!("The demo server could not open a port on this computer: {error}.")
    })?;
    writeln!(
        std::io::stdout(),
        "url={}\npartner={}\nkey={}",
        server.base_url(),
        server.partner_id(),
        server.api_key()
    )
    .map_err(|error| {
        format!(
            "The demo server’s address could not be printed: {error}. The server was not started."
        )
    })?;
    handle_portal_commands(&server);
    std::future::pending().await
}

/// Runs the commands on standard input, which create and revoke keys, until it is closed.
#[expect(
    clippy::disallowed_methods,
    reason = "reading lines blocks; the thread ends with the process"
)]
fn handle_portal_commands(server: &DemoServer) {
    let state = server.state().clone();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let Ok(line) = line else { break };
            // Ignores write errors: a request counts even if nobody reads the output.
            let _ = writeln!(std::io::stdout(), "{}", run_command(&state, &line));
        }
    });
}
