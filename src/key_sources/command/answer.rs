//! Interprets a program's output as the secret or as a problem.

use std::borrow::Cow;

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::capture::Capture;
use crate::domain::key_source::command::{CommandExit, CommandProblem, scrubbed};

/// The secret in a program's complete output. `failure` is `None` if the program succeeded.
pub(super) fn read(
    failure: Option<CommandExit>,
    output: &Capture,
    errors: &Capture,
) -> Result<SecretString, CommandProblem> {
    if let Some(exit) = failure {
        return Err(CommandProblem::Failed {
            exit,
            said: said(errors, output),
        });
    }
    let bytes = output.bytes();
    if bytes.is_empty() {
        return Err(CommandProblem::Nothing {
            said: said(errors, output),
        });
    }
    if is_utf16(bytes) {
        return Err(CommandProblem::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(CommandProblem::NotText),
        Ok(text) if text.trim().is_empty() => Err(CommandProblem::Blank),
        Ok(text) => Ok(SecretString::from(text)),
        Err(_) => Err(CommandProblem::NotText),
    }
}

/// A program's standard error, without anything that may be secret.
pub(super) fn said(errors: &Capture, output: &Capture) -> String {
    let mut text = lossy(errors.bytes());
    if !errors.is_complete() {
        // Half a secret could not be recognised, so cut at white space.
        let end = text.rfind(char::is_whitespace).unwrap_or(0);
        text.truncate(end);
    }
    let mut said = scrubbed(&text, &lossy(output.bytes()));
    if !errors.is_complete() {
        said.push_str(" …");
    }
    said
}

fn lossy(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    })
}

/// Has a byte order mark, or a NUL in every second position.
fn is_utf16(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_latin = |first: usize| {
        bytes.len() >= 4 && bytes.iter().skip(first).step_by(2).all(|byte| *byte == 0)
    };
    has_mark || (bytes.len().is_multiple_of(2) && is_latin(0) != is_latin(1))
}
