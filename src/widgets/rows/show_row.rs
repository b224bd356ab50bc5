//! Draws a row.

use egui::{
    Align, Atoms, Color32, Layout, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::theme::{self, height, radius, row, size::icon, space, widget_sizes};
use crate::widgets::control::put;
use crate::widgets::overlays::menu_keys::MenuKeys;
use crate::widgets::paint;
use crate::widgets::rows::row::{Row, RowKind};
use crate::widgets::rows::row_atoms::badge_colors;
use crate::widgets::trailing::at_end;

impl Row<'_> {
    /// Draws the row. A click on the line of a menu closes the menu unless it [`stays`](Self::stays).
    pub fn show(self, ui: &mut Ui) -> Response {
        self.show_with(ui, |_| ())
    }

    /// Draws the row. `tools` adds buttons at the right end of a pick.
    pub fn show_with(self, ui: &mut Ui, tools: impl FnOnce(&mut Ui)) -> Response {
        let is_enabled = ui.is_enabled() && self.disabled.is_none();
        let (high, round, sense) = match self.kind {
            RowKind::Page => (height::NORMAL, radius::CONTROL, Sense::click()),
            RowKind::Item => (row::MENU, radius::SMALL, paint::click_sense(is_enabled)),
            RowKind::Command => (row::COMFORTABLE, radius::CONTROL, Sense::CLICK),
            RowKind::Pick if self.is_stacked => (row::TWO_LINES, radius::CONTROL, Sense::click()),
            RowKind::Pick => (row::COMFORTABLE, radius::CONTROL, Sense::click()),
        };
        let (next, mut rect) = ui.allocate_space(vec2(ui.available_width(), high));
        if self.kind == RowKind::Command {
            rect = rect.shrink2(vec2(space::S, 0.0));
        }
        let response = ui.interact(rect, self.id.unwrap_or(next), sense);
        self.describe(ui, &response, is_enabled);
        if ui.is_rect_visible(rect) || response.has_focus() {
            self.paint(ui, rect, round, &response, is_enabled, tools);
        }
        if self.kind == RowKind::Item {
            if let Some(reason) = self.disabled {
                paint::tooltip(&response, reason);
            }
            if is_enabled {
                MenuKeys::note(&response, self.text, self.ticked == Some(true));
            }
            if response.clicked() && !self.stays {
                ui.close();
            }
        }
        if self.kind == RowKind::Page && (self.is_rail || !self.key.is_empty()) {
            let spoken = self.spoken_text();
            let tip = match self.key {
                "" => spoken,
                key => format!("{spoken} ({key})"),
            };
            paint::tooltip(&response, &tip);
        }
        response
    }

    fn spoken_text(&self) -> String {
        let (end, badge) = match self.kind {
            RowKind::Page => ("", self.badge.map_or("", |(word, _)| word)),
            RowKind::Command => (self.key, ""),
            RowKind::Item | RowKind::Pick => return self.spoken.unwrap_or(self.text).to_owned(),
        };
        let text = self.spoken.unwrap_or(self.text);
        let parts = [text, self.hint, end, badge].into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    fn describe(&self, ui: &Ui, response: &Response, is_enabled: bool) {
        let spoken = self.spoken_text();
        response.widget_info(|| match (self.kind, self.ticked) {
            (RowKind::Page, _) => {
                WidgetInfo::selected(Role::Link, ui.is_enabled(), self.selected, &spoken)
            }
            (RowKind::Item, Some(ticked)) => {
                WidgetInfo::selected(Role::MenuItemRadio, is_enabled, ticked, &spoken)
            }
            (RowKind::Item, None) => WidgetInfo::labeled(Role::MenuItem, is_enabled, &spoken),
            (RowKind::Command | RowKind::Pick, _) => {
                WidgetInfo::selected(Role::ListBoxOption, is_enabled, self.selected, &spoken)
            }
        });
        if self.kind == RowKind::Command {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_position_in_set(self.position.0 + 1);
                node.set_size_of_set(self.position.1);
                node.set_selected(self.selected);
            });
        }
    }

    fn paint(
        &self,
        ui: &mut Ui,
        rect: Rect,
        round: u8,
        response: &Response,
        is_enabled: bool,
        tools: impl FnOnce(&mut Ui),
    ) {
        let p = theme::palette(ui.ctx());
        let is_item = self.kind == RowKind::Item;
        let is_highlighted =
            (is_enabled || !is_item) && (response.hovered() || (is_item && response.has_focus()));
        let ground = match (self.selected, is_highlighted) {
            (true, _) if self.kind == RowKind::Page => p.nav_on,
            (true, _) => p.selected,
            (false, true) => p.highlight(),
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, round, ground);
        let is_strong = match self.kind {
            RowKind::Page => self.selected || is_highlighted,
            RowKind::Item => is_highlighted,
            RowKind::Command | RowKind::Pick => self.selected,
        };
        let (color, tint) = match (is_enabled, is_strong) {
            (false, _) => (p.off, p.off),
            (true, true) if self.kind == RowKind::Command => (p.strong, p.link),
            (true, true) => (p.strong, p.strong),
            (true, false) if self.kind == RowKind::Page => (p.muted, p.muted),
            (true, false) => (p.text, p.muted),
        };
        let tint = self.tint.unwrap_or(tint);
        if self.is_rail {
            self.paint_rail(ui, rect, color);
        } else {
            let mut inside = rect.shrink2(vec2(space::S, 0.0));
            if self.kind == RowKind::Pick {
                inside.set_right(self.tools(ui, inside, tools));
            }
            let atoms = self.atoms(ui, inside.width(), (color, tint));
            put(ui, inside, color, Atoms::from(atoms));
        }
        if response.has_focus() {
            paint::focus_ring_inside(ui, rect, round);
        }
    }

    fn paint_rail(&self, ui: &Ui, rect: Rect, color: Color32) {
        if let Some(icon) = self.icon {
            icon.paint(ui, rect.center(), icon::NORMAL, color);
        }
        if let Some((_, tone)) = self.badge {
            let inset = vec2(-widget_sizes::RAIL_DOT, widget_sizes::RAIL_DOT);
            let (_, dot) = badge_colors(ui, tone);
            let center = rect.right_top() + inset;
            ui.painter()
                .circle_filled(center, widget_sizes::RAIL_DOT / 2.0, dot);
        }
    }

    /// Draws the tools and returns where the space for text ends.
    fn tools(&self, ui: &mut Ui, inside: Rect, tools: impl FnOnce(&mut Ui)) -> f32 {
        let builder = UiBuilder::new()
            .id_salt(self.spoken.unwrap_or(self.text))
            .max_rect(inside)
            .layout(Layout::left_to_right(Align::Center));
        let mut inner = ui.new_child(builder);
        let used = at_end(&mut inner, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            tools(ui);
            ui.min_rect()
        });
        if used.width() > 0.0 {
            used.left() - space::S
        } else {
            inside.right()
        }
    }
}
