//! The menu of a row, by the other button of the pointer or by the menu key.

use egui::Response;

use super::super::Screen;
use super::super::actions::Action;
use super::super::dialogs::Dialog;
use crate::domain::business::Business;
use crate::state::list::messages::ListCommand;
use crate::state::shell::messages::ShellCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{Icon, space};
use crate::widgets::{MenuRow, context_menu};

const WIDTH: f32 = 15.0 * space::L;

pub(super) fn show(row: &Response, business: &Business, screen: &mut Screen<'_>) {
    let actions = [
        (Action::CopyToken, "Copy token"),
        (Action::PickFormat, "Copy token as…"),
        (Action::CopyId, "Copy id"),
        (Action::CopyExternalId, "Copy external_id"),
        (Action::OpenDetail, "Open details"),
    ];
    let picked = context_menu(row, WIDTH, |ui| {
        let mut picked = None;
        for (action, words) in actions {
            let missing = (action == Action::CopyExternalId && business.external_id.is_none())
                .then_some("This business has no external_id");
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
        Some(Action::OpenDetail) => screen.ask(ListCommand::ShowDetail(true)),
        Some(_) | None => {}
    }
}
