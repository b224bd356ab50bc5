//! Theme, size and row density.

use egui::Ui;

use crate::domain::settings::{Density, Scale, Settings, ThemePreference};
use crate::widgets::divider;

use super::parts::choose;

const THEMES: [ThemePreference; 4] = [
    ThemePreference::System,
    ThemePreference::Light,
    ThemePreference::Dark,
    ThemePreference::HighContrast,
];

pub(super) fn show(ui: &mut Ui, settings: &mut Settings) {
    let default = Settings::default();
    choose(
        ui,
        ("Theme", "System follows your computer’s theme."),
        (&THEMES, &["System", "Light", "Dark", "High contrast"]),
        &mut settings.theme,
        default.theme,
    );
    divider(ui);
    let labels = Scale::CHOICES.map(|scale| format!("{} %", scale.as_percent()));
    let labels = labels.each_ref().map(String::as_str);
    choose(
        ui,
        ("Scale", "Size of text and controls."),
        (&Scale::CHOICES, &labels),
        &mut settings.scale,
        default.scale,
    );
    divider(ui);
    choose(
        ui,
        ("Density", "Row height in lists."),
        (
            &[Density::Comfortable, Density::Compact],
            &["Comfortable", "Compact"],
        ),
        &mut settings.density,
        default.density,
    );
}
