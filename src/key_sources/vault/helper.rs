//! Runs the token helper of the command-line tool:
//! <https://developer.hashicorp.com/vault/docs/commands/token-helper>.

use std::path::Path;

use secrecy::SecretString;

use crate::domain::key_source::command::{CommandExit, CommandProblem};
use crate::domain::key_source::vault::VaultProblem;
use crate::domain::text::excerpt;
use crate::key_sources::{FetchContext, command};

/// Largest token, bytes; tokens of a JWT login have several thousand.
pub(super) const MAX_TOKEN_LEN: usize = 32 << 10;
/// How much of its error output is shown, characters.
const MAX_QUOTE_LEN: usize = 300;

/// Runs the helper with `get`. Returns the token, or `None` if it has none. `file` is the settings file that names the helper, for error messages.
/// Dropping the future ends the helper.
pub(super) async fn run_helper(
    helper: &str,
    file: &str,
    context: &FetchContext,
) -> Result<Option<SecretString>, VaultProblem> {
    let program = Path::new(helper);
    if !program.is_absolute() || !program.exists() && helper.contains(char::is_whitespace) {
        let (helper, file) = (helper.to_owned(), file.to_owned());
        return Err(VaultProblem::HelperNotAProgram { helper, file });
    }
    let printed = command::output_of(program, &["get".to_owned()], MAX_TOKEN_LEN, context).await;
    let (why, said) = match printed {
        Ok(printed) => return Ok(Some(printed)),
        Err(CommandProblem::Nothing { .. } | CommandProblem::Blank) => return Ok(None),
        Err(problem) => words(problem),
    };
    Err(VaultProblem::HelperFailed {
        helper: helper.to_owned(),
        why,
        said: excerpt(&said, MAX_QUOTE_LEN),
    })
}

/// How it failed, and what it printed.
fn words(problem: CommandProblem) -> (String, String) {
    let plain = |why: &str| (why.to_owned(), String::new());
    match problem {
        CommandProblem::Failed { exit, said } => match exit {
            CommandExit::Code(code) => (format!("it ended with {code}"), said),
            CommandExit::Signal(signal) => (format!("signal {signal} ended it"), said),
        },
        CommandProblem::TimedOut { limit, said } => {
            (format!("it did not end within {} s", limit.as_secs()), said)
        }
        CommandProblem::TooMuch { .. } => plain("it printed more than a token"),
        CommandProblem::AsksOnTerminal => plain("it asks for something on a terminal"),
        CommandProblem::NotExecutable(_) => plain("this user may not run it"),
        CommandProblem::NotStarted { reason, .. } => (reason, String::new()),
        CommandProblem::Folder(_)
        | CommandProblem::PathNotText(_)
        | CommandProblem::WrongFormat(_)
        | CommandProblem::NoInterpreter(_) => plain("it is not a program of this system"),
        CommandProblem::NotFound { .. }
        | CommandProblem::Absent(_)
        | CommandProblem::Gone { .. } => plain("there is no such program"),
        CommandProblem::Nothing { .. }
        | CommandProblem::Blank
        | CommandProblem::Utf16
        | CommandProblem::NotText => plain("what it printed is not a token"),
    }
}
