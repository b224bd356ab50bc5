//! Lengths, and characters that nobody sees.

use super::super::Field;
use super::Severity;
use crate::domain::text::{excerpt, visible};

/// Longest quotation of a value in a message, characters.
pub(super) const QUOTED: usize = 60;

/// The value between quotation marks, cut and made visible.
pub(super) fn quoted(text: &str) -> String {
    format!("“{}”", excerpt(text, QUOTED))
}

pub(super) fn check_length(field: Field, typed: &str, say: &mut impl FnMut(Severity, String)) {
    let Some(max) = field.max_chars() else { return };
    // Bytes are never fewer than characters.
    if typed.len() <= max {
        return;
    }
    let chars = typed.chars().count();
    if chars > max {
        say(
            Severity::Wrong,
            format!(
                "{chars} characters; at most {max} are taken. Shorten it by {}.",
                chars - max
            ),
        );
    }
}

/// Tells of characters that are hidden, or stand for what could not be read.
pub(super) fn check_marks(field: Field, typed: &str, say: &mut impl FnMut(Severity, String)) {
    if typed.is_ascii() && !typed.bytes().any(|b| b.is_ascii_control()) {
        return;
    }
    let laid_out = field == Field::Metadata;
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
            Severity::Care,
            format!(
                "Holds characters that are normally invisible: {}",
                around_mark(&shown)
            ),
        );
    }
    if typed.contains(char::REPLACEMENT_CHARACTER) {
        say(
            Severity::Care,
            "Holds � where a character could not be read.".to_owned(),
        );
    }
}

/// The part of a long text where its first hidden mark shows.
fn around_mark(shown: &str) -> String {
    let at = shown.find("[U+").unwrap_or_default();
    let start = shown[..at]
        .char_indices()
        .rev()
        .nth(20)
        .map_or(0, |(at, _)| at);
    let dots = if start > 0 { "…" } else { "" };
    format!("“{dots}{}”", excerpt(&shown[start..], QUOTED))
}
