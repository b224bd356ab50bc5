//! `exec`: runs a program with a token in its environment, and nowhere else.

use std::io;
use std::process::{Command, ExitCode};

use secrecy::ExposeSecret as _;

use super::CliServices;
use super::arguments::ExecArguments;
use super::cli_error::CliError;
use super::exit::CliExit;
use super::token::issue;
use crate::domain::text::visible;
use crate::domain::token::{Handout, TokenFormat};

/// Where the program finds the token: the variable that the formats `env` and `curl` name as well.
const TOKEN_VARIABLE: &str = "THRED_TOKEN";

/// What the program must not inherit: it opens every business.
const KEY_VARIABLES: [&str; 2] = ["THRED_API_KEY", "THRED_PARTNER_UUID"];

/// Returns how the program has ended, where it does not take the place of this one.
pub(super) async fn run(
    arguments: ExecArguments,
    services: &CliServices,
) -> Result<ExitCode, CliError> {
    let Some((program, rest)) = arguments.command.split_first() else {
        let message = "Name the program to run after --. Nothing was fetched.";
        return Err(CliError::new(CliExit::Usage, message));
    };
    let named = arguments.profile.profile.as_deref();
    let issued = issue(
        named,
        &arguments.business,
        arguments.min_life,
        None,
        services,
    )
    .await?;
    let handout = issued.handout(TokenFormat::Raw, services)?;
    let mut command = command(program, &handout);
    command.args(rest);
    start(command).map_err(|error| {
        let exit = match error.kind() {
            io::ErrorKind::NotFound => CliExit::ProgramMissing,
            _ => CliExit::ProgramRefused,
        };
        let name = program.to_string_lossy();
        let message = format!("{} could not be started: {error}.", visible(&name));
        CliError::new(exit, message)
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program that the user names on the command line, without limits"
)]
fn command(program: &std::ffi::OsStr, handout: &Handout) -> Command {
    let mut command = Command::new(program);
    for name in KEY_VARIABLES {
        command.env_remove(name);
    }
    command.env(TOKEN_VARIABLE, handout.text().expose_secret());
    command
}

/// The program takes the place of this one: signals and the exit code need no passing on, and no copy of the token
/// stays behind.
#[cfg(unix)]
fn start(mut command: Command) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(mut command: Command) -> io::Result<ExitCode> {
    let status = command.status()?;
    // Windows counts further than a portable exit code; any failure stays one.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(CliExit::Failed as u8)))
}
