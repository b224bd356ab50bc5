//! A row of the command palette: icon, text with the matched letters, hint, keys.

use std::sync::Arc;

use egui::text::TextWrapping;
use egui::{Galley, Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, radius, row, size::icon, space, widget_sizes};
use crate::widgets::buttons::key_hint;
use crate::widgets::paint;

/// The heading of a group of rows.
pub fn palette_group(ui: &mut Ui, name: &str) {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::PALETTE_GROUP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let inset = 2.0 * space::S;
    let galley = paint::line(ui, name, Type::Caption, p.muted, rect.width() - 2.0 * inset);
    let mid_y = rect.bottom() - space::XS - Type::Caption.line_height() / 2.0;
    paint::put_line(ui, galley, rect.left() + inset, mid_y);
}

/// A row of the palette. The input keeps the focus and announces the selected row.
#[must_use = "a line does nothing until it is shown"]
pub struct PaletteRow<'a> {
    id: Id,
    icon: Icon,
    text: &'a str,
    letters: &'a [u32],
    hint: &'a str,
    hint_letters: &'a [u32],
    key: &'a str,
    is_disabled: bool,
    is_chosen: bool,
    place: (usize, usize),
}

impl<'a> PaletteRow<'a> {
    /// A row with this text.
    pub fn new(id: Id, icon: Icon, text: &'a str) -> Self {
        Self {
            id,
            icon,
            text,
            letters: &[],
            hint: "",
            hint_letters: &[],
            key: "",
            is_disabled: false,
            is_chosen: false,
            place: (0, 1),
        }
    }

    /// Indices of the matched characters of the text, sorted.
    pub fn letters(mut self, letters: &'a [u32]) -> Self {
        self.letters = letters;
        self
    }

    /// Grey text after the row's text.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Indices of the matched characters of the hint, sorted.
    pub fn hint_letters(mut self, letters: &'a [u32]) -> Self {
        self.hint_letters = letters;
        self
    }

    /// The shortcut: "Ctrl+K".
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// Marks the row as unavailable; the hint says why.
    pub fn disabled(mut self, is_disabled: bool) -> Self {
        self.is_disabled = is_disabled;
        self
    }

    /// Marks the row that Enter runs.
    pub fn chosen(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }

    /// Position of the row, from 0, and the number of rows.
    pub fn place(mut self, at: usize, of: usize) -> Self {
        self.place = (at, of);
        self
    }

    /// Draws the row over the full width.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let size = vec2(ui.available_width(), row::COMFORTABLE);
        let (_, rect) = ui.allocate_space(size);
        let rect = rect.shrink2(vec2(space::S, 0.0));
        // Not a Tab stop: the arrow keys select, and typing continues in the input.
        let response = ui.interact(rect, self.id, Sense::CLICK);
        let spoken = self.spoken();
        response.widget_info(|| {
            WidgetInfo::selected(
                Role::ListBoxOption,
                !self.is_disabled,
                self.is_chosen,
                &spoken,
            )
        });
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_position_in_set(self.place.0 + 1);
            node.set_size_of_set(self.place.1);
            node.set_selected(self.is_chosen);
        });
        if ui.is_rect_visible(rect) {
            let ground = match (self.is_chosen, response.hovered()) {
                (true, _) => Some(p.selected),
                (false, true) => Some(p.lit()),
                (false, false) => None,
            };
            if let Some(ground) = ground {
                ui.painter().rect_filled(rect, radius::CONTROL, ground);
            }
            self.paint(ui, rect);
        }
        response
    }

    fn spoken(&self) -> String {
        [self.text, self.hint, self.key]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn paint(&self, ui: &Ui, rect: Rect) {
        let p = theme::palette(ui.ctx());
        let mid_y = rect.center().y;
        let tint = match (self.is_disabled, self.is_chosen) {
            (true, _) => p.off,
            (false, true) => p.link,
            (false, false) => p.muted,
        };
        let mut left = rect.left() + space::S;
        let center = Pos2::new(left + icon::NORMAL / 2.0, mid_y);
        self.icon.paint(ui, center, icon::NORMAL, tint);
        left += icon::NORMAL + space::M;
        let right = self.paint_keys(ui, rect.right() - space::S, mid_y);
        let galley = self.galley(ui, right - left);
        left = paint::put_line(ui, galley, left, mid_y) + space::M;
        if !self.hint.is_empty() && right - left > space::XXL {
            let (plain, marked) = (Type::Body.format(p.muted), Type::BodySemi.format(p.link));
            let mut job = paint::marked_job(self.hint, self.hint_letters, plain, marked);
            job.wrap = TextWrapping::truncate_at_width(right - left);
            let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
            paint::put_line(ui, galley, left, mid_y);
        }
    }

    /// Paints each key in a box of its own. Returns where the text must end.
    fn paint_keys(&self, ui: &Ui, mut right: f32, mid_y: f32) -> f32 {
        if self.key.is_empty() {
            return right;
        }
        let p = theme::palette(ui.ctx());
        for key in key_hint::keys(self.key).into_iter().rev() {
            right -= key_hint::width(ui, key);
            key_hint::paint(ui, Pos2::new(right, mid_y), key, p.line2, p.muted);
            right -= space::XS;
        }
        right - space::S
    }

    fn galley(&self, ui: &Ui, room: f32) -> Arc<Galley> {
        let p = theme::palette(ui.ctx());
        let color = match (self.is_disabled, self.is_chosen) {
            (true, _) => p.off,
            (false, true) => p.strong,
            (false, false) => p.text,
        };
        let plain = Type::Body.format(color);
        let marked = Type::BodySemi.format(if self.is_disabled { p.off } else { p.link });
        let mut job = paint::marked_job(self.text, self.letters, plain, marked);
        job.wrap = TextWrapping::truncate_at_width(room.max(0.0));
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }
}
