//! A notice: what failed, what was not done, and the next step.

use egui::{Pos2, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::theme::{self, Icon, Type, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::marks::empty;
use crate::widgets::marks::tag::Tone;
use crate::widgets::paint;
use crate::widgets::words;

/// A problem and its solution, on the page or in a dialog.
#[must_use = "a notice does nothing until it is shown"]
pub struct Notice<'a> {
    tone: Tone,
    heading: &'a str,
    text: &'a str,
    details: Option<(&'a str, &'a str)>,
}

/// Result of showing a [`Notice`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeResponse {
    /// The button that was pressed.
    pub button: Option<usize>,
    /// Whether "Details" was opened or closed.
    pub details_toggled: bool,
}

impl<'a> Notice<'a> {
    /// A notice that states what happened. `tone` decides its icon: octagon (stop), triangle (care), tick (proved) or info (neutral).
    pub fn new(tone: Tone, heading: &'a str, text: &'a str) -> Self {
        Self {
            tone,
            heading,
            text,
            details: None,
        }
    }

    /// Expandable details: the line shown while collapsed, and the rest.
    pub fn details(mut self, line: &'a str, rest: &'a str) -> Self {
        self.details = Some((line, rest));
        self
    }

    /// Draws the notice. `open` expands the details.
    pub fn show(self, ui: &mut Ui, open: bool, buttons: Vec<Button<'_>>) -> NoticeResponse {
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
        let mut details_toggled = false;
        if let Some((line, rest)) = self.details {
            inner.add_space(space::S);
            details_toggled = fold(&mut inner, line, open).clicked();
            if open {
                inner.add_space(space::S);
                words::paragraph(&mut inner, Type::Mono, p.text, rest);
            }
        }
        let used = Rect::from_min_max(room.min, inner.min_rect().max);
        ui.advance_cursor_after_rect(used);
        NoticeResponse {
            button,
            details_toggled,
        }
    }
}

/// A grey line with a chevron that expands the content below it.
pub fn fold(ui: &mut Ui, text: &str, open: bool) -> Response {
    let p = theme::palette(ui.ctx());
    let before = icon::TINY + space::XS;
    let room = ui.available_width() - before;
    let size = Type::Small.line_height();
    let galley = paint::line(ui, text, Type::Small, p.muted, room);
    let (rect, response) = ui.allocate_exact_size(
        vec2(before + galley.size().x, size.max(icon::TARGET)),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    let chevron = if open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    let mid_y = rect.center().y;
    let center = Pos2::new(rect.left() + icon::TINY / 2.0, mid_y);
    let color = if response.hovered() {
        let ground = rect.expand2(vec2(space::XS, 0.0));
        ui.painter().rect_filled(ground, radius::SMALL, p.lit());
        p.strong
    } else {
        p.muted
    };
    chevron.paint(ui, center, icon::TINY, color);
    paint::put_line(ui, galley, rect.left() + before, mid_y);
    if response.has_focus() {
        paint::focus_ring(ui, rect, radius::SMALL);
    }
    response
}

/// A row across a form that expands more fields: a title, a hint about them and, on the right, how many are filled in. `name` is for
/// screen readers.
pub fn fold_row(
    ui: &mut Ui,
    name: &str,
    (title, hint): (&str, &str),
    trailing: &str,
    open: bool,
) -> Response {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), widget_sizes::FOLD);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_expanded(open));
    // The line runs to the edges of the dialog.
    let out = f32::from(widget_sizes::DIALOG_BODY.left);
    let edge = rect
        .with_max_y(rect.top() + stroke::EDGE)
        .expand2(vec2(out, 0.0));
    ui.painter().rect_filled(edge, 0, p.line);
    let chevron = if open {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    let (mid_y, half) = (rect.center().y, icon::NORMAL / 2.0);
    let lit = response.hovered() || response.has_focus();
    let tint = if lit { p.strong } else { p.muted };
    if response.hovered() {
        ui.painter().rect_filled(rect, radius::SMALL, p.lit());
    }
    chevron.paint(ui, Pos2::new(rect.left() + half, mid_y), icon::NORMAL, tint);
    let trailing = paint::whole_line(ui, trailing, Type::Small, p.muted);
    let right = rect.right() - trailing.size().x;
    paint::put_line(ui, trailing, right, mid_y);
    let mut left = rect.left() + icon::NORMAL + space::S;
    for (text, style, color) in [
        (title, Type::BodyStrong, p.strong),
        (hint, Type::Small, p.muted),
    ] {
        let galley = paint::line(ui, text, style, color, (right - space::M - left).max(0.0));
        let wide = galley.size().x;
        paint::put_line(ui, galley, left, mid_y);
        left += wide + space::S;
    }
    if response.has_focus() {
        paint::focus_ring_inside(ui, rect, radius::SMALL);
    }
    response
}
