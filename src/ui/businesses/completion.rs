//! The list below the filter that completes what is being typed.

use std::collections::HashMap;

use egui::{Area, Context, FocusDirection, Frame, Id, Key, Margin, Modifiers, Order, Rect, vec2};

use super::filter_field::FilterInput;
use crate::domain::business::BusinessText;
use crate::domain::filter::{Completions, ValueCount, completions};
use crate::state::session::workspace::Workspace;
use crate::theme::{self, Icon, part, radius, space, stroke};
use crate::widgets::{PaletteRow, focus_on, pressed_with_shift};

/// The list, while it is open.
#[derive(Default)]
pub(super) struct CompletionList {
    /// The line that the arrows have chosen.
    chosen: Option<usize>,
    /// Esc has closed it for this draft.
    closed_for: Option<String>,
    /// It was drawn in this frame.
    is_drawn: bool,
    /// It was drawn in the last one.
    was_open: bool,
    counts: Option<CountedValues>,
}

/// Which values the loaded businesses have, as long as no more arrive.
struct CountedValues {
    text: BusinessText,
    loaded: usize,
    values: Vec<ValueCount>,
}

/// What the keys have asked of the list.
pub(super) enum CompletionKey {
    /// This line is taken.
    Take(usize),
    /// Something else, which is nobody else's.
    Used,
}

impl CompletionList {
    /// What the draft can become; nothing where nothing is typed into the field.
    pub(super) fn of(&mut self, draft: &str, workspace: &Workspace) -> Option<Completions> {
        if self.closed_for.as_deref() == Some(draft) {
            return None;
        }
        self.closed_for = None;
        completions(draft, |text| self.values(text, workspace))
    }

    fn values(&mut self, text: BusinessText, workspace: &Workspace) -> Vec<ValueCount> {
        let book = workspace.list.book();
        let known = self
            .counts
            .take()
            .filter(|counts| counts.text == text && counts.loaded == book.len());
        let counts = known.unwrap_or_else(|| {
            let mut found: HashMap<&str, usize> = HashMap::new();
            for value in book.rows().iter().filter_map(|row| row.text(text)) {
                *found.entry(value).or_default() += 1;
            }
            let mut values: Vec<ValueCount> = found
                .into_iter()
                .map(|(value, count)| (value.to_owned(), count))
                .collect();
            // The most frequent first.
            values.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
            CountedValues {
                text,
                loaded: book.len(),
                values,
            }
        });
        let values = counts.values.clone();
        self.counts = Some(counts);
        values
    }

    /// Esc closes the list first, and leaves the field afterwards. egui has taken the keyboard away by then.
    pub(super) fn closes_on_escape(&mut self, ctx: &Context, field: Id, draft: &str) {
        self.was_open = std::mem::take(&mut self.is_drawn);
        if self.was_open && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            self.closed_for = Some(draft.to_owned());
            self.chosen = None;
            focus_on(ctx, field);
        }
    }

    /// A click on a line takes the keyboard from the field before the line knows of it.
    pub(super) fn is_being_clicked(&self, ctx: &Context) -> bool {
        let is_clicked =
            |input: &egui::InputState| input.pointer.any_down() || input.pointer.any_released();
        self.was_open && ctx.input(is_clicked)
    }

    /// Tab takes the first or chosen line. Among values the arrows choose, and Enter takes what they chose; where the
    /// list offers keys, the arrows and Enter stay with the rows below.
    pub(super) fn keys(&mut self, ctx: &Context, found: &Completions) -> Option<CompletionKey> {
        let last = found.options.len() - 1;
        self.chosen = self.chosen.filter(|at| *at <= last && found.are_values);
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        // `consume_key` takes Shift+Tab for Tab as well, and that leads back.
        let is_shifted = pressed_with_shift(ctx, |key| key == Key::Tab);
        if !is_shifted && pressed(Key::Tab) {
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            return Some(CompletionKey::Take(self.chosen.take().unwrap_or(0)));
        }
        if !found.are_values {
            return None;
        }
        if pressed(Key::ArrowDown) {
            self.chosen = Some(
                self.chosen
                    .map_or(0, |at| if at == last { 0 } else { at + 1 }),
            );
            return Some(CompletionKey::Used);
        }
        if pressed(Key::ArrowUp) {
            self.chosen = Some(self.chosen.and_then(|at| at.checked_sub(1)).unwrap_or(last));
            return Some(CompletionKey::Used);
        }
        let chosen = self.chosen?;
        pressed(Key::Enter).then(|| {
            self.chosen = None;
            CompletionKey::Take(chosen)
        })
    }

    /// Draws it below the field; returns the line that was clicked.
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
                    ui.set_width(field_rect.width().min(part::COMPLETIONS));
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (at, option) in found.options.iter().enumerate() {
                        let id = Id::unique(("completion", at));
                        // Tab takes the first one where none is chosen.
                        let key = if at == self.chosen.unwrap_or(0) {
                            "Tab"
                        } else {
                            ""
                        };
                        let row = PaletteRow::new(id, Icon::Search, &option.word)
                            .hint(&option.note)
                            .key(key)
                            .chosen(self.chosen == Some(at))
                            .place(at, found.options.len())
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

    /// Puts a line in the place of the word that is being typed.
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
