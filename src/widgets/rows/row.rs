//! One row for navigation, menus, command palette and lists to pick from.

use egui::{
    Align, Atoms, Color32, Id, Layout, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, height, radius, row, size::icon, space, widget_sizes};
use crate::widgets::control::{put, text};
use crate::widgets::marks::tag::Tone;
use crate::widgets::overlays::menu_keys::MenuKeys;
use crate::widgets::paint;
use crate::widgets::rows::row_atoms::badge_colors;
use crate::widgets::trailing::at_end;

/// Where a row is, which decides its height and colours, and what it is for screen readers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum RowKind {
    Page,
    #[default]
    Item,
    Command,
    Pick,
}

/// A row over the full width: icon, text, grey hint, and what is at its right end.
#[derive(Clone, Default)]
#[must_use = "a row does nothing until it is shown"]
pub struct Row<'a> {
    pub(super) kind: RowKind,
    pub(super) id: Option<Id>,
    pub(super) icon: Option<Icon>,
    pub(super) tint: Option<Color32>,
    pub(super) text: &'a str,
    pub(super) letters: &'a [u32],
    pub(super) spoken: Option<&'a str>,
    pub(super) detail: &'a str,
    pub(super) hint: &'a str,
    pub(super) hint_letters: &'a [u32],
    pub(super) is_hint_mono: bool,
    pub(super) key: &'a str,
    pub(super) badge: Option<(&'a str, Tone)>,
    pub(super) selected: bool,
    pub(super) ticked: Option<bool>,
    pub(super) disabled: Option<&'a str>,
    pub(super) position: (usize, usize),
    pub(super) is_rail: bool,
    pub(super) is_stacked: bool,
    pub(super) stays: bool,
}

impl<'a> Row<'a> {
    fn new(kind: RowKind, text: &'a str) -> Self {
        Self {
            kind,
            text,
            ..Self::default()
        }
    }

    /// A page in the navigation. Its key is shown in the tooltip, its hint on the right.
    pub fn page(icon: Icon, name: &'a str) -> Self {
        Self::new(RowKind::Page, name).icon(icon)
    }

    /// A line of a menu. Its hint is on the right, such as a shortcut or a host.
    pub fn item(label: &'a str) -> Self {
        Self::new(RowKind::Item, label)
    }

    /// A line of the command palette, whose hint follows its text. Not a Tab stop: the arrow keys select, and typing continues in the
    /// input, which keeps the focus and announces the selected row.
    pub fn command(id: Id, icon: Icon, text: &'a str) -> Self {
        let row = Self::new(RowKind::Command, text).icon(icon);
        Self {
            id: Some(id),
            ..row
        }
    }

    /// A line of a list to pick from, by pointer or by keys that another control handles. Its hint is on the right.
    pub fn pick(icon: Icon, name: &'a str) -> Self {
        Self::new(RowKind::Pick, name).icon(icon)
    }

    /// An icon before the text.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Colour of the icon, such as that of an environment.
    pub fn tint(mut self, tint: Color32) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Indices of the matched characters of the text, sorted.
    pub fn letters(mut self, letters: &'a [u32]) -> Self {
        self.letters = letters;
        self
    }

    /// Text for screen readers, instead of the visible text.
    pub fn spoken(mut self, spoken: &'a str) -> Self {
        self.spoken = Some(spoken);
        self
    }

    /// Grey monospaced text beside the name of a pick.
    pub fn detail(mut self, detail: &'a str) -> Self {
        self.detail = detail;
        self
    }

    /// Grey text.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Grey monospaced text.
    pub fn hint_mono(mut self, hint: &'a str) -> Self {
        (self.hint, self.is_hint_mono) = (hint, true);
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

    /// A badge at the right end of a page ("63 d"); a dot on the rail.
    pub fn badge(mut self, badge: Option<(&'a str, Tone)>) -> Self {
        self.badge = badge;
        self
    }

    /// Marks the current page, or the row that Enter picks.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Makes the line of a menu one of several choices; the chosen one is ticked.
    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = Some(ticked);
        self
    }

    /// Disables the row when there is a reason. A menu shows it as a tooltip; elsewhere, the hint says it.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// Position of the row, from 0, and the number of rows.
    pub fn position(mut self, at: usize, of: usize) -> Self {
        self.position = (at, of);
        self
    }

    /// Shows only the icon of a page, in windows narrower than 1000 px.
    pub fn rail(mut self, is_rail: bool) -> Self {
        self.is_rail = is_rail;
        self
    }

    /// Puts the detail on a second line below the name, for narrow rows.
    pub fn stacked(mut self, is_stacked: bool) -> Self {
        self.is_stacked = is_stacked;
        self
    }

    /// Keeps the menu open on a click.
    pub fn stays(mut self) -> Self {
        self.stays = true;
        self
    }

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

/// The heading of a group of rows in the palette.
pub fn palette_group(ui: &mut Ui, name: &str) {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::PALETTE_GROUP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let line = rect.shrink2(vec2(2.0 * space::S, 0.0));
    let bottom = rect.bottom() - space::XS;
    let line = Rect::from_min_max(
        Pos2::new(line.left(), bottom - Type::Caption.line_height()),
        Pos2::new(line.right(), bottom),
    );
    put(ui, line, p.muted, text(ui, Type::Caption, name));
}
