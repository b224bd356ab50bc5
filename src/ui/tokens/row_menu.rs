//! The context menu of a token, opened by secondary click or the menu key.

use egui::{Response, Ui};

use super::super::Screen;
use super::super::actions::Action;
use super::super::dialog::Dialog;
use super::super::screen::UiRequest;
use crate::domain::business::BusinessId;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{Icon, space};
use crate::widgets::{Row, context_menu, menu_divider};

const WIDTH: f32 = 15.0 * space::L;

/// Attaches the menu of this business's token to its row. `is_fetching` says whether a new one is on the way.
pub(super) fn show(
    row: &Response,
    business: BusinessId,
    is_fetching: bool,
    screen: &mut Screen<'_>,
) {
    let line = |ui: &mut Ui, icon, words, key: &str, unavailable_reason| {
        let line = Row::item(words).icon(icon).hint(key);
        line.disabled_if(unavailable_reason).show(ui).clicked()
    };
    context_menu(row, WIDTH, |ui| {
        let key = Action::CopyToken.key();
        if line(ui, Icon::Copy, "Copy token", &key, None) {
            screen.send(TokenCommand::Copy {
                business,
                format: None,
            });
        }
        let key = Action::PickFormat.key();
        if line(ui, Icon::Copy, "Copy token as…", &key, None) {
            screen.request(UiRequest::Dialog(Dialog::PickFormat(business)));
        }
        let key = Action::FetchNewToken.key();
        let busy = is_fetching.then_some("Fetching a new token");
        if line(ui, Icon::Refresh, "Fetch a new token", &key, busy) {
            screen.send(TokenCommand::FetchNew(business));
        }
        menu_divider(ui);
        if line(ui, Icon::Trash, "Forget this token", "Delete", None) {
            screen.send(TokenCommand::Forget(business));
        }
    });
}
