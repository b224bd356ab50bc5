//! The command palette: finds actions and businesses by a few letters.

mod businesses;
mod commands;
mod list;
mod recent;

use businesses::BusinessMatches;
use egui::{Align, Context, Id, Key, Layout, Modifiers, Ui, UiBuilder, vec2};
use list::PaletteLine;
pub(super) use recent::RecentActions;

use super::actions::{Action, written};
use super::{Screen, words};
use crate::domain::business::BusinessId;
use crate::state::list::messages::ListCommand;
use crate::state::session::workspace::Workspace;
use crate::state::tokens::messages::TokenCommand;
use crate::theme::{self, Icon, Type, dialog, size, space, widget_sizes};
use crate::widgets::{Modal, bare_field, divider, keep_focus, key_footer, status_dot};

pub(super) struct CommandPalette {
    typed: String,
    /// The line that Enter runs.
    chosen: usize,
    /// Whether the selection has moved and must be scrolled into view.
    has_moved: bool,
    found: BusinessMatches,
}

impl CommandPalette {
    pub(super) fn new() -> Self {
        Self {
            typed: String::new(),
            chosen: 0,
            has_moved: true,
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
        self.chosen = self.chosen.min(lines.len().saturating_sub(1));
        let copies = ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let runs = self.keyboard(ctx, &lines);
        let modal = Modal::new(Id::unique("palette"), "Find a business or run a command")
            .top(dialog::TOP_LOW)
            .head_hidden();
        let shown = modal.show(ctx, |parts| {
            parts.plain(|ui| {
                let rows = list::row_ids(&lines);
                let chosen_row = rows.get(self.chosen).copied();
                let before = self.typed.clone();
                input(ui, &mut self.typed, chosen_row, workspace);
                if self.typed != before {
                    (self.chosen, self.has_moved) = (0, true);
                }
                divider(ui);
                let has_moved = std::mem::take(&mut self.has_moved);
                let clicked = list::show(ui, &lines, self.chosen, has_moved);
                divider(ui);
                let is_business = lines.get(self.chosen).and_then(PaletteLine::business);
                footer(ui, workspace, is_business.is_some());
                clicked
            })
        });
        if copies && let Some(id) = lines.get(self.chosen).and_then(PaletteLine::business) {
            show_business(id, screen);
            screen.send(TokenCommand::CopySelected);
            return Some(None);
        }
        let run = shown.inner.or_else(|| runs.then_some(self.chosen));
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
        self.found.look(&self.typed, workspace);
        if self.typed.is_empty() {
            return commands::all(ctx, workspace, recent, screen);
        }
        let score = self.found.score();
        let (mut lines, best) = commands::matching(ctx, &self.typed, score, workspace, screen);
        let found = self.found.lines(ctx, workspace, screen.state.share);
        let is_business = score > best || self.found.is_likely();
        if is_business && !commands::is_named(&self.typed, screen) {
            lines.splice(0..0, found);
        } else {
            lines.extend(found);
        }
        lines
    }

    /// Moves the selection. Returns whether Enter was pressed.
    fn keyboard(&mut self, ctx: &Context, lines: &[PaletteLine]) -> bool {
        let last = lines.len().saturating_sub(1);
        let now = self.chosen;
        let (to, runs) = ctx.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            let to = if key(Key::ArrowDown) {
                Some(if now == last { 0 } else { now + 1 })
            } else if key(Key::ArrowUp) {
                Some(now.checked_sub(1).unwrap_or(last))
            } else if key(Key::PageDown) {
                Some((now + PAGE).min(last))
            } else if key(Key::PageUp) {
                Some(now.saturating_sub(PAGE))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(last)
            } else {
                None
            };
            (to, key(Key::Enter))
        });
        if let Some(to) = to {
            (self.chosen, self.has_moved) = (to, true);
        }
        runs
    }
}

/// Rows moved by Page Up and Page Down.
const PAGE: usize = 8;

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

/// What a line runs or opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum PaletteTarget {
    Action(Action),
    Business(BusinessId),
}

/// Magnifier, text field and the environment's name.
fn input(ui: &mut Ui, typed: &mut String, chosen: Option<Id>, workspace: &Workspace) {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::PALETTE_INPUT);
    let (_, rect) = ui.allocate_space(size);
    let builder = UiBuilder::new()
        .id_salt("input")
        .max_rect(rect.shrink2(vec2(space::L, 0.0)))
        .layout(Layout::left_to_right(Align::Center));
    let mut ui = ui.new_child(builder);
    ui.spacing_mut().item_spacing.x = space::M;
    ui.add(Icon::Search.image(size::icon::NORMAL, p.muted));
    let environment = &workspace.profile.environment;
    let mark = p.hue(words::hue(environment)).mark;
    let wide = ui.available_width() - widget_sizes::PALETTE_PLACE;
    let response = ui
        .allocate_ui_with_layout(
            vec2(wide, widget_sizes::PALETTE_INPUT),
            Layout::left_to_right(Align::Center),
            |ui| {
                let id = Id::unique("palette input");
                let placeholder = "Find a business or run a command";
                bare_field(
                    ui,
                    id,
                    "Find a business or run a command",
                    typed,
                    placeholder,
                    Type::Input,
                )
            },
        )
        .inner;
    keep_focus(ui.ctx(), response.id);
    if let Some(chosen) = chosen {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_active_descendant(chosen.accesskit_id());
        });
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.label(Type::Small.rich(environment.name()).color(mark));
        status_dot(ui, mark, false);
    });
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
