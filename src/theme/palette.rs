//! Colours by role. Code names a role; the values live in `palettes.rs` alone.

use egui::{Color32, Shadow};

use super::hue::{Hue, HueColors};

/// Every colour role of one theme.
///
/// Grounds are listed first, then text, then strokes and fills. The smallest contrast of each
/// pair is held by a test.
#[derive(Debug)]
pub struct Palette {
    /// The theme is light on dark (also true for high contrast).
    pub is_dark: bool,

    /// Navigation, status bar, sign-in page, lock screen.
    pub base: Color32,
    /// Table and page.
    pub surface: Color32,
    /// Detail pane.
    pub raised: Color32,
    /// Modal, menu, palette, toast.
    pub overlay: Color32,
    /// Inside of text fields.
    pub field: Color32,
    /// Inside of cards.
    pub card: Color32,
    /// Chosen row or tile without the keyboard.
    pub hover: Color32,
    /// Current page in the navigation.
    pub nav_on: Color32,
    /// Selected row, chosen choice, done step.
    pub selected: Color32,
    /// Filter chip.
    pub chip: Color32,
    /// Skeleton bars.
    pub skeleton: Color32,
    /// Over the page, below the band, under a modal.
    pub scrim: Color32,

    /// Names, titles, figures, button labels.
    pub strong: Color32,
    /// Body text and values.
    pub text: Color32,
    /// Labels, secondary values, hints, placeholders.
    pub muted: Color32,
    /// Links, matched letters, info icon.
    pub link: Color32,
    /// Amber words and icons: care.
    pub warn: Color32,
    /// Red words and icons: stopped or wrong.
    pub danger: Color32,
    /// Green words and icons: proved.
    pub ok: Color32,
    /// Disabled labels only.
    pub off: Color32,

    /// Dividers between areas, card rows.
    pub line: Color32,
    /// Line under a table row.
    pub row_line: Color32,
    /// Edge of cards, menus, modals, key hints.
    pub line2: Color32,
    /// Edge of fields, buttons, choices.
    pub control: Color32,
    /// Focus ring, caret, tab underline, bar of the selected row.
    pub focus: Color32,
    /// The one filled button, chosen radio, current step.
    pub accent: Color32,
    /// Label on `accent`.
    pub on_accent: Color32,
    /// Filled button under the pointer.
    pub accent_hover: Color32,
    /// Filled part of a progress bar.
    pub accent_bar: Color32,
    /// Edge of a key hint on `accent`.
    pub key_on_accent: Color32,
    /// Unfilled part of bars and rings.
    pub ring: Color32,
    /// Outline of the neutral pill.
    pub pill_edge: Color32,
    /// Ground of the amber pill and banner.
    pub warn_tint: Color32,
    /// Edge of the same.
    pub warn_line: Color32,
    /// Unfilled ring inside the amber pill.
    pub ring_on_warn: Color32,
    /// Ground of the red banner.
    pub danger_tint: Color32,
    /// Edge of the same.
    pub danger_line: Color32,
    /// Red pill, button that destroys.
    pub danger_fill: Color32,
    /// The same button under the pointer.
    pub danger_hover: Color32,
    /// Label on `danger_fill`.
    pub on_danger: Color32,
    /// Unfilled ring inside the red pill.
    pub ring_on_danger: Color32,
    /// Ground of a done notice.
    pub ok_tint: Color32,
    /// Edge of the "Proved" tag.
    pub ok_line: Color32,

    /// Under a menu, a toast and the sign-in card.
    pub shadow_float: Shadow,
    /// Under a modal and the command palette.
    pub shadow_dialog: Shadow,

    pub(super) hues: [HueColors; 6],
}

impl Palette {
    /// The colours of one environment in this theme.
    #[must_use]
    pub const fn hue(&self, hue: Hue) -> &HueColors {
        &self.hues[hue as usize]
    }

    /// Ground of a control under the pointer: seen on every surface, which none of the opaque grounds is.
    #[must_use]
    pub fn lit(&self) -> Color32 {
        self.strong.gamma_multiply(LIT)
    }
}

/// How much of the text colour lies over what is under the pointer.
const LIT: f32 = 0.1;

/// An opaque colour from its usual six hex digits.
#[expect(clippy::disallowed_methods, reason = "how the palettes are written")]
pub(super) const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}
