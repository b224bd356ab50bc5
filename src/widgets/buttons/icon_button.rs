//! A button with only an icon.

use egui::{Color32, Response, Role, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, height, radius, size::icon, widget_sizes};
use crate::widgets::paint;

/// A square button with only an icon. Its name is read by screen readers and shown as the tooltip.
#[must_use = "a button does nothing until it is shown"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    key: Option<&'a str>,
    side: f32,
    icon_size: f32,
    outlined: bool,
    disabled: Option<&'a str>,
    color: Option<Color32>,
    tip_on_hover: bool,
}

impl<'a> IconButton<'a> {
    /// A button of 32 px without a border.
    pub fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            key: None,
            side: height::NORMAL,
            icon_size: icon::NORMAL,
            outlined: false,
            disabled: None,
            color: None,
            tip_on_hover: false,
        }
    }

    /// 28 px.
    pub fn small(mut self) -> Self {
        self.side = height::SMALL;
        self
    }

    /// 24 px with a 14 px icon: the copy icon of a key-value row.
    pub fn tiny(mut self) -> Self {
        (self.side, self.icon_size) = (icon::TARGET, icon::SMALL);
        self
    }

    /// Adds a border, for a button that stands alone in a toolbar.
    pub fn outlined(mut self) -> Self {
        self.outlined = true;
        self
    }

    /// The shortcut, shown in the tooltip.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Disabled, with the reason as its tooltip.
    pub fn disabled_if(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    /// Colour of the icon, such as on the band. Without it, the button is grey.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// Shows the tooltip on hover only, for a button that receives the initial focus.
    pub(in crate::widgets) fn tip_on_hover(mut self) -> Self {
        self.tip_on_hover = true;
        self
    }

    /// Draws the button.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let enabled = ui.is_enabled() && self.disabled.is_none();
        let sense = paint::click_sense(enabled);
        let (rect, response) = ui.allocate_exact_size(vec2(self.side, self.side), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.name));
        if paint::is_drawn(ui, rect, &response) {
            let lit = enabled && response.hovered();
            let edge = match (self.outlined, enabled) {
                (false, _) => Color32::TRANSPARENT,
                (true, false) => p.line2,
                (true, true) => p.control,
            };
            // On a coloured background (the band), the hover colour is a shade of the icon's colour.
            let fill = match (lit, self.color) {
                (true, Some(color)) => color.gamma_multiply(widget_sizes::LIT_ON_HUE),
                (true, None) => p.lit(),
                (false, _) => Color32::TRANSPARENT,
            };
            paint::boxed(ui, rect, radius::CONTROL, fill, edge);
            let color = match (enabled, lit) {
                (false, _) => p.off,
                (true, false) => {
                    self.color
                        .unwrap_or(if self.outlined { p.strong } else { p.muted })
                }
                (true, true) => self.color.unwrap_or(p.strong),
            };
            self.icon.paint(ui, rect.center(), self.icon_size, color);
            if response.has_focus() {
                paint::focus_ring(ui, rect, radius::CONTROL);
            }
        }
        if self.tip_on_hover && !response.hovered() {
            return response;
        }
        match (self.disabled, self.key) {
            (Some(reason), _) => paint::tooltip(&response, &format!("{}: {reason}", self.name)),
            (None, Some(key)) => paint::tooltip(&response, &format!("{} ({key})", self.name)),
            (None, None) => paint::tooltip(&response, self.name),
        }
        response
    }
}
