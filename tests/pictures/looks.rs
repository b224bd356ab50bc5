//! Combinations of theme, window size and zoom for the pictures.

use thred_console::domain::settings::ThemePreference;

/// A theme, window size and zoom.
#[derive(Clone, Copy)]
pub struct Look {
    /// Part of the picture's name.
    pub name: &'static str,
    pub theme: ThemePreference,
    /// In pixels.
    pub size: [usize; 2],
    pub zoom: f32,
}

const LARGE: [usize; 2] = [1280, 800];
/// The minimum size of the window.
const SMALL: [usize; 2] = [900, 600];

pub const DARK: Look = look("dark", ThemePreference::Dark, LARGE, 1.0);
const LIGHT: Look = look("light", ThemePreference::Light, LARGE, 1.0);
const SMALL_DARK: Look = look("small-dark", ThemePreference::Dark, SMALL, 1.0);
const SMALL_LIGHT: Look = look("small-light", ThemePreference::Light, SMALL, 1.0);
const CONTRAST: Look = look("contrast", ThemePreference::HighContrast, LARGE, 1.0);
const ZOOMED: Look = look("zoomed", ThemePreference::Dark, LARGE, 1.5);
const SMALL_ZOOMED: Look = look("small-zoomed", ThemePreference::Light, SMALL, 1.5);

const WIDE: [usize; 2] = [1920, 1080];
/// A wide window, in which the list shows more columns.
pub const WIDE_LOOKS: &[Look] = &[
    look("wide-dark", ThemePreference::Dark, WIDE, 1.0),
    look("wide-light", ThemePreference::Light, WIDE, 1.0),
];

/// The minimum size of the window on a screen of 960 × 540.
const SMALLEST: [usize; 2] = [768, 432];
pub const SMALLEST_LOOKS: &[Look] = &[look("dark", ThemePreference::Dark, SMALLEST, 1.0)];

/// Dark and light, large and small.
pub const USUAL: &[Look] = &[DARK, LIGHT, SMALL_DARK, SMALL_LIGHT];
/// [`USUAL`], high contrast, and 150 % large and small: for the main screens.
pub const ALL: &[Look] = &[
    DARK,
    LIGHT,
    SMALL_DARK,
    SMALL_LIGHT,
    CONTRAST,
    ZOOMED,
    SMALL_ZOOMED,
];

const fn look(name: &'static str, theme: ThemePreference, size: [usize; 2], zoom: f32) -> Look {
    Look {
        name,
        theme,
        size,
        zoom,
    }
}
