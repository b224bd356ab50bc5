//! The rows of the list. Only the visible ones cost anything.

use egui::{Id, Ui, UiBuilder};

use super::super::{Screen, words};
use super::{columns, token_card};
use crate::domain::business::Business;
use crate::domain::countdown::Countdown;
use crate::domain::text::ServerText;
use crate::state::list::messages::ListCommand;
use crate::state::list::{Column, Sort};
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Type, row, space};
use crate::widgets::{
    ColumnWidth, DataTable, SortMark, TableColumn, line, pill, skeleton_rows, status_dot,
};

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &mut Screen<'_>) {
    let list = &workspace.list;
    let is_beside_pane = workspace.is_detail_open;
    let columns = columns_of(ui, workspace, gutter);
    let heads = heads(&columns, list.sort());
    let selected = workspace.selected.and_then(|id| list.place_of(id));
    let reveal = workspace.reveal.and_then(|id| list.place_of(id));
    let total = list.shown_count();
    // The widths of other columns are another table's.
    let shape: Vec<Column> = columns.iter().map(|(column, _)| *column).collect();
    let table = DataTable::new(
        Id::unique(("businesses", shape, is_beside_pane)),
        "Businesses",
        &heads,
    )
    .gutter(gutter)
    .selected(selected)
    .scroll_to(reveal)
    .loading(loading_fraction(workspace, screen));
    let response = table.show(ui, total, |row| {
        let Some(business) = list.shown(row.index()) else {
            return;
        };
        row.name(spoken(&business, row.index(), total, workspace, screen));
        row.fresh(workspace.fresh.is_some_and(|(id, _)| id == business.id));
        for (column, _) in &columns {
            row.cell(|ui| cell(ui, *column, &business, workspace, screen));
        }
    });
    if reveal.is_some() {
        screen.ask(ListCommand::RevealDone);
    }
    if screen.is_focus_free(ui.ctx()) {
        response.response.request_focus();
    }
    if let Some(chosen) = response.chosen.and_then(|place| list.shown(place)) {
        screen.ask(ListCommand::Select(Some(chosen.id)));
        if ui.input(|input| input.pointer.any_released()) {
            screen.ask(ListCommand::ShowDetail(true));
        }
    }
    if response.opened.is_some() {
        screen.ask(ListCommand::ShowDetail(true));
    }
    if let Some(column) = response.sort_clicked.and_then(|at| columns.get(at)) {
        screen.ask(ListCommand::SortBy(column.0));
    }
    if let Some((at, width)) = response.dragged
        && let Some((column, _)) = columns.get(at)
    {
        screen.ask(ListCommand::SetLayout(columns::dragged(
            &workspace.layout,
            *column,
            width,
        )));
    }
}

/// The columns that have room.
fn columns_of(ui: &Ui, workspace: &Workspace, gutter: f32) -> Vec<(Column, ColumnWidth)> {
    let room = ui.available_width() - 2.0 * gutter;
    columns::fitting(&workspace.layout, room, workspace.is_detail_open)
}

fn heads(columns: &[(Column, ColumnWidth)], sort: Sort) -> Vec<TableColumn<'static>> {
    let mark = if sort.is_descending {
        SortMark::Descending
    } else {
        SortMark::Ascending
    };
    columns
        .iter()
        .map(|(column, width)| {
            TableColumn::new(column.title(), *width)
                .sortable((*column == sort.column).then_some(mark))
        })
        .collect()
}

/// The heads and grey bars in the places of the rows, so that nothing moves when they come.
/// `foot` px at the bottom stay free.
pub(super) fn awaited(
    ui: &mut Ui,
    workspace: &Workspace,
    gutter: f32,
    foot: f32,
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
        .map(|(column, width)| match (column, width) {
            (Column::Token, _) => (width.least(), 0.0),
            (_, ColumnWidth::Rest(least)) => (least + rest, least - space::XXXL),
            _ => (width.least(), (width.least() - space::XXXL).max(space::L)),
        })
        .collect();
    let rows = area.with_min_y(area.top() + row::HEAD);
    let high = theme::rows(ui.ctx()).table;
    let count = ((rows.height() - foot) / high).max(0.0) as usize;
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rows));
    skeleton_rows(&mut ui, count, high, gutter, &bars);
}

fn loading_fraction(workspace: &Workspace, screen: &Screen<'_>) -> Option<f32> {
    use crate::state::shell::patience::Patience;
    let progress = workspace.list.loading.progress(screen.now.boot)?;
    if Patience::after(progress.elapsed) == Patience::Instant {
        return None;
    }
    Some(
        progress
            .total
            .filter(|total| *total > 0)
            .map_or(0.0, |total| progress.loaded as f32 / total as f32),
    )
}

fn countdown_of(
    business: &Business,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> Option<(Countdown, f32)> {
    let held = workspace.tokens.get(business.id)?;
    Some((
        held.countdown(screen.now.boot),
        held.token.fraction_left(screen.now.boot),
    ))
}

fn cell(
    ui: &mut Ui,
    column: Column,
    business: &Business,
    workspace: &Workspace,
    screen: &Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    match column {
        Column::Name => {
            let (name, is_named) = words::title(business, screen.state.share);
            let (style, color) = if is_named {
                (Type::BodyStrong, p.strong)
            } else {
                (Type::Body, p.muted)
            };
            line(ui, style, color, &name);
        }
        Column::Country => {
            line(
                ui,
                Type::Body,
                p.text,
                &words::shown(business.country.as_ref()),
            );
        }
        Column::Type => {
            line(
                ui,
                Type::Body,
                p.muted,
                &words::shown(business.entity_type.as_ref()),
            );
        }
        Column::Currency => {
            line(
                ui,
                Type::Body,
                p.muted,
                &words::shown(business.base_currency.as_ref()),
            );
        }
        Column::ExternalId => match &business.external_id {
            Some(id) => {
                line(ui, Type::Mono, p.text, &screen.state.share.shown(id));
            }
            None => {
                line(ui, Type::Mono, p.muted, "–");
            }
        },
        Column::Status => {
            let is_archived = workspace.archived.contains(&business.id);
            let (status, is_active) = words::status(business, is_archived);
            if is_active {
                line(ui, Type::Body, p.muted, status);
            } else {
                ui.spacing_mut().item_spacing.x = space::SM;
                status_dot(ui, p.text, true);
                line(ui, Type::Body, p.text, status);
            }
        }
        Column::Created => {
            if let Some(at) = business.created_at {
                line(ui, Type::Body, p.muted, &words::day(at, &screen.state.zone));
            }
        }
        Column::Token => {
            if workspace.tokens.fetch(business.id).is_some() {
                line(ui, Type::Small, p.muted, "Fetching…");
            } else if let Some((countdown, left)) = countdown_of(business, workspace, screen) {
                let name = token_card::spoken(&countdown);
                pill(
                    ui,
                    token_card::phase(countdown.phase),
                    &countdown.text,
                    left,
                    &name,
                );
            }
        }
    }
}

/// What a screen reader says of a row.
fn spoken(
    business: &Business,
    place: usize,
    total: usize,
    workspace: &Workspace,
    screen: &Screen<'_>,
) -> String {
    let share = screen.state.share;
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
    let is_archived = workspace.archived.contains(&business.id);
    let (status, is_active) = words::status(business, is_archived);
    if !is_active {
        text.push_str(", ");
        text.push_str(&status.to_lowercase());
    }
    if let Some((countdown, _)) = countdown_of(business, workspace, screen) {
        text.push_str(", ");
        text.push_str(&token_card::spoken(&countdown));
    }
    text
}
