//! The filter and the tools of the list.

use egui::text::{CCursor, CCursorRange};
use egui::{Align, Area, Context, Frame, Id, Key, Layout, Order, Rect, ScrollArea, StrokeKind, TextEdit, Ui, UiBuilder, vec2};

use crate::domain::filter::TermProblem;
use crate::state::command::Command;
use crate::state::workspace::Workspace;
use crate::theme::{self, Icon, Type, height, radius, size, space, stroke};
use crate::widgets::{FilterChip, IconButton, key_hint, link_styled};

use super::super::actions::Action;
use super::super::keys::steps_from_filter;
use super::super::{Screen, words};
use super::columns;
use super::filter_field::FilterField;

fn field_id() -> Id {
    Id::new("businesses filter")
}

pub(super) fn show(
    ui: &mut Ui,
    field: &mut FilterField,
    workspace: &Workspace,
    gutter: f32,
    wants_focus: bool,
    screen: &mut Screen<'_>,
) {
    field.follow(workspace.list.filter());
    let area = ui.max_rect().shrink2(vec2(gutter, (height::TOOLBAR - height::NORMAL) / 2.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(area).layout(Layout::right_to_left(Align::Center)));
    ui.spacing_mut().item_spacing.x = space::XS;
    columns::menu_button(&mut ui, workspace, screen);
    let refresh = IconButton::new(Icon::Refresh, "Load the list again")
        .key_hint("F5")
        .disabled_if(Action::Refresh.obstacle(screen.state));
    if refresh.show(&mut ui).clicked() {
        screen.out.push(Command::Refresh);
    }
    ui.add_space(space::XS);
    let rect = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
    let response = boxed_field(&mut inner, rect, field, workspace, screen);
    if wants_focus {
        response.request_focus();
        select_all(inner.ctx(), field);
    }
    if let Some(problem) = workspace.list.query().problems.first() {
        explain(inner.ctx(), rect, problem, field);
    }
    if let Some(filter) = field.changed() {
        screen.out.push(Command::SetFilter(filter));
    }
}

fn boxed_field(ui: &mut Ui, rect: Rect, field: &mut FilterField, workspace: &Workspace, screen: &mut Screen<'_>) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let has_focus = ui.ctx().memory(|memory| memory.has_focus(field_id()));
    let painter = ui.painter();
    painter.rect_filled(rect, radius::CONTROL, p.field);
    if has_focus {
        let ring = rect.expand(stroke::FOCUS_GAP + stroke::BAR);
        let round = f32::from(radius::CONTROL) + stroke::FOCUS_GAP + stroke::BAR;
        painter.rect_stroke(ring, round, (stroke::BAR, p.focus), StrokeKind::Inside);
    }
    painter.rect_stroke(rect, radius::CONTROL, (stroke::EDGE, p.control), StrokeKind::Inside);
    let inside = rect.shrink2(vec2(space::S, 0.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::left_to_right(Align::Center)));
    ui.spacing_mut().item_spacing.x = space::S;
    ui.add(Icon::Search.image(size::icon::NORMAL, p.muted));
    chips(&mut ui, field, &workspace.list.query().problems);
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        key_hint(ui, "/");
        if !workspace.list.query().is_empty() {
            let count = words::count(workspace.list.shown_count() as u64);
            ui.label(Type::Body.rich(format!("{count} match")).color(p.muted));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| text(ui, field, screen)).inner
    })
    .inner
}

fn text(ui: &mut Ui, field: &mut FilterField, screen: &mut Screen<'_>) -> egui::Response {
    let p = theme::palette(ui.ctx());
    let has_focus = ui.ctx().memory(|memory| memory.has_focus(field_id()));
    if has_focus {
        if field.draft.is_empty() && ui.input(|input| input.key_pressed(Key::Backspace)) {
            field.reopen_last();
        }
        screen.out.extend(steps_from_filter(ui.ctx()));
    }
    let hint = if field.chips.is_empty() { "Filter by name, id, number or term" } else { "" };
    let response = ui.add(
        TextEdit::singleline(&mut field.draft)
            .id(field_id())
            .frame(Frame::NONE)
            .margin(egui::Margin::ZERO)
            .desired_width(f32::INFINITY)
            .font(Type::Body.font())
            .text_color(p.strong)
            .hint_text(Type::Body.rich(hint).color(p.muted)),
    );
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter businesses"));
    if response.changed() && field.absorb(false) {
        // The text has become shorter under the cursor.
        put_cursor_at_end(ui.ctx(), field);
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        field.absorb(true);
    }
    response
}

fn chips(ui: &mut Ui, field: &mut FilterField, problems: &[TermProblem]) {
    if field.chips.is_empty() {
        return;
    }
    // What is typed keeps half of the field, however many terms there are.
    let room = ui.available_width() / 2.0;
    let mut removed = None;
    let mut reopened = false;
    ScrollArea::horizontal()
        .id_salt("chips")
        .max_width(room)
        .auto_shrink(true)
        .stick_to_right(true)
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.horizontal_centered(|ui| {
                let last = field.chips.len() - 1;
                for (at, chip) in field.chips.iter().enumerate() {
                    let (key, value) = chip.split_at(chip.find(':').map_or(0, |colon| colon + 1));
                    let is_unknown = problems.iter().any(|problem| problem.term == *chip);
                    let shown = FilterChip::new(key, value).unknown(is_unknown).show(ui);
                    if shown.remove_clicked {
                        removed = Some(at);
                    }
                    reopened |= shown.body.clicked() && at == last;
                }
            });
        });
    if let Some(at) = removed {
        field.chips.remove(at);
    }
    if reopened && field.draft.is_empty() {
        field.reopen_last();
        ui.memory_mut(|memory| memory.request_focus(field_id()));
    }
}

/// What is wrong with a term, right below the field, and what was probably meant.
fn explain(ctx: &Context, field_rect: Rect, problem: &TermProblem, field: &mut FilterField) {
    let p = theme::palette(ctx);
    Area::new(Id::new("filter problem"))
        .order(Order::Foreground)
        .fixed_pos(field_rect.left_bottom() + vec2(0.0, space::XS))
        .show(ctx, |ui| {
            Frame::new()
                .fill(p.overlay)
                .stroke((stroke::EDGE, p.line2))
                .corner_radius(radius::CARD)
                .inner_margin(egui::Margin::symmetric(space::M as i8, space::S as i8))
                .show(ui, |ui| {
                    ui.set_max_width(field_rect.width());
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = space::SM;
                        ui.add(Icon::Warning.image(size::icon::SMALL, p.warn));
                        ui.label(Type::Small.rich(&problem.message).color(p.text));
                        if let Some(better) = &problem.suggestion
                            && link_styled(ui, &format!("Use {better}"), Type::Small).clicked()
                        {
                            field.replace(&problem.term, better);
                            put_cursor_at_end(ui.ctx(), field);
                        }
                    });
                });
        });
}

fn put_cursor_at_end(ctx: &Context, field: &FilterField) {
    let end = CCursor::new(field.draft.chars().count());
    set_selection(ctx, CCursorRange::one(end));
}

fn select_all(ctx: &Context, field: &FilterField) {
    let end = CCursor::new(field.draft.chars().count());
    set_selection(ctx, CCursorRange::two(CCursor::new(0), end));
}

fn set_selection(ctx: &Context, range: CCursorRange) {
    let mut state = egui::text_edit::TextEditState::load(ctx, field_id()).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ctx, field_id());
}
