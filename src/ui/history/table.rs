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
use crate::widgets::{DataTable, TableColumn, TableRow, line};

pub(super) fn show(
    ui: &mut Ui,
    history: &History,
    is_narrow: bool,
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    let is_tight = ui.ctx().content_rect().width() < layout::TIGHT;
    let columns = columns(is_narrow, is_tight);
    let total = words::count(history.shown_count() as u64);
    let zone = screen.state.zone.clone();
    let today = screen.now.wall.to_zoned_datetime(zone).date();
    let response = DataTable::new(Id::unique("history"), "History entries", &columns)
        .row_height(row::COMFORTABLE)
        .gutter(gutter)
        .selected(history.selected_row())
        .show(ui, history.row_count(), |row| {
            match history.row(row.index()) {
                Some(HistoryRow::Entry {
                    entry,
                    is_fresh_copy,
                    number,
                }) => {
                    let place = format!("row {} of {total}", number + 1);
                    let details = |ui: &mut Ui| details(ui, entry, is_fresh_copy, is_tight);
                    fill(row, entry, &place, details, is_narrow, screen);
                }
                Some(HistoryRow::Day(day)) => {
                    let (name, count) = heading(day, today);
                    row.name(format!("{name}, {count}"));
                    row.heading(&name, &count);
                }
                None => {}
            }
        });
    screen.offer_focus(&response.response);
    if response.chosen.is_some() {
        screen.send(HistoryCommand::Select(response.chosen));
    }
    let opened = response.opened.and_then(|row| history.row(row));
    if let Some(HistoryRow::Entry { entry, .. }) = opened {
        show_business(entry, screen);
    }
}

/// The columns that fit.
fn columns(is_narrow: bool, is_tight: bool) -> Vec<TableColumn<'static>> {
    let details = match is_tight {
        true => column::DETAILS_TIGHT,
        false => column::DETAILS,
    };
    let mut columns = vec![
        TableColumn::fixed("Time", column::TIME),
        TableColumn::fixed("Action", column::ACTION),
        TableColumn::rest("Business", column::TIME_LEFT),
        TableColumn::fixed("Details", details),
    ];
    if is_narrow {
        columns.push(TableColumn::fixed("Result", column::RESULT_NARROW));
    } else {
        columns.push(TableColumn::fixed("Profile", column::PROFILE));
        columns.push(TableColumn::fixed("Result", column::RESULT));
    }
    columns
}

/// Fills the row of an entry. `place` is its place in the history, for screen readers.
fn fill(
    row: &mut TableRow<'_, '_>,
    entry: &HistoryEntry,
    place: &str,
    details: impl FnOnce(&mut Ui),
    is_narrow: bool,
    screen: &Screen<'_>,
) {
    let share = screen.state.share;
    let when = words::time(entry.at, &screen.state.zone);
    let business = business(entry, share);
    let result = entry.result_in_words();
    let action_name = entry.action.name();
    row.name(format!(
        "{action_name}, {place}, {when}, {business}, {result}"
    ));
    row.text(Type::Body, |p| p.muted, &when);
    row.cell(|ui| action(ui, entry));
    row.text(Type::BodyStrong, |p| p.strong, &business);
    row.cell(details);
    if !is_narrow {
        let profile = profile(entry.profile.as_ref(), share);
        row.text(Type::Body, |p| p.muted, &profile);
    }
    row.text(Type::Body, |p| mark(p, entry).1, &result);
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
pub(super) fn unavailable_reason(
    entry: &HistoryEntry,
    screen: &Screen<'_>,
) -> Option<&'static str> {
    let here = screen
        .state
        .workspace()
        .map(|open| HistoryProfile::from(&open.profile));
    (entry.profile != here).then_some("This entry is about another profile. Switch to it first")
}

/// Shows the business of an entry in the list.
pub(super) fn show_business(entry: &HistoryEntry, screen: &mut Screen<'_>) {
    match (entry.business, unavailable_reason(entry, screen)) {
        (Some(business), None) => screen.send(ListCommand::Reveal(business)),
        (Some(_), Some(why)) => screen.send(ShellCommand::ShowUnavailable(why)),
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
        format!("{} · {partner}", whose.environment_in_sentence())
    })
}

/// Format, counts and fingerprint of an entry.
fn details(ui: &mut Ui, entry: &HistoryEntry, is_fresh_copy: bool, is_tight: bool) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.x = space::SM;
    let mut said = entry.format_and_counts();
    if is_fresh_copy {
        said.push_str(FRESH_COPY);
    }
    if !said.is_empty() {
        line(ui, Type::Body, p.text, &said);
    }
    if let Some(fingerprint) = entry.fingerprint.filter(|_| !is_tight || said.is_empty()) {
        line(ui, Type::Mono, p.text, &fingerprint.to_string());
    }
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
    match entry.outcome() {
        HistoryOutcome::Failed if is_unknown => (Some(p.warn), p.warn),
        HistoryOutcome::Done | HistoryOutcome::Existed | HistoryOutcome::Other => (None, p.muted),
        HistoryOutcome::Unknown
        | HistoryOutcome::PartlyFailed
        | HistoryOutcome::Stopped
        | HistoryOutcome::Interrupted => (Some(p.warn), p.warn),
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
