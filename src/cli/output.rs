//! Prints results to standard output and everything else to standard error.

use std::io::{self, IsTerminal as _, Write as _};

use super::cli_error::CliError;
use super::exit::CliExit;
use crate::domain::text::visible;

/// Prints a result to standard output.
///
/// An output that was closed before the start (`>&-`) counts as written. Rust opens `/dev/null` in its place before `main`
/// runs, with the same flags as callers that discard the output, so the two can't be told apart.
///
/// # Errors
/// [`CliExit::Output`] if the reader has closed the output or the disk is full.
pub(super) fn print(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|error| {
        let message = match error.kind() {
            io::ErrorKind::BrokenPipe => {
                "The program that reads this output has closed it. The output is incomplete."
                    .to_owned()
            }
            _ => format!("The output could not be written: {error}. It is incomplete."),
        };
        CliError::new(CliExit::Output, message)
    })
}

/// Whether standard output is a terminal, so that a person would see the result.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Prints a message to the user on standard error. Control characters are made visible, because paths and names may contain them.
pub(super) fn print_message(sentences: &str) {
    // Not `eprintln!`, which panics if standard error is closed.
    let _ = writeln!(io::stderr(), "thred-console: {}", printable(sentences));
}

/// The sentences with control characters made visible, except for line ends.
pub(super) fn printable(sentences: &str) -> String {
    let lines: Vec<_> = sentences.lines().map(visible).collect();
    lines.join("\n")
}

/// A message about the arguments without the key in the environment, which may have been passed as an argument by mistake.
pub fn without_key(said: &str, key: Option<&str>) -> String {
    match key.map(str::trim).filter(|key| !key.is_empty()) {
        Some(key) => said.replace(key, "[API key]"),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_control_the_terminal() {
        let text = "/tmp/\u{1b}[31mx is missing.\nRun: thred-console doctor";
        let shown = printable(text);
        assert!(!shown.contains('\u{1b}'), "{shown}");
        assert!(shown.ends_with("is missing.\nRun: thred-console doctor"));
    }

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
