//! Irregular cells: one line for each kind of damage, with a switch that applies to all of its cells.

use egui::{Align, Frame, Id, Label, Layout, Panel, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::super::words;
use super::columns::choice_menu;
use crate::domain::import::{DamageCount, DamageKind};
use crate::state::command::Command;
use crate::state::import::messages::{ImportCommand, RowFilter};
use crate::state::import::open_file::{ImportStep, OpenFile};
use crate::theme::{self, Icon, Type, column, height, size, space, widget_sizes};
use crate::ui::Screen;
use crate::ui::areas::fixed;
use crate::widgets::{Button, Row, check_box, line, link_styled, pick_from, row_in, with_end};

/// Number of visible lines; more are reached by scrolling.
const VISIBLE_LINES: usize = 4;

/// Draws the findings between tiles and rows. Returns whether the table now shows other rows.
pub(super) fn show(ui: &mut Ui, open: &OpenFile, gutter: f32, screen: &mut Screen<'_>) -> bool {
    let kinds = kinds(open);
    if kinds.is_empty() || !matches!(open.step, ImportStep::DryRun | ImportStep::Confirming) {
        return false;
    }
    let seen = kinds.len().min(VISIBLE_LINES) as f32 * height::NORMAL;
    let before = screen.out.len();
    fixed(Panel::top("import findings"), seen + space::S, Frame::new()).show(ui, |ui| {
        ScrollArea::vertical()
            .id_salt(Id::unique("import findings"))
            .auto_shrink([false, false])
            .max_height(seen)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (kind, seen) in kinds {
                    let size = vec2(ui.available_width(), height::NORMAL);
                    let (_, rect) = ui.allocate_space(size);
                    let builder = UiBuilder::new()
                        .id_salt(kind)
                        .max_rect(rect.shrink2(vec2(gutter, 0.0)))
                        .layout(Layout::left_to_right(Align::Center));
                    finding(&mut ui.new_child(builder), open, kind, seen, screen);
                }
            });
    });
    screen.out.len() > before
}

/// The kinds found. Those that may prevent rows from being sent come first, whether or not they do now, so that no line moves when a switch is used.
fn kinds(open: &OpenFile) -> Vec<(DamageKind, &DamageCount)> {
    let all = open.dry.found.iter().map(|(kind, seen)| (*kind, seen));
    let may_block = |kind: DamageKind| match kind {
        DamageKind::OtherDateFormat => open.dry.dates.total + open.dry.dates.unreadable > 0,
        _ => kind.blocks_while_off(),
    };
    let (mut kinds, others): (Vec<_>, Vec<_>) = all.partition(|(kind, _)| may_block(*kind));
    kinds.extend(others);
    kinds
}

fn is_rejected(open: &OpenFile, kind: DamageKind) -> bool {
    match kind {
        DamageKind::OtherDateFormat => {
            let dates = &open.dry.dates;
            dates.unreadable > 0 || (dates.total > 0 && !is_format_chosen(open))
        }
        _ => kind.blocks_while_off() && !open.file.repairs.is_on(kind),
    }
}

/// Whether the user has chosen how to read ambiguous dates.
fn is_format_chosen(open: &OpenFile) -> bool {
    let mapping = &open.mapping;
    mapping.dates.is_some() && (mapping.has_short_years || open.dry.dates.short == 0)
}

/// A finding: kind, number of cells, an example and the remedy.
fn finding(
    ui: &mut Ui,
    open: &OpenFile,
    kind: DamageKind,
    seen: &DamageCount,
    screen: &mut Screen<'_>,
) {
    let example = screen.state.share.text(&seen.example).into_owned();
    let ((), command) = with_end(
        ui,
        |ui| {
            if let Some(filter) = lead(ui, open, kind, seen.cells, &example) {
                screen.send(ImportCommand::Filter(filter));
            }
        },
        |ui| {
            // A resumed run continues with the rows as originally read.
            if open.is_resumed {
                return None;
            }
            // The remedies are aligned in a column, whatever the text beside them.
            let (_, rect) = ui.allocate_space(vec2(column::REMEDY, height::NORMAL));
            let mut ui = row_in(ui, rect);
            match kind {
                DamageKind::OtherDateFormat => dates(&mut ui, open),
                _ => switch(&mut ui, kind, open.file.repairs.is_on(kind)),
            }
        },
    );
    screen.out.extend(command.map(Command::Import));
}

/// Icon, name, number of cells as a link to their rows, and an example.
fn lead(
    ui: &mut Ui,
    open: &OpenFile,
    kind: DamageKind,
    cells: usize,
    example: &str,
) -> Option<RowFilter> {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.x = space::S;
    let (icon, color) = if is_rejected(open, kind) {
        (Icon::StopSign, p.danger)
    } else {
        (Icon::Info, p.muted)
    };
    ui.add(icon.image(size::icon::NORMAL, color));
    let name = Label::new(Type::BodyStrong.rich(kind.label()).color(p.strong)).selectable(false);
    ui.add(name).on_hover_text(kind.sentence());
    let filter = RowFilter::Shows(kind);
    let is_shown = open.filter == filter;
    let count = words::count(cells as u64);
    let text = match (is_shown, cells) {
        (true, _) => "Show all rows".to_owned(),
        (false, 1) => "1 cell".to_owned(),
        (false, _) => format!("{count} cells"),
    };
    let shows = link_styled(ui, &text, Type::Body);
    // On its own, the number would not say what it counts.
    ui.ctx().accesskit_node_builder(shows.id, |node| {
        node.set_label(format!("{}: {text}", kind.label()));
        node.set_description(kind.sentence());
    });
    line(ui, Type::Mono, p.muted, example);
    let next = if is_shown { RowFilter::All } else { filter };
    shows.clicked().then_some(next)
}

fn switch(ui: &mut Ui, kind: DamageKind, is_on: bool) -> Option<ImportCommand> {
    let action = kind.action()?;
    let p = theme::palette(ui.ctx());
    let label = Label::new(Type::Body.rich(action).color(p.text))
        .selectable(false)
        .sense(Sense::click());
    let name = format!("{}: {action}", kind.label());
    let is_ticked = check_box(ui, is_on, &name).clicked();
    let is_clicked = ui.add(label).clicked();
    (is_clicked || is_ticked).then_some(ImportCommand::Repair(kind, !is_on))
}

/// The formats that fit the ambiguous dates.
fn dates(ui: &mut Ui, open: &OpenFile) -> Option<ImportCommand> {
    let survey = &open.dry.dates;
    if survey.total == 0 {
        return None;
    }
    let chosen = open.mapping.dates.filter(|_| is_format_chosen(open));
    let label = match chosen {
        Some(order) => format!("Read as {}", survey.format(order)),
        None => "Choose the format".to_owned(),
    };
    let (button, spoken) = (Button::outlined(&label), format!("Date format: {label}"));
    choice_menu(ui, button, &spoken, widget_sizes::MENU_WIDTH, |ui| {
        let picked = pick_from(ui, survey.orders(), |ui, order| {
            let label = survey.format(*order);
            Row::item(&label).ticked(chosen == Some(*order)).show(ui)
        });
        picked.map(ImportCommand::SetDates)
    })
}
