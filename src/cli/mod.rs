//! The command line for scripts: tokens, the list, profiles and checks, without a window or a display.
//!
//! It reads the preferences and appends to the history, and writes nothing else: a window may be open on the same
//! folder. Results go to standard output, everything else to standard error.

mod arguments;
mod business;
mod choose_profile;
mod cli_error;
mod copy;
mod definitions;
mod doctor;
mod exec;
mod exit;
mod list;
mod output;
mod profiles;
mod raise;
mod record;
mod sign_in;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::tz::TimeZone;

pub use arguments::{CliCommand, ExecArguments, ListArguments, ProfileArgument, TokenArguments};
use cli_error::CliError;
pub use exit::CliExit;

use crate::domain::time::Clock;
use crate::key_sources::ReadVariable;
use crate::platform::clipboard::Clipboard;
use crate::platform::environment_variables::FromEnvironment;
use crate::platform::files::AppFolder;
use crate::platform::keychain::Keychain;

/// Everything outside the program that a command uses.
pub struct CliServices {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where it is that time: `created:` in a filter begins and ends a day there.
    pub zone: TimeZone,
    /// Where keys are kept.
    pub keychain: Arc<dyn Keychain>,
    /// The desktop’s clipboard, not connected yet.
    pub clipboard: fn() -> Box<dyn Clipboard>,
    /// The console’s folder; `None` where the system has no place for one.
    pub folder: Option<AppFolder>,
    /// What `THRED_PARTNER_UUID` and its like say, or what is wrong with them.
    pub start: Result<FromEnvironment, String>,
    /// A variable of the environment, for the sources of keys.
    pub variable: ReadVariable,
    /// The user’s home folder, where tools keep their tokens.
    pub home: Option<PathBuf>,
}

/// Runs one command; `definition` is that of the whole program. Ends early, and with it every program that a source of keys has started, when the user
/// interrupts it.
pub async fn run(
    command: CliCommand,
    definition: clap::Command,
    services: CliServices,
) -> ExitCode {
    let result = tokio::select! {
        // First: a command may itself take an interruption as its end.
        biased;
        result = obey(command, definition, &services) => result,
        _ = tokio::signal::ctrl_c() => Err(CliError::new(CliExit::Interrupted, "Interrupted. Nothing was printed.")),
    };
    result.unwrap_or_else(|error| {
        output::tell(&error.message);
        error.exit.code()
    })
}

async fn obey(
    command: CliCommand,
    definition: clap::Command,
    services: &CliServices,
) -> Result<ExitCode, CliError> {
    match command {
        CliCommand::Token(arguments) => token::run(arguments, services).await?,
        CliCommand::Exec(arguments) => return exec::run(arguments, services).await,
        CliCommand::List(arguments) => list::run(arguments, services).await?,
        CliCommand::Profiles => profiles::run(services)?,
        CliCommand::Doctor(profile) => doctor::run(&profile, services).await?,
        CliCommand::Raise => raise::run(services).await?,
        CliCommand::Completions { shell } => definitions::completions(shell, definition)?,
        CliCommand::Man => definitions::manual(definition)?,
    }
    Ok(CliExit::Done.code())
}
