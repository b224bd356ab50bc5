//! Colours by role. Code uses role names; the values are only in `palettes.rs`.

use egui::{Color32, Shadow};

use super::hue::{Hue, HueColors};
use crate::domain::countdown::CountdownPhase;

/// All colours of a theme.
///
/// Backgrounds come first, then text, then strokes and fills. A test checks the minimum contrast of each pair.
#[derive(Debug)]
pub struct Palette {
    /// Whether the theme is light on dark (also true for high contrast).
    pub is_dark: bool,

    /// Navigation, status bar, sign-in page, lock screen.
    pub base: Color32,
    /// Table and page.
    pub surface: Color32,
    /// Detail pane.
    pub raised: Color32,
    /// Modal, menu, palette, toast.
    pub overlay: Color32,
    /// Text fields.
    pub field: Color32,
    /// Cards.
    pub card: Color32,
    /// Selected row or tile without keyboard focus.
    pub hover: Color32,
    /// Current page in the navigation.
    pub nav_on: Color32,
    /// Selected row, selected choice, completed step.
    pub selected: Color32,
    /// Filter chip.
    pub chip: Color32,
    /// Loading placeholders.
    pub skeleton: Color32,
    /// Over the page and under a modal; starts below the band.
    pub scrim: Color32,

    /// Names, titles, numbers, button labels.
    pub strong: Color32,
    /// Body text and values.
    pub text: Color32,
    /// Labels, secondary values, hints, placeholders.
    pub muted: Color32,
    /// Links, matched letters, info icon.
    pub link: Color32,
    /// Amber text and icons: warning.
    pub warn: Color32,
    /// Red text and icons: blocked or wrong.
    pub danger: Color32,
    /// Green text and icons: verified.
    pub ok: Color32,
    /// Disabled labels only.
    pub off: Color32,

    /// Dividers between areas, card rows.
    pub line: Color32,
    /// Line below a table row.
    pub row_line: Color32,
    /// Border of cards, menus, modals, key hints.
    pub line2: Color32,
    /// Border of fields, buttons, choices.
    pub control: Color32,
    /// Focus ring, caret, tab underline, marker of the selected row.
    pub focus: Color32,
    /// The primary button, selected radio button, current step.
    pub accent: Color32,
    /// Label on `accent`.
    pub on_accent: Color32,
    /// Primary button on hover.
    pub accent_hover: Color32,
    /// Filled part of a progress bar.
    pub accent_bar: Color32,
    /// Border of a key hint on `accent`.
    pub key_on_accent: Color32,
    /// Unfilled part of bars and rings.
    pub ring: Color32,
    /// Outline of the neutral pill.
    pub pill_edge: Color32,
    /// Background of the amber pill and banner.
    pub warn_tint: Color32,
    /// Border of the amber pill and banner.
    pub warn_line: Color32,
    /// Unfilled ring inside the amber pill.
    pub ring_on_warn: Color32,
    /// Background of the red banner.
    pub danger_tint: Color32,
    /// Border of the red banner.
    pub danger_line: Color32,
    /// Red pill, destructive button.
    pub danger_fill: Color32,
    /// Destructive button on hover.
    pub danger_hover: Color32,
    /// Label on `danger_fill`.
    pub on_danger: Color32,
    /// Unfilled ring inside the red pill.
    pub ring_on_danger: Color32,
    /// Border of the "Tested" tag.
    pub ok_line: Color32,

    /// Shadow of a menu, a toast and the sign-in card.
    pub shadow_float: Shadow,
    /// Shadow of a modal and the command palette.
    pub shadow_dialog: Shadow,

    pub(super) hues: [HueColors; 6],
}

impl Palette {
    /// The colours of one environment in this theme.
    #[must_use]
    pub const fn hue(&self, hue: Hue) -> &HueColors {
        &self.hues[hue as usize]
    }

    /// The colour of the remaining time in a list or card.
    #[must_use]
    pub const fn countdown_text(&self, phase: CountdownPhase) -> Color32 {
        match phase {
            CountdownPhase::Calm => self.strong,
            CountdownPhase::Warning => self.warn,
            CountdownPhase::Urgent => self.danger,
            CountdownPhase::Over => self.muted,
        }
    }

    /// The colour of the ring or bar that shows the remaining time.
    #[must_use]
    pub const fn countdown_ring(&self, phase: CountdownPhase) -> Color32 {
        match phase {
            CountdownPhase::Calm | CountdownPhase::Over => self.muted,
            CountdownPhase::Warning => self.warn,
            CountdownPhase::Urgent => self.danger,
        }
    }

    /// Background of a control on hover. Translucent, so that it is visible on every surface; no single opaque colour is.
    #[must_use]
    pub fn highlight(&self) -> Color32 {
        self.strong.gamma_multiply(HIGHLIGHT)
    }

    /// Background of matched characters. Translucent, so that it is also visible on a selected row.
    #[must_use]
    pub fn match_tint(&self) -> Color32 {
        self.link.gamma_multiply(MATCH_TINT)
    }
}

/// Opacity of the text colour over a hovered control.
const HIGHLIGHT: f32 = 0.1;

/// Opacity of the link colour behind matched characters.
const MATCH_TINT: f32 = 0.16;

/// An opaque colour from its six hex digits.
#[expect(clippy::disallowed_methods, reason = "how the palettes are written")]
pub(super) const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}
