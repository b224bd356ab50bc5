//! Quotes words for command lines that the user may paste into a terminal.

use super::visible;

/// A text, such as a path, as one word for a POSIX shell. Invisible characters are replaced by their codes: such a path
/// is then not found, but the terminal does not act on them either.
pub fn shell_word(text: &str) -> String {
    let shown = visible(text).into_owned();
    match shlex::try_quote(&shown) {
        Ok(word) => word.into_owned(),
        // Fails only on NUL, which has been made visible.
        Err(_) => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_that_runs_nothing() {
        for path in ["/home/a b/$(id)", "/home/it's", "/tmp/\u{1b}[31m`id`"] {
            let word = shell_word(path);
            assert!(!word.contains('\u{1b}'), "{word:?}");
            let read = shlex::split(&format!("chmod 700 {word}")).unwrap();
            assert_eq!(read.len(), 3, "{word}");
        }
        assert_eq!(shell_word("/home/a"), "/home/a");
    }
}
