//! A row of the command palette.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Pos2, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{key_hint, paint};
use crate::theme::{self, Icon, Type, radius, row, size::icon, space};

/// A command or a business that matches what was typed.
#[derive(Clone, Copy, Debug)]
pub struct CommandRow<'a> {
    /// Before the label.
    pub icon: Icon,
    /// What it does.
    pub label: &'a str,
    /// Which of the label's characters matched, counted in characters, ascending.
    pub matched: &'a [u32],
    /// Grey, after the label.
    pub hint: &'a str,
    /// Keys that do the same, each in a box at the right.
    pub keys: &'a [&'a str],
    /// The row that Enter runs.
    pub selected: bool,
    /// It cannot be run now; the hint says why.
    pub disabled: bool,
}

impl CommandRow<'_> {
    /// Shows it over the whole width, 36 px high. It is no focus stop: the keyboard stays in the
    /// input above, whose arrow keys move `selected`.
    pub fn show(&self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let size = vec2(ui.available_width(), row::COMFORTABLE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        response
            .widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, !self.disabled, self.label));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_selected(self.selected);
            if !self.hint.is_empty() {
                node.set_description(self.hint);
            }
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let (ground, color, mark) = match (self.disabled, self.selected, response.hovered()) {
            (true, selected, _) => (selected.then_some(p.selected), p.off, p.off),
            (false, true, _) => (Some(p.selected), p.strong, p.strong),
            (false, false, true) => (Some(p.hover2), p.strong, p.muted),
            (false, false, false) => (None, p.text, p.muted),
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, radius::CONTROL, ground);
        }
        let mid_y = rect.center().y;
        let left = rect.left() + space::S;
        let center = Pos2::new(left + icon::NORMAL / 2.0, mid_y);
        self.icon.paint(ui, center, icon::NORMAL, mark);

        let mut right = rect.right() - space::S;
        for key in self.keys.iter().rev() {
            right -= key_hint::width(ui, key);
            key_hint::paint(ui, Pos2::new(right, mid_y), key, p.line2, p.muted);
            right -= space::XS;
        }
        let start = left + icon::NORMAL + space::M;
        let label = self.label_job(
            color,
            if self.disabled { p.off } else { p.link },
            right - start,
        );
        let label = ui.fonts_mut(|fonts| fonts.layout_job(label));
        let after = paint::put_line(ui, label, start, mid_y) + space::M;
        let hint = paint::line(ui, self.hint, Type::Body, p.muted, right - after);
        paint::put_line(ui, hint, after, mid_y);
        response
    }

    /// The label with its matched letters set apart.
    fn label_job(&self, color: egui::Color32, link: egui::Color32, room: f32) -> LayoutJob {
        let mut job = LayoutJob {
            wrap: TextWrapping::truncate_at_width(room.max(0.0)),
            ..LayoutJob::default()
        };
        let mut run = String::new();
        let mut run_matched = false;
        let mut flush = |run: &mut String, matched: bool| {
            let format = if matched {
                Type::BodySemi.format(link)
            } else {
                Type::Body.format(color)
            };
            job.append(run, 0.0, format);
            run.clear();
        };
        for (index, letter) in (0_u32..).zip(self.label.chars()) {
            let matched = self.matched.binary_search(&index).is_ok();
            if matched != run_matched {
                flush(&mut run, run_matched);
                run_matched = matched;
            }
            run.push(letter);
        }
        flush(&mut run, run_matched);
        job
    }
}
