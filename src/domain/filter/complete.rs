//! Completes the term that is being typed.

use super::keys::KEYS;
use crate::domain::business::BusinessText;
use crate::domain::text::{counted, fold, is_invisible};

/// How many completions are offered.
const MAX_OFFERED: usize = 8;
/// A shorter word is more likely the start of a name.
const MIN_LETTERS: usize = 2;

/// Completions of the last word of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// Start of the word in the draft, bytes.
    pub from: usize,
    /// Whether the options are values of a key rather than keys. Only values are chosen with the arrow keys.
    pub are_values: bool,
    pub options: Vec<Completion>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The completed word.
    pub word: String,
    /// The number of businesses with this value, or empty.
    pub note: String,
}

/// Completions for the last word of `draft`. `values` lists the values of a text field, and how many businesses have each.
pub fn completions(
    draft: &str,
    values: impl FnOnce(BusinessText) -> Vec<(String, usize)>,
) -> Option<Completions> {
    if draft.contains('"') || draft.ends_with(char::is_whitespace) {
        return None;
    }
    let from = draft.rfind(char::is_whitespace).map_or(0, |at| {
        at + draft[at..].chars().next().map_or(0, char::len_utf8)
    });
    let word = &draft[from..];
    let (mark, body) = match word.strip_prefix('!') {
        Some(body) => ("!", body),
        None => ("", word),
    };
    let options = match body.split_once(':') {
        None => keys(mark, body),
        Some((key, value)) => of_key(mark, &key.to_ascii_lowercase(), value, values),
    };
    let are_values = body.contains(':');
    // A complete term needs no completion.
    let is_done = matches!(&options[..], [only] if only.word.eq_ignore_ascii_case(word));
    (!options.is_empty() && !is_done).then_some(Completions {
        from,
        are_values,
        options,
    })
}

fn keys(mark: &str, typed: &str) -> Vec<Completion> {
    let typed = typed.to_ascii_lowercase();
    if typed.len() < MIN_LETTERS {
        return Vec::new();
    }
    let found = KEYS.into_iter().filter(|key| key.starts_with(&typed));
    found
        .map(|key| Completion {
            word: format!("{mark}{key}:"),
            note: String::new(),
        })
        .collect()
}

fn of_key(
    mark: &str,
    key: &str,
    value: &str,
    values: impl FnOnce(BusinessText) -> Vec<(String, usize)>,
) -> Vec<Completion> {
    let fixed = |options: &[&str]| -> Vec<(String, usize)> {
        options.iter().map(|one| ((*one).to_owned(), 0)).collect()
    };
    let known = match key {
        "country" => values(BusinessText::Country),
        "type" => values(BusinessText::EntityType),
        "currency" => values(BusinessText::BaseCurrency),
        "is" => fixed(&["active", "inactive", "archived", "imported"]),
        "token" => fixed(&["live"]),
        _ => return Vec::new(),
    };
    // In a list, only the part after the last comma is being typed.
    let (before, last) = match value.rfind(',') {
        Some(at) => value.split_at(at + 1),
        None => ("", value),
    };
    let taken: Vec<String> = before.split(',').map(fold).collect();
    let wanted = fold(last);
    let fits = |value: &str| {
        let value = fold(value);
        value.starts_with(&wanted) && !taken.contains(&value)
    };
    known
        .into_iter()
        // Such characters would end or split the term, and invisible ones must not be offered.
        .filter(|(value, _)| fits(value) && !value.contains(breaks_term))
        .take(MAX_OFFERED)
        .map(|(value, count)| Completion {
            word: format!("{mark}{key}:{before}{value}"),
            note: match count {
                0 => String::new(),
                count => counted(count as u64, "business", "businesses"),
            },
        })
        .collect()
}

fn breaks_term(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '"') || is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(draft: &str) -> Vec<String> {
        let values = |_| {
            vec![
                ("NL".to_owned(), 3),
                ("DE".to_owned(), 1),
                ("NO".to_owned(), 1),
            ]
        };
        let found = completions(draft, values);
        found.map_or_else(Vec::new, |found| {
            found.options.into_iter().map(|it| it.word).collect()
        })
    }

    #[test]
    fn keys_are_completed_from_two_letters_on() {
        assert_eq!(words("cou"), ["country:"]);
        assert_eq!(words("acme !CU"), ["!currency:"]);
        assert_eq!(words("c"), [""; 0]);
        assert_eq!(words("acme"), [""; 0]);
        assert_eq!(words("cou "), [""; 0]);
        assert_eq!(words("\"cou"), [""; 0]);
    }

    #[test]
    fn values_are_completed_one_after_another() {
        assert_eq!(
            words("country:"),
            ["country:NL", "country:DE", "country:NO"]
        );
        assert_eq!(words("country:n"), ["country:NL", "country:NO"]);
        assert_eq!(words("x !country:NL,n"), ["!country:NL,NO"]);
        assert_eq!(words("country:DE"), [""; 0], "it is complete");
        assert_eq!(words("is:i"), ["is:inactive", "is:imported"]);
        assert_eq!(words("ext:u"), [""; 0]);
        let found = completions("käse is:a", |_| Vec::new()).unwrap();
        assert_eq!(found.from, "käse ".len());
        assert!(found.are_values);
    }
}
