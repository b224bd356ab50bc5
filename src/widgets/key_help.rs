//! A line of the help: keys in boxes, and what they do.

use egui::{Pos2, Role, Sense, Ui, WidgetInfo, vec2};

use super::{key_hint, paint};
use crate::theme::{self, Type, layout, row, space};

/// A key or a term, and what it means.
#[must_use = "a line does nothing until it is shown"]
pub struct KeyHelp<'a> {
    key: &'a str,
    meaning: &'a str,
    is_term: bool,
}

impl<'a> KeyHelp<'a> {
    /// `key` is like "Ctrl+K"; a space parts keys of which each does its own.
    pub fn new(key: &'a str, meaning: &'a str) -> Self {
        Self {
            key,
            meaning,
            is_term: false,
        }
    }

    /// Something to type instead of a key.
    pub fn term(term: &'a str, meaning: &'a str) -> Self {
        Self {
            is_term: true,
            ..Self::new(term, meaning)
        }
    }

    /// Shows it over the whole width.
    pub fn show(self, ui: &mut Ui) {
        let p = theme::palette(ui.ctx());
        let size = vec2(ui.available_width(), row::KEY_VALUE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        // A term that ends in a colon says it itself.
        let spoken = format!("{}: {}", self.key.trim_end_matches(':'), self.meaning);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let mid_y = rect.center().y;
        if self.is_term {
            let galley = paint::whole_line(ui, self.key, Type::Mono, p.text);
            paint::put_line(ui, galley, rect.left(), mid_y);
        } else {
            let mut left = rect.left();
            for key in self.key.split([' ', '+']) {
                key_hint::paint(ui, Pos2::new(left, mid_y), key, p.line2, p.text);
                left += key_hint::width(ui, key) + space::XS;
            }
        }
        let left = rect.left() + layout::KEY;
        let galley = paint::line(ui, self.meaning, Type::Body, p.text, rect.right() - left);
        paint::put_line(ui, galley, left, mid_y);
    }
}
