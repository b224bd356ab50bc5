//! `exec`: runs a program with a token in its environment and nowhere else.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};

use secrecy::ExposeSecret as _;

use super::arguments::ExecArguments;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::services::CliServices;
use super::token::issue;
use crate::domain::text::visible;
use crate::domain::token::{Handout, TokenFormat};
use crate::key_sources::is_ours;

/// The variable that contains the token. The formats `env` and `curl` use the same name.
const TOKEN_VARIABLE: &str = "THRED_TOKEN";

/// The console's own variables that the program may have, because they contain no key.
const HARMLESS: [&str; 2] = ["THRED_BASE_URL", "THRED_CONSOLE_HOME"];

/// Runs the program. Returns its exit code if it does not replace this process.
///
/// Sets `is_settled` before the program starts; if an interruption has set it first, the program does not start.
pub(super) async fn run(
    arguments: ExecArguments,
    services: &CliServices,
    is_settled: &AtomicBool,
) -> Result<ExitCode, CliError> {
    let Some((program, rest)) = arguments.command.split_first() else {
        let message = "Name the program to run after --. Nothing was fetched.";
        return Err(CliError::new(CliExit::Usage, message));
    };
    let found = find(program, services)
        .map_err(|error| not_started(program, None, &error, "Nothing was fetched."))?;
    let issued = issue(&arguments.wanted, None, services).await?;
    let handout = issued.handout(TokenFormat::Raw, services)?;
    let mut command = command(program, &handout);
    command.args(rest);
    if is_settled.swap(true, Ordering::Relaxed) {
        return Err(CliError::undone(CliExit::Interrupted, "Interrupted.", ""));
    }
    start(command).map_err(|error| not_started(program, found, &error, "The token was not used."))
}

/// The error of a program that was found at `found` before, or not looked for.
fn not_started(
    program: &OsStr,
    found: Option<PathBuf>,
    error: &io::Error,
    not_done: &str,
) -> CliError {
    let exit = match error.kind() {
        io::ErrorKind::NotFound => CliExit::ProgramMissing,
        _ => CliExit::ProgramNotStarted,
    };
    let name = program.to_string_lossy();
    let name = visible(&name);
    let message = match error.kind() {
        // The system says the same of a script and of the program that its first line names.
        io::ErrorKind::NotFound if found.is_some_and(|program| program.exists()) => {
            format!("{name} could not be started: its interpreter was not found. {not_done}")
        }
        io::ErrorKind::NotFound => format!("{name} was not found. {not_done}"),
        _ => format!("{name} could not be started: {error}. {not_done}"),
    };
    CliError::new(exit, message)
}

/// Searches for the program as starting it would, so that no token is fetched for a missing program. Returns its path if it is known.
#[cfg(unix)]
fn find(program: &OsStr, services: &CliServices) -> io::Result<Option<PathBuf>> {
    let has_folder = program.as_encoded_bytes().contains(&b'/');
    let path = (services.variable)("PATH").filter(|_| !has_folder);
    let Some(path) = path else {
        // Without PATH, the system searches its own default folders.
        return match has_folder {
            true => may_run(program.into()).map(Some),
            false => Ok(None),
        };
    };
    let mut refused = None;
    for folder in std::env::split_paths(&path) {
        match may_run(folder.join(program)) {
            Ok(path) => return Ok(Some(path)),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => refused = Some(error),
            Err(_) => {}
        }
    }
    Err(refused.unwrap_or_else(|| io::ErrorKind::NotFound.into()))
}

#[cfg(unix)]
fn may_run(program: PathBuf) -> io::Result<PathBuf> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = program.metadata()?;
    let may_run = found.is_file() && found.permissions().mode() & 0o111 != 0;
    may_run
        .then_some(program)
        .ok_or_else(|| io::ErrorKind::PermissionDenied.into())
}

/// Does nothing: Windows has its own rules for program names, and only starting a program shows whether it exists.
#[cfg(not(unix))]
fn find(_: &OsStr, _: &CliServices) -> io::Result<Option<PathBuf>> {
    Ok(None)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program that the user names on the command line, without limits"
)]
fn command(program: &OsStr, handout: &Handout) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if is_ours(&name) && !HARMLESS.iter().any(|harmless| name == *harmless) {
            command.env_remove(name);
        }
    }
    command.env(TOKEN_VARIABLE, handout.text().expose_secret());
    command
}

/// Replaces this process with the program, so that signals and exit codes need no forwarding and no copy of the token
/// stays behind.
#[cfg(unix)]
fn start(mut command: Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(mut command: Command) -> io::Result<ExitCode> {
    let status = command.status()?;
    // Exit codes on Windows can exceed 255. Those become a general failure.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(CliExit::Failed as u8)))
}
