//! Why a command returned no key.

mod sign_in;

use std::path::PathBuf;
use std::time::Duration;

use super::super::SourceProblem;
use super::source::CommandSource;
use crate::domain::text::visible;

/// Why a command returned no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandProblem {
    /// No searched folder contains a program of this name.
    NotFound {
        /// The searched folders, in order.
        searched: Vec<PathBuf>,
    },
    /// Nothing exists at the path entered.
    Absent(PathBuf),
    /// The program is no longer where it was.
    Gone {
        path: PathBuf,
        /// The searched folders, in order.
        searched: Vec<PathBuf>,
        /// Where a program of this name is now.
        elsewhere: Option<PathBuf>,
    },
    /// The file may not be executed.
    NotExecutable(PathBuf),
    /// The path is a folder.
    Folder(PathBuf),
    /// The path is not valid text and cannot be stored in the settings file.
    PathNotText(PathBuf),
    /// The file is not a program for this system.
    WrongFormat(PathBuf),
    /// The file is a script whose interpreter is missing.
    NoInterpreter(PathBuf),
    /// The system failed to start it.
    NotStarted {
        path: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// It was stopped because it tried to read from a terminal.
    AsksOnTerminal,
    /// It did not finish in time.
    TimedOut {
        limit: Duration,
        /// Its error output, scrubbed.
        said: String,
    },
    /// It printed more than a secret can contain.
    TooMuch {
        /// Bytes.
        limit: usize,
    },
    /// It ended with an error.
    Failed {
        exit: CommandExit,
        /// Its error output, scrubbed.
        said: String,
    },
    /// It ended without an error but printed nothing.
    Nothing {
        /// Its error output, scrubbed.
        said: String,
    },
    /// It printed only white space.
    Blank,
    /// It printed text in UTF-16.
    Utf16,
    /// It printed something other than text.
    NotText,
}

/// How a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandExit {
    Code(i32),
    Signal(i32),
}

/// Part of every text: the user must know that the failure sent nothing.
const NOTHING_SENT: &str = "Nothing was sent to Thred.";

impl CommandProblem {
    /// The texts for a problem of this command.
    pub fn explain(self, command: &CommandSource) -> SourceProblem {
        let name = command.name();
        match self {
            Self::NotFound { searched } => SourceProblem::new(
                format!("{name} was not found"),
                format!(
                    "No program named {name} is in {}. {NOTHING_SENT} Install it, or enter its full path.",
                    folders(&searched)
                ),
            ),
            Self::Absent(path) => SourceProblem::new(
                format!("{name} was not found"),
                format!(
                    "There is no file at {}. {NOTHING_SENT} Install the program, or correct the path.",
                    shown(&path)
                ),
            ),
            Self::Gone {
                path,
                searched,
                elsewhere,
            } => {
                let next = match elsewhere {
                    Some(there) => format!(
                        "There is one at {}. To use it, test the command again for this profile.",
                        shown(&there)
                    ),
                    None => format!(
                        "It is not in {} either. Reinstall it, or change the command.",
                        folders(&searched)
                    ),
                };
                SourceProblem::new(
                    format!("{name} was moved or uninstalled"),
                    format!(
                        "It was at {} when the command was saved. {NOTHING_SENT} {next}",
                        shown(&path)
                    ),
                )
            }
            Self::NotExecutable(path) => SourceProblem::new(
                format!("{name} is not executable"),
                format!(
                    "{} was found, but you are not allowed to run it. {NOTHING_SENT} Change its permissions, or enter \
                     another program.",
                    shown(&path)
                ),
            ),
            Self::Folder(path) => SourceProblem::new(
                format!("{name} is a folder"),
                format!(
                    "{} is a folder, not a program. {NOTHING_SENT} Enter the full path of the program in it.",
                    shown(&path)
                ),
            ),
            Self::PathNotText(path) => SourceProblem::new(
                format!("{name} can’t be run from its folder"),
                format!(
                    "Its path, {}, is not valid text. Move it to another folder. {NOTHING_SENT}",
                    shown(&path)
                ),
            ),
            Self::WrongFormat(path) => SourceProblem::new(
                format!("{name} is not a program for this computer"),
                format!(
                    "The system cannot run {}: it is built for another system, or is a script without #! in its first \
                     line. {NOTHING_SENT}",
                    shown(&path)
                ),
            ),
            Self::NoInterpreter(path) => SourceProblem::new(
                format!("The interpreter of {name} is missing"),
                format!(
                    "{} exists, but the program that its first line names does not. {NOTHING_SENT} Install the \
                     interpreter, or correct the first line.",
                    shown(&path)
                ),
            ),
            Self::NotStarted { path, reason } => SourceProblem::new(
                format!("{name} could not be started"),
                format!(
                    "The system did not start {}. {NOTHING_SENT} Try the command in a terminal.",
                    shown(&path)
                ),
            )
            .saying(&visible(&reason)),
            Self::AsksOnTerminal => SourceProblem::new(
                format!("{name} asks for input on a terminal"),
                format!(
                    "The console runs it without a terminal, and stopped it. {NOTHING_SENT} Sign in to {name} in a \
                     terminal first, or add an option that turns off prompts."
                ),
            )
            .with_optional_help_command(sign_in::line(command)),
            Self::TimedOut { limit, said } => SourceProblem::new(
                format!("{name} did not finish within {} seconds", limit.as_secs()),
                format!(
                    "The console stopped it. It may be slow, or waiting for input on a terminal, which it does not have \
                     here. {NOTHING_SENT} Run the command in a terminal. If it asks for something there, sign in to \
                     {name} first, or add an option that turns off prompts. If it only takes long, use a command that \
                     prints the secret faster."
                ),
            )
            .with_optional_help_command(sign_in::line(command))
            .saying(&said),
            Self::TooMuch { limit } => SourceProblem::new(
                format!("{name} printed too much"),
                format!(
                    "It printed more than {} KiB, which can’t be a key. The console stopped it. {NOTHING_SENT} Check \
                     that the command prints the secret alone.",
                    limit / 1024
                ),
            ),
            Self::Failed { exit, said } => failed(command, exit, &said),
            Self::Nothing { said } => SourceProblem::new(
                format!("{name} printed nothing"),
                format!(
                    "It ended without an error and without output. {NOTHING_SENT} Check that this is the right \
                     secret and that it has a value."
                ),
            )
            .saying(&said),
            Self::Blank => SourceProblem::new(
                format!("{name} printed only white space"),
                format!("No key found in its output. {NOTHING_SENT} Check that the secret has a value."),
            ),
            Self::Utf16 => SourceProblem::new(
                format!("{name} printed UTF-16 text"),
                format!(
                    "The console reads UTF-8. {NOTHING_SENT} In PowerShell, set [Console]::OutputEncoding to UTF-8 in \
                     the script."
                ),
            ),
            Self::NotText => SourceProblem::new(
                format!("{name} printed binary data"),
                format!(
                    "The key must be UTF-8 text. {NOTHING_SENT} Check that the command prints the secret itself, not a \
                     file or an archive."
                ),
            ),
        }
    }
}

fn failed(command: &CommandSource, exit: CommandExit, said: &str) -> SourceProblem {
    let name = command.name();
    let title = match exit {
        CommandExit::Code(code) => format!("{name} failed with exit code {code}"),
        CommandExit::Signal(signal) => format!("{name} was terminated by signal {signal}"),
    };
    let problem = match sign_in::hint(command, said) {
        Some((hint, line)) => SourceProblem::new(title, format!("{NOTHING_SENT} {hint}"))
            .with_optional_help_command(line),
        None if said.is_empty() => SourceProblem::new(
            title,
            format!(
                "It gave no reason. {NOTHING_SENT} Run the command in a terminal to see what is wrong."
            ),
        ),
        None => SourceProblem::new(
            title,
            format!("{NOTHING_SENT} Run the command in a terminal to try again."),
        ),
    };
    problem.saying(said)
}

fn folders(searched: &[PathBuf]) -> String {
    if searched.is_empty() {
        return "PATH, which is empty".to_owned();
    }
    let searched: Vec<String> = searched.iter().map(|folder| shown(folder)).collect();
    format!("the searched PATH ({})", searched.join(", "))
}

fn shown(path: &std::path::Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
