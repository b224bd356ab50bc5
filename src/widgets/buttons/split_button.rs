//! A button with an action and a menu for its format.

use egui::{Align, CornerRadius, Layout, Response, Ui, UiBuilder, vec2};

use crate::theme::{Icon, height, radius, space, stroke, widget_sizes};
use crate::widgets::buttons::button::{Button, ButtonWeight};
use crate::widgets::overlays::menu;

/// Two buttons in one: the action, and the current format with a menu to change it. Each is a Tab stop.
#[must_use = "a button does nothing until it is shown"]
pub struct SplitButton<'a> {
    weight: ButtonWeight,
    action: &'a str,
    format: &'a str,
    icon: Option<Icon>,
    key: Option<&'a str>,
    busy: Option<&'a str>,
    full_width: bool,
    menu_width: f32,
    narrow: bool,
    small: bool,
    format_hidden: bool,
}

/// Result of showing a [`SplitButton`].
pub struct SplitResponse<R> {
    /// The action part.
    pub action: Response,
    /// What the menu's closure returned, while the menu is open.
    pub menu: Option<R>,
}

impl<'a> SplitButton<'a> {
    fn new(weight: ButtonWeight, action: &'a str, format: &'a str) -> Self {
        Self {
            weight,
            action,
            format,
            icon: None,
            key: None,
            busy: None,
            full_width: false,
            menu_width: widget_sizes::MENU_WIDTH,
            narrow: false,
            small: false,
            format_hidden: false,
        }
    }

    /// The primary button.
    pub fn filled(action: &'a str, format: &'a str) -> Self {
        Self::new(ButtonWeight::Filled, action, format)
    }

    /// A secondary button.
    pub fn outlined(action: &'a str, format: &'a str) -> Self {
        Self::new(ButtonWeight::Outlined, action, format)
    }

    /// An icon before the action.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The shortcut of the action.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Shows the action as in progress, with this label. The format can still be changed.
    pub fn busy_if(mut self, label: Option<&'a str>) -> Self {
        self.busy = label;
        self
    }

    /// Fills the available width.
    pub fn full_width(mut self) -> Self {
        self.full_width = true;
        self
    }

    /// Reduces the padding, for a narrow pane.
    pub fn narrow(mut self, narrow: bool) -> Self {
        self.narrow = narrow;
        self
    }

    /// 28 px high, for rows.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Shows only a chevron for the format; screen readers still read its name.
    pub fn format_hidden(mut self) -> Self {
        self.format_hidden = true;
        self
    }

    /// Width of the menu, in px.
    pub fn menu_width(mut self, width: f32) -> Self {
        self.menu_width = width;
        self
    }

    /// Draws both parts, and the menu while it is open.
    pub fn show<R>(self, ui: &mut Ui, rows: impl FnOnce(&mut Ui) -> R) -> SplitResponse<R> {
        let round = radius::CONTROL;
        let padding = if self.narrow { space::S } else { space::M };
        // While the action is in progress, the format part is not highlighted either.
        let weight = match self.busy {
            Some(_) => ButtonWeight::Outlined,
            None => self.weight,
        };
        let mut format =
            Button::weighing(weight, if self.format_hidden { "" } else { self.format })
                .trailing_icon(Icon::ChevronDown)
                .corners(CornerRadius {
                    ne: round,
                    se: round,
                    ..CornerRadius::ZERO
                });
        let mut action = Button::weighing(weight, self.action).corners(CornerRadius {
            nw: round,
            sw: round,
            ..CornerRadius::ZERO
        });
        if self.small {
            (format, action) = (format.small(), action.small());
        }
        format = format.padding(widget_sizes::BUTTON_FORMAT_PADDING);
        action = action.padding(padding);
        if let Some(icon) = self.icon {
            action = action.icon(icon);
        }
        if let Some(key) = self.key {
            action = action.key_hint(key);
        }
        if let Some(label) = self.busy {
            action = action.busy(label);
        }
        let format_wide = format.wanted_width(ui);
        let action_wide = if self.full_width {
            ui.available_width() - format_wide - stroke::EDGE
        } else {
            action.wanted_width(ui)
        };
        let high = if self.small {
            height::SMALL
        } else {
            height::NORMAL
        };
        let (_, rect) = ui.allocate_space(vec2(action_wide + stroke::EDGE + format_wide, high));
        let builder = UiBuilder::new()
            .max_rect(rect)
            .layout(Layout::left_to_right(Align::Center));
        let mut inner = ui.new_child(builder);
        inner.spacing_mut().item_spacing.x = stroke::EDGE;
        let action = action.width(action_wide).show(&mut inner);
        let format = format.show(&mut inner);
        ui.ctx().accesskit_node_builder(format.id, |node| {
            node.set_label(format!("Format: {}", self.format));
            node.set_has_popup(egui::accesskit::HasPopup::Menu);
        });
        let menu = menu::menu(&format, self.menu_width, rows);
        SplitResponse { action, menu }
    }
}
