//! Keyboard control of a menu. egui's own arrow keys move to whatever lies in their direction, even outside the menu.

use egui::{
    Context, Event, FocusDirection, Id, Key, Modifiers, Response, Role, Sense, Ui, WidgetInfo,
};

use crate::widgets::focus::focus_on;
use crate::widgets::shift_state::pressed_with_shift;

/// The rows of the menu that is being drawn.
#[derive(Clone, Default)]
pub(in crate::widgets) struct MenuKeys {
    rows: Vec<Id>,
    /// Lower-case labels of the rows.
    labels: Vec<String>,
    chosen: Option<Id>,
    takes_focus: bool,
    menu: Option<Id>,
}

impl MenuKeys {
    /// Called when a menu has just opened. Its selected or first row gets the focus in the next frame. If the pointer opened the menu, the menu
    /// itself gets it, so that Enter chooses nothing unseen.
    pub(in crate::widgets) fn opened(ctx: &Context, menu: Id) {
        if !ctx.input(|input| input.pointer.any_released()) {
            ctx.data_mut(|data| data.insert_temp(menu.with("takes focus"), ()));
        }
    }

    /// Gives the focus to the row that begins with the typed letters, or to the selected or first row, in the next frame.
    pub(in crate::widgets) fn take_focus(ctx: &Context, menu: Id) {
        ctx.data_mut(|data| data.insert_temp(menu.with("takes focus"), ()));
        ctx.request_repaint();
    }

    /// Call before drawing the rows.
    pub(in crate::widgets) fn begin(ui: &Ui, menu: Id) -> Self {
        let takes_focus = ui
            .data_mut(|data| data.remove_temp::<()>(menu.with("takes focus")))
            .is_some();
        ui.data_mut(|data| data.insert_temp(rows_id(), Self::default()));
        if !takes_focus && ui.is_enabled() {
            hold_focus(ui, menu);
        }
        Self {
            takes_focus,
            menu: Some(menu),
            ..Self::default()
        }
    }

    /// Adds a row that can be chosen. Does nothing outside a menu.
    pub(in crate::widgets) fn note(row: &Response, label: &str, is_chosen: bool) {
        row.ctx.data_mut(|data| {
            let Some(mut keys) = data.get_temp::<Self>(rows_id()) else {
                return;
            };
            keys.rows.push(row.id);
            keys.labels.push(label.to_lowercase());
            if is_chosen {
                keys.chosen = Some(row.id);
            }
            data.insert_temp(rows_id(), keys);
        });
    }

    /// Call after drawing the rows. Moves the focus.
    pub(in crate::widgets) fn end(self, ui: &Ui) {
        let keys = ui.data_mut(|data| data.remove_temp::<Self>(rows_id()));
        let Some(Self {
            rows,
            labels,
            chosen,
            ..
        }) = keys
        else {
            return;
        };
        if self.takes_focus {
            // In the sizing pass, the rows cannot get the focus yet.
            if let Some(menu) = self.menu.filter(|_| rows.is_empty()) {
                ui.data_mut(|data| data.insert_temp(menu.with("takes focus"), ()));
                ui.ctx().request_repaint();
            }
            let (typed, _) = word(ui);
            let last = labels.len().saturating_sub(1);
            let typed = Self::beginning_with(&labels, last, &typed.text);
            let typed = typed.and_then(|at| rows.get(at).copied());
            if let Some(id) = typed.or(chosen).or(rows.first().copied()) {
                focus_on(ui.ctx(), id);
            }
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        let at = rows.iter().position(|id| Some(*id) == focused);
        let is_on_menu = self.menu.is_some_and(|menu| focused == Some(stop_id(menu)));
        if rows.is_empty() || (at.is_none() && !is_on_menu) {
            return;
        }
        let last = rows.len() - 1;
        let goes_back = is_on_menu && pressed_with_shift(ui.ctx(), |key| key == Key::Tab);
        let to = ui.input_mut(|input| {
            let mut key = |key| input.consume_key(Modifiers::NONE, key);
            if key(Key::ArrowDown) {
                Some(at.filter(|at| *at < last).map_or(0, |at| at + 1))
            } else if key(Key::ArrowUp) || goes_back {
                Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(last))
            } else if key(Key::Home) {
                Some(0)
            } else if key(Key::End) {
                Some(last)
            } else {
                None
            }
        });
        // Without a focused row, the search begins at the first.
        let from = at.unwrap_or(last);
        let to = to.or_else(|| Self::beginning_with(&labels, from, &typed(ui)?));
        if let Some(id) = to.and_then(|to| rows.get(to)) {
            focus_on(ui.ctx(), *id);
        }
    }
}

impl MenuKeys {
    /// The next row that starts with the typed text, the current one included. Repeating a letter moves on to the next match.
    fn beginning_with(labels: &[String], at: usize, typed: &str) -> Option<usize> {
        let mut letters = typed.chars();
        let first = letters.next()?;
        let is_one = letters.all(|letter| letter == first);
        let (from, wanted) = if is_one {
            (at + 1, &typed[..first.len_utf8()])
        } else {
            (at, typed)
        };
        let count = labels.len();
        let mut places = (from..from + count).map(|place| place % count);
        places.find(|place| labels[*place].starts_with(wanted))
    }
}

/// Takes the focus from whatever is behind the menu, and keeps it in the menu while no row has it. A menu opened by pointer has no focused row,
/// and a click or Tab can take the focus from a row.
fn hold_focus(ui: &Ui, menu: Id) {
    let (id, focused) = (stop_id(menu), ui.memory(|memory| memory.focused()));
    let is_inside = |focused: Id| {
        let response = ui.ctx().read_response(focused);
        response.is_some_and(|response| response.layer_id == ui.layer_id())
    };
    if focused.is_some_and(|focused| focused != id && is_inside(focused)) {
        return;
    }
    if focused == Some(id) && pressed_with_shift(ui.ctx(), |key| key == Key::Tab) {
        // It goes to the last row, not to what is before the menu.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    // Not a Tab stop while a row has the focus.
    let stop = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
    stop.widget_info(|| WidgetInfo::labeled(Role::Menu, true, "Menu"));
    if focused == Some(id) {
        return;
    }
    // The menu may be closing: the next frame tells.
    let is_closing = ui.input(|input| {
        let pointer = &input.pointer;
        pointer.any_down() || pointer.any_released() || input.key_pressed(Key::Escape)
    });
    if !is_closing {
        focus_on(ui.ctx(), id);
    }
}

/// The menu itself, which has the focus while none of its rows has.
fn stop_id(menu: Id) -> Id {
    menu.with("focus")
}

/// Letters typed within this time, in seconds, form one word.
const WORD_SECS: f64 = 1.0;

/// What was typed into a menu, in lower case.
#[derive(Clone, Default)]
struct TypedWord {
    text: String,
    /// When it was typed, in seconds.
    at: f64,
    pass: u64,
}

fn typed_id() -> Id {
    Id::unique("typed into a menu")
}

/// The word being typed, including this frame's input, and whether this frame added to it.
fn word(ui: &Ui) -> (TypedWord, bool) {
    let pass = ui.ctx().cumulative_pass_nr();
    let (news, now): (String, f64) = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.to_lowercase()),
            _ => None,
        });
        (texts.collect(), input.time)
    });
    let before = ui.data(|data| data.get_temp::<TypedWord>(typed_id()));
    let before = before.filter(|before| now - before.at < WORD_SECS);
    let mut word = before.unwrap_or_default();
    if news.is_empty() || word.pass == pass {
        return (word, !news.is_empty());
    }
    let text = word.text + &news;
    // A space alone presses the row.
    if text.trim().is_empty() {
        return (TypedWord::default(), false);
    }
    word = TypedWord {
        text,
        at: now,
        pass,
    };
    ui.data_mut(|data| data.insert_temp(typed_id(), word.clone()));
    (word, true)
}

/// The word being typed, if this frame added to it.
pub(in crate::widgets) fn typed(ui: &Ui) -> Option<String> {
    let (word, is_news) = word(ui);
    (is_news && !word.text.is_empty()).then_some(word.text)
}

fn rows_id() -> Id {
    Id::unique("rows of the menu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lead_to_the_row_that_begins_with_them() {
        let labels = ["germany", "iceland", "ireland", "italy", "spain"].map(str::to_owned);
        let find = |at, typed| MenuKeys::beginning_with(&labels, at, typed);
        assert_eq!(find(0, "s"), Some(4));
        assert_eq!(find(0, "i"), Some(1));
        assert_eq!(find(1, "i"), Some(2), "the next one");
        assert_eq!(find(3, "ii"), Some(1), "round the end");
        assert_eq!(find(1, "it"), Some(3));
        assert_eq!(find(3, "ita"), Some(3), "it stays");
        assert_eq!(find(0, "x"), None);
        assert_eq!(MenuKeys::beginning_with(&[], 0, "a"), None);
    }
}
