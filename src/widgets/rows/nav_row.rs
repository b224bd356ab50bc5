//! A row of the navigation.

use egui::{Color32, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, height, radius, size::icon, space, widget_sizes};
use crate::widgets::marks::tag::Tone;
use crate::widgets::paint;

/// A page in the navigation: icon, name, count or badge. The 48 px rail shows only the icon.
#[must_use = "a row does nothing until it is shown"]
pub struct NavRow<'a> {
    icon: Icon,
    name: &'a str,
    count: &'a str,
    badge: Option<(&'a str, Tone)>,
    selected: bool,
    rail: bool,
    key: &'a str,
}

impl<'a> NavRow<'a> {
    /// A row that opens the page `name`.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            count: "",
            badge: None,
            selected: false,
            rail: false,
            key: "",
        }
    }

    /// Number of items on the page, in grey on the right.
    pub fn count(mut self, count: &'a str) -> Self {
        self.count = count;
        self
    }

    /// A badge on the right ("63 d"); a dot on the rail.
    pub fn badge(mut self, word: &'a str, tone: Tone) -> Self {
        self.badge = Some((word, tone));
        self
    }

    /// Marks the current page.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Shows only the icon, in windows narrower than 1000 px.
    pub fn rail(mut self, rail: bool) -> Self {
        self.rail = rail;
        self
    }

    /// The shortcut, shown in the tooltip.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    fn spoken(&self) -> String {
        let badge = self.badge.map_or("", |(word, _)| word);
        let extra = [self.count, badge]
            .into_iter()
            .filter(|word| !word.is_empty());
        std::iter::once(self.name)
            .chain(extra)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Draws the row over the full width.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let size = vec2(ui.available_width(), height::NORMAL);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let spoken = self.spoken();
        response.widget_info(|| {
            WidgetInfo::selected(Role::Link, ui.is_enabled(), self.selected, &spoken)
        });
        let (ground, color) = match (self.selected, response.hovered()) {
            (true, _) => (p.nav_on, p.strong),
            (false, true) => (p.lit(), p.strong),
            (false, false) => (Color32::TRANSPARENT, p.muted),
        };
        ui.painter().rect_filled(rect, radius::CONTROL, ground);
        if self.rail {
            self.icon.paint(ui, rect.center(), icon::NORMAL, color);
            if let Some((_, tone)) = self.badge {
                let center = Pos2::new(
                    rect.right() - widget_sizes::RAIL_DOT,
                    rect.top() + widget_sizes::RAIL_DOT,
                );
                let dot = if tone == Tone::Neutral {
                    p.muted
                } else {
                    tone.colors(p).1
                };
                ui.painter()
                    .circle_filled(center, widget_sizes::RAIL_DOT / 2.0, dot);
            }
        } else {
            self.paint_words(ui, rect, color);
        }
        if response.has_focus() {
            paint::focus_ring_inside(ui, rect, radius::CONTROL);
        }
        if self.rail || !self.key.is_empty() {
            let tip = if self.key.is_empty() {
                spoken
            } else {
                format!("{spoken} ({})", self.key)
            };
            paint::tooltip(&response, &tip);
        }
        response
    }

    fn paint_words(&self, ui: &Ui, rect: Rect, color: Color32) {
        let p = theme::palette(ui.ctx());
        let mid_y = rect.center().y;
        let center = Pos2::new(rect.left() + space::S + icon::NORMAL / 2.0, mid_y);
        self.icon.paint(ui, center, icon::NORMAL, color);
        let mut right = rect.right() - space::S;
        if let Some((word, tone)) = self.badge {
            let (edge, tint) = tone.colors(p);
            let tint = if tone == Tone::Neutral { p.muted } else { tint };
            let galley = paint::whole_line(ui, word, Type::Caption, tint);
            let wide = (galley.size().x + 2.0 * widget_sizes::BADGE_PADDING).ceil();
            let badge = Rect::from_min_size(
                Pos2::new(right - wide, mid_y - widget_sizes::BADGE / 2.0),
                vec2(wide, widget_sizes::BADGE),
            );
            paint::boxed(ui, badge, radius::SMALL, Color32::TRANSPARENT, edge);
            paint::put_line(
                ui,
                galley,
                badge.left() + widget_sizes::BADGE_PADDING,
                mid_y,
            );
            right = badge.left() - space::S;
        }
        if !self.count.is_empty() {
            let galley = paint::whole_line(ui, self.count, Type::Small, p.muted);
            right -= galley.size().x;
            paint::put_line(ui, galley, right, mid_y);
            right -= space::S;
        }
        let left = rect.left() + space::S + icon::NORMAL + space::S;
        let name = paint::line(ui, self.name, Type::BodyStrong, color, right - left);
        paint::put_line(ui, name, left, mid_y);
    }
}
