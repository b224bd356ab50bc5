//! The window of a start that came second: another console has the folder.

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand};

use crate::theme::{self, ThemeChoice};
use crate::ui::second_start;

/// Says one thing and offers to quit. It reads no file and stores nothing.
pub struct SecondStart {
    sentence: String,
}

impl SecondStart {
    /// The window with these words.
    pub fn new(ctx: &Context, sentence: String) -> Self {
        theme::install(ctx, ThemeChoice::System);
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
