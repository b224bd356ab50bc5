//! Small flat elements: tags and dots.

use egui::accesskit::Live;
use egui::{Atom, Atoms, Color32, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, height, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::control::{Control, Skin, gap, text};
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

/// A tag, such as a file name, "Tested" or "Active".
pub fn tag(ui: &mut Ui, icon: Option<Icon>, word: &str, tone: Tone) -> Response {
    let (edge, color) = tone.colors(theme::palette(ui.ctx()));
    let mut atoms = Atoms::new(text(ui, Type::Small, word));
    if let Some(icon) = icon {
        atoms.push_left(gap(space::XS));
        atoms.push_left(icon.atom(icon::TINY, None));
    }
    let padding = widget_sizes::TAG_PADDING - stroke::EDGE;
    let control = Control::new(atoms, height::PILL)
        .padding(padding, padding)
        .bordered()
        .corners(radius::SMALL);
    let response = control.show(ui, Sense::hover(), |_| Skin {
        edge,
        ..Skin::text(color)
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    response
}

/// The environment's chip, as plain information: icon and name in its colour.
pub(in crate::widgets) fn hue_chip(ui: &mut Ui, hue: theme::Hue, name: &str) -> Response {
    let response = hue_control(ui, hue, name, None);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    response
}

/// The environment's chip in the band, which opens the environment switcher. `spoken` is for screen readers ("Environment: Sandbox, switch").
pub fn hue_switch(ui: &mut Ui, hue: theme::Hue, name: &str, spoken: &str, tip: &str) -> Response {
    let response = hue_control(ui, hue, name, Some(Icon::Chevrons));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), spoken));
    paint::tooltip(&response, tip);
    response
}

fn hue_control(ui: &mut Ui, hue: theme::Hue, name: &str, switch: Option<Icon>) -> Response {
    let colors = theme::palette(ui.ctx()).hue(hue);
    let icon = hue.icon().atom(icon::NORMAL, None);
    let name = text(ui, Type::BodySemi, name);
    let mut atoms = Atoms::new((icon, gap(space::SM), name));
    let (mut sense, mut right) = (Sense::hover(), space::S);
    if let Some(icon) = switch {
        atoms.extend_right(Atoms::new((gap(space::SM), Atom::grow())));
        atoms.push_right(icon.atom(icon::NORMAL, None));
        (sense, right) = (Sense::click(), space::SM);
    }
    let control = Control::new(atoms, height::ENV_CHIP).padding(space::S, right);
    control.show(ui, sense, |response| {
        let highlight = colors
            .on_chip
            .gamma_multiply(widget_sizes::HIGHLIGHT_ON_HUE);
        let is_highlighted = response.hovered() && switch.is_some();
        Skin {
            fill: if is_highlighted {
                colors.chip.blend(highlight)
            } else {
                colors.chip
            },
            ..Skin::text(colors.on_chip)
        }
    })
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

/// An 8 px dot, filled or hollow. It says nothing to screen readers, because a word is next to it.
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
