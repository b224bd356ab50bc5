//! Before there is a file: what one needs, and a run that broke off.

use egui::{Frame, Margin, Ui};

use super::super::words;
use super::Screen;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::{file_of, left_of};
use crate::state::import::page::Import;
use crate::theme::{Icon, space};
use crate::widgets::{Button, Notice, Tone, empty_state};

const LINES: &str = "A CSV file with one business per row and the names of the columns in its first row. Needed are \
                     external_id, legal name, entity type, e-mail and country. Nothing is written before you have \
                     seen what would be.";

pub(super) fn show(ui: &mut Ui, import: &Import, gutter: f32, screen: &mut Screen<'_>) {
    let inset = Frame::new().inner_margin(Margin::symmetric(gutter as i8, space::L as i8));
    if let Some(journal) = &import.unfinished {
        inset.show(ui, |ui| {
            let (_, name) = file_of(journal);
            let day = words::day_and_time(journal.head.started, &screen.state.zone);
            let text = format!(
                "It began on {day} and broke off with {} of {} left. It goes on where it stopped and creates \
                 nothing twice; before anything is sent you see the dry run.",
                words::count(left_of(journal) as u64),
                words::count(journal.head.to_create as u64),
            );
            let buttons = vec![
                Button::filled("Continue the import"),
                Button::plain("Discard"),
            ];
            let heading = format!("The import of {name} is not finished");
            let pressed = Notice::new(Tone::Care, &heading, &text)
                .show(ui, false, buttons)
                .button;
            match pressed {
                Some(0) => screen.ask(ImportCommand::Continue),
                Some(_) => screen.ask(ImportCommand::Discard),
                None => {}
            }
        });
    }
    if let Some(problem) = &import.problem {
        inset.show(ui, |ui| {
            let heading = format!("{} was not opened", problem.name);
            Notice::new(Tone::Stop, &heading, &problem.words).show(ui, false, Vec::new());
        });
    }
    // There is one next step.
    let open = if import.unfinished.is_some() {
        Button::outlined("Open file…")
    } else {
        Button::filled("Open file…")
    };
    let buttons = vec![
        open.icon(Icon::File),
        Button::outlined("Save a sample file…"),
    ];
    let heading = "Open a CSV file, or drop it on the window";
    match empty_state(ui, Icon::Import, heading, LINES, buttons) {
        Some(0) => screen.ask(ImportCommand::Choose),
        Some(_) => screen.ask(ImportCommand::SaveSample),
        None => {}
    }
}
