//! Text buttons: filled, outlined, plain, destructive.

use egui::{Color32, CornerRadius, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::theme::{
    self, Icon, Palette, Type, height, radius, size::icon, space, stroke, widget_sizes,
};
use crate::widgets::buttons::key_hint;
use crate::widgets::focus::offer_focus;
use crate::widgets::paint;

/// How prominent a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::widgets) enum ButtonWeight {
    Filled,
    Outlined,
    Plain,
    Destructive,
}

/// Current colours of a button.
pub(in crate::widgets) struct ButtonColors {
    pub fill: Color32,
    pub edge: Color32,
    pub label: Color32,
    pub key_edge: Color32,
    pub key_label: Color32,
}

impl ButtonWeight {
    pub(in crate::widgets) fn skin(
        self,
        p: &Palette,
        enabled: bool,
        hovered: bool,
    ) -> ButtonColors {
        let none = Color32::TRANSPARENT;
        let ground = if hovered && enabled { p.lit() } else { none };
        let (fill, edge, label) = match self {
            Self::Plain if !enabled => (none, none, p.off),
            _ if !enabled => (none, p.line2, p.off),
            Self::Filled if hovered => (p.accent_hover, p.accent_hover, p.on_accent),
            Self::Filled => (p.accent, p.accent, p.on_accent),
            Self::Outlined => (ground, p.control, p.strong),
            Self::Plain => (ground, none, if hovered { p.strong } else { p.text }),
            Self::Destructive if hovered => (p.danger_hover, p.danger_hover, p.on_danger),
            Self::Destructive => (p.danger_fill, p.danger_fill, p.on_danger),
        };
        let (key_edge, key_label) = match self {
            Self::Filled if enabled => (p.key_on_accent, p.on_accent),
            Self::Destructive if enabled => (p.ring_on_danger, p.on_danger),
            _ => (p.line2, if enabled { p.muted } else { p.off }),
        };
        ButtonColors {
            fill,
            edge,
            label,
            key_edge,
            key_label,
        }
    }
}

/// A button with a text label.
#[must_use = "a button does nothing until it is shown"]
pub struct Button<'a> {
    weight: ButtonWeight,
    label: &'a str,
    busy: Option<&'a str>,
    icon: Option<Icon>,
    trailing: Option<Icon>,
    key: Option<&'a str>,
    tooltip: Option<&'a str>,
    disabled: Option<&'a str>,
    height: f32,
    padding: f32,
    width: Option<f32>,
    left_edge: bool,
    small_text: bool,
    corners: CornerRadius,
    like_link: bool,
    color: Option<Color32>,
    takes_focus: bool,
}

impl<'a> Button<'a> {
    fn new(weight: ButtonWeight, label: &'a str) -> Self {
        Self {
            weight,
            label,
            busy: None,
            icon: None,
            trailing: None,
            key: None,
            tooltip: None,
            disabled: None,
            height: height::NORMAL,
            padding: space::M,
            width: None,
            left_edge: false,
            small_text: false,
            corners: CornerRadius::same(radius::CONTROL),
            like_link: false,
            color: None,
            takes_focus: false,
        }
    }

    /// The primary button of a screen or dialog.
    pub fn filled(label: &'a str) -> Self {
        Self::new(ButtonWeight::Filled, label)
    }

    /// A secondary button.
    pub fn outlined(label: &'a str) -> Self {
        Self::new(ButtonWeight::Outlined, label)
    }

    /// A button without a border: Cancel, Back, tools.
    pub fn plain(label: &'a str) -> Self {
        Self::new(ButtonWeight::Plain, label)
    }

    /// For an action that cannot be undone. Only in a confirmation dialog.
    pub fn destructive(label: &'a str) -> Self {
        Self::new(ButtonWeight::Destructive, label)
    }

    pub(in crate::widgets) fn weighing(weight: ButtonWeight, label: &'a str) -> Self {
        Self::new(weight, label)
    }

    /// 28 px high: rows, toasts, banners, the band.
    pub fn small(mut self) -> Self {
        (self.height, self.padding) = (height::SMALL, widget_sizes::BUTTON_SMALL_PADDING);
        self
    }

    /// 36 px high: sign-in.
    pub fn large(mut self) -> Self {
        (self.height, self.padding) = (height::LARGE, space::L);
        self
    }

    /// 22 px high with small text: the status bar.
    pub fn tiny(mut self) -> Self {
        (self.height, self.padding) = (height::CHIP, space::SM);
        self.small_text = true;
        self.corners = CornerRadius::same(radius::SMALL);
        self
    }

    /// An icon before the label.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// An icon after the label, such as the chevron of a menu.
    pub fn trailing_icon(mut self, icon: Icon) -> Self {
        self.trailing = Some(icon);
        self
    }

    /// The shortcut, in a box at the right end. An empty `key` shows none.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = (!key.is_empty()).then_some(key);
        self
    }

    /// A tooltip, shown on hover and on keyboard focus.
    pub fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = Some(text);
        self
    }

    /// Disabled when there is a reason.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// In progress: keeps its width, shows `label` ("Creating…") and cannot be pressed.
    pub fn busy(mut self, label: &'a str) -> Self {
        self.busy = Some(label);
        self
    }

    /// Fills the available width.
    pub fn full_width(mut self) -> Self {
        self.width = Some(f32::INFINITY);
        self
    }

    /// Exactly `width` px wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// At a left edge: shifts a plain button left by its padding, so that its label aligns with that edge.
    pub fn at_left_edge(mut self) -> Self {
        self.left_edge = true;
        self
    }

    /// Colour of icon and label, to show severity.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// Colours the label like a link, for a plain button inside a field.
    pub(in crate::widgets) fn like_link(mut self) -> Self {
        self.like_link = true;
        self
    }

    /// Gets the focus if nothing else requests it, so that Enter presses it.
    pub fn takes_focus(mut self) -> Self {
        self.takes_focus = true;
        self
    }

    pub(in crate::widgets) fn corners(mut self, corners: CornerRadius) -> Self {
        self.corners = corners;
        self
    }

    pub(in crate::widgets) fn padding(mut self, padding: f32) -> Self {
        self.padding = padding;
        self
    }

    /// Draws the button.
    pub fn show(self, ui: &mut Ui) -> Response {
        let enabled = ui.is_enabled() && self.disabled.is_none() && self.busy.is_none();
        let natural = self.wanted_width(ui);
        let width = self
            .width
            .map_or(natural, |width| width.min(ui.available_width()));

        if self.left_edge {
            ui.add_space(-self.padding);
        }
        let sense = paint::click_sense(enabled);
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), sense);
        let spoken = self.busy.unwrap_or(self.label);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, spoken));

        if paint::is_drawn(ui, rect, &response) {
            self.paint(ui, rect, &response, enabled);
        }
        if self.takes_focus && enabled {
            offer_focus(&response);
        }
        if let Some(text) = self.disabled.or(self.tooltip) {
            paint::tooltip(&response, text);
        }
        response
    }

    /// The button's natural width, in px.
    pub fn wanted_width(&self, ui: &Ui) -> f32 {
        let label = paint::whole_line(ui, self.label, self.style(), Color32::PLACEHOLDER);
        self.natural_width(ui, label.size().x)
    }

    fn style(&self) -> Type {
        if self.small_text {
            Type::SmallStrong
        } else {
            Type::BodyStrong
        }
    }

    fn trailing_gap(&self) -> f32 {
        if self.label.is_empty() {
            0.0
        } else {
            space::XS
        }
    }

    fn natural_width(&self, ui: &Ui, label: f32) -> f32 {
        let icons = [
            self.icon.map(|_| space::S),
            self.trailing.map(|_| self.trailing_gap()),
        ];
        let icons: f32 = icons.iter().flatten().map(|gap| icon::NORMAL + gap).sum();
        let key = self
            .key
            .map_or(0.0, |key| space::S + key_hint::width(ui, key));
        (2.0 * (self.padding + stroke::EDGE) + icons + label + key).ceil()
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, enabled: bool) {
        let p = theme::palette(ui.ctx());
        let hovered = response.hovered() || response.is_pointer_button_down_on();
        let mut skin = self.weight.skin(p, enabled, hovered);
        if self.like_link && enabled {
            skin.label = p.link;
        }
        if let Some(color) = self.color.filter(|_| enabled) {
            skin.label = color;
        }
        ui.painter().rect(
            rect,
            self.corners,
            skin.fill,
            Stroke::new(stroke::EDGE, skin.edge),
            StrokeKind::Inside,
        );

        let spoken = self.busy.unwrap_or(self.label);
        let beside = self.natural_width(ui, 0.0);
        let room = rect.width() - beside;
        let galley = paint::line(ui, spoken, self.style(), skin.label, room);
        let content = beside - 2.0 * (self.padding + stroke::EDGE) + galley.size().x;
        let mid_y = rect.center().y;
        let mut x = rect.center().x - content / 2.0;
        let half = icon::NORMAL / 2.0;
        if let Some(icon) = self.icon {
            icon.paint(ui, egui::pos2(x + half, mid_y), icon::NORMAL, skin.label);
            x += icon::NORMAL + space::S;
        }
        x = paint::put_line(ui, galley, x, mid_y);
        if let Some(icon) = self.trailing {
            x += self.trailing_gap();
            icon.paint(ui, egui::pos2(x + half, mid_y), icon::NORMAL, skin.label);
            x += icon::NORMAL;
        }
        if let Some(key) = self.key {
            key_hint::paint(
                ui,
                egui::pos2(x + space::S, mid_y),
                key,
                skin.key_edge,
                skin.key_label,
            );
        }
        if response.has_focus() {
            paint::focus_ring(ui, rect, self.corners.nw.max(self.corners.ne));
        }
    }
}
