//! Checks lengths and invisible characters.

use super::super::Field;
use super::finding::Severity;
use crate::domain::text::{excerpt, visible};

/// Longest quotation of a value in a message, characters.
pub(super) const QUOTED: usize = 60;

/// The value in quotation marks, truncated and made visible.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", excerpt(text, QUOTED))
}

pub(super) fn check_length(field: Field, typed: &str, say: &mut impl FnMut(Severity, String)) {
    let Some(max) = field.max_chars() else { return };
    // A text never has fewer bytes than characters.
    if typed.len() <= max {
        return;
    }
    let chars = typed.chars().count();
    if chars > max {
        say(
            Severity::Wrong,
            format!(
                "{chars} characters; the limit is {max}. Shorten it by {}.",
                chars - max
            ),
        );
    }
}

/// Rejects control characters, and warns about other invisible characters and about `U+FFFD`. Direction marks and
/// zero-width characters may be intended, so they only cause a warning.
pub(super) fn check_marks(field: Field, typed: &str, say: &mut impl FnMut(Severity, String)) {
    if typed.is_ascii() && !typed.bytes().any(|b| b.is_ascii_control()) {
        return;
    }
    let laid_out = field == Field::Metadata;
    let is_layout = |c| laid_out && matches!(c, '\n' | '\r' | '\t');
    if let Some(at) = typed.find(|c: char| c.is_control() && !is_layout(c)) {
        let what = if typed[at..].starts_with(['\n', '\r']) {
            "a line break"
        } else if typed[at..].starts_with('\t') {
            "a tab"
        } else {
            "a control character"
        };
        let shown = excerpt_at_mark(&visible(typed));
        say(
            Severity::Wrong,
            format!("Contains {what}, which can’t be stored: {shown}. Remove it."),
        );
        return;
    }
    let shown: String = if laid_out {
        let plain = typed.replace(['\n', '\r', '\t'], " ");
        visible(&plain).into_owned()
    } else {
        visible(typed).into_owned()
    };
    let is_hiding = if laid_out {
        shown.chars().count() != typed.chars().count()
    } else {
        shown != typed
    };
    if is_hiding {
        say(
            Severity::Warning,
            format!("Contains invisible characters: {}", excerpt_at_mark(&shown)),
        );
    }
    if typed.contains(char::REPLACEMENT_CHARACTER) {
        say(
            Severity::Warning,
            "Contains � where a character could not be read.".to_owned(),
        );
    }
}

/// The part of a long text around its first invisible character.
fn excerpt_at_mark(shown: &str) -> String {
    let at = shown.find("[U+").unwrap_or_default();
    let start = shown[..at]
        .char_indices()
        .rev()
        .nth(20)
        .map_or(0, |(at, _)| at);
    let dots = if start > 0 { "…" } else { "" };
    format!("“{dots}{}”", excerpt(&shown[start..], QUOTED))
}
