//! A line of the help: keys in boxes and what they do.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Atom, Atoms, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Type, layout, row, space};
use crate::widgets::buttons::key_hint;
use crate::widgets::control::{Control, gap, put, text};
use crate::widgets::paint;

/// A shortcut such as "Ctrl+K", and its meaning. A space separates alternatives: "/ Ctrl+F" is shown as "/ or Ctrl F".
pub fn key_help(ui: &mut Ui, key: &str, meaning: &str) {
    let p = theme::palette(ui.ctx());
    let mut keys: Vec<Atom<'static>> = Vec::new();
    for alternative in key.split(' ') {
        if !keys.is_empty() {
            let or = text(ui, Type::Small, OR).color(p.muted);
            keys.extend([Atom::from(or), gap(space::XS)]);
        }
        for key in key_hint::keys(alternative) {
            keys.extend([key_hint::atom(ui, key, p.line2, p.text), gap(space::XS)]);
        }
    }
    let indent = Control::new(Atoms::from(keys.clone()), row::KEY_VALUE)
        .padding(0.0, space::S)
        .wanted_width(ui)
        .max(layout::KEY);
    let spoken = key.replace(' ', &format!(" {OR} "));
    help_line(ui, Atoms::from(keys), indent, &spoken, meaning);
}

/// Between two shortcuts that do the same.
const OR: &str = "or";

/// A term to type instead of a key to press, and its meaning.
pub fn term_help(ui: &mut Ui, term: &str, meaning: &str) {
    let shown = Atoms::new(text(ui, Type::Mono, term));
    help_line(ui, shown, layout::KEY, term, meaning);
}

/// Draws the line over the full width. A long meaning wraps.
fn help_line(ui: &mut Ui, keys: Atoms<'static>, indent: f32, spoken_key: &str, meaning: &str) {
    let p = theme::palette(ui.ctx());
    let wide = ui.available_width();
    let mut job = LayoutJob::simple_format(meaning.to_owned(), Type::Body.format(p.text));
    job.wrap = TextWrapping::wrap_at_width((wide - indent).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let around = row::KEY_VALUE - Type::Body.line_height();
    let size = vec2(wide, (galley.size().y + around).max(row::KEY_VALUE));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    // A term may already end in a colon.
    let spoken = format!("{}: {meaning}", spoken_key.trim_end_matches(':'));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let keys_rect = rect.with_max_y(rect.top() + row::KEY_VALUE);
    put(ui, keys_rect, p.text, keys);
    paint::put_line(ui, galley, rect.left() + indent, rect.center().y);
}
