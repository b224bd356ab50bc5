//! Unix command lines, split as a POSIX shell does.

use std::iter::Peekable;
use std::str::Chars;

use super::complaints::{no_operator, no_variable};

/// Splits a line into words.
///
/// # Errors
/// Shell syntax, or an unclosed quotation mark.
pub(in crate::domain::key_source::command) fn split(line: &str) -> Result<Vec<String>, String> {
    if let Some(complaint) = complaint(line) {
        return Err(complaint);
    }
    shlex::split(line).ok_or_else(|| "The quotation marks do not match.".to_owned())
}

#[derive(Clone, Copy, PartialEq)]
enum Quote {
    None,
    Single,
    Double,
}

/// Syntax that a shell would interpret and the console does not.
fn complaint(line: &str) -> Option<String> {
    let mut quote = Quote::None;
    let mut is_start = true;
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let starts_word = std::mem::replace(&mut is_start, false);
        match (quote, c) {
            (Quote::Single, '\'') | (Quote::Double, '"') => quote = Quote::None,
            (Quote::Single, _) => {}
            (_, '\\') => {
                if rest.next().is_none() {
                    return Some(
                        "The line ends with a backslash. Remove it, or enter what follows it."
                            .to_owned(),
                    );
                }
            }
            (_, '`') => return Some(no_operator("`")),
            (_, '$') => {
                if let Some(complaint) = expansion(&mut rest, quote) {
                    return Some(complaint);
                }
            }
            (Quote::Double, _) => {}
            (Quote::None, '\'') => quote = Quote::Single,
            (Quote::None, '"') => quote = Quote::Double,
            (Quote::None, '\n' | '\r') => {
                return Some(
                    "Enter one command in one line. Put several into a script and enter the path of the script."
                        .to_owned(),
                );
            }
            (Quote::None, '|' | '&' | '<' | '>' | ';' | '(' | ')') => {
                let is_double = rest.peek() == Some(&c);
                let operator: String = std::iter::repeat_n(c, 1 + usize::from(is_double)).collect();
                return Some(no_operator(&operator));
            }
            (Quote::None, '*' | '?' | '[') => return Some(no_file_names(c)),
            (Quote::None, '~') if starts_word => {
                return Some(
                    "The command runs without a shell, so ~ is not expanded. Enter the full path."
                        .to_owned(),
                );
            }
            (Quote::None, '#') if starts_word => {
                return Some(
                    "Remove the comment after #, or quote it if it is an argument.".to_owned(),
                );
            }
            (Quote::None, _) if c.is_whitespace() && !c.is_ascii() => {
                return Some(
                    "Replace the no-break space between two words with an ordinary one.".to_owned(),
                );
            }
            (Quote::None, _) => is_start = c.is_whitespace(),
        }
    }
    let mark = match quote {
        Quote::None => return None,
        Quote::Single => '\'',
        Quote::Double => '"',
    };
    Some(format!("A quotation mark {mark} is not closed."))
}

/// Rejects an expansion after a dollar sign outside single quotation marks.
fn expansion(rest: &mut Peekable<Chars<'_>>, quote: Quote) -> Option<String> {
    let next = rest.peek().copied()?;
    if next == '(' {
        return Some(no_operator("$("));
    }
    if quote == Quote::None && (next == '\'' || next == '"') {
        return Some(no_operator(&format!("${next}")));
    }
    if next == '{' {
        return Some(no_variable(&format!(
            "${}",
            take_name(rest, |c| c != '}', true)
        )));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    is_name(next).then(|| no_variable(&format!("${}", take_name(rest, is_name, false))))
}

fn take_name(
    rest: &mut Peekable<Chars<'_>>,
    is_part: impl Fn(char) -> bool,
    with_end: bool,
) -> String {
    let mut name = String::new();
    while let Some(c) = rest.next_if(|c| is_part(*c)) {
        name.push(c);
    }
    name.extend(rest.next().filter(|_| with_end));
    name
}

fn no_file_names(pattern: char) -> String {
    format!(
        "The command runs without a shell, so {pattern} is not expanded to file names. Quote it if it belongs to \
         an argument."
    )
}
