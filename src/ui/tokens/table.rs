//! The table of tokens.

use egui::{Id, InputState, Key, Modifiers, Ui};

use super::super::businesses::row_menu::opened;
use super::super::businesses::{say_time_left, spoken};
use super::super::{Screen, token_menu, words};
use super::row_menu;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::HeldToken;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, column, space, widget_sizes};
use crate::widgets::{Button, DataTable, SplitButton, TableColumn, at_end, line, ring};

/// Width of the columns that a small window shows, too.
const MIN: f32 = 2.0 * column::TIME_LEFT + column::TOKEN_ACTIONS;

/// Draws tokens that are live, the first to expire at the top, or expired, the most recently expired at the top.
pub(super) fn show(
    ui: &mut Ui,
    workspace: &Workspace,
    (tokens, are_live): (&[&HeldToken], bool),
    gutter: f32,
    screen: &mut Screen<'_>,
) {
    let (table_name, first) = match are_live {
        true => (
            "Tokens",
            TableColumn::fixed("Time left", column::TIME_LEFT).sortable(Some(false)),
        ),
        false => (
            "Expired tokens",
            TableColumn::fixed("Expired", column::TIME_LEFT),
        ),
    };
    // In a small window, the least important columns are left out first.
    let room = ui.available_width() - 2.0 * gutter - MIN;
    let (has_format, has_stub) = (room >= column::FORMAT + column::STUB, room >= column::STUB);
    let columns = columns(first, has_format, has_stub);
    let selected = tokens
        .iter()
        .position(|held| Some(held.token.business) == workspace.selected);
    let table = DataTable::new(
        Id::unique((table_name, has_format, has_stub)),
        table_name,
        &columns,
    )
    .row_height(theme::rows(ui.ctx()).token)
    .gutter(gutter)
    .selected(selected);
    let response = table.show(ui, tokens.len(), |row| {
        let Some(held) = tokens.get(row.index()) else {
            return;
        };
        let (name, _) = words::named(held.token.business, held.name.as_ref(), screen.state.share);
        let countdown = held.countdown(screen.now.boot);
        row.name(format!(
            "{name}, row {} of {}, {}",
            row.index() + 1,
            tokens.len(),
            spoken(&countdown)
        ));
        row.cell(|ui| time_left(ui, held, screen));
        row.cell(|ui| business(ui, held, screen));
        if has_format {
            let format = held
                .last_copy
                .map_or("Not copied", |(_, format)| format.name());
            row.text(Type::Body, |p| p.muted, format);
        }
        if has_stub {
            let stub = format!("••• {}", held.token.stub());
            row.text(Type::Mono, |p| p.muted, &stub);
        }
        row.cell(|ui| actions(ui, workspace, held, screen));
    });
    screen.offer_focus(&response.response);
    if let Some(held) = response.chosen.and_then(|at| tokens.get(at)) {
        screen.send(ListCommand::Select(Some(held.token.business)));
    }
    if response.opened.is_some()
        || (response.chosen.is_some() && ui.input(|input| input.pointer.primary_released()))
    {
        screen.send(ListCommand::ShowDetail(true));
    }
    let is_forgotten = |input: &mut InputState| input.consume_key(Modifiers::NONE, Key::Delete);
    if let Some(held) = selected.and_then(|at| tokens.get(at))
        && response.response.has_focus()
        && ui.input_mut(is_forgotten)
    {
        screen.send(TokenCommand::Forget(held.token.business));
    }
    let at = |place: usize| Some(tokens.get(place)?.token.business);
    if let Some((row, business)) = opened(&response, at) {
        let is_fetching = workspace.tokens.fetch(business).is_some();
        row_menu::show(row, business, is_fetching, screen);
    }
}

fn columns(
    first: TableColumn<'static>,
    has_format: bool,
    has_stub: bool,
) -> Vec<TableColumn<'static>> {
    let business = TableColumn::rest("Business", column::TIME_LEFT);
    let mut columns = vec![first, business];
    columns.extend(has_format.then(|| TableColumn::fixed("Last copied as", column::FORMAT)));
    columns.extend(has_stub.then(|| TableColumn::fixed("Token", column::STUB)));
    columns.push(TableColumn::fixed("", column::TOKEN_ACTIONS));
    columns
}

fn time_left(ui: &mut Ui, held: &HeldToken, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let now = screen.now;
    let countdown = held.countdown(now.boot);
    let phase = countdown.phase;
    ui.spacing_mut().item_spacing = egui::vec2(space::M, 0.0);
    ring(
        ui,
        widget_sizes::RING_ROW,
        phase,
        held.token.fraction_left(now.boot),
    );
    ui.vertical(|ui| {
        // Two lines, centred vertically in the row.
        let high = theme::rows(ui.ctx()).token;
        ui.add_space((high - Type::Heading.line_height() - Type::Small.line_height()) / 2.0);
        let style = if countdown.is_over() {
            Type::Body
        } else {
            Type::Heading
        };
        let below = words::end(&held.token, now, &screen.state.zone);
        line(ui, style, p.countdown_text(phase), &countdown.text);
        line(ui, Type::Small, p.muted, &below);
    });
}

fn business(ui: &mut Ui, held: &HeldToken, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let is_live = held.token.is_live(screen.now.boot);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.vertical(|ui| {
        let high = theme::rows(ui.ctx()).token;
        ui.add_space((high - Type::BodyStrong.line_height() - Type::Mono.line_height()) / 2.0);
        let (name, is_named) =
            words::named(held.token.business, held.name.as_ref(), screen.state.share);
        let color = if is_live && is_named {
            p.strong
        } else {
            p.muted
        };
        line(ui, Type::BodyStrong, color, &name);
        line(
            ui,
            Type::Mono,
            p.muted,
            &held
                .external_id
                .as_ref()
                .map_or("".into(), |id| screen.state.share.shown(id)),
        );
    });
}

/// At the right end, so that the icons of all rows are aligned.
fn actions(ui: &mut Ui, workspace: &Workspace, held: &HeldToken, screen: &mut Screen<'_>) {
    let business = held.token.business;
    let is_fetching = workspace.tokens.fetch(business).is_some();
    at_end(ui, |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        if held.token.is_live(screen.now.boot) {
            copy(ui, held, screen);
        }
        let busy = is_fetching.then_some("Fetching a new token");
        let renew = Button::icon_only(Icon::Refresh, "Fetch a new token").small();
        if renew.disabled_if(busy).show(ui).clicked() {
            screen.send(TokenCommand::FetchNew(business));
        }
        let forget = Button::icon_only(Icon::Trash, "Forget token").small();
        if forget.show(ui).clicked() {
            screen.send(TokenCommand::Forget(business));
        }
    });
}

fn copy(ui: &mut Ui, held: &HeldToken, screen: &mut Screen<'_>) {
    let format = screen.state.saved.token_format;
    let action = Button::outlined("Copy").icon(Icon::Copy).small();
    let (action, picked) = SplitButton::new(action, format.name())
        .format_hidden()
        .show(ui, |ui| token_menu::rows(ui, format));
    say_time_left(&action, held, screen);
    let picked = picked.flatten();
    if action.clicked() || picked.is_some() {
        screen.send(TokenCommand::Copy {
            business: held.token.business,
            format: picked,
        });
    }
}
