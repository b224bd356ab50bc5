//! Which columns fit, how wide they are, and the menu to show and hide them.

use egui::{Popup, Ui};

use super::super::{Screen, words};
use super::column_view::ColumnView;
use crate::domain::export::Format;
use crate::state::list::messages::ListCommand;
use crate::state::list::{ColumnLayout, Layout, ListColumn};
use crate::state::session::workspace::Workspace;
use crate::theme::{Icon, size, size::column, space, widget_sizes};
use crate::widgets::{Button, ColumnWidth, Row, focus_on, menu, menu_divider, panel};

const MENU_WIDTH: f32 = 13.0 * space::L;
const PANEL_WIDTH: f32 = 18.0 * space::L;

/// How much a button press changes a column's width, in px.
const STEP: f32 = 16.0;

/// The columns to show in `room`, in px without gutters. Columns that the user has shown or sized are included even if they do not fit; the
/// table then scrolls sideways.
pub(super) fn fitting(
    layout: &Layout,
    room: f32,
    is_beside_pane: bool,
) -> Vec<(&'static ColumnView, ColumnWidth)> {
    let mut shown: Vec<&ColumnLayout> = layout
        .columns
        .iter()
        .filter(|entry| !entry.is_hidden)
        .collect();
    let needed = |shown: &[&ColumnLayout]| {
        let is_extra = |entry: &&ColumnLayout| {
            ColumnView::of(entry.column).is_extra && !stays_if_narrow(entry)
        };
        let for_name = match shown.iter().any(is_extra) {
            true => column::NAME_MAX - column::NAME_MIN,
            false => 0.0,
        };
        let widths = shown
            .iter()
            .map(|entry| width(entry, is_beside_pane).least());
        widths.sum::<f32>() + for_name
    };
    while needed(&shown) > room {
        let leaving = shown.iter().enumerate().filter_map(|(at, entry)| {
            let drop_order = ColumnView::of(entry.column).drop_order?;
            (!stays_if_narrow(entry)).then_some((drop_order, at))
        });
        let Some((_, at)) = leaving.min() else {
            break;
        };
        shown.remove(at);
    }
    let widths = shown.into_iter().map(|entry| {
        let width = match width(entry, is_beside_pane) {
            ColumnWidth::Rest(least) if room >= column::WIDE => {
                ColumnWidth::RestUpTo(least, column::NAME_MAX)
            }
            width => width,
        };
        (ColumnView::of(entry.column), width)
    });
    widths.collect()
}

/// Whether a column stays even if there is no space for it, because the user has shown or sized it.
fn stays_if_narrow(entry: &ColumnLayout) -> bool {
    entry.is_chosen || entry.width.is_some()
}

fn width(entry: &ColumnLayout, is_beside_pane: bool) -> ColumnWidth {
    let usual = ColumnView::of(entry.column).width(is_beside_pane);
    match (usual, entry.width) {
        (ColumnWidth::Dragged(_), Some(width)) => ColumnWidth::Dragged(width),
        (usual, _) => usual,
    }
}

/// Returns the layout after dragging `column` to `width` px.
pub(super) fn dragged(layout: &Layout, column: ListColumn, width: f32) -> Layout {
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

/// Returns the layout with `column` moved before another one, or to the end.
pub(super) fn put_before(
    layout: &Layout,
    column: ListColumn,
    before: Option<ListColumn>,
) -> Layout {
    let mut layout = layout.clone();
    let place = |columns: &[ColumnLayout], column| {
        let mut entries = columns.iter();
        entries.position(|entry| entry.column == column)
    };
    if let Some(from) = place(&layout.columns, column) {
        let entry = layout.columns.remove(from);
        let to = before.and_then(|before| place(&layout.columns, before));
        let last = layout.columns.len();
        layout.columns.insert(to.unwrap_or(last), entry);
    }
    layout
}

/// The label of a command that exports the list or the selected rows.
pub(super) fn export_label(workspace: &Workspace, count: &str, format: Format) -> String {
    let format = words::export_format(format);
    match workspace.selected_rows.several() {
        Some(several) => format!("Export {several} selected as {format}"),
        None => format!("Export {count} as {format}"),
    }
}

/// The button that exports the shown list to a file.
pub(super) fn export_button(ui: &mut Ui, workspace: &Workspace, screen: &mut Screen<'_>) {
    let count = words::count(workspace.list.shown_count() as u64);
    let button = Button::icon_only(Icon::Export, "Export the shown list").show(ui);
    menu(&button, MENU_WIDTH, |ui| {
        for format in [Format::Csv, Format::Json] {
            let row = export_label(workspace, &count, format);
            if Row::item(&row).show(ui).clicked() {
                screen.send(ListCommand::Export(format));
            }
        }
    });
}

/// The button that opens the list of columns. `opens` opens it without a click.
pub(super) fn menu_button(
    ui: &mut Ui,
    workspace: &Workspace,
    opens: bool,
    room: f32,
    screen: &mut Screen<'_>,
) {
    let button = Button::icon_only(Icon::Columns, "Choose columns").show(ui);
    if opens {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&button));
        focus_on(ui.ctx(), button.id);
    }
    panel(&button, PANEL_WIDTH, |ui| {
        let is_beside_pane = workspace.is_detail_open;
        let shown: Vec<ListColumn> = fitting(&workspace.layout, room, is_beside_pane)
            .iter()
            .map(|(view, _)| view.column)
            .collect();
        for at in 0..workspace.layout.columns.len() {
            if let Some(layout) = arrange(ui, &workspace.layout, at, is_beside_pane, &shown) {
                screen.send(ListCommand::SetLayout(layout));
            }
        }
        menu_divider(ui);
        if Row::item("Reset columns").show(ui).clicked() {
            let layout = Layout {
                sort: workspace.layout.sort,
                ..Layout::default()
            };
            screen.send(ListCommand::SetLayout(layout));
        }
    });
}

/// A column in the menu: visibility, position and width, which the pointer can also change in the table header. Returns the new layout after a
/// change.
fn arrange(
    ui: &mut Ui,
    layout: &Layout,
    at: usize,
    is_beside_pane: bool,
    shown: &[ListColumn],
) -> Option<Layout> {
    let entry = layout.columns.get(at)?;
    let title = entry.column.title();
    let is_shown = shown.contains(&entry.column);
    let width = width(entry, is_beside_pane);
    let is_rest = matches!(width, ColumnWidth::Rest(_));
    let width = width.least();
    let mut changed = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let is_always_shown = entry.column.is_always_shown();
        let always = is_always_shown.then_some("Name is always shown");
        let tools = 4.0 * size::icon::TARGET + space::S;
        let wide = ui.available_width() - tools;
        let row = ui.scope(|ui| {
            ui.set_max_width(wide);
            Row::item(title)
                .ticked(is_shown)
                .disabled_if(always)
                .stays()
                .show(ui)
        });
        if row.inner.clicked() {
            let mut layout = layout.clone();
            // A column that was dropped for lack of space is shown by the click, not hidden.
            layout.columns[at].is_hidden = is_shown;
            layout.columns[at].is_chosen = !is_shown;
            changed = Some(layout);
        }
        ui.add_space(space::S);
        let last = layout.columns.len() - 1;
        let rest = is_rest.then_some("Name fills the remaining width");
        let first = (at == 0).then_some("Already first");
        let end = (at == last).then_some("Already last");
        let narrow =
            rest.or((width <= widget_sizes::COLUMN_MIN).then_some("Already at minimum width"));
        let tools = [
            (Icon::ArrowUp, format!("Move {title} left"), first),
            (Icon::ArrowDown, format!("Move {title} right"), end),
            (Icon::Minus, format!("Make {title} narrower"), narrow),
            (Icon::Plus, format!("Make {title} wider"), rest),
        ];
        for (tool, (icon, name, unavailable_reason)) in tools.iter().enumerate() {
            let button = Button::icon_only(*icon, name)
                .tiny()
                .disabled_if(*unavailable_reason);
            if !button.show(ui).clicked() {
                continue;
            }
            changed = Some(match tool {
                0 => moved(layout, at, at - 1),
                1 => moved(layout, at, at + 1),
                2 => dragged(
                    layout,
                    entry.column,
                    (width - STEP).max(widget_sizes::COLUMN_MIN),
                ),
                _ => dragged(layout, entry.column, width + STEP),
            });
        }
    });
    changed
}

/// Returns the layout with two columns swapped.
fn moved(layout: &Layout, from: usize, to: usize) -> Layout {
    let mut layout = layout.clone();
    layout.columns.swap(from, to);
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(room: f32) -> Vec<ListColumn> {
        fitting(&Layout::default(), room, false)
            .into_iter()
            .map(|(view, _)| view.column)
            .collect()
    }

    #[test]
    fn columns_leave_in_their_order_and_the_important_ones_stay() {
        assert_eq!(names(2000.0), ListColumn::ALL);
        assert_eq!(names(1072.0), ListColumn::ALL[..8], "no extra ones");
        assert!(names(1400.0).contains(&ListColumn::VatNumber));
        assert!(!names(1400.0).contains(&ListColumn::Id));
        assert!(!names(840.0).contains(&ListColumn::Currency));
        assert_eq!(
            names(100.0),
            [ListColumn::Name, ListColumn::ExternalId, ListColumn::Token]
        );
    }

    #[test]
    fn the_name_takes_no_more_than_it_needs_in_a_wide_window() {
        let name = |room| fitting(&Layout::default(), room, false)[0].1;
        assert_eq!(name(1072.0), ColumnWidth::Rest(column::NAME_MIN));
        let most = ColumnWidth::RestUpTo(column::NAME_MIN, column::NAME_MAX);
        assert_eq!(name(1400.0), most);
    }

    #[test]
    fn a_column_chosen_by_hand_is_shown_at_any_width() {
        let mut layout = Layout::default();
        let email = layout.columns.iter_mut();
        for entry in email.filter(|entry| entry.column == ListColumn::Email) {
            entry.is_chosen = true;
        }
        let shown = fitting(&layout, 300.0, false);
        let columns: Vec<ListColumn> = shown.iter().map(|(view, _)| view.column).collect();
        assert!(columns.contains(&ListColumn::Email), "{columns:?}");
    }

    #[test]
    fn a_column_set_by_hand_stays() {
        let layout = dragged(&Layout::default(), ListColumn::Currency, 300.0);
        let columns = fitting(&layout, 500.0, false);
        assert!(
            columns
                .iter()
                .any(|(view, width)| view.column == ListColumn::Currency
                    && *width == ColumnWidth::Dragged(300.0))
        );
    }
}
