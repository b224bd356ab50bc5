//! The filter and the tools of the list.

use egui::text::{CCursor, CCursorRange};
use egui::{Align, Area, Context, Frame, Id, Key, Layout, Order, Rect, Ui, UiBuilder, vec2};

use super::super::actions::Action;
use super::super::keys::steps_from_filter;
use super::super::{Screen, words};
use super::columns;
use super::filter_field::FilterInput;
use crate::domain::filter::TermProblem;
use crate::domain::share::DOTS;
use crate::state::create::messages::CreateCommand;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Icon, Type, height, layout, radius, size, space, stroke};
use crate::widgets::{self, Button, FilterTerm, IconButton, link_styled};

fn field_id() -> Id {
    Id::unique("businesses filter")
}

pub(super) fn show(
    ui: &mut Ui,
    field: &mut FilterInput,
    workspace: &Workspace,
    gutter: f32,
    wants: Wants,
    screen: &mut Screen<'_>,
) {
    field.follow(workspace.list.filter());
    let area = ui
        .max_rect()
        .shrink2(vec2(gutter, (height::TOOLBAR - height::NORMAL) / 2.0));
    // The field takes what the tools leave, and comes before them for the keyboard.
    let tools = 3.0 * height::NORMAL + 2.0 * space::XS + space::S + new_business_width(ui);
    let rect = area.with_max_x(area.right() - tools - space::S);
    let row = |rect: Rect| {
        UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center))
    };
    let mut inner = ui.new_child(row(rect));
    let response = edit(&mut inner, field, workspace, screen);
    let mut ui = ui.new_child(row(area.with_min_x(area.right() - tools)));
    ui.spacing_mut().item_spacing.x = space::XS;
    let refresh = IconButton::new(Icon::Refresh, "Refresh")
        .key_hint("F5")
        .disabled_if(Action::Refresh.obstacle(screen.state));
    if refresh.show(&mut ui).clicked() {
        screen.ask(ListCommand::Refresh);
    }
    columns::menu_button(&mut ui, workspace, wants.columns, screen);
    columns::export_button(&mut ui, workspace, screen);
    ui.add_space(space::XS);
    new_business(&mut ui, screen);
    if wants.focus {
        response.request_focus();
        select_all(inner.ctx(), field);
    }
    if let Some(problem) = workspace.list.query().problems.first() {
        explain(inner.ctx(), rect, problem, field);
    }
    if let Some(filter) = field.changed() {
        screen.ask(ListCommand::SetFilter(filter));
    }
}

/// What was asked for from elsewhere.
#[derive(Default)]
pub(super) struct Wants {
    /// The cursor goes into the field.
    pub(super) focus: bool,
    /// The list of columns opens.
    pub(super) columns: bool,
}

fn new_business_width(ui: &Ui) -> f32 {
    if is_narrow(ui) {
        height::NORMAL
    } else {
        let key = Action::NewBusiness.key();
        let button = Button::outlined(NEW).icon(Icon::Plus).key_hint(&key);
        button.wanted_width(ui)
    }
}

const NEW: &str = "New business";

fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < layout::NARROW
}

/// The one next step of the page; where room is short, an icon.
fn new_business(ui: &mut Ui, screen: &mut Screen<'_>) {
    let key = Action::NewBusiness.key();
    let clicked = if is_narrow(ui) {
        let button = IconButton::new(Icon::Plus, NEW).outlined().key_hint(&key);
        button.show(ui).clicked()
    } else {
        let button = Button::outlined(NEW).icon(Icon::Plus).key_hint(&key);
        button.show(ui).clicked()
    };
    if clicked {
        screen.ask(CreateCommand::Open);
    }
}

/// The field itself: chips, text, and how many match.
fn edit(
    ui: &mut Ui,
    field: &mut FilterInput,
    workspace: &Workspace,
    screen: &mut Screen<'_>,
) -> egui::Response {
    if ui.ctx().memory(|memory| memory.has_focus(field_id())) {
        if field.draft.is_empty() && ui.input(|input| input.key_pressed(Key::Backspace)) {
            field.reopen_last();
        }
        screen.out.extend(steps_from_filter(ui.ctx()));
    }
    // Who types sees what; at rest a name or an id that was looked for is told to nobody.
    let has_focus = ui.ctx().memory(|memory| memory.has_focus(field_id()));
    let is_hidden = screen.state.share.is_on() && !has_focus;
    let query = workspace.list.query();
    let filters: Vec<FilterTerm<'_>> = field
        .chips
        .iter()
        .map(|chip| {
            let (key, value) = chip.split_at(chip.find(':').map_or(0, |colon| colon + 1));
            let is_id = key.trim_start_matches('!') == "ext:";
            FilterTerm {
                key,
                value: if is_id && is_hidden { DOTS } else { value },
                unknown: query.problems.iter().any(|problem| problem.term == *chip),
            }
        })
        .collect();
    let trailing = if query.is_empty() {
        String::new()
    } else {
        words::matches(workspace.list.shown_count())
    };
    let shown = widgets::FilterField::new(field_id(), "Filter businesses", &mut field.draft)
        .placeholder("Filter by name, id, number or term")
        .filters(&filters)
        .trailing(&trailing)
        .key_hint("/")
        .hidden(is_hidden)
        .show(ui);
    if let Some(at) = shown.removed {
        field.chips.remove(at);
    }
    if let Some(at) = shown.edited {
        field.reopen(at);
        shown.response.request_focus();
        put_cursor_at_end(ui.ctx(), field);
    }
    if shown.response.changed() && field.absorb(false) {
        // The text has become shorter under the cursor.
        put_cursor_at_end(ui.ctx(), field);
    }
    if shown.response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        field.absorb(true);
    }
    shown.response
}

/// What is wrong with a term, right below the field, and what was probably meant.
fn explain(ctx: &Context, field_rect: Rect, problem: &TermProblem, field: &mut FilterInput) {
    let p = theme::palette(ctx);
    Area::new(Id::unique("filter problem"))
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
                            && link_styled(ui, &format!("Did you mean {better}?"), Type::Small)
                                .clicked()
                        {
                            field.replace(&problem.term, better);
                            put_cursor_at_end(ui.ctx(), field);
                        }
                    });
                });
        });
}

fn put_cursor_at_end(ctx: &Context, field: &FilterInput) {
    let end = CCursor::new(field.draft.chars().count());
    set_selection(ctx, CCursorRange::one(end));
}

fn select_all(ctx: &Context, field: &FilterInput) {
    let end = CCursor::new(field.draft.chars().count());
    set_selection(ctx, CCursorRange::two(CCursor::new(0), end));
}

fn set_selection(ctx: &Context, range: CCursorRange) {
    let mut state = egui::text_edit::TextEditState::load(ctx, field_id()).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ctx, field_id());
}
