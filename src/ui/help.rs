//! Help: all shortcuts from the actions table, the filter terms, and links.

mod about;

use egui::{Key, Modifiers, Ui, vec2};

pub(super) use about::{DOCUMENTATION, open_data_folder};

use super::Screen;
use super::actions::{SECTIONS, written};
use super::dialog::Dialog;
use super::screen::UiRequest;
use crate::theme::{self, Type, layout, row, space};
use crate::widgets::{Button, ModalUi, key_help, term_help};

/// Sections of the left column. The others are in the right column, or below in a narrow window.
const LEFT: [&str; 2] = ["Token", "Businesses"];

/// The button that opens the help.
pub(super) fn button(ui: &mut Ui, screen: &mut Screen<'_>) {
    let button = Button::plain("Help").small().key_hint("?");
    if button.show(ui).clicked() {
        screen.request(UiRequest::Dialog(Dialog::Help));
    }
}

/// Draws the body of the help dialog.
pub(super) fn show(parts: &mut ModalUi<'_>, screen: &mut Screen<'_>) {
    parts.body(|ui| {
        scroll_by_keys(ui);
        if ui.ctx().content_rect().width() < layout::TIGHT {
            left(ui);
            right(ui);
            return;
        }
        ui.spacing_mut().item_spacing.x = space::XXL;
        ui.columns(2, |columns| {
            let [first, second] = columns else {
                return;
            };
            left(first);
            right(second);
        });
    });
    parts.footer(|ui| about::show(ui, screen));
}

/// Actions on tokens and businesses, and keys of lists.
fn left(ui: &mut Ui) {
    keys_of(ui, |name| LEFT.contains(&name));
    group(ui, "Lists, dialogs and menus");
    for (keys, meaning) in MOVES {
        key_help(ui, &written(keys), meaning);
    }
}

fn right(ui: &mut Ui) {
    keys_of(ui, |name| !LEFT.contains(&name));
    group(ui, "Filter terms");
    for (term, meaning) in TERMS {
        term_help(ui, term, meaning);
    }
}

fn keys_of(ui: &mut Ui, is_meant: impl Fn(&str) -> bool) {
    for (name, entries) in SECTIONS.iter().filter(|(name, _)| is_meant(name)) {
        let mut bound = entries
            .iter()
            .filter(|entry| entry.shortcut.is_some())
            .peekable();
        if bound.peek().is_some() {
            group(ui, name);
        }
        for entry in bound {
            key_help(ui, &entry.written_keys(), entry.text);
        }
    }
}

/// Makes the arrow keys scroll, because nothing in the text can be selected.
pub(super) fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() - row::KEY_VALUE;
    let down = ui.input_mut(|input| {
        let mut key = |key| input.consume_key(Modifiers::NONE, key);
        if key(Key::ArrowDown) {
            row::KEY_VALUE
        } else if key(Key::ArrowUp) {
            -row::KEY_VALUE
        } else if key(Key::PageDown) {
            page
        } else if key(Key::PageUp) {
            -page
        } else if key(Key::End) {
            ALL_OF_IT
        } else if key(Key::Home) {
            -ALL_OF_IT
        } else {
            0.0
        }
    });
    if down != 0.0 {
        ui.scroll_with_delta(vec2(0.0, -down));
    }
}

/// A scroll distance in px that is longer than any help text.
const ALL_OF_IT: f32 = 1.0e5;

fn group(ui: &mut Ui, name: &str) {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::M);
    ui.label(Type::SmallSemi.rich(name).color(p.strong));
    ui.add_space(space::XS);
}

/// Keys that lists, dialogs and menus handle themselves. No action can use them.
const MOVES: [(&str, &str); 13] = [
    (
        "Up Down",
        "Previous or next row, also while typing a filter",
    ),
    ("PgUp PgDn", "One page up or down"),
    ("Home End", "First or last row"),
    ("Tab", "Next control; with Shift, the previous one"),
    ("Space", "Press the focused button, as does Enter"),
    (
        "Ctrl+Enter",
        "Submit the form; in filter and palette, copy a token of the match",
    ),
    ("Enter", "In the filter, select the first match"),
    ("Menu Shift+F10", "Menu of the selected row"),
    (
        "Shift+Up Shift+Down",
        "Select several rows, to copy their ids or export them",
    ),
    (
        "Shift+Home Shift+End",
        "Select all rows up to the first or last",
    ),
    ("Delete", "On the Tokens page, forget the selected token"),
    ("Ctrl+V", "On the list, search for what is pasted"),
    (
        "Esc",
        "Close the menu, leave the field, close the details, clear the filter",
    ),
];

const TERMS: [(&str, &str); 7] = [
    ("country:", "NL,BE  any of these countries"),
    ("type:", "limited  entity type"),
    ("currency:", "EUR"),
    ("is:", "active, inactive or archived"),
    ("token:", "live  has a live token"),
    ("ext:", "user-12*  external_id, * matches anything"),
    ("created:", ">2026-01-01, 2026-03, 2025..2026"),
];
