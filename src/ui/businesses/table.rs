//! The rows of the list. Only visible rows are processed.

use egui::{Id, Ui, UiBuilder};

use super::super::{Screen, words};
use super::cell::is_pinned;
use super::column_view::{ColumnView, ListedBusiness};
use super::{columns, row_menu, token_card};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::ServerText;
use crate::state::list::messages::ListCommand;
use crate::state::list::{Layout, ListColumn, Sort};
use crate::state::session::workspace::Workspace;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, row, space};
use crate::widgets::{
    ColumnWidth, DataTable, RowExtension, TableColumn, TableResponse, TableRow, skeleton_rows,
    with_note,
};

/// Differs for each profile, so that the list of another one does not appear as far down as this was scrolled.
fn table_id(workspace: &Workspace) -> Id {
    Id::unique(("businesses", &workspace.profile))
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &mut Screen<'_>) {
    let list = &workspace.list;
    let columns = columns_of(ui, workspace, gutter);
    let heads = heads(&columns, list.sort());
    let selected = workspace.selected.and_then(|id| list.position_of(id));
    let reveal = workspace.reveal.and_then(|id| list.position_of(id));
    let highlighted = workspace.highlighted.map(|(id, _)| id);
    let is_new = highlighted.is_some() && highlighted == workspace.reveal;
    let total = list.shown_count();
    let table = DataTable::new(table_id(workspace), "Businesses", &heads)
        .reorderable()
        .gutter(gutter)
        .selected(selected)
        .scroll_to(reveal)
        // Not at the edge, where the toast that announces a new business would cover its row.
        .centered(is_new)
        .loading(loading_fraction(workspace, screen));
    let response = table.show(ui, total, |row| {
        if let Some(business) = list.shown(row.index()) {
            row.in_selection(workspace.selected_rows.contains(business.id));
            row.fresh(highlighted == Some(business.id));
            let listed = ListedBusiness::new(&business, workspace, screen.now);
            fill(row, &listed, &columns, total, screen);
        }
    });
    if reveal.is_some() {
        screen.send(ListCommand::RevealDone);
    }
    screen.offer_focus(&response.response);
    rows_used(ui, &response, workspace, screen);
    let at = |place| list.shown(place).map(|business| business.id);
    if let Some((row, id)) = row_menu::opened(&response, at)
        && let Some(business) = list.businesses().get(id)
    {
        row_menu::show(row, &business, workspace, screen);
    }
    heads_used(&response, &columns, &workspace.layout, screen);
}

/// Fills the row of a business.
fn fill(
    row: &mut TableRow<'_, '_>,
    listed: &ListedBusiness<'_>,
    columns: &[(&ColumnView, ColumnWidth)],
    total: usize,
    screen: &Screen<'_>,
) {
    let share = screen.state.share;
    let elsewhere = listed.found_elsewhere(columns.iter().map(|(view, _)| view.column));
    let elsewhere = elsewhere.map(|found| {
        let letters: &[u32] = if share.is_on() { &[] } else { &found.letters };
        (found.text.label(), share.plain(&found.shown), letters)
    });
    let mut name = spoken(listed, row.index(), total, share);
    if is_pinned(listed.business.id, screen) {
        name.push_str(", pinned");
    }
    if let Some((label, value, _)) = &elsewhere {
        name.push_str(&format!(", {label} {value}"));
    }
    row.name(name);
    for (view, _) in columns {
        let cell = (view.cell)(listed);
        // In share mode other characters are shown, so nothing is marked.
        let letters = match share.is_on() {
            true => &[],
            false => listed.letters(view.column),
        };
        row.cell(|ui| match &elsewhere {
            Some((label, value, found)) if view.column == ListColumn::Name => {
                let name = |ui: &mut Ui| cell.show(ui, letters, screen);
                with_note(ui, name, (label, value), found);
            }
            Some(_) | None => cell.show(ui, letters, screen),
        });
    }
}

/// Selects, opens and copies the token of rows.
fn rows_used(ui: &Ui, response: &TableResponse, workspace: &Workspace, screen: &mut Screen<'_>) {
    let list = &workspace.list;
    if let Some(chosen) = response.chosen.and_then(|place| list.shown(place)) {
        let id = chosen.id;
        // Opening the menu on one of several selected rows keeps the selection, because the menu applies to all of them.
        let keeps = response.row_with_menu.is_some() && workspace.selected_rows.contains(id);
        match response.extends {
            RowExtension::UpTo => screen.send(ListCommand::SelectTo(id)),
            RowExtension::Toggled => screen.send(ListCommand::ToggleSelected(id)),
            RowExtension::Alone if !keeps => {
                screen.send(ListCommand::Select(Some(id)));
                if ui.input(|input| input.pointer.primary_released()) {
                    screen.send(ListCommand::ShowDetail(true));
                }
            }
            RowExtension::Alone => {}
        }
    }
    if response.opened.is_some() {
        screen.send(ListCommand::ShowDetail(true));
    }
    if let Some(business) = response.double_clicked.and_then(|place| list.shown(place)) {
        screen.send(TokenCommand::Copy {
            business: business.id,
            format: None,
        });
    }
}

/// Sorts by columns, moves and resizes them.
fn heads_used(
    response: &TableResponse,
    columns: &[(&ColumnView, ColumnWidth)],
    layout: &Layout,
    screen: &mut Screen<'_>,
) {
    if let Some((view, _)) = response.sort_clicked.and_then(|at| columns.get(at)) {
        screen.send(ListCommand::SortBy(view.column));
    }
    if let Some((from, to)) = response.moved
        && let Some((moved, _)) = columns.get(from)
    {
        let before = columns.get(to).map(|(view, _)| view.column);
        let layout = columns::put_before(layout, moved.column, before);
        screen.send(ListCommand::SetLayout(layout));
    }
    if let Some((at, width)) = response.dragged
        && let Some((view, _)) = columns.get(at)
    {
        let layout = columns::dragged(layout, view.column, width);
        screen.send(ListCommand::SetLayout(layout));
    }
}

/// The columns that fit.
fn columns_of(
    ui: &Ui,
    workspace: &Workspace,
    gutter: f32,
) -> Vec<(&'static ColumnView, ColumnWidth)> {
    let room = ui.available_width() - 2.0 * gutter;
    columns::fitting(&workspace.layout, room, workspace.is_detail_open)
}

fn heads(columns: &[(&ColumnView, ColumnWidth)], sort: Sort) -> Vec<TableColumn<'static>> {
    columns
        .iter()
        .map(|(view, width)| {
            TableColumn::new(view.column.title(), *width)
                .sortable((view.column == sort.column).then_some(sort.is_descending))
        })
        .collect()
}

/// Table header and placeholder bars, laid out like the rows so that nothing moves when they arrive. Leaves `footer` px free at the bottom.
pub(super) fn awaited(
    ui: &mut Ui,
    workspace: &Workspace,
    gutter: f32,
    footer: f32,
    screen: &Screen<'_>,
) {
    let columns = columns_of(ui, workspace, gutter);
    let heads = heads(&columns, workspace.list.sort());
    let area = ui.available_rect_before_wrap();
    let table = DataTable::new(Id::unique("businesses awaited"), "Businesses", &heads)
        .gutter(gutter)
        .loading(loading_fraction(workspace, screen));
    table.show(
        &mut ui.new_child(UiBuilder::new().max_rect(area)),
        0,
        |_| {},
    );

    let fixed: f32 = columns.iter().map(|(_, width)| width.least()).sum();
    let rest = (area.width() - 2.0 * gutter - fixed).max(0.0);
    let bars: Vec<(f32, f32)> = columns
        .iter()
        .map(|(view, width)| match width {
            _ if view.is_mostly_empty => (width.least(), 0.0),
            ColumnWidth::Rest(least) => (least + rest, least - space::XXXL),
            _ => (width.least(), (width.least() - space::XXXL).max(space::L)),
        })
        .collect();
    let rows = area.with_min_y(area.top() + row::HEAD);
    let high = theme::rows(ui.ctx()).table;
    let count = ((rows.height() - footer) / high).max(0.0) as usize;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rows));
    skeleton_rows(&mut ui, count, high, gutter, &bars);
}

fn loading_fraction(workspace: &Workspace, screen: &Screen<'_>) -> Option<f32> {
    use crate::state::shell::loading_stage::LoadingStage;
    let progress = workspace.list.loading.progress(screen.now.boot)?;
    if LoadingStage::after(progress.elapsed) == LoadingStage::Instant {
        return None;
    }
    Some(
        progress
            .total
            .filter(|total| *total > 0)
            .map_or(0.0, |total| progress.loaded as f32 / total as f32),
    )
}

/// Screen-reader text of a row.
fn spoken(listed: &ListedBusiness<'_>, place: usize, total: usize, share: ShareMode) -> String {
    let business = listed.business;
    let (name, _) = words::title(business, share);
    let mut text = format!(
        "{name}, row {} of {}",
        place + 1,
        words::count(total as u64)
    );
    let parts = [
        business.country.as_ref().map(ServerText::shown),
        business.external_id.as_ref().map(|id| share.shown(id)),
    ];
    for part in parts.into_iter().flatten() {
        text.push_str(", ");
        text.push_str(&part);
    }
    if let Some((status, false)) = words::status(business, listed.is_archived) {
        text.push_str(", ");
        text.push_str(&status.to_lowercase());
    }
    if let Some((countdown, _)) = &listed.countdown {
        text.push_str(", ");
        text.push_str(&token_card::spoken(countdown));
    }
    text
}
