//! The command palette: finds actions and businesses by a few letters.

mod businesses;
mod commands;
mod list;
mod recent;
mod search;
mod target;

use businesses::BusinessMatches;
use egui::{Context, Id, Key, Modifiers, Ui};
use list::PaletteLine;
pub(super) use recent::RecentActions;
use target::PaletteTarget;

use super::actions::{Action, written};
use super::pick_list::PickList;
use super::{Screen, words};
use crate::domain::business::BusinessId;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Modal, divider, keep_focus, key_footer, status_dot};

pub(super) struct CommandPalette {
    list: PickList,
    found: BusinessMatches,
}

impl CommandPalette {
    pub(super) fn new() -> Self {
        Self {
            list: PickList::at(0),
            found: BusinessMatches::default(),
        }
    }

    /// Draws the palette. When the palette should close, returns the action to run, if any.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        workspace: &Workspace,
        recent: &RecentActions,
        screen: &mut Screen<'_>,
    ) -> Option<Option<Action>> {
        let lines = self.lines(ctx, workspace, recent, screen);
        let copies = ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let runs = self.list.keys(ctx, lines.len());
        let modal = Modal::new(Id::unique("palette"), "Find a business or run a command")
            .top(dialog::TOP_LOW)
            .head_hidden();
        let shown = modal.show(ctx, |parts| {
            parts.plain(|ui| {
                let rows = list::row_ids(&lines);
                let chosen_row = rows.get(self.list.chosen).copied();
                input(ui, &mut self.list, chosen_row, workspace);
                divider(ui);
                let clicked = list::show(ui, &lines, &mut self.list);
                divider(ui);
                let is_business = lines.get(self.list.chosen).and_then(PaletteLine::business);
                footer(ui, workspace, is_business.is_some());
                clicked
            })
        });
        if copies && let Some(id) = lines.get(self.list.chosen).and_then(PaletteLine::business) {
            show_business(id, screen);
            screen.send(TokenCommand::CopySelected);
            return Some(None);
        }
        let run = shown.inner.or_else(|| runs.then_some(self.list.chosen));
        match run.and_then(|at| lines.get(at)) {
            Some(line) if line.unavailable_reason.is_none() => Some(run_line(line, screen)),
            // An unavailable line already says why; the palette stays open.
            Some(_) | None => (shown.escape || shown.close_clicked).then_some(None),
        }
    }

    /// The lines that match, or all lines if nothing was typed. Commands come first if a word of a command was typed; otherwise businesses
    /// do if they match better or are likely meant.
    fn lines(
        &mut self,
        ctx: &Context,
        workspace: &Workspace,
        recent: &RecentActions,
        screen: &Screen<'_>,
    ) -> Vec<PaletteLine> {
        let typed = &self.list.typed;
        self.found.look(typed, workspace);
        if typed.is_empty() {
            return commands::all(ctx, workspace, recent, screen);
        }
        let score = self.found.score();
        let (mut lines, best) = commands::matching(ctx, typed, score, workspace, screen);
        let found = self.found.lines(ctx, workspace, screen.state.share);
        let is_business = score > best || self.found.is_likely();
        if is_business && !commands::is_named(typed, screen) {
            lines.splice(0..0, found);
        } else {
            lines.extend(found);
        }
        lines
    }
}

/// Opens the business of a line, or returns its action.
fn run_line(line: &PaletteLine, screen: &mut Screen<'_>) -> Option<Action> {
    match line.target {
        PaletteTarget::Action(action) => Some(action),
        PaletteTarget::Business(id) => {
            show_business(id, screen);
            None
        }
    }
}

fn show_business(id: BusinessId, screen: &mut Screen<'_>) {
    screen.send(ListCommand::Reveal(id));
    screen.send(ListCommand::ShowDetail(true));
}

/// The field and the environment's name.
fn input(ui: &mut Ui, list: &mut PickList, chosen: Option<Id>, workspace: &Workspace) {
    let p = theme::palette(ui.ctx());
    let environment = &workspace.profile.environment;
    let mark = p.hue(words::hue(environment)).mark;
    let field = (
        Id::unique("palette input"),
        "Find a business or run a command",
    );
    let response = list.field(ui, space::L, field, Type::Input, |ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        status_dot(ui, mark, false);
        ui.label(Type::Small.rich(environment.name()).color(mark));
    });
    keep_focus(ui.ctx(), response.id);
    if let Some(chosen) = chosen {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_active_descendant(chosen.accesskit_id());
        });
    }
}

/// Keyboard hints, and whether more businesses are still loading.
fn footer(ui: &mut Ui, workspace: &Workspace, is_business: bool) {
    use crate::domain::draft::BusinessLookup as _;

    let copies = written("Ctrl+Enter copies a token");
    let (enter, others): (&str, &[&str]) = match is_business {
        true => ("Show", &[copies.as_str(), "Esc closes"]),
        false => ("Run", &["Esc closes"]),
    };
    key_footer(ui, enter, others, |ui| {
        let missing = workspace.list.still_loading();
        if missing > 0 {
            let p = theme::palette(ui.ctx());
            let text = still_loading(missing);
            ui.label(Type::Small.rich(text).color(p.muted));
        }
    });
}

fn still_loading(businesses: usize) -> String {
    format!("{} still loading", words::businesses(businesses as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_business_is_still_loading() {
        assert_eq!(still_loading(1), "1 business still loading");
        assert_eq!(still_loading(1_240), "1,240 businesses still loading");
    }
}
