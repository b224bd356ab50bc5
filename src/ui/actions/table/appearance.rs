//! Appearance, and what is hidden on the screen.

use egui::{Key, Modifiers};

use super::{Action, ActionEntry, CTRL_SHIFT, entry, keyless, with};
use crate::domain::settings::{Density, ThemePreference};
use crate::theme::Icon;

pub(super) const ENTRIES: &[ActionEntry] = &[
    theme(ThemePreference::System, "Theme: System"),
    theme(ThemePreference::Light, "Theme: Light"),
    theme(ThemePreference::Dark, "Theme: Dark"),
    theme(ThemePreference::HighContrast, "Theme: High contrast"),
    density(Density::Comfortable, "Density: Comfortable"),
    density(Density::Compact, "Density: Compact"),
    entry(
        Action::Larger,
        "Zoom in",
        with(Modifiers::COMMAND, Key::Plus),
        "Ctrl++",
    )
    .synonyms("scale larger")
    .icon(Icon::Plus)
    .anywhere(),
    entry(
        Action::Smaller,
        "Zoom out",
        with(Modifiers::COMMAND, Key::Minus),
        "Ctrl+-",
    )
    .synonyms("scale smaller")
    .icon(Icon::Minus)
    .anywhere(),
    entry(
        Action::NaturalSize,
        "Reset zoom",
        with(Modifiers::COMMAND, Key::Num0),
        "Ctrl+0",
    )
    .synonyms("scale 100 %")
    .icon(Icon::Search)
    .anywhere(),
    entry(
        Action::ToggleShare,
        "Share mode",
        with(CTRL_SHIFT, Key::H),
        "Ctrl+Shift+H",
    )
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
