//! Parses a filter. No input is an error: terms that cannot be applied are reported with the query and, if they could
//! be meant literally, searched as words.

use jiff::tz::TimeZone;

use crate::domain::business::BusinessText;
use crate::domain::text::fold;

use super::created::CreatedRange;
use super::free_word::FreeWord;
use super::glob::Glob;
use super::keys::KEYS;
use super::query::{Applies, Clause, Predicate, Query, TermProblem};
use super::suggest::nearest_key;
use super::value_hint;

impl Query {
    /// Parses a filter. `zone` determines when a day of `created:` begins and ends.
    pub fn parse(typed: &str, zone: &TimeZone) -> Self {
        Self::read(typed, zone, false)
    }

    /// The same while its last term is still being typed. The term does not apply while more letters could make it match.
    pub fn parse_typing(typed: &str, zone: &TimeZone) -> Self {
        Self::read(typed, zone, !typed.contains('"'))
    }

    fn read(typed: &str, zone: &TimeZone, is_typing: bool) -> Self {
        let mut query = Self::default();
        let mut tokens = tokens(typed).into_iter().peekable();
        while let Some(token) = tokens.next() {
            let is_being_typed = is_typing && tokens.peek().is_none();
            let (negated, body) = match token.strip_prefix('!') {
                Some(body) => (true, body),
                None => (false, token.as_str()),
            };
            match read_term(body, zone) {
                Ok(test) => {
                    if !negated && !is_being_typed {
                        query.hints.extend(hint(&token));
                    }
                    query.clauses.push(Clause {
                        negated,
                        applies: match is_being_typed {
                            true => while_typed(body, &test),
                            false => Applies::Always,
                        },
                        test,
                    });
                }
                Err(UnusableTerm::Incomplete) => {}
                Err(UnusableTerm::BadValue(message)) => query.problems.push(TermProblem {
                    term: token,
                    message,
                    effect: "",
                    suggestion: None,
                }),
                Err(UnusableTerm::UnknownKey { key, value }) => {
                    let nearest = nearest_key(&key);
                    query.problems.push(TermProblem {
                        message: format!("Unknown filter “{key}:”."),
                        effect: "It is ignored unless a business contains this text.",
                        suggestion: nearest.map(|near| {
                            let mark = if negated { "!" } else { "" };
                            format!("{mark}{near}:{}", quoted(&value))
                        }),
                        term: token.clone(),
                    });
                    // An `external_id` may contain a colon, so the term is also searched literally.
                    let test = Predicate::Word(Box::new(FreeWord::new(body)));
                    query.clauses.push(Clause {
                        negated,
                        applies: Applies::IfFound,
                        test,
                    });
                }
            }
        }
        query
    }

    /// The key of a term that only one value of a business can match, so that a second such term would match nothing.
    pub fn single_key(term: &str) -> Option<String> {
        let (key, value) = term.split_once(':')?;
        let key = key.to_ascii_lowercase();
        (SINGLE_KEYS.contains(&key.as_str()) && !value.is_empty()).then_some(key)
    }

    /// Whether `token` is one complete term that can be shown as a chip.
    pub fn is_term(token: &str) -> bool {
        let body = token.strip_prefix('!').unwrap_or(token);
        body.split_once(':')
            .is_some_and(|(key, value)| is_key_like(key) && !value.is_empty())
    }
}

/// Keys of texts of which a business has one, and which are compared as a whole.
const SINGLE_KEYS: [&str; 3] = ["country", "type", "currency"];

/// Splits a filter at white space, except inside double quotes. The quotation marks stay.
pub fn raw_tokens(typed: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let parts = typed.split(move |c: char| {
        is_quoted ^= c == '"';
        c.is_whitespace() && !is_quoted
    });
    parts.filter(|token| !token.is_empty())
}

/// The same without the quotation marks.
pub(super) fn tokens(typed: &str) -> Vec<String> {
    let tokens = raw_tokens(typed).map(|token| token.replace('"', ""));
    tokens.filter(|token| !token.is_empty()).collect()
}

/// Whether a filter can have this value. A comma would separate two values, and a quotation mark would end one.
pub fn can_be_a_term(value: &str) -> bool {
    !value.contains([',', '"'])
}

/// Explains the first value that looks like a name or a typo.
fn hint(term: &str) -> Option<TermProblem> {
    let (key, value) = term.split_once(':')?;
    let values = value.split(',').filter(|value| !fold(value).is_empty());
    let mut values: Vec<String> = values.map(str::to_owned).collect();
    let mut hints = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| Some((at, value_hint::of(&key.to_ascii_lowercase(), value)?)));
    let (at, (message, code)) = hints.next()?;
    drop(hints);
    let suggestion = code.map(|code| {
        values[at] = code;
        format!("{key}:{}", quoted(&values.join(",")))
    });
    Some(TermProblem {
        term: term.to_owned(),
        message,
        effect: "",
        suggestion,
    })
}

/// The value as part of a filter. Only quotation marks keep white space inside a term.
pub fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) {
        format!("\"{value}\"")
    } else {
        value.to_owned()
    }
}

enum UnusableTerm {
    /// Still being typed: neither applied nor reported.
    Incomplete,
    BadValue(String),
    UnknownKey {
        key: String,
        value: String,
    },
}

fn is_key_like(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
}

fn read_term(body: &str, zone: &TimeZone) -> Result<Predicate, UnusableTerm> {
    let Some((key, value)) = body.split_once(':').filter(|(key, _)| is_key_like(key)) else {
        return word(body);
    };
    let key = key.to_ascii_lowercase();
    if value.split(',').all(str::is_empty) && KEYS.contains(&key.as_str()) {
        return Err(UnusableTerm::Incomplete);
    }
    let list = || {
        value
            .split(',')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    match key.as_str() {
        "country" => Ok(Predicate::Country(list())),
        "type" => Ok(Predicate::EntityType(list())),
        "currency" => Ok(Predicate::Currency(list())),
        "is" => choice(&key, value, &[("active", Predicate::Active(true)), ("inactive", Predicate::Active(false)), ("archived", Predicate::Archived), ("imported", Predicate::Imported)]),
        "token" => choice(&key, value, &[("live", Predicate::LiveToken)]),
        "ext" => Ok(Predicate::ExternalId(value.split(',').map(Glob::new).collect())),
        "created" => CreatedRange::parse(value, zone).map(Predicate::Created).ok_or_else(|| {
            UnusableTerm::BadValue(format!(
                "“{value}” is not a date. Use created:>2026-01-01, created:2026-03 or created:2026-01..2026-03."
            ))
        }),
        _ => Err(UnusableTerm::UnknownKey { key, value: value.to_owned() }),
    }
}

/// When the term that is being typed applies.
fn while_typed(body: &str, test: &Predicate) -> Applies {
    let text = match test {
        Predicate::Word(_) => {
            let start = body.to_ascii_lowercase();
            let is_key = KEYS.iter().any(|key| key.starts_with(&start));
            return if is_key {
                Applies::IfFound
            } else {
                Applies::Always
            };
        }
        Predicate::Country(_) => BusinessText::Country,
        Predicate::EntityType(_) => BusinessText::EntityType,
        Predicate::Currency(_) => BusinessText::BaseCurrency,
        Predicate::ExternalId(_) => BusinessText::ExternalId,
        _ => return Applies::Always,
    };
    match body.split_once(':') {
        // The values before a comma apply, and so does a pattern.
        Some((_, value)) if !value.contains([',', '*']) => Applies::OnceTyped(text, fold(value)),
        _ => Applies::Always,
    }
}

/// A free word. One that folds to nothing would match every text, so it counts as incomplete.
fn word(typed: &str) -> Result<Predicate, UnusableTerm> {
    if fold(typed).is_empty() {
        return Err(UnusableTerm::Incomplete);
    }
    Ok(Predicate::Word(Box::new(FreeWord::new(typed))))
}

fn choice(
    key: &str,
    value: &str,
    offered: &[(&str, Predicate)],
) -> Result<Predicate, UnusableTerm> {
    let typed = value.to_ascii_lowercase();
    if let Some((_, test)) = offered.iter().find(|(name, _)| *name == typed) {
        return Ok(test.clone());
    }
    if offered.iter().any(|(name, _)| name.starts_with(&typed)) {
        return Err(UnusableTerm::Incomplete);
    }
    let names: Vec<String> = offered
        .iter()
        .map(|(name, _)| format!("{key}:{name}"))
        .collect();
    let listed = match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} or {last}", before.join(", "))
        }
        _ => names.join(""),
    };
    Err(UnusableTerm::BadValue(format!(
        "Unknown value. Use {listed}."
    )))
}
