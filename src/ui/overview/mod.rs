//! The overview page: charts of the list. Clicking a bar shows its businesses.

mod figures;
mod waiting;

use egui::{Frame, Margin, Panel, Rect, ScrollArea, Ui, UiBuilder, vec2};
use figures::DrawnFigure;

use super::areas::{fixed, inset, page};
use super::{Screen, businesses, words};
use crate::domain::overview::{Overview, OverviewBar};
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::{Page, ShellCommand};
use crate::theme::{self, Type, height, layout, space};
use crate::widgets::{bar_columns, bar_rows, divider, line};

/// Minimum width of a figure. Up to three stand side by side.
const MIN: f32 = 232.0;

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, is_narrow: bool, screen: &mut Screen<'_>) {
    page(ui, |ui| {
        let gutter = layout::gutter(is_narrow);
        fixed(Panel::top("overview bar"), height::TOOLBAR, Frame::new())
            .show(ui, |ui| head(ui, workspace, gutter, screen));
        if workspace.list.businesses().is_empty() {
            if workspace.list.loading.is_running() {
                waiting::show(ui, workspace, gutter, screen);
            } else {
                businesses::nothing(ui, workspace, screen);
            }
            return;
        }
        let Some(overview) = workspace.overview.latest() else {
            return;
        };
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let inset = Margin::symmetric(gutter as i8, space::XS as i8);
            Frame::new()
                .inner_margin(inset)
                .show(ui, |ui| all(ui, workspace, overview, screen));
        });
    });
}

fn head(ui: &mut Ui, workspace: &Workspace, gutter: f32, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let mut ui = inset(ui, gutter);
    ui.spacing_mut().item_spacing.x = space::M;
    ui.label(Type::Heading.rich("Overview").color(p.strong));
    let list = &workspace.list;
    let loaded = list.businesses().len() as u64;
    let progress = list.loading.progress(screen.now.boot);
    let total = progress.and_then(|progress| progress.total);
    let said = match total.filter(|total| *total > loaded) {
        _ if loaded == 0 => String::new(),
        Some(total) => format!("{} of {} loaded", words::count(loaded), words::count(total)),
        None => words::businesses(loaded),
    };
    line(&mut ui, Type::Small, p.muted, &said);
}

fn all(ui: &mut Ui, workspace: &Workspace, overview: &Overview, screen: &mut Screen<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let drawn = |title, figure: &[OverviewBar]| figures::drawn(title, overview, figure);
    let created = drawn("Businesses created per month", &overview.created);
    let name = "Created per month";
    let (stop, clicked) = bar_columns(ui, name, &created.sentence, &created.bars);
    if let Some(stop) = &stop {
        screen.offer_focus(stop);
    }
    filter_by_bar(&created, clicked, screen);
    ui.add_space(space::L);
    divider(ui);
    ui.add_space(space::L);

    let live = workspace.tokens.live_count(screen.now.boot);
    let rest = [
        (
            "By country",
            drawn("Businesses by country", &overview.countries),
        ),
        (
            "By entity type",
            drawn("Businesses by entity type", &overview.entity_types),
        ),
        ("By status", figures::status(overview, live)),
    ];
    let abreast = ((ui.available_width() / MIN) as usize).clamp(1, rest.len());
    let gaps = space::XXXL * (abreast - 1) as f32;
    let wide = ((ui.available_width() - gaps) / abreast as f32).floor();
    for figures in rest.chunks(abreast) {
        let from = ui.cursor().min;
        let mut used = Rect::from_min_size(from, vec2(ui.available_width(), 0.0));
        for (at, (name, figure)) in figures.iter().enumerate() {
            let min = from + vec2(at as f32 * (wide + space::XXXL), 0.0);
            let room = Rect::from_min_size(min, vec2(wide, f32::INFINITY));
            let mut column = ui.new_child(UiBuilder::new().id_salt(name).max_rect(room));
            let (_, clicked) = bar_rows(&mut column, name, &figure.sentence, &figure.bars);
            used = used.union(column.min_rect());
            filter_by_bar(figure, clicked, screen);
        }
        ui.advance_cursor_after_rect(used);
        ui.add_space(space::XL);
    }
}

/// Shows the businesses of the clicked bar.
fn filter_by_bar(figure: &DrawnFigure, clicked: Option<usize>, screen: &mut Screen<'_>) {
    if let Some(filter) = clicked.and_then(|at| figure.filters.get(at)) {
        screen.send(ListCommand::SetFilter(filter.clone()));
        screen.send(ShellCommand::ShowPage(Page::Businesses));
    }
}
