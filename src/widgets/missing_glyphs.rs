//! Characters that no installed font has. egui draws nothing for them, which would leave a gap in a name.

use std::borrow::Cow;
use std::fmt::Write as _;

use egui::{Context, Id};

use crate::theme::Type;

fn noted_id() -> Id {
    Id::unique("missing glyph")
}

/// Joiners and variation selectors have no glyph of their own.
fn is_drawn(c: char) -> bool {
    !c.is_ascii()
        && !c.is_whitespace()
        && !matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Replaces each character that no font has by its code point in brackets.
pub(super) fn drawable<'t>(ctx: &Context, style: Type, text: &'t str) -> Cow<'t, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let font = style.font();
    let missing: Vec<char> = ctx.fonts_mut(|fonts| {
        let drawn = text.chars().filter(|c| is_drawn(*c));
        drawn.filter(|c| !fonts.has_glyph(&font, *c)).collect()
    });
    let Some(first) = missing.first() else {
        return Cow::Borrowed(text);
    };
    ctx.data_mut(|data| data.insert_temp(noted_id(), *first));
    let mut out = String::with_capacity(text.len() + 8 * missing.len());
    for c in text.chars() {
        if missing.contains(&c) {
            // Writing into a String cannot fail.
            let _ = write!(out, "[U+{:04X}]", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether the text has no letters or digits, or at least one of them can be drawn.
#[must_use]
pub fn can_draw_any(ctx: &Context, style: Type, text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).peekable();
    let Some(first) = letters.peek().copied() else {
        return true;
    };
    let font = style.font();
    let can = ctx.fonts_mut(|fonts| letters.any(|c| c.is_ascii() || fonts.has_glyph(&font, c)));
    if !can {
        ctx.data_mut(|data| data.insert_temp(noted_id(), first));
    }
    can
}

/// A character that should have been drawn but is in no installed font, if there was one.
#[must_use]
pub fn missing_glyph(ctx: &Context) -> Option<char> {
    ctx.data(|data| data.get_temp(noted_id()))
}
