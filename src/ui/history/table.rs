//! The rows of the history.

use egui::{Color32, Id, Ui};
use jiff::civil::Date;

use super::super::{Screen, words};
use crate::domain::history::{
    FailureReason, HistoryAction, HistoryEntry, HistoryOutcome, HistoryProfile,
};
use crate::domain::share_mode::ShareMode;
use crate::state::history::messages::HistoryCommand;
use crate::state::history::{History, HistoryDay, HistoryRow};
use crate::state::list::messages::ListCommand;
use crate::state::shell::messages::ShellCommand;
use crate::theme::{self, Icon, Palette, Type, column, layout, row, size, space};
use crate::widgets::{ColumnWidth, DataTable, TableColumn, line};

pub(super) fn show(
    ui: &mut Ui,
    history: &History,
    is_narrow: bool,
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    let is_tight = ui.ctx().content_rect().width() < layout::TIGHT;
    let details = if is_tight {
        column::DETAILS_TIGHT
    } else {
        column::DETAILS
    };
    let result = if is_narrow {
        column::RESULT_NARROW
    } else {
        column::RESULT
    };
    let mut columns = vec![
        TableColumn::new("Time", ColumnWidth::Fixed(column::TIME)),
        TableColumn::new("Action", ColumnWidth::Fixed(column::ACTION)),
        TableColumn::new("Business", ColumnWidth::Rest(column::TIME_LEFT)),
        TableColumn::new("Details", ColumnWidth::Fixed(details)),
        TableColumn::new("Result", ColumnWidth::Fixed(result)),
    ];
    if !is_narrow {
        columns.insert(
            4,
            TableColumn::new("Profile", ColumnWidth::Fixed(column::PROFILE)),
        );
    }
    let (rows, total) = (history.row_count(), history.shown_count());
    let (zone, share) = (&screen.state.zone, screen.state.share);
    let today = screen.now.wall.to_zoned_datetime(zone.clone()).date();
    let response = DataTable::new(Id::unique("history"), "History entries", &columns)
        .row_height(row::COMFORTABLE)
        .gutter(gutter)
        .selected(history.selected_row())
        .show(ui, rows, |row| {
            let (entry, is_fresh_copy, number) = match history.row(row.index()) {
                Some(HistoryRow::Entry {
                    entry,
                    is_fresh_copy,
                    number,
                }) => (entry, is_fresh_copy, number),
                Some(HistoryRow::Day(day)) => {
                    let (name, count) = heading(day, today);
                    row.name(format!("{name}, {count}"));
                    row.heading(&name, &count);
                    return;
                }
                None => return,
            };
            let when = words::time(entry.at, zone);
            let business = business(entry, share);
            row.name(format!(
                "{}, row {} of {}, {when}, {business}, {}",
                entry.action.name(),
                number + 1,
                words::count(total as u64),
                entry.result_in_words(),
            ));
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                line(ui, Type::Body, p.muted, &when);
            });
            row.cell(|ui| action(ui, entry));
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                line(ui, Type::BodyStrong, p.strong, &business);
            });
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                ui.spacing_mut().item_spacing.x = space::SM;
                let mut said = entry.format_and_counts();
                if is_fresh_copy {
                    said.push_str(FRESH_COPY);
                }
                if !said.is_empty() {
                    line(ui, Type::Body, p.text, &said);
                }
                if let Some(fingerprint) =
                    entry.fingerprint.filter(|_| !is_tight || said.is_empty())
                {
                    line(ui, Type::Mono, p.text, &fingerprint.to_string());
                }
            });
            if !is_narrow {
                row.cell(|ui| {
                    let p = theme::palette(ui.ctx());
                    line(
                        ui,
                        Type::Body,
                        p.muted,
                        &profile(entry.profile.as_ref(), share),
                    );
                });
            }
            row.cell(|ui| {
                let p = theme::palette(ui.ctx());
                let (_, color) = mark(p, entry);
                line(ui, Type::Body, color, &entry.result_in_words());
            });
        });
    screen.offer_focus(&response.response);
    if response.chosen.is_some() {
        screen.ask(HistoryCommand::Select(response.chosen));
    }
    let opened = response.opened.and_then(|row| history.row(row));
    if let Some(HistoryRow::Entry { entry, .. }) = opened {
        show_business(entry, screen);
    }
}

/// Appended to the format of a token that was fetched for copying.
pub(super) const FRESH_COPY: &str = ", new";

/// "Today", "Yesterday" or "Fri 27 Nov 2026", and the number of entries.
fn heading(day: &HistoryDay, today: Date) -> (String, String) {
    let is_yesterday = today
        .yesterday()
        .is_ok_and(|yesterday| day.date == yesterday);
    let written = day.date.strftime("%a %-d %b %Y");
    let name = match day.date {
        date if date == today => format!("Today, {written}"),
        _ if is_yesterday => format!("Yesterday, {written}"),
        _ => written.to_string(),
    };
    let entries = words::counted(day.count as u64, "entry", "entries");
    (name, entries)
}

/// Why the business of an entry cannot be shown: it belongs to another profile.
pub(super) fn obstacle(entry: &HistoryEntry, screen: &Screen<'_>) -> Option<&'static str> {
    let here = screen
        .state
        .workspace()
        .map(|open| HistoryProfile::from(&open.profile));
    (entry.profile != here).then_some("This entry is about another profile. Switch to it first")
}

/// Shows the business of an entry in the list.
pub(super) fn show_business(entry: &HistoryEntry, screen: &mut Screen<'_>) {
    match (entry.business, obstacle(entry, screen)) {
        (Some(business), None) => screen.ask(ListCommand::Reveal(business)),
        (Some(_), Some(why)) => screen.ask(ShellCommand::ShowObstacle(why)),
        (None, _) => {}
    }
}

/// Name of an entry's business, as shown on the screen.
pub(super) fn business(entry: &HistoryEntry, share: ShareMode) -> String {
    let stand_in = entry.business.and_then(|id| share.name(id, None));
    match (&entry.name, entry.business) {
        (Some(name), _) => stand_in.map_or_else(|| share.plain(name).into(), Into::into),
        (None, Some(_)) => "No name".to_owned(),
        (None, None) => String::new(),
    }
}

fn profile(whose: Option<&HistoryProfile>, share: ShareMode) -> String {
    whose.map_or_else(String::new, |whose| {
        let partner = share.plain(&whose.partner);
        format!("{} · {partner}", whose.environment)
    })
}

fn action(ui: &mut Ui, entry: &HistoryEntry) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.x = space::S;
    let color = mark(p, entry).0.unwrap_or(p.muted);
    ui.add(icon(entry.action).image(size::icon::NORMAL, color));
    line(ui, Type::Body, p.text, entry.action.name());
}

/// Colour of the icon, if it differs from the default, and of the text.
fn mark(p: &Palette, entry: &HistoryEntry) -> (Option<Color32>, Color32) {
    let is_unknown = entry.action == HistoryAction::OldKeyChecked
        && entry
            .why
            .is_some_and(|why| why != FailureReason::OldKeyWorks);
    match entry.result {
        HistoryOutcome::Failed if is_unknown => (Some(p.warn), p.warn),
        HistoryOutcome::Done | HistoryOutcome::Existed | HistoryOutcome::Other => (None, p.muted),
        HistoryOutcome::Unknown | HistoryOutcome::Stopped => (Some(p.warn), p.warn),
        HistoryOutcome::Failed => (Some(p.danger), p.danger),
    }
}

fn icon(action: HistoryAction) -> Icon {
    match action {
        HistoryAction::SignedIn | HistoryAction::SignedOut => Icon::User,
        HistoryAction::Locked | HistoryAction::Unlocked => Icon::Lock,
        HistoryAction::TokenIssued | HistoryAction::TokenOnCommandLine => Icon::Token,
        HistoryAction::TokenCopied => Icon::Copy,
        HistoryAction::TokenForgotten | HistoryAction::ProfileRemoved => Icon::Trash,
        HistoryAction::Created => Icon::Plus,
        HistoryAction::Edited => Icon::Edit,
        HistoryAction::Archived | HistoryAction::Unarchived => Icon::Archive,
        HistoryAction::Imported | HistoryAction::ImportDiscarded => Icon::Import,
        HistoryAction::Exported => Icon::Export,
        HistoryAction::Rotated | HistoryAction::OldKeyChecked => Icon::Key,
        HistoryAction::Other => Icon::Info,
    }
}
