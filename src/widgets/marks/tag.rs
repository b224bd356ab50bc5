//! Small flat elements: tags, filter chips, dots.

use egui::accesskit::Live;
use egui::{
    Align2, Color32, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, height, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::paint;

/// What a mark expresses besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// Needs attention.
    Warning,
    /// Blocked or wrong.
    Stop,
    /// Verified.
    Verified,
}

impl Tone {
    /// The icon of a notice or toast, and its colour.
    pub(in crate::widgets) fn mark(self, p: &theme::Palette) -> (Icon, Color32) {
        match self {
            Self::Neutral => (Icon::Info, p.link),
            Self::Warning => (Icon::Warning, p.warn),
            Self::Stop => (Icon::StopSign, p.danger),
            Self::Verified => (Icon::CheckCircle, p.ok),
        }
    }

    /// Role and urgency for screen readers.
    pub(in crate::widgets) const fn announced(self) -> (Role, Live) {
        match self {
            Self::Stop => (Role::Alert, Live::Assertive),
            Self::Neutral | Self::Warning | Self::Verified => (Role::Status, Live::Polite),
        }
    }

    /// Border and text colour, in this order.
    pub(in crate::widgets) fn colors(self, p: &theme::Palette) -> (Color32, Color32) {
        match self {
            Self::Neutral => (p.line2, p.text),
            Self::Warning => (p.warn_line, p.warn),
            Self::Stop => (p.danger_line, p.danger),
            Self::Verified => (p.ok_line, p.ok),
        }
    }
}

/// A tag, such as a file name, "Proved" or "Active".
pub fn tag(ui: &mut Ui, icon: Option<Icon>, text: &str, tone: Tone) -> Response {
    let (edge, color) = tone.colors(theme::palette(ui.ctx()));
    let galley = paint::whole_line(ui, text, Type::Small, color);
    let before = widget_sizes::TAG_PADDING + icon.map_or(0.0, |_| icon::TINY + space::XS);
    let size = vec2(
        (before + galley.size().x + widget_sizes::TAG_PADDING).ceil(),
        height::PILL,
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if ui.is_rect_visible(rect) {
        paint::boxed(ui, rect, radius::SMALL, Color32::TRANSPARENT, edge);
        let mid_y = rect.center().y;
        if let Some(icon) = icon {
            let x = rect.left() + widget_sizes::TAG_PADDING + icon::TINY / 2.0;
            icon.paint(ui, Pos2::new(x, mid_y), icon::TINY, color);
        }
        paint::put_line(ui, galley, rect.left() + before, mid_y);
    }
    response
}

/// The environment's chip, as plain information: icon and name in its colour.
pub fn hue_chip(ui: &mut Ui, hue: theme::Hue, name: &str) -> Response {
    hue_chip_sensing(ui, hue, name, None)
}

/// The environment's chip in the band, which opens the environment switcher. `spoken` is for screen readers ("Environment: Sandbox, switch").
pub fn hue_switch(ui: &mut Ui, hue: theme::Hue, name: &str, spoken: &str, tip: &str) -> Response {
    let response = hue_chip_sensing(ui, hue, name, Some(spoken));
    paint::tooltip(&response, tip);
    response
}

fn hue_chip_sensing(ui: &mut Ui, hue: theme::Hue, name: &str, switch: Option<&str>) -> Response {
    let colors = theme::palette(ui.ctx()).hue(hue);
    let galley = paint::whole_line(ui, name, Type::BodySemi, colors.on_chip);
    let before = space::S + icon::NORMAL + space::SM;
    let after = switch.map_or(space::S, |_| space::SM + icon::NORMAL + space::SM);
    let size = vec2((before + galley.size().x + after).ceil(), height::ENV_CHIP);
    let sense = if switch.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| match switch {
        Some(spoken) => WidgetInfo::labeled(Role::Button, ui.is_enabled(), spoken),
        None => WidgetInfo::labeled(Role::Label, true, name),
    });
    if ui.is_rect_visible(rect) {
        let half = icon::NORMAL / 2.0;
        let mid_y = rect.center().y;
        ui.painter().rect_filled(rect, radius::CONTROL, colors.chip);
        if response.hovered() && switch.is_some() {
            let lit = colors.on_chip.gamma_multiply(widget_sizes::LIT_ON_HUE);
            ui.painter().rect_filled(rect, radius::CONTROL, lit);
        }
        let put = |icon: Icon, x: f32| {
            icon.paint(ui, Pos2::new(x, mid_y), icon::NORMAL, colors.on_chip);
        };
        put(hue.icon(), rect.left() + space::S + half);
        if switch.is_some() {
            put(Icon::Chevrons, rect.right() - space::SM - half);
        }
        paint::put_line(ui, galley, rect.left() + before, mid_y);
        if response.has_focus() {
            paint::focus_ring(ui, rect, radius::CONTROL);
        }
    }
    response
}

/// The app's mark on the sign-in page: 40 px. It says nothing to screen readers, because the name stands below it.
pub fn app_mark(ui: &mut Ui) -> Response {
    let p = theme::palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(
        vec2(widget_sizes::APP_MARK, widget_sizes::APP_MARK),
        Sense::hover(),
    );
    ui.painter().rect_filled(rect, radius::PILL, p.accent);
    Icon::Brand.paint(ui, rect.center(), icon::HUGE, p.on_accent);
    response
}

/// A filter, as shown in the filter field.
#[must_use = "a chip does nothing until it is shown"]
pub struct FilterChip<'a> {
    key: &'a str,
    value: &'a str,
    unknown: bool,
}

/// Result of showing a [`FilterChip`].
pub struct ChipResponse {
    /// The text of the chip; a click edits the filter.
    pub body: Response,
    /// Whether the × was pressed.
    pub remove_clicked: bool,
}

impl<'a> FilterChip<'a> {
    /// A chip that shows `key` with its colon ("country:"), then `value`.
    pub fn new(key: &'a str, value: &'a str) -> Self {
        Self {
            key,
            value,
            unknown: false,
        }
    }

    /// Draws a dotted line below an unknown key.
    pub fn unknown(mut self, unknown: bool) -> Self {
        self.unknown = unknown;
        self
    }

    /// Draws the chip.
    pub fn show(self, ui: &mut Ui) -> ChipResponse {
        let p = theme::palette(ui.ctx());
        let key = paint::whole_line(ui, self.key, Type::Mono, p.muted);
        let value = paint::line(
            ui,
            self.value,
            Type::Mono,
            p.strong,
            widget_sizes::CHIP_VALUE_MAX,
        );
        let text = key.size().x + space::XS + value.size().x;
        let size = vec2((space::S + text + height::CHIP).ceil(), height::CHIP);
        let (rect, body) = ui.allocate_exact_size(size, Sense::click());
        let name = format!("{}{}", self.key, self.value);
        body.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Edit filter {name}")));
        let target =
            Rect::from_min_max(Pos2::new(rect.right() - height::CHIP, rect.top()), rect.max);
        let remove = ui.interact(target, body.id.with("remove"), Sense::click());
        remove.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Remove filter {name}"))
        });
        if ui.is_rect_visible(rect) {
            ui.painter().rect_filled(rect, radius::SMALL, p.chip);
            let under_pointer = if remove.hovered() { target } else { rect };
            if remove.hovered() || body.hovered() {
                let painter = ui.painter();
                painter.rect_filled(under_pointer, radius::SMALL, p.lit());
            }
            let mid_y = rect.center().y;
            let left = rect.left() + space::S;
            let after_key = paint::put_line(ui, key, left, mid_y);
            let right = paint::put_line(ui, value, after_key + space::XS, mid_y);
            if self.unknown {
                let y = rect.bottom() - space::XS / 2.0;
                ui.painter().extend(Shape::dashed_line(
                    &[Pos2::new(left, y), Pos2::new(right, y)],
                    Stroke::new(stroke::BAR, p.warn),
                    stroke::BAR,
                    stroke::BAR,
                ));
            }
            let color = if remove.hovered() { p.strong } else { p.muted };
            let cross = Align2::CENTER_CENTER.pos_in_rect(&target);
            Icon::X.paint(ui, cross, icon::TINY, color);
            if body.has_focus() {
                paint::focus_ring(ui, rect, radius::SMALL);
            }
            if remove.has_focus() {
                paint::focus_ring_inside(ui, target, radius::SMALL);
            }
        }
        ChipResponse {
            body,
            remove_clicked: remove.clicked(),
        }
    }
}

/// An 8 px dot, filled or hollow. It says nothing to screen readers, because a word stands beside it.
pub fn status_dot(ui: &mut Ui, color: Color32, hollow: bool) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(widget_sizes::DOT, widget_sizes::DOT), Sense::hover());
    if hollow {
        paint::circle_edge(
            ui,
            rect.center(),
            widget_sizes::DOT / 2.0,
            widget_sizes::DOT_STROKE,
            color,
        );
    } else {
        ui.painter()
            .circle_filled(rect.center(), widget_sizes::DOT / 2.0, color);
    }
    response
}
