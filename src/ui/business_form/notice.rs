//! The notice that a dialog or pane shows for a failed request: the reason, messages about fields that the form does not show, and details.

use egui::Ui;

use super::super::Screen;
use crate::domain::draft::Field;
use crate::domain::failure::Failure;
use crate::domain::text::excerpt;
use crate::state::create::form_input::FieldRejection;
use crate::widgets::{Button, Notice, Tone};

/// Length at which a server message is truncated, in characters.
const MAX_MESSAGE_LEN: usize = 200;

/// A notice about a failed request.
pub(in crate::ui) struct FormNotice<'a> {
    pub(in crate::ui) tone: Tone,
    /// What happened.
    pub(in crate::ui) title: &'a str,
    /// The explanation. May contain personal data, because servers quote the request.
    pub(in crate::ui) text: &'a str,
    /// The failure shown as details; `None` for no details.
    pub(in crate::ui) failure: Option<&'a Failure>,
    /// Texts to hide in share mode.
    pub(in crate::ui) personal: &'a [&'a str],
}

impl FormNotice<'_> {
    /// Draws the notice with `buttons`, and with a button to copy the details while they are expanded. Returns which of `buttons` was pressed.
    pub(in crate::ui) fn show(
        &self,
        ui: &mut Ui,
        is_open: &mut bool,
        mut buttons: Vec<Button<'_>>,
        screen: &mut Screen<'_>,
    ) -> Option<usize> {
        let share = screen.state.share;
        let text = share.scrub(self.text, self.personal);
        let block = self.failure.map(Failure::support_block);
        let seen = self.failure.map(|failure| {
            let line = format!("Details: {}", failure.summary());
            let block = block.as_deref().unwrap_or_default();
            (
                share.scrub(&line, self.personal),
                share.scrub(block, self.personal),
            )
        });
        let copies = buttons.len();
        let mut notice = Notice::new(self.tone, self.title, &text);
        if let Some((line, rest)) = &seen {
            if *is_open {
                buttons.push(Button::plain("Copy details").small());
            }
            notice = notice.details(line, rest, is_open);
        }
        let pressed = notice.show(ui, buttons);
        if let (Some(at), Some(text)) = (pressed, block)
            && at == copies
        {
            screen.copy("details", text);
        }
        pressed.filter(|at| *at < copies)
    }
}

/// `sentence`, followed by server messages about fields that the form does not show.
pub(in crate::ui) fn with_unseen(
    sentence: &str,
    field_rejections: &[FieldRejection],
    hidden: &[Field],
) -> String {
    let mut text = sentence.to_owned();
    for rejection in field_rejections {
        let message = excerpt(&rejection.message, MAX_MESSAGE_LEN);
        match rejection.field {
            None => text = format!("{text}\n{message}"),
            Some(field) if hidden.contains(&field) => {
                text = format!("{text}\n{}: {message}", field.label());
            }
            Some(_) => {}
        }
    }
    text
}
