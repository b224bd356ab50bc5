//! The menu of a row, by the other button of the pointer or by the menu key.

use egui::{Context, Id, Response};

use super::super::Screen;
use super::super::actions::Action;
use super::super::dialogs::Dialog;
use crate::domain::business::{Business, BusinessId};
use crate::state::list::messages::ListCommand;
use crate::state::shell::messages::ShellCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{Icon, space};
use crate::widgets::{MenuRow, context_menu};

const WIDTH: f32 = 15.0 * space::L;

/// The business that the menu was opened for. Rows move while it is open, and what it copies must not.
pub(super) fn subject(
    ctx: &Context,
    row: Option<&Response>,
    at_row: Option<BusinessId>,
) -> Option<BusinessId> {
    let place = Id::unique("subject of the row menu");
    let Some(row) = row else {
        ctx.data_mut(|data| data.remove::<(Id, BusinessId)>(place));
        return None;
    };
    let known = ctx.data(|data| data.get_temp::<(Id, BusinessId)>(place));
    let is_opened_anew = row.secondary_clicked();
    let known = known.filter(|(of, _)| *of == row.id && !is_opened_anew);
    let subject = known.map(|(_, id)| id).or(at_row)?;
    ctx.data_mut(|data| data.insert_temp(place, (row.id, subject)));
    Some(subject)
}

pub(super) fn show(row: &Response, business: &Business, screen: &mut Screen<'_>) {
    let actions = [
        (Action::CopyToken, "Copy token"),
        (Action::PickFormat, "Copy token as…"),
        (Action::CopyNote, "Copy hand-over note"),
        (Action::CopyId, "Copy id"),
        (Action::CopyExternalId, "Copy external_id"),
        (Action::OpenDetail, "Open details"),
    ];
    let now = screen.now.boot;
    let has_token = screen
        .state
        .workspace()
        .is_some_and(|workspace| workspace.tokens.live_end(business.id, now).is_some());
    let picked = context_menu(row, WIDTH, |ui| {
        let mut picked = None;
        for (action, words) in actions {
            let missing = match action {
                Action::CopyExternalId if business.external_id.is_none() => {
                    Some("This business has no external_id")
                }
                Action::CopyNote if !has_token => Some("Copy a token first"),
                _ => None,
            };
            let key = action.key();
            let icon = match action {
                Action::OpenDetail => Icon::Info,
                _ => Icon::Copy,
            };
            let line = MenuRow::new(words)
                .icon(icon)
                .hint(&key)
                .disabled_if(missing);
            if line.show(ui).clicked() {
                picked = Some(action);
            }
        }
        picked
    });
    match picked.flatten() {
        Some(Action::CopyToken) => screen.ask(TokenCommand::Copy {
            business: business.id,
            format: None,
        }),
        Some(Action::PickFormat) => screen.wants_dialog = Some(Dialog::PickFormat(business.id)),
        Some(Action::CopyId) => screen.ask(ShellCommand::CopyText {
            what: "id",
            text: business.id.to_string(),
        }),
        Some(Action::CopyExternalId) => {
            if let Some(id) = &business.external_id {
                screen.ask(ShellCommand::CopyText {
                    what: "external_id",
                    text: id.raw().to_owned(),
                });
            }
        }
        Some(Action::CopyNote) => screen.ask(TokenCommand::CopyNote(business.id)),
        Some(Action::OpenDetail) => screen.ask(ListCommand::ShowDetail(true)),
        Some(_) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect, Sense};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_menu_stays_with_its_business_when_the_rows_move() {
        let ctx = Context::default();
        let id = |number| BusinessId(Uuid::from_u128(number));
        let subject_at = |at_row: Option<BusinessId>| {
            let mut found = None;
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                let row = ui.interact(Rect::EVERYTHING, Id::unique("row"), Sense::click());
                found = subject(ui.ctx(), at_row.map(|_| &row), at_row);
            });
            output.textures_delta.clear();
            found
        };
        assert_eq!(subject_at(Some(id(1))), Some(id(1)));
        assert_eq!(subject_at(Some(id(2))), Some(id(1)), "the rows have moved");
        assert_eq!(subject_at(None), None, "the menu is closed");
        assert_eq!(subject_at(Some(id(2))), Some(id(2)), "and opened anew");
    }
}
