//! The filter and the toolbar of the list.

use egui::{Area, Context, Frame, Id, Key, LayerId, Modifiers, Order, Rect, Ui, vec2};

use super::super::actions::Action;
use super::super::pasted_secret::{NOT_SEARCHED, reject_secret};
use super::super::{Screen, words};
use super::columns;
use super::completion::CompletionList;
use super::filter_field::FilterInput;
use crate::domain::filter::{Completions, TermProblem};
use crate::domain::share_mode::DOTS;
use crate::state::command::Command;
use crate::state::create::messages::CreateCommand;
use crate::state::list::Listing;
use crate::state::list::messages::{ListCommand, SelectionMove};
use crate::state::session::workspace::Workspace;
use crate::state::shell::messages::ShellCommand;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, height, layout, radius, size, space, stroke};
use crate::widgets::{self, Button, FilterTerm, focus_on, link_styled, row_in, select_text};

fn field_id() -> Id {
    Id::unique("businesses filter")
}

pub(super) fn show(
    ui: &mut Ui,
    (field, list): (&mut FilterInput, &mut CompletionList),
    workspace: &Workspace,
    gutter: f32,
    wants: FilterRequest,
    screen: &mut Screen<'_>,
) {
    field.follow(workspace.list.filter());
    if let Some(text) = &wants.search {
        field.search_for(text);
    }
    let area = ui
        .max_rect()
        .shrink2(vec2(gutter, (height::TOOLBAR - height::NORMAL) / 2.0));
    // Read before Tab moves the focus on. Reading has a side effect: egui takes the focus from a widget beside which was clicked.
    let problem = problems(&workspace.list).next();
    let problem = problem.filter(|_| has_keyboard(ui.ctx(), area));
    // The field takes the width that the tools leave, and comes before them in the Tab order.
    let tools = 3.0 * height::NORMAL + 2.0 * space::XS + space::S + new_business_width(ui);
    let rect = area.with_max_x(area.right() - tools - space::S);
    let mut inner = row_in(ui, rect);
    let (response, then, found) = edit(&mut inner, field, list, workspace, screen);
    let mut ui = row_in(ui, area.with_min_x(area.right() - tools));
    ui.spacing_mut().item_spacing.x = space::XS;
    let refresh = Button::icon_only(Icon::Refresh, "Refresh")
        .key_hint("F5")
        .disabled_if(Action::Refresh.unavailable_reason(screen.state, screen.now));
    if refresh.show(&mut ui).clicked() {
        screen.send(ListCommand::Refresh);
    }
    columns::menu_button(&mut ui, workspace, wants.columns, area.width(), screen);
    columns::export_button(&mut ui, workspace, screen);
    ui.add_space(space::XS);
    new_business(&mut ui, screen);
    if wants.focus {
        focus_on(ui.ctx(), response.id);
        if wants.search.is_some() {
            put_cursor_at_end(inner.ctx(), field);
        } else {
            select_text(inner.ctx(), field_id(), 0..field.draft.chars().count());
        }
    }
    if let Some(found) = &found {
        if let Some(at) = list.show(inner.ctx(), field_id(), rect, found) {
            list.take(at, found, field);
            put_cursor_at_end(inner.ctx(), field);
            focus_on(inner.ctx(), field_id());
        }
    } else if let Some(problem) = problem {
        let has_focus = inner.ctx().memory(|memory| memory.has_focus(field_id()));
        let is_unusable = workspace.list.query().problems.contains(problem);
        let is_hidden = screen.state.share.is_on() && !has_focus && is_unusable;
        explain(inner.ctx(), rect, problem, is_hidden, field);
    }
    if let Some(filter) = field.changed() {
        screen.send(ListCommand::SetFilter(filter));
    }
    let has_focus = inner.ctx().memory(|memory| memory.has_focus(field_id()));
    let is_typing = field.is_typing() && (has_focus || list.is_being_clicked(inner.ctx()));
    if is_typing != workspace.list.is_typing() {
        screen.send(ListCommand::SetTyping(is_typing));
    }
    // These commands apply to the rows that match the latest input, so they come after the filter.
    screen.out.extend(then);
}

/// The terms to explain: those that cannot be applied and, if nothing matches, those with an unlikely value.
pub(super) fn problems(list: &Listing) -> impl Iterator<Item = &TermProblem> {
    let query = list.query();
    let is_in_vain = list.shown_count() == 0 && !list.businesses().is_empty();
    let hints = query.hints.iter().filter(move |_| is_in_vain);
    query.problems.iter().chain(hints)
}

/// Requests from outside the page.
#[derive(Default)]
pub(super) struct FilterRequest {
    /// Move the focus to the filter.
    pub(super) focus: bool,
    /// Search for this text.
    pub(super) search: Option<String>,
    /// Open the list of columns.
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

/// The primary button of the page; an icon when space is limited.
fn new_business(ui: &mut Ui, screen: &mut Screen<'_>) {
    let key = Action::NewBusiness.key();
    let mut button = Button::outlined(NEW).icon(Icon::Plus).key_hint(&key);
    if is_narrow(ui) {
        button = button.label_hidden();
    }
    if button.show(ui).clicked() {
        screen.send(CreateCommand::Open);
    }
}

/// The filter field: chips, text and the number of matches.
fn edit(
    ui: &mut Ui,
    field: &mut FilterInput,
    list: &mut CompletionList,
    workspace: &Workspace,
    screen: &mut Screen<'_>,
) -> (egui::Response, Vec<Command>, Option<Completions>) {
    list.closes_on_escape(ui.ctx(), field_id(), &field.draft);
    let has_keyboard = ui.ctx().memory(|memory| memory.has_focus(field_id()));
    if has_keyboard && reject_secret(ui.ctx(), screen.state) {
        screen.send(ShellCommand::ShowUnavailable(NOT_SEARCHED));
    }
    let then = match ui.ctx().memory(|memory| memory.has_focus(field_id())) {
        true => {
            if let Some(filter) = field.selection_keys(ui.ctx()) {
                screen.copy("filter", filter);
            }
            keys(ui, field, list, workspace)
        }
        false => {
            field.is_all_selected = false;
            Vec::new()
        }
    };
    // The text is visible while the user types. Otherwise, share mode hides it, because it may be a name or an id.
    let has_focus = ui.ctx().memory(|memory| memory.has_focus(field_id()));
    let is_hidden = screen.state.share.is_on() && !has_focus;
    let query = workspace.list.query();
    // A term with an unknown key may be an id. A hint is about the value of a known key.
    let is_unusable = |term: &str| query.problems.iter().any(|problem| problem.term == term);
    let explanations: Vec<Option<String>> = field
        .chips
        .iter()
        .map(|chip| {
            let problem = problems(&workspace.list).find(|problem| problem.term == *chip)?;
            Some(match is_hidden && is_unusable(chip) {
                true => PROBLEM_HIDDEN.to_owned(),
                false => explanation(problem),
            })
        })
        .collect();
    let filters: Vec<FilterTerm<'_>> = field
        .chips
        .iter()
        .zip(&explanations)
        .map(|(chip, problem)| {
            let (key, value) = chip.split_at(chip.find(':').map_or(0, |colon| colon + 1));
            let is_id = key.trim_start_matches('!') == "ext:" || is_unusable(chip);
            FilterTerm {
                key,
                value: if is_id && is_hidden { DOTS } else { value },
                problem: problem.as_deref(),
            }
        })
        .collect();
    let shown_count = workspace.list.shown_count();
    let has_no_effect =
        query.may_have_no_effect() && shown_count == workspace.list.businesses().len();
    let trailing = if has_no_effect && !query.problems.is_empty() {
        "Filter ignored".to_owned()
    } else if has_no_effect || query.is_empty() {
        String::new()
    } else {
        words::matches(shown_count)
    };
    let shown = widgets::FilterField {
        id: field_id(),
        name: "Filter businesses",
        text: &mut field.draft,
        placeholder: "Filter by name, id, number or term",
        filters: &filters,
        trailing: &trailing,
        key: "/",
        is_hidden,
        is_selected: field.is_all_selected,
    }
    .show(ui);
    if let Some(at) = shown.removed {
        field.chips.remove(at);
        focus_on(ui.ctx(), field_id());
    }
    if shown.cleared {
        field.clear();
        focus_on(ui.ctx(), field_id());
    }
    if let Some(at) = shown.edited {
        field.reopen(at);
        focus_on(ui.ctx(), shown.response.id);
        put_cursor_at_end(ui.ctx(), field);
    }
    if shown.response.changed() && field.absorb(false) {
        // The text has become shorter, so the cursor may be past its end.
        put_cursor_at_end(ui.ctx(), field);
    }
    let is_clicking = list.is_being_clicked(ui.ctx());
    if shown.response.lost_focus() && !is_clicking {
        // A chip shows which term is unknown.
        field.absorb(true);
    }
    let is_typing = ui.ctx().memory(|memory| memory.has_focus(field_id())) || is_clicking;
    let found = is_typing
        .then(|| list.of(&field.draft, workspace))
        .flatten();
    (shown.response, then, found)
}

/// Keys with a special meaning in the filter.
fn keys(
    ui: &Ui,
    field: &mut FilterInput,
    list: &mut CompletionList,
    workspace: &Workspace,
) -> Vec<Command> {
    let ctx = ui.ctx();
    if let Some(found) = list.of(&field.draft, workspace)
        && let Some(key) = list.keys(ctx, &found)
    {
        if let Some(at) = key {
            list.take(at, &found, field);
            put_cursor_at_end(ctx, field);
        }
        return Vec::new();
    }
    // Consumed, because the field would delete the last character of the term.
    if field.draft.is_empty()
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace))
    {
        field.reopen_last();
        put_cursor_at_end(ctx, field);
    }
    if let Some(step) = steps_from_filter(ctx) {
        field.has_chosen = true;
        return vec![step];
    }
    let enter = |modifiers| ctx.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    let copies = enter(Modifiers::COMMAND);
    if !copies && !enter(Modifiers::NONE) {
        return Vec::new();
    }
    field.absorb(true);
    put_cursor_at_end(ctx, field);
    if workspace.list.shown_count() > 0 && !copies {
        // The list gets the focus.
        ctx.memory_mut(|memory| memory.surrender_focus(field_id()));
    }
    let mut then = Vec::new();
    if !field.has_chosen {
        then.push(ListCommand::MoveSelection(SelectionMove::First).into());
    }
    if copies && workspace.list.shown_count() == 0 {
        then.push(ShellCommand::ShowUnavailable("Nothing matches the filter").into());
    } else if copies {
        then.push(TokenCommand::CopySelected.into());
    }
    then
}

/// Shown in place of an explanation, which quotes the term.
const PROBLEM_HIDDEN: &str = "This filter can’t be applied. Its value is hidden in share mode.";

const EXPLANATION: Order = Order::Foreground;

fn explanation_id() -> Id {
    Id::unique("filter problem")
}

/// Whether the focus is in the filter bar, which is at `bar`, or in the explanation below it. The explanation covers the column headings, so it
/// is shown only then, and while a click on its link is in progress, which has taken the focus from the field.
fn has_keyboard(ctx: &Context, bar: Rect) -> bool {
    let explanation = LayerId::new(EXPLANATION, explanation_id());
    let focused = ctx.memory(|memory| memory.focused());
    match focused.and_then(|id| ctx.read_response(id)) {
        Some(focused) if focused.layer_id == explanation => true,
        Some(focused) if bar.expand(1.0).contains_rect(focused.rect) => true,
        Some(_) | None => {
            let is_clicking =
                ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
            is_clicking && ctx.memory(|memory| memory.areas().visible_last_frame(&explanation))
        }
    }
}

/// What is wrong with a term, and what it does nevertheless.
fn explanation(problem: &TermProblem) -> String {
    format!("{} {}", problem.message, problem.effect)
        .trim_end()
        .to_owned()
}

/// Explains an invalid term directly below the field, and suggests what was probably meant.
fn explain(
    ctx: &Context,
    field_rect: Rect,
    problem: &TermProblem,
    is_hidden: bool,
    field: &mut FilterInput,
) {
    let message = match is_hidden {
        true => PROBLEM_HIDDEN.to_owned(),
        false => explanation(problem),
    };
    let p = theme::palette(ctx);
    Area::new(explanation_id())
        .order(EXPLANATION)
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
                        ui.label(Type::Small.rich(message).color(p.text));
                        if let Some(better) = problem.suggestion.as_ref().filter(|_| !is_hidden)
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
    let end = field.draft.chars().count();
    select_text(ctx, field_id(), end..end);
}

/// Lets the up and down arrows move the list selection while the filter field keeps the focus.
fn steps_from_filter(ctx: &Context) -> Option<Command> {
    let step = |rows| Some(ListCommand::MoveSelection(SelectionMove::By(rows)).into());
    ctx.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        if input.consume_key(none, egui::Key::ArrowDown) {
            step(1)
        } else if input.consume_key(none, egui::Key::ArrowUp) {
            step(-1)
        } else {
            None
        }
    })
}
