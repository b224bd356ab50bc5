//! The window shown when another console already has the folder.

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand};

use crate::domain::settings::ThemePreference;
use crate::theme;
use crate::ui::second_start;

/// Shows one sentence and a button to quit. Reads no file and stores nothing.
pub struct SecondStart {
    sentence: String,
}

impl SecondStart {
    /// Creates the window's content.
    pub fn new(ctx: &Context, sentence: String) -> Self {
        theme::install(ctx, ThemePreference::System);
        Self { sentence }
    }
}

impl eframe::App for SecondStart {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        if second_start::show(ui, &self.sentence) {
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }
}
