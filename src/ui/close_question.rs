//! The question shown before closing when that would lose drafts or failed rows, or interrupt an import.

use egui::{Context, Event, Key, ViewportCommand};

use super::question::Question;
use super::words;
use crate::state::{AppState, ImportAtExit};
use crate::widgets::Button;

/// State of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CloseQuestion {
    #[default]
    NotAsked,
    Open,
    /// The user agreed, or a signal ends the program.
    Agreed,
}

impl CloseQuestion {
    pub(super) fn is_open(self) -> bool {
        self == Self::Open
    }

    /// Cancels the closing of the window until the user has answered, if there is something to ask. Returns whether there is.
    pub(super) fn ask(&mut self, ctx: &Context, state: &AppState) -> bool {
        let has_reason = state.drafts_lost_at_exit().is_some() || state.import_at_exit().is_some();
        if *self == Self::Agreed || !has_reason {
            return false;
        }
        *self = Self::Open;
        ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        // The window may be minimised if it was closed from the taskbar.
        ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
        ctx.send_viewport_cmd(ViewportCommand::Focus);
        ctx.request_repaint();
        true
    }

    /// While the question is open, takes the keys that it needs, so that nothing below it acts on them. Shortcuts such as the lock still work.
    pub(super) fn take_keys(self, ctx: &Context) -> Vec<Event> {
        let is_of_question = |event: &mut Event| match event {
            Event::Text(_) | Event::Paste(_) => true,
            Event::Key { key, modifiers, .. } => *key == Key::Enter || !modifiers.command,
            _ => false,
        };
        if !self.is_open() {
            return Vec::new();
        }
        ctx.input_mut(|input| input.events.extract_if(.., is_of_question).collect())
    }

    /// Shows the question and gives back its keys. It goes away once there is nothing left to ask.
    pub(super) fn show(&mut self, ctx: &Context, state: &AppState, keys: Vec<Event>) {
        if !self.is_open() {
            return;
        }
        ctx.input_mut(|input| input.events.extend(keys));
        let drafts = state.drafts_lost_at_exit().map(drafts_text);
        let import = state.import_at_exit();
        let (title, no, yes) = match (&drafts, &import) {
            (None, None) => {
                *self = Self::NotAsked;
                return;
            }
            (Some(_), _) => (
                "Close without saving drafts?",
                "Keep open",
                Button::destructive("Close and lose drafts"),
            ),
            (None, Some((ImportAtExit::Running { can_resume, .. }, _))) => match can_resume {
                true => (
                    "The import is still running",
                    "Keep running",
                    Button::filled("Close and resume later"),
                ),
                false => (
                    "The import is unfinished",
                    "Keep open",
                    Button::destructive("Close and stop the import"),
                ),
            },
            (None, Some((ImportAtExit::Corrected(_), _))) => (
                "Close without importing?",
                "Keep open",
                Button::destructive("Close and lose corrections"),
            ),
            (None, Some((ImportAtExit::Unsaved(_), _))) => (
                "Close without saving rows?",
                "Keep open",
                Button::destructive("Close without saving"),
            ),
        };
        let import = import.map(|(import, file)| import_text(import, &file));
        let paragraphs = drafts.iter().chain(&import).map(String::as_str).collect();
        let question = Question {
            id: "close question",
            title,
            environment: None,
            paragraphs,
            no,
            yes,
        };
        match question.show(ctx) {
            Some(true) => {
                *self = Self::Agreed;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Some(false) => *self = Self::NotAsked,
            None => {}
        }
    }
}

/// `why` is the reason why drafts would be lost.
fn drafts_text(why: &str) -> String {
    format!(
        "Your drafts could not be saved ({why}). They are lost if you close the console now. Make room on \
         the disk or make the folder writable; the next change to a draft saves them."
    )
}

fn import_text(import: ImportAtExit, file: &str) -> String {
    let counted = |rows: usize| words::counted(rows as u64, "row", "rows");
    match import {
        ImportAtExit::Running { left, can_resume } => {
            let are = if left == 1 { "is" } else { "are" };
            let then = match can_resume {
                true => "You can resume the import at the next start. No row is created twice.",
                false => {
                    "This session keeps no record of the import, so it can’t be resumed. Import the file again \
                     to continue: existing businesses are not created twice."
                }
            };
            format!("{} of {file} {are} left. {then}", counted(left))
        }
        ImportAtExit::Corrected(rows) => format!(
            "You corrected {} of {file}, which has not been imported. The corrections are lost when the console closes.",
            counted(rows)
        ),
        ImportAtExit::Unsaved(rows) => {
            let were = if rows == 1 { "was" } else { "were" };
            format!(
                "{} of {file} {were} not created, or may not have been. The reasons and your corrections are lost when the \
                 console closes. Save the rows on the Import page first.",
                counted(rows)
            )
        }
    }
}
