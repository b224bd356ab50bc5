//! A line of the help: keys in boxes and what they do.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Atom, Atoms, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, layout, row, space};
use crate::widgets::buttons::key_hint;
use crate::widgets::control::{Control, gap, put, text};
use crate::widgets::paint;

/// A key or filter term, and its meaning.
#[must_use = "a line does nothing until it is shown"]
pub struct KeyHelp<'a> {
    key: &'a str,
    meaning: &'a str,
    is_term: bool,
}

impl<'a> KeyHelp<'a> {
    /// `key` is a shortcut such as "Ctrl+K". A space separates keys that are pressed independently.
    pub fn new(key: &'a str, meaning: &'a str) -> Self {
        Self {
            key,
            meaning,
            is_term: false,
        }
    }

    /// A term to type instead of a key to press.
    pub fn term(term: &'a str, meaning: &'a str) -> Self {
        Self {
            is_term: true,
            ..Self::new(term, meaning)
        }
    }

    /// Draws the line over the full width. A long meaning wraps.
    pub fn show(self, ui: &mut Ui) {
        let p = theme::palette(ui.ctx());
        let wide = ui.available_width();
        let keys: Vec<Atom<'static>> = if self.is_term {
            vec![text(ui, Type::Mono, self.key).into()]
        } else {
            let keys = key_hint::keys(self.key).into_iter();
            let keys = keys.map(|key| [key_hint::atom(ui, key, p.line2, p.text), gap(space::XS)]);
            keys.flatten().collect()
        };
        let indent = if self.is_term {
            layout::KEY
        } else {
            let keys = Control::new(Atoms::from(keys.clone()), row::KEY_VALUE);
            keys.padding(0.0, space::S)
                .wanted_width(ui)
                .max(layout::KEY)
        };
        let mut job = LayoutJob::simple_format(self.meaning.to_owned(), Type::Body.format(p.text));
        job.wrap = TextWrapping::wrap_at_width((wide - indent).max(0.0));
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let around = row::KEY_VALUE - Type::Body.line_height();
        let size = vec2(wide, (galley.size().y + around).max(row::KEY_VALUE));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        // A term may already end in a colon.
        let spoken = format!("{}: {}", self.key.trim_end_matches(':'), self.meaning);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let keys_rect = rect.with_max_y(rect.top() + row::KEY_VALUE);
        put(ui, keys_rect, p.text, Atoms::from(keys));
        paint::put_line(ui, galley, rect.left() + indent, rect.center().y);
    }
}
