//! Windows command lines, split by the rules of `CommandLineToArgvW`.

use super::complaints::{no_operator, no_variable};

/// Splits a line into words.
///
/// # Errors
/// Shell syntax, or an unclosed quotation mark.
pub(in crate::domain::key_source::command) fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        // In the program name, a backslash never escapes.
        let (word, len) = read_word(rest, words.is_empty())?;
        words.push(word);
        rest = rest[len..].trim_start();
    }
    Ok(words)
}

/// The first word of a text, and its length in the text in bytes.
fn read_word(text: &str, is_program: bool) -> Result<(String, usize), String> {
    let mut word = String::new();
    let mut is_quoted = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '\\' && !is_program {
            let count = text[at..].len() - text[at..].trim_start_matches('\\').len();
            at += count;
            let escapes = text[at..].starts_with('"');
            let kept = if escapes { count / 2 } else { count };
            word.extend(std::iter::repeat_n('\\', kept));
            if escapes && count % 2 == 1 {
                word.push('"');
                at += 1;
            }
            continue;
        }
        if c == '"' {
            at += 1;
            // A doubled quotation mark inside a quoted part stands for a single one.
            if is_quoted && !is_program && text[at..].starts_with('"') {
                word.push('"');
                at += 1;
            } else {
                is_quoted = !is_quoted;
            }
            continue;
        }
        if !is_quoted {
            if c == '\n' || c == '\r' {
                return Err("Enter one command in one line. Put several into a script and enter the path of the script."
                    .to_owned());
            }
            if c.is_whitespace() {
                break;
            }
            if "|&<>".contains(c) {
                return Err(no_operator(&c.to_string()));
            }
        }
        if let Some(variable) = variable(&text[at..]) {
            return Err(no_variable(variable));
        }
        word.push(c);
        at += c.len_utf8();
    }
    if is_quoted {
        return Err("A quotation mark \" is not closed.".to_owned());
    }
    Ok((word, at))
}

/// A variable at the start of a text: `%NAME%` of `cmd` or `$env:NAME` of PowerShell.
fn variable(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(rest) = text.strip_prefix('%') {
        let len = rest.find(|c| !is_name(c))?;
        return (len > 0 && rest[len..].starts_with('%')).then(|| &text[..len + 2]);
    }
    let prefix = text
        .get(..5)
        .filter(|prefix| prefix.eq_ignore_ascii_case("$env:"))?;
    let rest = &text[prefix.len()..];
    let len = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    Some(&text[..prefix.len() + len])
}
