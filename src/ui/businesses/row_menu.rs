//! The context menu of a row, opened by secondary click or the menu key.

use egui::{Context, Id, Response, Ui};

use super::super::actions::Action;
use super::super::subject_action::at_subject;
use super::super::{Screen, words};
use super::columns::export_label;
use super::copy_several::{NO_EXTERNAL_ID, copy_of_several, external_ids, ids, value};
use crate::domain::business::{Business, BusinessId, BusinessText};
use crate::domain::export::Format;
use crate::domain::filter::{can_be_a_term, quoted, raw_tokens};
use crate::state::command::Command;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{Icon, space};
use crate::widgets::{Row, TableResponse, context_menu, menu_divider};

const WIDTH: f32 = 17.0 * space::L;

/// The row whose menu is open, and the business for which it was opened. `at` finds the business of a row.
pub(in super::super) fn opened(
    table: &TableResponse,
    at: impl FnOnce(usize) -> Option<BusinessId>,
) -> Option<(&Response, BusinessId)> {
    let (at_row, row) = match &table.row_with_menu {
        Some((place, row)) => (at(*place), Some(row)),
        None => (None, None),
    };
    let main = &table.response;
    let business = subject(&main.ctx, main.id, row, at_row)?;
    Some((row?, business))
}

/// The business for which the menu of this table was opened. Remembered, because rows may move while the menu is open.
fn subject(
    ctx: &Context,
    table: Id,
    row: Option<&Response>,
    at_row: Option<BusinessId>,
) -> Option<BusinessId> {
    let place = table.with("subject of the row menu");
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

pub(super) fn show(
    row: &Response,
    business: &Business,
    workspace: &Workspace,
    screen: &mut Screen<'_>,
) {
    let id = business.id;
    if workspace.selected_rows.contains(id) {
        return of_several(row, workspace, screen);
    }
    context_menu(row, WIDTH, |ui| {
        let mut line = |ui: &mut Ui, action: Action, words: &str, icon: Icon, key: &str| {
            let unavailable_reason = action.unavailable_reason_at(id, workspace);
            let line = Row::item(words).icon(icon).hint(key);
            if line.disabled_if(unavailable_reason).show(ui).clicked() {
                let command = at_subject(action, id, screen);
                screen.out.extend(command);
            }
        };
        for (action, words) in [
            (Action::CopyToken, "Copy token"),
            (Action::PickFormat, "Copy token as…"),
            (Action::CopyNote, "Copy hand-over note"),
            (Action::CopyId, "Copy id"),
            (Action::CopyExternalId, "Copy external_id"),
            (Action::CopyVatNumber, "Copy VAT number"),
            (Action::CopyEmail, "Copy e-mail"),
            (Action::CopyJson, "Copy row as JSON"),
        ] {
            line(ui, action, words, Icon::Copy, &action.key());
        }
        menu_divider(ui);
        let pin = match workspace.list.shortlist.is_pinned(id) {
            true => "Unpin",
            false => "Pin to the top",
        };
        line(ui, Action::OpenDetail, "Open details", Icon::Info, "");
        line(ui, Action::TogglePin, pin, Icon::Pin, "");
        line(ui, Action::EditBusiness, "Edit…", Icon::Edit, "");
        if workspace.offers_archive {
            let archive = match workspace.list.is_archived(id) {
                true => "Unarchive",
                false => "Archive",
            };
            line(ui, Action::ToggleArchive, archive, Icon::Archive, "");
        }
        let mut is_first = true;
        for (key, words, text) in FILTERS {
            let value = value(business, text).filter(|value| can_be_a_term(value.raw()));
            let Some(value) = value else {
                continue;
            };
            if std::mem::take(&mut is_first) {
                menu_divider(ui);
            }
            let shown = value.shown();
            let line = Row::item(words).icon(Icon::Search).hint_mono(&shown);
            if line.show(ui).clicked() {
                let filter = with_term(workspace.list.filter(), key, value.raw());
                screen.send(ListCommand::SetFilter(filter));
            }
        }
    });
}

/// The menu of several selected rows. It never copies their tokens.
fn of_several(row: &Response, workspace: &Workspace, screen: &mut Screen<'_>) {
    let count = words::count(workspace.selected_rows.several().unwrap_or_default() as u64);
    let picked = context_menu(row, WIDTH, |ui| {
        let mut picked = None;
        for (lines, what) in [
            (ids(workspace), "id"),
            (external_ids(workspace).collect(), "external_id"),
        ] {
            let words = match lines.len() {
                0 => format!("Copy {what}s"),
                found => format!(
                    "Copy {}",
                    words::counted(found as u64, what, &format!("{what}s"))
                ),
            };
            let missing = lines.is_empty().then_some(NO_EXTERNAL_ID);
            let line = Row::item(&words).icon(Icon::Copy).disabled_if(missing);
            if line.show(ui).clicked() {
                picked = Some(copy_of_several(lines, what, workspace).into());
            }
        }
        menu_divider(ui);
        for format in [Format::Csv, Format::Json] {
            let words = export_label(workspace, &count, format);
            if Row::item(&words).icon(Icon::Export).show(ui).clicked() {
                picked = Some(Command::from(ListCommand::Export(format)));
            }
        }
        picked
    });
    screen.out.extend(picked.flatten());
}

/// Key of the term, label of the row and text of the business.
const FILTERS: [(&str, &str, BusinessText); 3] = [
    ("country", "Filter by this country", BusinessText::Country),
    ("type", "Filter by this type", BusinessText::EntityType),
    (
        "currency",
        "Filter by this currency",
        BusinessText::BaseCurrency,
    ),
];

/// Adds a term to the filter, replacing any term with the same key.
fn with_term(filter: &str, key: &str, value: &str) -> String {
    let is_same = |token: &&str| {
        let token = token.replace('"', "");
        let term = token.trim_start_matches('!').split_once(':');
        term.is_some_and(|(other, _)| other.eq_ignore_ascii_case(key))
    };
    let mut tokens: Vec<&str> = raw_tokens(filter).filter(|token| !is_same(token)).collect();
    let term = format!("{key}:{}", quoted(value));
    tokens.insert(0, &term);
    tokens.join(" ") + " "
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect, Sense};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_term_takes_the_place_of_another_of_its_kind() {
        assert_eq!(with_term("", "country", "NL"), "country:NL ");
        assert_eq!(
            with_term("acme !country:DE is:active", "country", "NL"),
            "country:NL acme is:active "
        );
        assert_eq!(with_term("", "type", "two words"), "type:\"two words\" ");
        assert_eq!(with_term("type:\"x y\" ", "type", "z"), "type:z ");
        assert_eq!(with_term("\"Type:x y\"", "type", "z"), "type:z ");
        assert_eq!(
            with_term("\"two words\" !type:\"x y\" country:NL", "type", "z"),
            "type:z \"two words\" country:NL "
        );
    }

    #[test]
    fn the_menu_stays_with_its_business_when_the_rows_move() {
        let ctx = Context::default();
        let id = |number| BusinessId(Uuid::from_u128(number));
        let subject_at = |at_row: Option<BusinessId>| {
            let mut found = None;
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                let row = ui.interact(Rect::EVERYTHING, Id::unique("row"), Sense::click());
                let table = Id::unique("table");
                found = subject(ui.ctx(), table, at_row.map(|_| &row), at_row);
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
