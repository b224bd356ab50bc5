//! The page before a file is opened: what is needed, and an interrupted run.

use egui::{Frame, Margin, Ui};

use super::super::screen::UiRequest;
use super::super::words;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::file_of;
use crate::state::import::page::Import;
use crate::theme::{Icon, space};
use crate::ui::Screen;
use crate::ui::dialog::Dialog;
use crate::widgets::{Button, Notice, Tone, empty_state};

const LINES: &str = "Choose a CSV file with column names in the first row and one business in each row below. \
                     external_id, legal name, entity type, e-mail and country are required. The console shows \
                     what each row will do before it creates anything.";

pub(super) fn show(ui: &mut Ui, import: &Import, gutter: f32, screen: &mut Screen<'_>) {
    let inset = Frame::new().inner_margin(Margin::symmetric(gutter as i8, space::L as i8));
    if let Some(run) = import.unfinished() {
        inset.show(ui, |ui| {
            let head = &run.journal.head;
            let (_, name) = file_of(&run.journal);
            let day = words::day_and_time(head.started, &screen.state.zone);
            let text = format!(
                "It started on {day} and was interrupted with {} of {} left. It resumes where it stopped, and \
                 no row is created twice. You see the dry run before anything is sent.",
                words::count(run.left as u64),
                words::count(head.to_create as u64),
            );
            let buttons = vec![
                Button::filled("Resume import").takes_focus(),
                Button::plain("Discard…"),
            ];
            let heading = format!("The import of {name} is unfinished");
            let pressed = Notice::new(Tone::Warning, &heading, &text)
                .show(ui, buttons);
            match pressed {
                Some(0) => screen.send(ImportCommand::Resume),
                Some(_) => {
                    let dialog = Dialog::DiscardImport { then_start: false };
                    screen.request(UiRequest::Dialog(dialog));
                }
                None => {}
            }
        });
    }
    if let Some(problem) = &import.problem {
        inset.show(ui, |ui| {
            let heading = format!("{} was not opened", problem.name);
            Notice::new(Tone::Stop, &heading, &problem.words).show(ui, Vec::new());
        });
    }
    // Only one button is primary.
    let open = if import.unfinished().is_some() {
        Button::outlined("Open file…")
    } else {
        Button::filled("Open file…")
    };
    let buttons = vec![
        open.icon(Icon::File).takes_focus(),
        Button::outlined("Save a sample file…"),
    ];
    let heading = "Open a CSV file, or drop one on the window";
    match empty_state(ui, Icon::Import, heading, LINES, buttons) {
        Some(0) => screen.send(ImportCommand::Choose),
        Some(_) => screen.send(ImportCommand::SaveSample),
        None => {}
    }
}
