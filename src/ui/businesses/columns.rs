//! Which columns there is room for, how wide they are, and the menu that hides them.

use egui::Ui;

use crate::domain::export::Format;
use crate::state::command::Command;
use crate::state::listing::{Column, ColumnLayout, Layout};
use crate::state::workspace::Workspace;
use crate::theme::{Icon, column, space};
use crate::widgets::{ColumnWidth, IconButton, MenuRow, divider, menu};

use super::super::{Screen, words};

/// When room is short, columns leave in this order.
const LEAVING: [Column; 5] = [
    Column::Currency,
    Column::Type,
    Column::Created,
    Column::Status,
    Column::Country,
];

const MENU_WIDTH: f32 = 13.0 * space::L;

/// The columns to show in `room`, in px without gutters. Those that the user has set by hand are
/// among them even if they do not fit; the table then scrolls sideways.
pub(super) fn fitting(
    layout: &Layout,
    room: f32,
    is_beside_pane: bool,
) -> Vec<(Column, ColumnWidth)> {
    let mut shown: Vec<&ColumnLayout> = layout
        .columns
        .iter()
        .filter(|entry| !entry.is_hidden)
        .collect();
    let needed = |shown: &[&ColumnLayout]| {
        shown
            .iter()
            .map(|entry| least(entry, is_beside_pane))
            .sum::<f32>()
    };
    for leaving in LEAVING {
        if needed(&shown) <= room {
            break;
        }
        shown.retain(|entry| entry.column != leaving || entry.width.is_some());
    }
    shown
        .into_iter()
        .map(|entry| {
            let width = match entry.column {
                Column::Name => ColumnWidth::Rest(column::NAME_MIN),
                _ => ColumnWidth::Dragged(least(entry, is_beside_pane)),
            };
            (entry.column, width)
        })
        .collect()
}

fn least(entry: &ColumnLayout, is_beside_pane: bool) -> f32 {
    entry
        .width
        .filter(|_| entry.column != Column::Name)
        .unwrap_or(match entry.column {
            Column::Name => column::NAME_MIN,
            Column::Country => column::COUNTRY,
            Column::Type => column::TYPE,
            Column::Currency => column::CURRENCY,
            Column::ExternalId if is_beside_pane => column::EXTERNAL_ID_TIGHT,
            Column::ExternalId => column::EXTERNAL_ID,
            Column::Status => column::STATUS,
            Column::Created => column::CREATED,
            Column::Token => column::TOKEN,
        })
}

/// The layout after `column` was dragged to `width` px.
pub(super) fn dragged(layout: &Layout, column: Column, width: f32) -> Layout {
    let mut layout = layout.clone();
    for entry in layout
        .columns
        .iter_mut()
        .filter(|entry| entry.column == column)
    {
        entry.width = Some(width);
    }
    layout
}

/// The button that saves what is shown to a file.
pub(super) fn export_button(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let count = words::count(workspace.list.shown_count() as u64);
    let button = IconButton::new(Icon::Export, "Export what is shown").show(ui);
    menu(&button, MENU_WIDTH, |ui| {
        for (format, label) in [(Format::Csv, "CSV…"), (Format::Json, "JSON…")] {
            let row = format!("Export {count} to {label}");
            if MenuRow::new(&row).show(ui).clicked() {
                screen.out.push(Command::Export(format));
            }
        }
    });
}

/// The button that opens the list of columns.
pub(super) fn menu_button(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let button = IconButton::new(Icon::Columns, "Choose columns").show(ui);
    menu(&button, MENU_WIDTH, |ui| {
        for (at, entry) in workspace.layout.columns.iter().enumerate() {
            let always = (entry.column == Column::Name).then_some("The name is always shown");
            let row = MenuRow::new(entry.column.title())
                .ticked(!entry.is_hidden)
                .disabled_if(always);
            if row.show(ui).clicked() {
                let mut layout = workspace.layout.clone();
                layout.columns[at].is_hidden = !entry.is_hidden;
                screen.out.push(Command::SetLayout(layout));
            }
        }
        ui.add_space(space::XS);
        divider(ui);
        ui.add_space(space::XS);
        if MenuRow::new("Reset columns").show(ui).clicked() {
            let layout = Layout {
                sort: workspace.layout.sort,
                ..Layout::default()
            };
            screen.out.push(Command::SetLayout(layout));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(room: f32) -> Vec<Column> {
        fitting(&Layout::default(), room, false)
            .into_iter()
            .map(|(column, _)| column)
            .collect()
    }

    #[test]
    fn columns_leave_in_their_order_and_the_important_ones_stay() {
        assert_eq!(names(1100.0), Column::ALL);
        assert!(!names(840.0).contains(&Column::Currency));
        assert_eq!(
            names(100.0),
            [Column::Name, Column::ExternalId, Column::Token]
        );
    }

    #[test]
    fn a_column_set_by_hand_stays() {
        let layout = dragged(&Layout::default(), Column::Currency, 300.0);
        let columns = fitting(&layout, 500.0, false);
        assert!(
            columns
                .iter()
                .any(|(column, width)| *column == Column::Currency
                    && *width == ColumnWidth::Dragged(300.0))
        );
    }
}
