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
mod list;
mod output;
mod profiles;
mod raise;
mod record;
mod services;
mod sign_in;
mod token;

use std::future::poll_fn;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;

pub use arguments::{
    CliCommand, ExecArguments, ListArguments, ProfileArgument, TokenArguments, WantedToken,
};
use cli_error::CliError;
pub use exit::CliExit;
pub use output::without_key;
pub use services::CliServices;

use crate::platform::termination;

/// How long an interrupted command may take to clean up: longer than clearing a busy clipboard is retried. A reader that
/// accepts no more output would block it forever.
const GRACE: Duration = Duration::from_secs(3);

/// Runs one command on `workers`; `definition` is that of the whole program. An interruption ends the command, and every
/// program that a key source has started.
///
/// The future belongs on a runtime of its own: one that shares its threads with the command would miss an
/// interruption while they are blocked.
#[expect(
    clippy::disallowed_methods,
    reason = "a task of its own, so that a blocked file or reader cannot delay an interruption"
)]
pub async fn run(
    command: CliCommand,
    definition: clap::Command,
    services: CliServices,
    workers: &Handle,
) -> ExitCode {
    let key = services.key.clone();
    let (not_done, interrupted) = (command.not_done(), command.interrupted());
    let is_settled = Arc::new(AtomicBool::new(false));
    let execution = execute(command, definition, services, Arc::clone(&is_settled));
    let result = until_interrupted(
        || workers.spawn(execution),
        async { termination::requested().await.into() },
        &is_settled,
        interrupted,
    )
    .await;
    result.unwrap_or_else(|error| {
        let sentences = error.sentences(not_done);
        last_words(without_key(&sentences, key.text()));
        error.exit.code()
    })
}

/// Prints the message with which the command ends. Waits for it only briefly: nobody may read standard error any more, and a blocked write would keep
/// the command alive whatever signal it gets.
#[expect(
    clippy::disallowed_methods,
    reason = "the thread may stay blocked; the command ends without it"
)]
fn last_words(sentences: String) {
    let (done, is_done) = mpsc::channel();
    std::thread::spawn(move || {
        output::print_message(&sentences);
        let _ = done.send(());
    });
    let _ = is_done.recv_timeout(GRACE);
}

/// Starts the command and waits for its end, or ends it at an interruption.
///
/// The first to set `is_settled` wins. If that is the command, it has started a program, which receives the
/// interruption as well and decides what to do.
async fn until_interrupted<T>(
    start: impl FnOnce() -> JoinHandle<Result<T, CliError>>,
    interruption: impl Future<Output = CliExit>,
    is_settled: &AtomicBool,
    interrupted: String,
) -> Result<T, CliError> {
    let mut interruption = pin!(interruption);
    // The first poll installs the handlers of the signals, before the command does anything.
    let earlier = poll_fn(|cx| Poll::Ready(interruption.as_mut().poll(cx))).await;
    if let Poll::Ready(exit) = earlier {
        return Err(CliError::new(exit, interrupted));
    }
    let mut execution = start();
    let exit = tokio::select! {
        result = &mut execution => return ended(result),
        exit = interruption => exit,
    };
    if is_settled.swap(true, Ordering::Relaxed) {
        return ended(execution.await);
    }
    execution.abort();
    match timeout(GRACE, execution).await {
        Ok(Err(end)) if end.is_cancelled() => Err(CliError::new(exit, interrupted)),
        Ok(result) => ended(result),
        Err(_) => Err(CliError::new(
            exit,
            "Interrupted. The output is incomplete.",
        )),
    }
}

fn ended<T>(result: Result<Result<T, CliError>, JoinError>) -> Result<T, CliError> {
    result.unwrap_or_else(|end| match end.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Err(CliError::new(CliExit::Interrupted, "Interrupted.")),
    })
}

async fn execute(
    command: CliCommand,
    definition: clap::Command,
    services: CliServices,
    is_settled: Arc<AtomicBool>,
) -> Result<ExitCode, CliError> {
    let services = &services;
    match command {
        CliCommand::Token(arguments) => token::run(arguments, services).await?,
        CliCommand::Exec(arguments) => return exec::run(arguments, services, &is_settled).await,
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
#[expect(
    clippy::disallowed_methods,
    reason = "a test starts the task that an interruption ends"
)]
mod tests {
    use super::*;

    /// A command that takes a minute, and an interruption after a second.
    async fn interrupt(has_started_a_program: bool) -> Result<u8, CliError> {
        let is_settled = AtomicBool::new(has_started_a_program);
        let start = || {
            tokio::spawn(async {
                tokio::time::sleep(Duration::from_mins(1)).await;
                Ok(7)
            })
        };
        let interruption = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            CliExit::Interrupted
        };
        let words = "Interrupted. Nothing was printed.".to_owned();
        until_interrupted(start, interruption, &is_settled, words).await
    }

    #[tokio::test(start_paused = true)]
    async fn an_interruption_ends_the_command_unless_it_runs_a_program() {
        let error = interrupt(false).await.unwrap_err();
        assert_eq!(error.exit, CliExit::Interrupted);
        assert_eq!(error.message, "Interrupted. Nothing was printed.");
        // A program decides for itself, and its exit code counts.
        assert_eq!(interrupt(true).await, Ok(7));
    }

    #[test]
    fn an_error_says_what_the_command_has_not_done() {
        use clap::{FromArgMatches as _, Subcommand as _};
        let parse = |line: &str| {
            let definition = CliCommand::augment_subcommands(clap::Command::new("thred-console"));
            let words = format!("thred-console {line}");
            let matches = definition.try_get_matches_from(words.split(' ')).unwrap();
            CliCommand::from_arg_matches(&matches).unwrap()
        };
        for (line, not_done) in [
            ("token a", "Nothing was printed."),
            ("token a --copy", "Nothing was copied."),
            ("exec a -- env", "The program was not started."),
            ("list", "Nothing was printed."),
        ] {
            let error = CliError::undone(CliExit::Server, "It failed.", "Try again.");
            let sentences = error.sentences(parse(line).not_done());
            assert_eq!(
                sentences,
                format!("It failed. {not_done} Try again."),
                "{line}"
            );
        }
        // What was on the clipboard has been said by then.
        assert_eq!(parse("token a --copy").interrupted(), "Interrupted.");
        let exec = parse("exec a -- env").interrupted();
        assert_eq!(exec, "Interrupted. The program was not started.");
    }
}
