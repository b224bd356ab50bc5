//! A row in a list to pick from, by pointer or by keys that another control handles.

use egui::{
    Align, Color32, Layout, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, radius, row, size::icon, space};
use crate::widgets::paint;
use crate::widgets::trailing::at_end;

/// A row with icon, name, monospaced detail and note, and tools at its right end.
#[must_use = "a row does nothing until it is shown"]
pub struct PickRow<'a> {
    name: &'a str,
    spoken: &'a str,
    icon: Icon,
    tint: Option<Color32>,
    detail: &'a str,
    note: &'a str,
    key: &'a str,
    lit: bool,
    is_stacked: bool,
}

impl<'a> PickRow<'a> {
    /// A row that shows `name`.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            name,
            spoken: name,
            icon,
            tint: None,
            detail: "",
            note: "",
            key: "",
            lit: false,
            is_stacked: false,
        }
    }

    /// Text for screen readers, instead of the name.
    pub fn spoken(mut self, spoken: &'a str) -> Self {
        self.spoken = spoken;
        self
    }

    /// Colour of the icon, such as that of an environment.
    pub fn tint(mut self, tint: Color32) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Grey monospaced text beside the name.
    pub fn detail(mut self, detail: &'a str) -> Self {
        self.detail = detail;
        self
    }

    /// Puts the detail on a second line below the name, for narrow rows.
    pub fn stacked(mut self, is_stacked: bool) -> Self {
        self.is_stacked = is_stacked;
        self
    }

    /// Grey text on the right.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// The shortcut, in grey on the right.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// Marks the row that Enter picks.
    pub fn lit(mut self, lit: bool) -> Self {
        self.lit = lit;
        self
    }

    /// Draws the row over the full width. `tools` adds buttons at its right end.
    pub fn show(self, ui: &mut Ui, tools: impl FnOnce(&mut Ui)) -> Response {
        let p = theme::palette(ui.ctx());
        let high = if self.is_stacked {
            row::TWO_LINES
        } else {
            row::COMFORTABLE
        };
        let size = vec2(ui.available_width(), high);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), self.lit, self.spoken)
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let ground = match (self.lit, response.hovered()) {
            (true, _) => p.selected,
            (false, true) => p.lit(),
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, radius::CONTROL, ground);
        let inside = rect.shrink2(vec2(space::S, 0.0));
        let mut right = self.tools(ui, inside, tools);
        let mid_y = rect.center().y;
        let half = icon::NORMAL / 2.0;
        for text in [self.key, self.note] {
            if !text.is_empty() {
                let galley = paint::whole_line(ui, text, Type::Small, p.muted);
                right -= galley.size().x;
                paint::put_line(ui, galley, right, mid_y);
                right -= space::M;
            }
        }
        let center = Pos2::new(inside.left() + half, mid_y);
        let tint = self
            .tint
            .unwrap_or(if self.lit { p.strong } else { p.muted });
        self.icon.paint(ui, center, icon::NORMAL, tint);
        self.words(ui, inside.with_max_x(right));
        if response.has_focus() {
            paint::focus_ring_inside(ui, rect, radius::CONTROL);
        }
        response
    }

    /// Paints name and detail.
    fn words(&self, ui: &Ui, inside: Rect) {
        let p = theme::palette(ui.ctx());
        let color = if self.lit { p.strong } else { p.text };
        let left = inside.left() + icon::NORMAL + space::M;
        let (mut right, mid_y) = (inside.right(), inside.center().y);
        let (above, below) = if self.is_stacked {
            let half = Type::Body.line_height() / 2.0;
            (mid_y - half, mid_y + half)
        } else {
            (mid_y, mid_y)
        };
        // If both do not fit, the name is truncated, because the host must be visible in full.
        if !self.detail.is_empty() {
            let detail = paint::line(ui, self.detail, Type::Mono, p.muted, right - left);
            if self.is_stacked {
                paint::put_line(ui, detail, left, below);
            } else {
                right -= detail.size().x;
                paint::put_line(ui, detail, right, below);
                right -= space::M;
            }
        }
        let room = (right - left).max(0.0);
        let name = paint::line(ui, self.name, Type::BodyStrong, color, room);
        paint::put_line(ui, name, left, above);
    }

    /// Draws the tools and returns where the space for text ends.
    fn tools(&self, ui: &mut Ui, inside: Rect, tools: impl FnOnce(&mut Ui)) -> f32 {
        let builder = UiBuilder::new()
            .id_salt(self.spoken)
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
