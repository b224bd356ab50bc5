//! Runs a program that prints the key: without a shell, under limits, and only as long as somebody waits for the result.

mod answer;
mod capture;
mod limits;
mod process;
mod process_end;
mod search;
#[cfg(test)]
#[cfg(unix)]
mod tests;

#[cfg_attr(unix, path = "group/unix.rs")]
#[cfg_attr(windows, path = "group/windows.rs")]
mod group;

use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;

use self::limits::CommandLimits;
use self::process::ProgramArguments;
pub(crate) use self::process::is_ours;
use self::search::SearchPath;
use super::FetchContext;
use super::fetched_secret::FetchedSecret;
use crate::domain::key_source::command::{CommandProblem, CommandSource};
use crate::domain::key_source::{ExternalSource, KeyVersion, SourceProblem};

/// Runs the program and returns its output.
///
/// # Errors
/// What happened, with a text of its own for each kind of response.
pub(super) async fn fetch(
    command: &CommandSource,
    context: &FetchContext,
) -> Result<FetchedSecret, SourceProblem> {
    fetch_within(command, context, CommandLimits::DEFAULT).await
}

/// Runs another tool under the same limits and returns its output.
pub(super) async fn output_of(
    program: &Path,
    arguments: &[String],
    longest: usize,
    context: &FetchContext,
) -> Result<SecretString, CommandProblem> {
    let limits = CommandLimits {
        output: longest,
        ..CommandLimits::DEFAULT
    };
    let arguments = ProgramArguments::Words(arguments);
    process::run(program, arguments, context, limits).await
}

/// Runs a line with the system's shell and returns its output. The caller limits the time.
#[cfg(feature = "aws")]
pub(super) async fn output_of_line(
    line: &str,
    context: &FetchContext,
) -> Result<SecretString, CommandProblem> {
    let limits = CommandLimits {
        time: Duration::MAX,
        ..CommandLimits::DEFAULT
    };
    let shell = match cfg!(windows) {
        true => (context.variable)("ComSpec").unwrap_or_else(|| "cmd.exe".to_owned()),
        false => "/bin/sh".to_owned(),
    };
    let arguments = ProgramArguments::ShellLine(line);
    process::run(Path::new(&shell), arguments, context, limits).await
}

async fn fetch_within(
    command: &CommandSource,
    context: &FetchContext,
    limits: CommandLimits,
) -> Result<FetchedSecret, SourceProblem> {
    let run = async {
        let program = SearchPath::of(context).locate(command)?;
        let (_, arguments) = command.words();
        let arguments = ProgramArguments::Words(&arguments);
        let text = process::run(&program, arguments, context, limits).await?;
        Ok((text, program))
    };
    let (text, program) = run
        .await
        .map_err(|problem: CommandProblem| problem.explain(command))?;
    let found = command.clone().found_at(program);
    Ok(FetchedSecret {
        text,
        version: KeyVersion::default(),
        found: Some(ExternalSource::Command(found)),
    })
}
