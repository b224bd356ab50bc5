//! Settings and the connection test.

mod certificates;
mod connection;
mod killed;
mod network;
mod page;
mod typed;
mod window;

use egui::{Key, Modifiers};
use thred_console::domain::settings::Settings;

use crate::support::Console;

/// Opens the settings page with its key.
fn open(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::Comma);
    console.assert_shows("Changes apply immediately");
}

fn settings(console: &Console) -> &Settings {
    &console.state().saved.settings
}
