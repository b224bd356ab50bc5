//! Characters that no font of this computer has. egui draws nothing in their place, and a name becomes a gap.

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

/// The text with a code point in brackets for each character that no font has.
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

/// Whether any letter or digit of a text can be drawn.
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

/// A character that was to be drawn and is in no font, if there was one.
#[must_use]
pub fn missing_glyph(ctx: &Context) -> Option<char> {
    ctx.data(|data| data.get_temp(noted_id()))
}
