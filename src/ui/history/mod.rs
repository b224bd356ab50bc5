//! The history page, newest entries first.

mod footer;
mod table;

use egui::{Frame, Id, Panel, Ui, vec2};

use super::areas::{fixed, footer_room, page};
use super::{Screen, words};
use crate::domain::export::Format;
use crate::domain::history::ActionGroup;
use crate::state::command::Command;
use crate::state::history::History;
use crate::state::history::messages::HistoryCommand;
use crate::theme::{Icon, height, layout, space};
use crate::widgets::{
    Banner, Button, FilterField, Row, Tone, empty_state, focus_on, menu, pick_from, row_in,
    with_end,
};

const MENU_WIDTH: f32 = 13.0 * space::L;

/// The page's filter field.
pub(super) fn filter_id() -> Id {
    Id::unique("history filter")
}

pub(super) fn show(ui: &mut Ui, is_narrow: bool, screen: &mut Screen<'_>) {
    let history = &screen.state.history;
    let gutter = layout::gutter(is_narrow);
    page(ui, |ui| {
        fixed(Panel::top("history bar"), height::TOOLBAR, Frame::new())
            .show(ui, |ui| bar(ui, history, gutter, screen.out));
        if let Some(why) = &history.problem {
            fixed(Panel::top("history problem"), height::BANNER, Frame::new()).show(ui, |ui| {
                Banner::new(Tone::Warning, "The history is incomplete.", why).show(ui, |_| ());
            });
        }
        if history.is_empty() {
            if !history.is_reading() {
                let lines = "The console records sign-ins, tokens, creates, edits, locks and failures here, but \
                             never secrets.";
                empty_state(ui, Icon::History, "No entries yet", lines, Vec::new());
            }
            return;
        }
        let below = footer_room(ui, "history foot", height::FOOT);
        if history.shown_count() == 0 {
            nothing_matches(ui, history, screen);
        } else {
            table::show(ui, history, is_narrow, gutter, screen);
        }
        footer::show(&mut below.open(ui), history, gutter, screen);
    });
}

fn bar(ui: &mut Ui, history: &History, gutter: f32, out: &mut Vec<Command>) {
    let area = ui
        .max_rect()
        .shrink2(vec2(gutter, (height::TOOLBAR - height::NORMAL) / 2.0));
    let mut ui = row_in(ui, area);
    let count = words::count(history.matching_count() as u64);
    let (typed, commands) = with_end(
        &mut ui,
        |ui| filter(ui, history),
        |ui| {
            let group = pick_group(ui, history);
            group
                .into_iter()
                .chain(export(ui, history, &count))
                .collect::<Vec<_>>()
        },
    );
    out.extend(typed.into_iter().chain(commands).map(Command::History));
}

fn pick_group(ui: &mut Ui, history: &History) -> Option<HistoryCommand> {
    let button = Button::outlined(history.group().name())
        .trailing_icon(Icon::ChevronDown)
        .show(ui);
    let picked = menu(&button, MENU_WIDTH, |ui| {
        pick_from(ui, ActionGroup::ALL, |ui, group| {
            let row = Row::item(group.name());
            row.ticked(*group == history.group()).show(ui)
        })
    });
    picked.flatten().map(HistoryCommand::ShowOnly)
}

fn export(ui: &mut Ui, history: &History, count: &str) -> Option<HistoryCommand> {
    let button = Button::icon_only(Icon::Export, "Export history")
        .disabled_if((history.shown_count() == 0).then_some("Nothing to export"))
        .show(ui);
    let picked = menu(&button, MENU_WIDTH, |ui| {
        pick_from(ui, [Format::Csv, Format::Json], |ui, format| {
            let label = format!("Export {count} as {}", words::export_format(*format));
            Row::item(&label).show(ui)
        })
    });
    picked.flatten().map(HistoryCommand::Export)
}

fn filter(ui: &mut Ui, history: &History) -> Option<HistoryCommand> {
    let trailing = if history.filter().trim().is_empty() && history.group() == ActionGroup::All {
        String::new()
    } else {
        words::matches(history.shown_count())
    };
    let mut typed = history.filter().to_owned();
    let shown = FilterField {
        id: filter_id(),
        name: "Filter history",
        text: &mut typed,
        placeholder: "Filter by action, business, id, host or result",
        filters: &[],
        trailing: &trailing,
        key: "/",
        is_hidden: false,
        is_selected: false,
    }
    .show(ui);
    if shown.cleared {
        typed.clear();
        focus_on(ui.ctx(), filter_id());
    }
    (typed != history.filter()).then_some(HistoryCommand::SetFilter(typed))
}

fn nothing_matches(ui: &mut Ui, history: &History, screen: &mut Screen<'_>) {
    let heading = empty_heading(history.filter().trim(), history.group());
    let lines = searched(history.entry_count());
    let buttons = vec![Button::outlined("Show all").takes_focus()];
    if empty_state(ui, Icon::Search, &heading, &lines, buttons).is_some() {
        let everything = [
            HistoryCommand::SetFilter(String::new()),
            HistoryCommand::ShowOnly(ActionGroup::All),
        ];
        screen.out.extend(everything.map(Command::History));
    }
}

fn empty_heading(typed: &str, group: ActionGroup) -> String {
    match (typed, group) {
        ("", group) => format!("No entries in “{}”", group.name()),
        (typed, ActionGroup::All) => format!("Nothing matches “{typed}”"),
        (typed, group) => format!("Nothing matches “{typed}” in “{}”", group.name()),
    }
}

fn searched(entries: usize) -> String {
    format!(
        "Searched {}.",
        words::counted(entries as u64, "entry", "entries")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_is_searched() {
        assert_eq!(searched(1), "Searched 1 entry.");
        assert_eq!(searched(1_240), "Searched 1,240 entries.");
    }
    #[test]
    fn the_group_is_named_if_it_hides_matches() {
        let typed = empty_heading("failed", ActionGroup::Failures);
        assert_eq!(typed, "Nothing matches “failed” in “Failures”");
        let all = empty_heading("failed", ActionGroup::All);
        assert_eq!(all, "Nothing matches “failed”");
        let none = empty_heading("", ActionGroup::Tokens);
        assert_eq!(none, "No entries in “Tokens”");
    }
}
