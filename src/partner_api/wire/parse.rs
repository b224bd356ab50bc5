//! Reads the body of a response.

use std::borrow::Cow;

use super::lenient::{FromJson, Lenient};
use super::repair;

/// Why the body of a successful response cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::partner_api) enum Unreadable {
    /// It ends too early.
    Truncated,
    NotJson,
    /// It is JSON, but not what was requested. The text quotes nothing of it.
    Unexpected(String),
}

/// Reads an object as [`parse`] does. If that fails, damaged values are repaired first: what is not Unicode becomes U+FFFD, and numbers keep their
/// digits as texts. Also returns the Unicode text that was read, owned if it was repaired.
pub(super) fn parse_repaired<'a, T: FromJson>(
    body: &'a [u8],
    what: &str,
) -> Result<(T, Cow<'a, str>), Unreadable> {
    let body = without_mark(body);
    if let Ok(text) = str::from_utf8(body)
        && let Ok(Lenient(Some(read))) = serde_json::from_str(text)
    {
        return Ok((read, Cow::Borrowed(text)));
    }
    let text = repair::as_unicode(body);
    let read = parse(repair::with_numbers_as_texts(&text).as_bytes(), what)?;
    Ok((read, text))
}

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// Reads an object, and nothing else; derived code alone would accept a list as well.
pub(super) fn parse<T: FromJson>(body: &[u8], what: &str) -> Result<T, Unreadable> {
    use serde_json::error::Category;

    let body = without_mark(body);
    // Checking the encoding once is faster than for each string. If it is wrong, only strings that are read can fail.
    let parsed = match str::from_utf8(body) {
        Ok(text) => serde_json::from_str::<Lenient<T>>(text),
        Err(_) => serde_json::from_slice(body),
    };
    let parsed = parsed.map_err(|error| match error.classify() {
        Category::Eof if body.trim_ascii().is_empty() => Unreadable::NotJson,
        Category::Eof => Unreadable::Truncated,
        Category::Syntax | Category::Io => Unreadable::NotJson,
        // The error's own text would quote the value.
        Category::Data => Unreadable::Unexpected(format!(
            "JSON that is not {what}, line {} column {}",
            error.line(),
            error.column()
        )),
    })?;
    let not_it = || Unreadable::Unexpected(format!("JSON that is not {what}"));
    parsed.0.ok_or_else(not_it)
}
