//! Standard output for results, standard error for everything else.

use std::io::{self, IsTerminal as _, Write as _};

use super::cli_error::CliError;
use super::exit::CliExit;

/// Writes a result.
///
/// # Errors
/// [`CliExit::Output`], where nobody reads it any more or the disk is full.
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

/// Whether a person would see a result, rather than a program or a file.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Says something to the user, beside the result.
pub(super) fn tell(sentences: &str) {
    // Not `eprintln!`, which panics where nobody reads the standard error.
    let _ = writeln!(io::stderr(), "thred-console: {sentences}");
}
