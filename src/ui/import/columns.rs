//! The mapping of columns to fields, and the format of the file.

use egui::{Align, Frame, Id, Layout, Panel, Role, Ui, WidgetInfo};

use super::super::dialog::Dialog;
use super::super::words;
use super::encoding_warning;
use crate::domain::draft::Field;
use crate::domain::import::{ColumnTarget, Delimiter, Encoding, Mapping};
use crate::domain::share_mode::ShareMode;
use crate::domain::text::{start_of, visible};
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::OpenFile;
use crate::theme::{self, Icon, Palette, Type, column, height, layout, row, size, space};
use crate::ui::Screen;
use crate::ui::areas::{fixed, inset};
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, DataTable, Row, TableColumn, Tone, menu, pick_from, tag};

/// Width of the menus, in px.
const MENU: f32 = 240.0;

/// Length at which a column name is truncated, in characters.
const MAX_NAME_LEN: usize = 200;

pub(super) fn show(ui: &mut Ui, open: &OpenFile, gutter: f32, screen: &mut Screen<'_>) {
    fixed(Panel::top("import format"), height::TOOLBAR, Frame::new())
        .show(ui, |ui| format(&mut inset(ui, gutter), open, screen));
    encoding_warning::show(ui, &open.file, gutter, screen);
    if open.is_mapped_as_last_time() {
        last_time(ui, open, gutter, screen);
    }
    let header = &open.file.sheet.header;
    let columns = [
        TableColumn::fixed("Column", column::LEGAL_NAME),
        TableColumn::fixed("Filled", column::FILLED),
        TableColumn::fixed("Used for", column::TARGET),
        TableColumn::rest("Samples", column::NAME_MIN),
    ];
    let table = DataTable::new(Id::unique("import columns"), "Columns", &columns)
        .row_height(row::COMFORTABLE)
        .gutter(gutter);
    let rows = open.rows();
    table.show(ui, header.len(), |row| {
        let at = row.index();
        let (Some(name), Some(facts)) = (header.get(at), open.file.sheet.columns.get(at)) else {
            return;
        };
        let name = named(name, at);
        let target = open.mapping.target(at);
        row.name(format!(
            "{name}, row {} of {}, used for {}",
            at + 1,
            header.len(),
            words_of(target)
        ));
        let is_unused = target == ColumnTarget::Unused;
        let color = |p: &Palette| if is_unused { p.muted } else { p.strong };
        row.text(Type::BodyStrong, color, &name);
        let percent = (facts.filled * 100).checked_div(rows).unwrap_or_default();
        row.text(Type::Body, |p| p.muted, &format!("{percent} %"));
        row.cell(|ui| targets(ui, open, at, &name, screen));
        let samples = facts.samples.join(" · ");
        row.text(Type::Mono, |p| p.text, &screen.state.share.text(&samples));
    });
}

/// Says that the mapping comes from an earlier file, and offers the one that the column names suggest.
fn last_time(ui: &mut Ui, open: &OpenFile, gutter: f32, screen: &mut Screen<'_>) {
    let panel = fixed(
        Panel::top("import last time"),
        height::TOOLBAR,
        Frame::new(),
    );
    panel.show(ui, |ui| {
        let p = theme::palette(ui.ctx());
        let mut ui = inset(ui, gutter);
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(Icon::History.image(size::icon::NORMAL, p.muted));
        let words = match open.mapping.defaults().count() {
            0 => "Mapped as last time",
            _ => "Mapped as last time, with the same defaults",
        };
        ui.label(Type::Body.rich(words).color(p.text));
        let undo = Button::plain("Undo")
            .small()
            .tooltip("Uses the mapping suggested by the column names")
            .show(&mut ui);
        if undo.clicked() {
            screen.send(ImportCommand::ProposeMapping);
        }
    });
}

/// The column's name, or its position if it has none.
pub(super) fn named(name: &str, at: usize) -> String {
    let name = name.trim();
    if name.is_empty() {
        format!("Column {}", at + 1)
    } else {
        visible(&start_of(name, MAX_NAME_LEN)).into_owned()
    }
}

fn words_of(target: ColumnTarget) -> &'static str {
    match target {
        ColumnTarget::Field(field) => field.label(),
        ColumnTarget::ThredId => "Thred id (for matching)",
        ColumnTarget::Unused => "Not used",
    }
}

fn targets(ui: &mut Ui, open: &OpenFile, at: usize, name: &str, screen: &mut Screen<'_>) {
    let current = open.mapping.target(at);
    let label = words_of(current);
    let fields = Field::ALL.into_iter().map(ColumnTarget::Field);
    let all = [ColumnTarget::Unused]
        .into_iter()
        .chain(fields)
        .chain([ColumnTarget::ThredId]);
    let button = Button::outlined(label).width(column::TARGET - space::M);
    let picked = choice_menu(ui, button, &format!("Use of {name}: {label}"), MENU, |ui| {
        pick_from(ui, all, |ui, target| {
            let elsewhere = open
                .mapping
                .column_of(*target)
                .filter(|column| *target != ColumnTarget::Unused && *column != at);
            let hint = match (target, elsewhere) {
                (_, Some(_)) => "used",
                (ColumnTarget::Field(field), None) if Mapping::requires(*field) => "required",
                _ => "",
            };
            let row = Row::item(words_of(*target)).hint(hint);
            row.ticked(*target == current).show(ui)
        })
    });
    if let Some(target) = picked {
        screen.send(ImportCommand::Map(at, target));
    }
}

/// Encoding, delimiter, header row, and default values for empty cells.
fn format(ui: &mut Ui, open: &OpenFile, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let file = &open.file;
    ui.spacing_mut().item_spacing.x = space::S;
    ui.label(Type::Small.rich("Encoding").color(p.muted));
    let encodings = Encoding::ALL.map(|one| (one.name(), one, one.region()));
    if let Some(encoding) = pick(ui, "Encoding", file.encoding, &encodings) {
        let command = ImportCommand::ReadAs(encoding, file.delimiter);
        screen.send(command);
    }
    if file.has_mark {
        tag(ui, None, "byte-order mark", Tone::Neutral);
    }
    ui.label(Type::Small.rich("Delimiter").color(p.muted));
    let delimiters = Delimiter::ALL.map(|one| (one.name(), one, ""));
    if let Some(delimiter) = pick(ui, "Delimiter", file.delimiter, &delimiters) {
        let command = ImportCommand::ReadAs(file.encoding, delimiter);
        screen.send(command);
    }
    ui.label(Type::Small.rich("Header row").color(p.muted));
    if let Some(row) = header_row(ui, open, screen.state.share) {
        let command = ImportCommand::ReadHeader(row);
        screen.send(command);
    }
    let set = open.mapping.defaults().count();
    let label = match set {
        0 => "Defaults…".to_owned(),
        set => format!("Defaults ({set})…"),
    };
    let button = Button::outlined(&label)
        .small()
        .tooltip("Values for rows without one")
        .show(ui);
    if button.clicked() {
        screen.request(UiRequest::Dialog(Dialog::Defaults));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if file.sheet.empty_rows > 0 {
            let rows = words::counted(file.sheet.empty_rows, "empty row", "empty rows");
            let text = format!("{rows} skipped");
            ui.label(Type::Small.rich(text).color(p.muted));
        }
    });
}

/// Lets the user choose which of the first rows is the header row. Each is shown with its line number and first cells.
fn header_row(ui: &mut Ui, open: &OpenFile, share: ShareMode) -> Option<usize> {
    let sheet = &open.file.sheet;
    let names: Vec<String> = sheet
        .head_rows
        .iter()
        .map(|row| format!("Line {}: {}", row.line, share.text(&row.text)))
        .collect();
    let line = sheet
        .head_rows
        .get(sheet.header_row)
        .map_or(1, |row| row.line);
    let label = format!("line {line}");
    let (button, spoken) = (Button::outlined(&label), format!("Header row: {label}"));
    choice_menu(ui, button, &spoken, layout::DETAIL, |ui| {
        let scroll = egui::ScrollArea::vertical().max_height(layout::DETAIL_MIN);
        let rows = scroll.show(ui, |ui| {
            pick_from(ui, names.iter().enumerate(), |ui, (row, name)| {
                Row::item(name).ticked(*row == sheet.header_row).show(ui)
            })
        });
        rows.inner.map(|(row, _)| row)
    })
    .filter(|row| *row != sheet.header_row)
}

/// A small button with the current choice, which opens a menu to choose another. On its own, its label would not say what is chosen, so
/// screen readers read `spoken`. Returns what `rows` returned.
pub(super) fn choice_menu<R>(
    ui: &mut Ui,
    button: Button<'_>,
    spoken: &str,
    width: f32,
    rows: impl FnOnce(&mut Ui) -> Option<R>,
) -> Option<R> {
    let button = button.small().trailing_icon(Icon::ChevronDown).show(ui);
    button.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, spoken));
    menu(&button, width, rows).flatten()
}

/// A button that shows the current choice and opens a menu of all choices, each with a hint.
fn pick<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    all: &[(&str, T, &str)],
) -> Option<T> {
    let shown = all.iter().find(|(_, one, _)| *one == current);
    let label = shown.map_or("", |(label, _, _)| *label);
    let (button, spoken) = (Button::outlined(label), format!("{name}: {label}"));
    choice_menu(ui, button, &spoken, MENU, |ui| {
        let picked = pick_from(ui, all, |ui, (label, one, hint)| {
            let row = Row::item(label).hint(hint);
            row.ticked(*one == current).show(ui)
        });
        picked.map(|(_, one, _)| *one)
    })
    .filter(|picked| *picked != current)
}
