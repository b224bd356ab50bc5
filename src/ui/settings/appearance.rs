//! Theme, size and row density.

use egui::Ui;

use crate::domain::settings::{Density, Scale, Settings, ThemePreference};
use crate::state::shell::messages::ShellCommand;
use crate::theme::widget_sizes;
use crate::widgets::{SettingRow, divider, toggle};

use super::parts::choose;
use crate::ui::Screen;

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

/// Share mode is not saved, so it is not one of the settings.
pub(super) fn share_mode(ui: &mut Ui, screen: &mut Screen<'_>) {
    let label = "Share mode";
    let hint = "Hides names, e-mails, numbers and ids while others see your screen. It is off each time the console starts.";
    let row = SettingRow::new(label, hint).control_width(widget_sizes::TOGGLE_WIDTH);
    row.show(ui, |ui| {
        if toggle(ui, label, screen.state.share.is_on()).clicked() {
            screen.send(ShellCommand::ToggleShare);
        }
    });
}
