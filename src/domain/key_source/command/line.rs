//! Splits a command line into program and arguments, and rejects shell syntax.

mod complaints;
#[cfg(any(unix, test))]
pub(super) mod unix;
#[cfg(any(windows, test))]
pub(super) mod windows;

use std::path::Path;

#[cfg(unix)]
use unix::split;
#[cfg(windows)]
use windows::split;

/// Parses a line into program and arguments.
///
/// # Errors
/// A sentence that says what is wrong.
pub(super) fn read(line: &str) -> Result<(String, Vec<String>), String> {
    if line.contains('\0') {
        return Err("Remove the NUL character.".to_owned());
    }
    if line.starts_with("$ ") {
        return Err(
            "Remove the $ at the start: it is the prompt of a terminal, not part of the command."
                .to_owned(),
        );
    }
    if let Some(complaint) = typography(line) {
        return Err(complaint);
    }
    let mut words = split(line)?.into_iter();
    let program = words.next().filter(|program| !program.trim().is_empty());
    let program = program.ok_or("Enter the program to run.")?;
    if is_assignment(&program) {
        return Err(format!(
            "The command runs without a shell, so {program} does not set a variable. Put env in front of it."
        ));
    }
    let has_folder = program.contains('/') || (cfg!(windows) && program.contains('\\'));
    if has_folder && !Path::new(&program).is_absolute() {
        return Err(format!(
            "{program} is a relative path. Enter the full path of the program, or its name alone to find it in PATH."
        ));
    }
    Ok((program, words.collect()))
}

/// Rejects the typographic quotation marks and dashes that word processors insert.
fn typography(line: &str) -> Option<String> {
    let mut before = ' ';
    let mut is_quoted = false;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let starts_word = before.is_whitespace() && !is_quoted;
        if starts_word && "“”„‘«".contains(c) {
            return Some(format!(
                "Replace the typographic quotation mark {c} with a straight one."
            ));
        }
        let is_option = rest.peek().is_some_and(|next| next.is_alphanumeric());
        if starts_word && "–—−".contains(c) && is_option {
            return Some(format!(
                "An argument starts with the dash {c}. Replace it with - or --, as the tool’s help has it."
            ));
        }
        is_quoted ^= c == '"' || c == '\'';
        before = c;
    }
    None
}

/// `NAME=value` before a program.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}
