//! The banner below the band, for what matters on every page.

use egui::{Align, AtomExt as _, Color32, Layout, Pos2, Rect, Role, Ui, UiBuilder, vec2};

use crate::theme::{self, Icon, Palette, Type, height, size::icon, space};
use crate::widgets::control::{gap, put, text};
use crate::widgets::marks::tag::Tone;
use crate::widgets::paint;
use crate::widgets::trailing::with_end;

/// A banner. Only one is shown at a time, the most severe.
#[must_use = "a banner does nothing until it is shown"]
pub struct Banner<'a> {
    tone: Tone,
    icon: Option<Icon>,
    lead: &'a str,
    rest: &'a str,
    spoken: Option<&'a str>,
}

impl<'a> Banner<'a> {
    /// A banner with the icon of its tone.
    pub fn new(tone: Tone, lead: &'a str, rest: &'a str) -> Self {
        Self {
            tone,
            icon: None,
            lead,
            rest,
            spoken: None,
        }
    }

    /// Replaces the icon of the tone.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Text for screen readers, used when the visible text changes too often.
    pub fn spoken(mut self, text: &'a str) -> Self {
        self.spoken = Some(text);
        self
    }

    /// Background, line and icon colour.
    fn colors(&self, p: &Palette) -> (Color32, Color32, Color32) {
        match self.tone {
            Tone::Neutral | Tone::Verified => (p.base, p.line, p.text),
            Tone::Warning => (p.warn_tint, p.warn_line, p.warn),
            Tone::Stop => (p.danger_tint, p.danger_line, p.danger),
        }
    }

    /// Draws the banner over the full width, with its actions on the right.
    pub fn show<R>(self, ui: &mut Ui, actions: impl FnOnce(&mut Ui) -> R) -> R {
        let p = theme::palette(ui.ctx());
        let (ground, line, tint) = self.colors(p);
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height::BANNER));
        ui.painter().rect_filled(rect, 0, ground);
        paint::bottom_line(ui, rect, line);

        let inside = Rect::from_min_max(
            Pos2::new(rect.left() + space::L, rect.top()),
            Pos2::new(rect.right() - space::M, rect.bottom()),
        );
        let builder = UiBuilder::new()
            .id_salt("banner")
            .max_rect(inside)
            .layout(Layout::left_to_right(Align::Center))
            .accessibility_role(Role::Status)
            .accessibility_label(match self.spoken {
                Some(text) => text.to_owned(),
                None => format!("{} {}", self.lead, self.rest),
            });
        let mut inner = ui.new_child(builder);
        let (_, live) = self.tone.announced();
        ui.ctx()
            .accesskit_node_builder(inner.unique_id(), |node| node.set_live(live));
        with_end(&mut inner, |ui| self.words(ui, tint), actions).1
    }

    fn words(&self, ui: &Ui, tint: Color32) {
        let p = theme::palette(ui.ctx());
        let area = ui.max_rect().translate(vec2(0.0, -0.5));
        let lead = text(ui, Type::BodySemi, self.lead).color(p.strong);
        let rest = text(ui, Type::Body, self.rest).color(p.text);
        let icon = self.icon.unwrap_or(self.tone.mark(p).0);
        let icon = icon.atom(icon::NORMAL, tint);
        let words = (
            lead.atom_max_width(area.width() - icon::NORMAL - space::S),
            gap(space::XS),
            rest.atom_shrink(true),
        );
        put(ui, area, p.text, (icon, gap(space::S), words));
    }
}
