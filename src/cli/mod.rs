//! The command line for scripts: tokens, the list, profiles and checks, without a window or display.
//!
//! It reads the preferences, appends to the history and writes nothing else, because a window may be open on the same
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
mod interruption;
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
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::task::JoinError;
use tokio::time::timeout;

pub use arguments::{CliCommand, ExecArguments, ListArguments, ProfileArgument, TokenArguments};
use cli_error::CliError;
pub use exit::CliExit;

use crate::domain::time::Clock;
use crate::key_sources::ReadVariable;
use crate::platform::clipboard::Clipboard;
use crate::platform::environment_variables::EnvironmentSettings;
use crate::platform::files::AppFolder;
use crate::platform::keychain::Keychain;

/// The environment variable with the API key itself.
pub const KEY_VARIABLE: &str = "THRED_API_KEY";

/// The services outside the program that a command uses.
pub struct CliServices {
    pub clock: Arc<dyn Clock>,
    /// The time zone in which the days of `created:` in a filter begin and end.
    pub zone: TimeZone,
    /// Where keys are stored.
    pub keychain: Arc<dyn Keychain>,
    /// Opens the desktop’s clipboard, without connecting to it yet.
    pub clipboard: fn() -> Box<dyn Clipboard>,
    /// The console’s data folder; `None` if the system provides no location for one.
    pub folder: Option<AppFolder>,
    /// The settings from `THRED_PARTNER_UUID` and related variables, or what is wrong with them.
    pub start: Result<EnvironmentSettings, String>,
    /// Reads an environment variable, for key sources.
    pub variable: ReadVariable,
    /// The user’s home folder, where tools store their tokens.
    pub home: Option<PathBuf>,
}

/// How long an interrupted command may take to clean up. A reader that accepts no more output would block it for ever.
const GRACE: Duration = Duration::from_secs(1);

/// Runs one command; `definition` is that of the whole program. An interruption ends the command, and every program that
/// a key source has started.
#[expect(
    clippy::disallowed_methods,
    reason = "on a task of its own, so that waiting for a file or a reader keeps no interruption from being heard"
)]
pub async fn run(
    command: CliCommand,
    definition: clap::Command,
    services: CliServices,
) -> ExitCode {
    let key = (services.variable)(KEY_VARIABLE);
    let mut execution = tokio::spawn(execute(command, definition, services));
    let result = tokio::select! {
        result = &mut execution => ended(result),
        exit = interruption::interrupted() => {
            execution.abort();
            match timeout(GRACE, execution).await {
                Ok(Err(end)) if end.is_cancelled() => {
                    Err(CliError::new(exit, "Interrupted. Nothing was printed."))
                }
                Ok(result) => ended(result),
                Err(_) => Err(CliError::new(exit, "Interrupted. The output is incomplete.")),
            }
        }
    };
    result.unwrap_or_else(|error| {
        output::tell(&without_key(&error.message, key.as_deref()));
        error.exit.code()
    })
}

fn ended(result: Result<Result<ExitCode, CliError>, JoinError>) -> Result<ExitCode, CliError> {
    result.unwrap_or_else(|end| match end.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Err(CliError::new(CliExit::Interrupted, "Interrupted.")),
    })
}

/// A message about the arguments without the key in the environment, which may have been passed as an argument by mistake.
pub fn without_key(said: &str, key: Option<&str>) -> String {
    match key.map(str::trim).filter(|key| !key.is_empty()) {
        Some(key) => said.replace(key, "[API key]"),
        None => said.to_owned(),
    }
}

async fn execute(
    command: CliCommand,
    definition: clap::Command,
    services: CliServices,
) -> Result<ExitCode, CliError> {
    let services = &services;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_not_repeated() {
        let said = "No profile fits “thred_key”.";
        assert_eq!(
            without_key(said, Some("thred_key\n")),
            "No profile fits “[API key]”."
        );
        assert_eq!(without_key(said, Some(" ")), said);
        assert_eq!(without_key(said, None), said);
    }
}
