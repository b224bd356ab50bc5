//! Buttons: filled, outlined, plain, destructive, or only an icon.

use egui::{Atoms, Color32, CornerRadius, Response, Role, Ui, WidgetInfo};

use crate::theme::{self, Icon, Palette, Type, height, radius, size::icon, space, widget_sizes};
use crate::widgets::buttons::key_hint;
use crate::widgets::control::{Control, Skin, gap, text};
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

impl ButtonWeight {
    fn skin(self, p: &Palette, is_enabled: bool, is_highlighted: bool) -> Skin {
        let none = Color32::TRANSPARENT;
        let ground = if is_highlighted { p.highlight() } else { none };
        let (fill, edge, text) = match self {
            Self::Plain if !is_enabled => (none, none, p.off),
            _ if !is_enabled => (none, p.line2, p.off),
            Self::Filled if is_highlighted => (p.accent_hover, p.accent_hover, p.on_accent),
            Self::Filled => (p.accent, p.accent, p.on_accent),
            Self::Outlined => (ground, p.control, p.strong),
            Self::Plain => (ground, none, if is_highlighted { p.strong } else { p.text }),
            Self::Destructive if is_highlighted => (p.danger_hover, p.danger_hover, p.on_danger),
            Self::Destructive => (p.danger_fill, p.danger_fill, p.on_danger),
        };
        Skin { fill, edge, text }
    }

    /// Border and label of the shortcut's box.
    fn key_colors(self, p: &Palette, is_enabled: bool) -> (Color32, Color32) {
        match self {
            _ if !is_enabled => (p.line2, p.off),
            Self::Filled => (p.key_on_accent, p.on_accent),
            Self::Destructive => (p.ring_on_danger, p.on_danger),
            Self::Outlined | Self::Plain => (p.line2, p.muted),
        }
    }
}

/// A button with a label, an icon, or both.
#[must_use = "a button does nothing until it is shown"]
pub struct Button<'a> {
    pub(super) weight: ButtonWeight,
    label: &'a str,
    pub(super) busy: Option<&'a str>,
    icon: Option<Icon>,
    trailing: Option<Icon>,
    key: Option<&'a str>,
    tooltip: Option<&'a str>,
    disabled: Option<&'a str>,
    pub(super) height: f32,
    pub(super) padding: f32,
    pub(super) width: Option<f32>,
    pub(super) corners: CornerRadius,
    color: Option<Color32>,
    is_label_hidden: bool,
    is_at_left_edge: bool,
    is_tiny: bool,
    takes_focus: bool,
    has_tip_on_hover: bool,
}

impl<'a> Button<'a> {
    pub(super) fn new(weight: ButtonWeight, label: &'a str) -> Self {
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
            corners: CornerRadius::same(radius::CONTROL),
            color: None,
            is_label_hidden: false,
            is_at_left_edge: false,
            is_tiny: false,
            takes_focus: false,
            has_tip_on_hover: false,
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

    /// A square without a border that shows only an icon.
    pub fn icon_only(icon: Icon, name: &'a str) -> Self {
        Self::plain(name).icon(icon).label_hidden()
    }

    /// Shows only the icon. Screen readers read the label, and a tooltip shows it.
    pub fn label_hidden(mut self) -> Self {
        self.is_label_hidden = true;
        self
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

    /// 22 px high with small text: the status bar. Without a label, 24 px with a 14 px icon: rows of values.
    pub fn tiny(mut self) -> Self {
        self.is_tiny = true;
        if self.is_label_hidden {
            self.height = icon::TARGET;
        } else {
            (self.height, self.padding) = (height::CHIP, space::SM);
            self.corners = CornerRadius::same(radius::SMALL);
        }
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

    /// The shortcut, in a box at the right end, or in the tooltip of a hidden label. An empty `key` shows none.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = (!key.is_empty()).then_some(key);
        self
    }

    /// A tooltip, shown on hover and on keyboard focus.
    pub fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = Some(text);
        self
    }

    /// Disabled when there is a reason, which is the tooltip.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// In progress when there is a label for it ("Creating…"): keeps its width and cannot be pressed.
    pub fn busy(mut self, label: impl Into<Option<&'a str>>) -> Self {
        self.busy = label.into();
        self
    }

    /// Fills the available width.
    pub fn full_width(self) -> Self {
        self.width(f32::INFINITY)
    }

    /// Exactly `width` px wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// At a left edge: shifts a plain button left by its padding, so that its label aligns with that edge.
    pub fn at_left_edge(mut self) -> Self {
        self.is_at_left_edge = true;
        self
    }

    /// Colour of icon and label: for severity, or on the band.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// Gets the focus if nothing else requests it, so that Enter presses it.
    pub fn takes_focus(mut self) -> Self {
        self.takes_focus = true;
        self
    }

    /// Shows the tooltip on hover only, for a button that receives the initial focus.
    pub(in crate::widgets) fn tip_on_hover(mut self) -> Self {
        self.has_tip_on_hover = true;
        self
    }

    /// Draws the button.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let is_enabled = ui.is_enabled() && self.disabled.is_none() && self.busy.is_none();
        let width = match (self.width, self.busy) {
            (Some(width), _) => Some(width.min(ui.available_width())),
            (None, Some(_)) => Some(self.wanted_width(ui)),
            (None, None) => None,
        };
        if self.is_at_left_edge {
            ui.add_space(-self.padding);
        }
        let label = self.busy.unwrap_or(self.label);
        let control = self.control(ui, label, is_enabled);
        let control = match width {
            Some(width) => control.width(width),
            None => control,
        };
        let response = control.show(ui, paint::click_sense(is_enabled), |response| {
            let is_highlighted = response.hovered() || response.is_pointer_button_down_on();
            self.skin(p, is_enabled, is_enabled && is_highlighted)
        });
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, label));
        if self.takes_focus && is_enabled {
            offer_focus(&response);
        }
        if !self.has_tip_on_hover || response.hovered() {
            self.show_tip(&response);
        }
        response
    }

    /// The button's natural width, in px.
    pub fn wanted_width(&self, ui: &Ui) -> f32 {
        self.control(ui, self.label, true).wanted_width(ui)
    }

    fn skin(&self, p: &Palette, is_enabled: bool, is_highlighted: bool) -> Skin {
        let mut skin = self.weight.skin(p, is_enabled, is_highlighted);
        let is_grey = self.is_label_hidden && self.weight == ButtonWeight::Plain && !is_highlighted;
        if !is_enabled {
            return skin;
        }
        match self.color {
            Some(color) => {
                skin.text = color;
                if self.is_label_hidden && is_highlighted {
                    // On a coloured background (the band), the hover colour is a shade of the icon's colour.
                    skin.fill = color.gamma_multiply(widget_sizes::HIGHLIGHT_ON_HUE);
                }
            }
            None if is_grey => skin.text = p.muted,
            None => {}
        }
        skin
    }

    fn show_tip(&self, response: &Response) {
        if !self.is_label_hidden {
            if let Some(text) = self.disabled.or(self.tooltip) {
                paint::tooltip(response, text);
            }
            return;
        }
        let tip = match (self.disabled, self.key) {
            (Some(reason), _) => format!("{}: {reason}", self.label),
            (None, Some(key)) => format!("{} ({key})", self.label),
            (None, None) => self.label.to_owned(),
        };
        paint::tooltip(response, &tip);
    }

    fn control(&self, ui: &Ui, label: &str, is_enabled: bool) -> Control<'static> {
        let is_square = self.is_label_hidden;
        let (style, icon_size) = match (self.is_tiny, is_square) {
            (true, true) => (Type::SmallStrong, icon::SMALL),
            (true, false) => (Type::SmallStrong, icon::NORMAL),
            (false, _) => (Type::BodyStrong, icon::NORMAL),
        };
        let mut atoms = Vec::new();
        atoms.extend(self.icon.map(|icon| icon.atom(icon_size, None)));
        if is_square {
            return Control::new(Atoms::from(atoms), self.height)
                .width(self.height)
                .bordered()
                .centered();
        }
        if self.icon.is_some() {
            atoms.push(gap(space::S));
        }
        if !label.is_empty() {
            atoms.push(text(ui, style, label).into());
        }
        if let Some(icon) = self.trailing {
            let before = if label.is_empty() { 0.0 } else { space::XS };
            atoms.extend([gap(before), icon.atom(icon::NORMAL, None)]);
        }
        if let Some(key) = self.key {
            let p = theme::palette(ui.ctx());
            let (edge, label) = self.weight.key_colors(p, is_enabled);
            atoms.extend([gap(space::S), key_hint::atom(ui, key, edge, label)]);
        }
        Control::new(Atoms::from(atoms), self.height)
            .padding(self.padding, self.padding)
            .bordered()
            .corners(self.corners)
            .centered()
    }
}
