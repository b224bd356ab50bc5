//! Appearance, and what is hidden on the screen.

use egui::Key;

use super::super::action::Action;
use super::super::entry::{ActionEntry, ctrl, ctrl_shift, entry, keyless};
use crate::domain::settings::{Density, ThemePreference};
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    theme(ThemePreference::System, "Theme: System"),
    theme(ThemePreference::Light, "Theme: Light"),
    theme(ThemePreference::Dark, "Theme: Dark"),
    theme(ThemePreference::HighContrast, "Theme: High contrast"),
    density(Density::Comfortable, "Density: Comfortable"),
    density(Density::Compact, "Density: Compact"),
    entry(Action::ZoomIn, "Zoom in", ctrl(Key::Plus))
        .synonyms("scale larger")
        .icon(Icon::Plus)
        .anywhere(),
    entry(Action::ZoomOut, "Zoom out", ctrl(Key::Minus))
        .synonyms("scale smaller")
        .icon(Icon::Minus)
        .anywhere(),
    entry(Action::ResetZoom, "Reset zoom", ctrl(Key::Num0))
        .synonyms("scale 100 %")
        .icon(Icon::Search)
        .anywhere(),
    entry(Action::ToggleShare, "Share mode", ctrl_shift(Key::H))
        .synonyms("hide names screen sharing")
        .icon(Icon::Shield)
        .anywhere(),
];

const fn theme(theme: ThemePreference, text: &'static str) -> ActionEntry {
    keyless(Action::UseTheme(theme), text)
        .synonyms("colours mode")
        .icon(Icon::Settings)
}

const fn density(density: Density, text: &'static str) -> ActionEntry {
    keyless(Action::UseDensity(density), text)
        .synonyms("row height")
        .icon(Icon::Settings)
}
