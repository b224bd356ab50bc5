//! The list below the filter that completes the word being typed.

use std::collections::HashMap;

use egui::{Area, Context, FocusDirection, Frame, Id, Key, Margin, Modifiers, Order, Rect, vec2};

use super::super::memo::Memo;
use super::filter_field::FilterInput;
use crate::domain::business::BusinessText;
use crate::domain::filter::{Completions, completions};
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Icon, radius, space, stroke, widget_sizes};
use crate::widgets::{Row, focus_on, pressed_with_shift};

#[derive(Default)]
pub(super) struct CompletionList {
    /// The option selected with the arrow keys.
    chosen: Option<usize>,
    /// The draft for which Escape has closed the list.
    closed_for: Option<String>,
    /// Whether the list was drawn in this frame.
    is_drawn: bool,
    /// Whether the list was drawn in the last frame.
    was_open: bool,
    /// Values of the loaded businesses and how many have each, by text and number of businesses.
    counts: Memo<(BusinessText, usize), Vec<(String, usize)>>,
}

impl CompletionList {
    /// Completions of the draft. `None` if nothing was typed.
    pub(super) fn of(&mut self, draft: &str, workspace: &Workspace) -> Option<Completions> {
        if self.closed_for.as_deref() == Some(draft) {
            return None;
        }
        self.closed_for = None;
        completions(draft, |text| self.values(text, workspace))
    }

    fn values(&mut self, text: BusinessText, workspace: &Workspace) -> Vec<(String, usize)> {
        let businesses = workspace.list.businesses();
        let counts = self.counts.get((text, businesses.len()), || {
            let mut found: HashMap<&str, usize> = HashMap::new();
            for value in businesses.rows().iter().filter_map(|row| row.text(text)) {
                *found.entry(value).or_default() += 1;
            }
            let mut values: Vec<(String, usize)> = found
                .into_iter()
                .map(|(value, count)| (value.to_owned(), count))
                .collect();
            // Most frequent first.
            values.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
            values
        });
        counts.clone()
    }

    /// Makes Escape close the list before it leaves the field. By then egui has already removed the focus, so it is restored.
    pub(super) fn closes_on_escape(&mut self, ctx: &Context, field: Id, draft: &str) {
        self.was_open = std::mem::take(&mut self.is_drawn);
        if self.was_open && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.closed_for = Some(draft.to_owned());
            self.chosen = None;
            focus_on(ctx, field);
        }
    }

    /// Whether an option is being clicked. A click removes the focus from the field before the option receives it.
    pub(super) fn is_being_clicked(&self, ctx: &Context) -> bool {
        let is_clicked =
            |input: &egui::InputState| input.pointer.any_down() || input.pointer.any_released();
        self.was_open && ctx.input(is_clicked)
    }

    /// Tab accepts the selected or first option. Among values, the arrow keys select and Enter accepts the selection. If the list offers keys,
    /// the arrow keys and Enter work on the table below. If a key was used, returns the option that it accepts, if any.
    pub(super) fn keys(&mut self, ctx: &Context, found: &Completions) -> Option<Option<usize>> {
        let last = found.options.len() - 1;
        self.chosen = self.chosen.filter(|at| *at <= last && found.are_values);
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        // `consume_key` also accepts Shift+Tab, which should move the focus back.
        let is_shifted = pressed_with_shift(ctx, |key| key == Key::Tab);
        if !is_shifted && pressed(Key::Tab) {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            return Some(Some(self.chosen.take().unwrap_or(0)));
        }
        if !found.are_values {
            return None;
        }
        if pressed(Key::ArrowDown) {
            self.chosen = Some(
                self.chosen
                    .map_or(0, |at| if at == last { 0 } else { at + 1 }),
            );
            return Some(None);
        }
        if pressed(Key::ArrowUp) {
            self.chosen = Some(self.chosen.and_then(|at| at.checked_sub(1)).unwrap_or(last));
            return Some(None);
        }
        let chosen = self.chosen?;
        pressed(Key::Enter).then(|| {
            self.chosen = None;
            Some(chosen)
        })
    }

    /// Draws the list below the field. Returns the option that was clicked.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        field: Id,
        field_rect: Rect,
        found: &Completions,
    ) -> Option<usize> {
        self.is_drawn = true;
        let p = theme::palette(ctx);
        let mut clicked = None;
        Area::new(Id::unique("filter completions"))
            .order(Order::Foreground)
            .fixed_pos(field_rect.left_bottom() + vec2(0.0, space::XS))
            .show(ctx, |ui| {
                let frame = Frame::new()
                    .fill(p.overlay)
                    .stroke((stroke::EDGE, p.line2))
                    .corner_radius(radius::CARD)
                    .inner_margin(Margin::symmetric(0, space::XS as i8));
                frame.show(ui, |ui| {
                    ui.set_width(field_rect.width().min(widget_sizes::COMPLETIONS));
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (at, option) in found.options.iter().enumerate() {
                        let id = Id::unique(("completion", at));
                        // Tab accepts the first option if none is selected.
                        let key = if at == self.chosen.unwrap_or(0) {
                            "Tab"
                        } else {
                            ""
                        };
                        let row = Row::command(id, Icon::Search, &option.word)
                            .hint(&option.note)
                            .key(key)
                            .selected(self.chosen == Some(at))
                            .position(at, found.options.len())
                            .show(ui);
                        if row.clicked() {
                            clicked = Some(at);
                        }
                        if self.chosen == Some(at) {
                            ctx.accesskit_node_builder(field, |node| {
                                node.set_active_descendant(id.accesskit_id());
                            });
                        }
                    }
                });
            });
        clicked
    }

    /// Replaces the word being typed with an option.
    pub(super) fn take(&mut self, at: usize, found: &Completions, input: &mut FilterInput) {
        let Some(option) = found.options.get(at) else {
            return;
        };
        input.draft.truncate(found.from);
        input.draft.push_str(&option.word);
        if found.are_values {
            input.draft.push(' ');
            input.absorb(false);
        }
    }
}
