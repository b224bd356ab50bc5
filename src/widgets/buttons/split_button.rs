//! A button with an action and a menu for its format.

use egui::{CornerRadius, Response, Ui, vec2};

use crate::theme::{Icon, layout, radius, space, stroke, widget_sizes};
use crate::widgets::buttons::button::{Button, ButtonWeight};
use crate::widgets::overlays::menu;
use crate::widgets::row_in;

/// Two buttons in one: the action, and the current format with a menu to change it. Each is a Tab stop.
#[must_use = "a button does nothing until it is shown"]
pub struct SplitButton<'a> {
    action: Button<'a>,
    format: &'a str,
    is_narrow: bool,
    is_format_hidden: bool,
}

impl<'a> SplitButton<'a> {
    /// `action`, with a menu beside it. While the action is in progress, the format can still be changed.
    pub fn new(action: Button<'a>, format: &'a str) -> Self {
        Self {
            action,
            format,
            is_narrow: false,
            is_format_hidden: false,
        }
    }

    /// Reduces the padding, for a narrow pane.
    pub fn narrow(mut self, is_narrow: bool) -> Self {
        self.is_narrow = is_narrow;
        self
    }

    /// Shows only a chevron for the format; screen readers still read its name.
    pub fn format_hidden(mut self) -> Self {
        self.is_format_hidden = true;
        self
    }

    /// Draws both parts, and the menu while it is open. Returns the action part, and what `rows` returned while the menu is open.
    pub fn show<R>(self, ui: &mut Ui, rows: impl FnOnce(&mut Ui) -> R) -> (Response, Option<R>) {
        let round = radius::CONTROL;
        let mut action = self.action;
        if action.busy.is_some() {
            // The format part is not highlighted either.
            action.weight = ButtonWeight::Outlined;
        }
        action.padding = if self.is_narrow { space::S } else { space::M };
        action.corners = CornerRadius {
            nw: round,
            sw: round,
            ..CornerRadius::ZERO
        };
        let label = if self.is_format_hidden {
            ""
        } else {
            self.format
        };
        let mut format = Button::new(action.weight, label).trailing_icon(Icon::ChevronDown);
        format.height = action.height;
        format.padding = widget_sizes::BUTTON_FORMAT_PADDING;
        format.corners = CornerRadius {
            ne: round,
            se: round,
            ..CornerRadius::ZERO
        };
        let format_wide = format.wanted_width(ui);
        let action_wide = match action.width {
            Some(_) => ui.available_width() - format_wide - stroke::EDGE,
            None => action.wanted_width(ui),
        };
        let size = vec2(action_wide + stroke::EDGE + format_wide, action.height);
        let (_, rect) = ui.allocate_space(size);
        let mut inner = row_in(ui, rect);
        inner.spacing_mut().item_spacing.x = stroke::EDGE;
        let action = action.width(action_wide).show(&mut inner);
        let format = format.show(&mut inner);
        ui.ctx().accesskit_node_builder(format.id, |node| {
            node.set_label(format!("Format: {}", self.format));
            node.set_has_popup(egui::accesskit::HasPopup::Menu);
        });
        let menu = menu::menu(&format, layout::DETAIL_MIN, rows);
        (action, menu)
    }
}
