//! Removes possible secrets from a tool's error output so that it can be shown.

use aho_corasick::{AhoCorasick, MatchKind};
use zeroize::Zeroizing;

use crate::domain::credentials::recognise;
use crate::domain::text::visible;

/// Replaces removed text.
const HIDDEN: &str = "[hidden]";
/// Shorter words are shown, unless they are part of the secret that was printed.
const MIN_RANDOM_LEN: usize = 20;
/// Shorter output lines are more often ordinary words than secrets.
const MIN_LINE_LEN: usize = 4;

/// The standard error of a tool without anything from its standard output and without long random words. Control
/// characters are made visible, and colours are removed.
pub fn scrubbed(errors: &str, output: &str) -> String {
    let mut text = Zeroizing::new(without_colours(errors));
    let found = recognise(output).unwrap_or_default();
    let printed = output.lines().map(str::trim).chain([found.key_text()]);
    let printed: Vec<&str> = printed.filter(|line| line.len() >= MIN_LINE_LEN).collect();
    // In one pass: lines may be made to match what replaces other lines, so that the text would grow without limit.
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&printed);
    let Ok(finder) = finder else {
        return HIDDEN.to_owned();
    };
    text = Zeroizing::new(finder.replace_all(&text, &vec![HIDDEN; printed.len()]));
    let named = recognise(&text).unwrap_or_default();
    if !named.key_text().is_empty() {
        text = Zeroizing::new(text.replace(named.key_text(), HIDDEN));
    }
    let lines = text.lines().map(|line| {
        let line = line.rsplit('\r').find(|part| !part.trim().is_empty());
        visible(&masked(&line.unwrap_or_default().replace('\t', " "))).into_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Replaces every word that looks random.
fn masked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(is_between_words).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match word.split_once("://") {
            Some((scheme, address)) => {
                let host = address.find('/').unwrap_or(address.len());
                let (host, path) = address.split_at(host);
                let is_host_alone = !host.contains('@');
                out.push_str(scheme);
                out.push_str("://");
                out.push_str(if is_host_alone { host } else { HIDDEN });
                out.push_str(if looks_random(path) { HIDDEN } else { path });
            }
            None if looks_random(word) => out.push_str(HIDDEN),
            None => out.push_str(word),
        }
        let separator = after.chars().next().map_or(0, char::len_utf8);
        out.push_str(&after[..separator]);
        rest = &after[separator..];
    }
    out
}

fn is_between_words(c: char) -> bool {
    c.is_whitespace() || "\"'`“”‘’()[]{}<>,;=|".contains(c)
}

/// Whether a text is long, mixes lower case, upper case and digits, and is not made of words, as paths, host names and
/// error names are.
pub(super) fn looks_random(word: &str) -> bool {
    let has = |kind: fn(char) -> bool| usize::from(word.chars().any(kind));
    let kinds = has(char::is_lowercase) + has(char::is_uppercase) + has(|c| c.is_ascii_digit());
    if word.chars().count() < MIN_RANDOM_LEN || kinds < 2 {
        return false;
    }
    let may_count = word.contains(['/', '\\']) || word.matches('.').count() >= 2;
    let mut parts = word.split(|c: char| !c.is_alphanumeric());
    !parts.all(|part| is_word(part, may_count))
}

/// Whether a part of a name looks like a word: `production`, `AccessDenied`, `eu`; with numbers also `west1` and
/// `2024`.
fn is_word(part: &str, may_count: bool) -> bool {
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = part.len() - letters.len();
    if letters.chars().any(|c| !c.is_alphabetic()) {
        return false;
    }
    if digits > 0 && !(may_count && (letters.is_empty() || digits <= 4)) {
        return false;
    }
    let len = letters.chars().count();
    let pairs = letters.chars().zip(letters.chars().skip(1));
    let humps = 1 + pairs
        .filter(|(a, b)| !a.is_uppercase() && b.is_uppercase())
        .count();
    len <= 6 || len >= 4 * humps
}

/// Removes terminal escape sequences.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\u{1b}' || rest.peek() != Some(&'[') {
            out.push(c);
            continue;
        }
        // CSI of ECMA-48: parameters, then one final character.
        rest.next();
        while rest
            .next_if(|c| ('\u{20}'..='\u{3f}').contains(c))
            .is_some()
        {}
        rest.next_if(|c| ('\u{40}'..='\u{7e}').contains(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::scrubbed;

    #[test]
    fn no_output_makes_what_a_tool_said_grow() {
        // Each line matches a part of what replaces the other.
        let said = scrubbed("[hid", &"[hid\nden]\n".repeat(40));
        assert_eq!(said, "[hidden]");
    }
}
