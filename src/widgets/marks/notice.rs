//! A notice: what failed, what was not done, and the next step.

use egui::{
    Atom, AtomExt as _, Color32, Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::control::{Control, Skin, gap, text};
use crate::widgets::marks::empty;
use crate::widgets::marks::tag::Tone;
use crate::widgets::words;

/// A problem and its solution, on the page or in a dialog.
#[must_use = "a notice does nothing until it is shown"]
pub struct Notice<'a> {
    tone: Tone,
    heading: &'a str,
    text: &'a str,
    details: Option<(&'a str, &'a str, &'a mut bool)>,
}

impl<'a> Notice<'a> {
    /// A notice that states what happened. `tone` decides its icon: octagon (stop), triangle (warning), tick (verified) or info (neutral).
    pub fn new(tone: Tone, heading: &'a str, text: &'a str) -> Self {
        Self {
            tone,
            heading,
            text,
            details: None,
        }
    }

    /// Expandable details: the line shown while collapsed, the rest, and whether they are expanded.
    pub fn details(mut self, line: &'a str, rest: &'a str, is_open: &'a mut bool) -> Self {
        self.details = Some((line, rest, is_open));
        self
    }

    /// Draws the notice. Returns the button that was pressed.
    pub fn show(self, ui: &mut Ui, buttons: Vec<Button<'_>>) -> Option<usize> {
        let p = theme::palette(ui.ctx());
        let (mark, tint) = self.tone.mark(p);
        let room = ui.available_rect_before_wrap();
        let indent = icon::NORMAL + space::M;
        let center = Pos2::new(
            room.left() + icon::NORMAL / 2.0,
            room.top() + Type::Heading.line_height() / 2.0,
        );
        mark.paint(ui, center, icon::NORMAL, tint);
        let rect = Rect::from_min_max(Pos2::new(room.left() + indent, room.top()), room.max);
        let (role, live) = self.tone.announced();
        let builder = UiBuilder::new()
            .max_rect(rect)
            .accessibility_role(role)
            .accessibility_label(format!("{}. {}", self.heading, self.text));
        let mut inner = ui.new_child(builder);
        ui.ctx()
            .accesskit_node_builder(inner.unique_id(), |node| node.set_live(live));
        inner.spacing_mut().item_spacing.y = 0.0;
        words::paragraph(&mut inner, Type::Heading, p.strong, self.heading);
        inner.add_space(space::XS);
        words::paragraph(&mut inner, Type::Body, p.text, self.text);
        if !buttons.is_empty() {
            inner.add_space(space::L);
        }
        let button = empty::button_row(&mut inner, buttons, false);
        if let Some((line, rest, is_open)) = self.details {
            inner.add_space(space::S);
            let is_toggled = expander(&mut inner, line, *is_open).clicked();
            if *is_open {
                inner.add_space(space::S);
                words::paragraph(&mut inner, Type::Mono, p.text, rest);
            }
            *is_open ^= is_toggled;
        }
        let used = Rect::from_min_max(room.min, inner.min_rect().max);
        ui.advance_cursor_after_rect(used);
        button
    }
}

fn chevron(is_open: bool) -> Icon {
    if is_open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    }
}

/// A grey line with a chevron that expands the content below it.
pub fn expander(ui: &mut Ui, words: &str, open: bool) -> Response {
    let p = theme::palette(ui.ctx());
    let room = ui.available_width() - icon::TINY - space::XS;
    let words_atom = text(ui, Type::Small, words).atom_max_width(room);
    let chevron = chevron(open).atom(icon::TINY, None);
    let control = Control::new((chevron, gap(space::XS), words_atom), icon::TARGET)
        .padding(space::XS, space::XS)
        .corners(radius::SMALL);
    // The chevron aligns with what is above; the hover background starts further left.
    let width = control.wanted_width(ui) - 2.0 * space::XS;
    let (id, rect) = ui.allocate_space(vec2(width, icon::TARGET));
    let rect = rect.expand2(vec2(space::XS, 0.0));
    let response = control.show_at(ui, rect, id, Sense::click(), |response| {
        Skin::quiet(p, response.hovered())
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    response
}

/// A row across a form that expands more fields: a title, a hint about them and, on the right, how many are filled in. `name` is for
/// screen readers.
pub fn expander_row(
    ui: &mut Ui,
    name: &str,
    (title, hint): (&str, &str),
    trailing: &str,
    open: bool,
) -> Response {
    let p = theme::palette(ui.ctx());
    let width = ui.available_width();
    let (id, rect) = ui.allocate_space(vec2(width, widget_sizes::EXPANDER));
    let title = text(ui, Type::BodyStrong, title).color(p.strong);
    let hint = text(ui, Type::Small, hint).color(p.muted);
    let trailing = text(ui, Type::Small, trailing).color(p.muted);
    let words = (
        title.atom_max_width(width),
        gap(space::S),
        hint.atom_shrink(true),
        Atom::grow(),
    );
    let icon = chevron(open).atom(icon::NORMAL, None);
    let atoms = (icon, gap(space::S), words, gap(space::M), trailing);
    let control = Control::new(atoms, widget_sizes::EXPANDER)
        .corners(radius::SMALL)
        .ring_inside();
    let response = control.show_at(ui, rect, id, Sense::click(), |response| Skin {
        fill: match response.hovered() {
            true => p.highlight(),
            false => Color32::TRANSPARENT,
        },
        ..Skin::text(if response.hovered() || response.has_focus() {
            p.strong
        } else {
            p.muted
        })
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    // The line runs to the edges of the dialog.
    let out = f32::from(widget_sizes::DIALOG_BODY.left);
    let edge = rect
        .with_max_y(rect.top() + stroke::EDGE)
        .expand2(vec2(out, 0.0));
    ui.painter().rect_filled(edge, 0, p.line);
    response
}
