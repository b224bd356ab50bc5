//! A single run of a program, from its start until none of its processes is left.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::process::{ExitStatus, Stdio};

use secrecy::SecretString;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::answer;
use super::capture::{Capture, OutputOverflow};
use super::group::{self, ProcessGroup, ProcessWatch};
use super::limits::CommandLimits;
use super::process_end::ProcessEnd;
use super::search::SearchPath;
use crate::domain::key_source::command::{CommandExit, CommandProblem};
use crate::key_sources::FetchContext;

/// The arguments of a program.
pub(super) enum ProgramArguments<'a> {
    Words(&'a [String]),
    /// A line for the program to interpret, which is the system's shell.
    #[cfg(feature = "aws")]
    ShellLine(&'a str),
}

/// Runs a program to its end and returns the secret that it prints. `program` is an absolute path. Dropping the future ends the program and all its
/// children that have not left its group.
pub(super) async fn run(
    program: &Path,
    arguments: ProgramArguments<'_>,
    context: &FetchContext,
    limits: CommandLimits,
) -> Result<SecretString, CommandProblem> {
    let not_started = |error: io::Error| not_started(program, &error);
    let mut watch = ProcessWatch::start().map_err(not_started)?;
    let mut child = command(program, arguments, context)
        .spawn()
        .map_err(not_started)?;
    // Dropped before the child is waited for: until then, its id stays reserved for the group.
    let group = ProcessGroup::of(&child);
    let mut output = Capture::new(limits.output, 0);
    let mut errors = Capture::new(limits.errors, limits.passed_over);
    let supervision = supervise(&mut child, &mut watch, &mut output, &mut errors, limits);
    let ended = timeout(limits.time, supervision).await;
    drop(group);
    // It has been killed by now; waiting removes it from the process table.
    let status = timeout(limits.grace, child.wait()).await;
    match ended {
        Err(_) => Err(CommandProblem::TimedOut {
            limit: limits.time,
            said: answer::said(&errors, &output),
        }),
        Ok(Err(problem)) => Err(problem),
        Ok(Ok(())) => {
            let failure = status.ok().and_then(Result::ok).and_then(failure);
            answer::read(failure, &output, &errors)
        }
    }
}

/// Reads the program's output until the program has ended. Does not wait for children that keep the pipes open.
async fn supervise(
    child: &mut Child,
    watch: &mut ProcessWatch,
    output: &mut Capture,
    errors: &mut Capture,
    limits: CommandLimits,
) -> Result<(), CommandProblem> {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let too_much = |OutputOverflow| CommandProblem::TooMuch {
        limit: limits.output,
    };
    let too_many_errors = |OutputOverflow| CommandProblem::TooMuch {
        limit: limits.passed_over,
    };
    let mut reading = pin!(async {
        let output = async {
            match stdout {
                Some(pipe) => output.read(pipe).await.map_err(too_much),
                None => Ok(()),
            }
        };
        let errors = async {
            match stderr {
                Some(pipe) => errors.read(pipe).await.map_err(too_many_errors),
                None => Ok(()),
            }
        };
        tokio::try_join!(output, errors).map(drop)
    });
    let mut ending = pin!(watch.ended(child));
    let ending = tokio::select! {
        // Data in the pipes takes precedence over the end of the program.
        biased;
        read = &mut reading => {
            read?;
            ending.await
        }
        ending = &mut ending => {
            if let Ok(read) = timeout(limits.grace, reading).await {
                read?;
            }
            ending
        }
    };
    match ending {
        ProcessEnd::Exited => Ok(()),
        ProcessEnd::AsksOnTerminal => Err(CommandProblem::AsksOnTerminal),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that runs programs for a key"
)]
fn command(program: &Path, arguments: ProgramArguments<'_>, context: &FetchContext) -> Command {
    let mut command = Command::new(program);
    match arguments {
        ProgramArguments::Words(words) => {
            command.args(words);
        }
        #[cfg(feature = "aws")]
        ProgramArguments::ShellLine(line) => add_shell_line(&mut command, line),
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_ours(name)) {
        command.env_remove(name);
    }
    if let Some(path) = SearchPath::of(context).joined() {
        command.env("PATH", path);
    }
    if let Some(home) = context.home.as_deref().filter(|home| home.is_dir()) {
        command.current_dir(home);
        if cfg!(unix) {
            command.env("HOME", home);
        }
    }
    group::isolate(&mut command);
    command
}

#[cfg(all(feature = "aws", unix))]
fn add_shell_line(command: &mut Command, line: &str) {
    command.arg("-c").arg(line);
}

/// `cmd.exe` removes the outer quotes and knows no escapes, so the line is passed as it is.
#[cfg(all(feature = "aws", windows))]
fn add_shell_line(command: &mut Command, line: &str) {
    command.arg("/C").raw_arg(format!("\"{line}\""));
}

/// Whether a variable belongs to the console. It may contain a Thred key, so it is hidden from the program.
pub(crate) fn is_ours(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let prefix = name.get(..6);
    prefix.is_some_and(|prefix| {
        prefix == "THRED_" || cfg!(windows) && prefix.eq_ignore_ascii_case("THRED_")
    })
}

fn not_started(program: &Path, error: &io::Error) -> CommandProblem {
    let path = program.to_owned();
    // ENOEXEC and ERROR_BAD_EXE_FORMAT have no `ErrorKind`.
    let wrong_format = if cfg!(windows) { 193 } else { 8 };
    if error.raw_os_error() == Some(wrong_format) {
        return CommandProblem::WrongFormat(path);
    }
    match error.kind() {
        // The file itself existed a moment ago, so its interpreter is missing.
        io::ErrorKind::NotFound if program.exists() => CommandProblem::NoInterpreter(path),
        io::ErrorKind::NotFound => CommandProblem::Absent(path),
        io::ErrorKind::PermissionDenied => CommandProblem::NotExecutable(path),
        _ => CommandProblem::NotStarted {
            path,
            reason: error.to_string(),
        },
    }
}

fn failure(status: ExitStatus) -> Option<CommandExit> {
    if status.success() {
        return None;
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Some(CommandExit::Signal(signal));
    }
    Some(CommandExit::Code(status.code().unwrap_or(-1)))
}
