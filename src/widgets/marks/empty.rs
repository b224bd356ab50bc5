//! The empty state of a page or list.

use egui::{Align, Layout};
use egui::{Color32, Pos2, Rect, Ui, UiBuilder, vec2};

use crate::theme::{self, Icon, Type, height, size::icon, space, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::row_in;
use crate::widgets::words;

/// An empty state: icon, heading, one or two grey lines and buttons, centred in the available space. Returns the button that was pressed.
pub fn empty_state(
    ui: &mut Ui,
    icon: Icon,
    heading: &str,
    lines: &str,
    buttons: Vec<Button<'_>>,
) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let width = ui.available_width().min(widget_sizes::EMPTY_WIDTH);
    let galley = ui.fonts_mut(|fonts| {
        fonts.layout(
            lines.to_owned(),
            Type::Body.font(),
            Color32::PLACEHOLDER,
            width,
        )
    });
    let text_high = galley.rows.len() as f32 * Type::Body.line_height();
    let buttons_high = if buttons.is_empty() {
        0.0
    } else {
        space::L + height::NORMAL
    };
    let high =
        icon::HUGE + space::S + Type::Heading.line_height() + space::XS + text_high + buttons_high;

    let room = ui.available_rect_before_wrap();
    let top = (room.top() + ((room.height() - high) / 2.0).max(space::XL)).round();
    let left = (room.center().x - width / 2.0).round();
    let rect = Rect::from_min_size(Pos2::new(left, top), vec2(width, high));
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.y = 0.0;
    inner.add(icon.image(icon::HUGE, p.muted));
    inner.add_space(space::S);
    words::paragraph(&mut inner, Type::Heading, p.strong, heading);
    if !lines.is_empty() {
        inner.add_space(space::XS);
        words::paragraph(&mut inner, Type::Body, p.muted, lines);
    }
    if !buttons.is_empty() {
        inner.add_space(space::L);
    }
    let clicked = button_row(&mut inner, buttons, true);
    ui.advance_cursor_after_rect(rect.union(inner.min_rect()));
    clicked
}

/// Buttons side by side, left-aligned or centred. Returns the button that was pressed.
pub(in crate::widgets) fn button_row(
    ui: &mut Ui,
    buttons: Vec<Button<'_>>,
    centered: bool,
) -> Option<usize> {
    if buttons.is_empty() {
        return None;
    }
    let gaps = (buttons.len() - 1) as f32 * space::S;
    let wanted: f32 = buttons.iter().map(|button| button.wanted_width(ui)).sum();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height::NORMAL));
    let start = if centered {
        (rect.center().x - (wanted + gaps) / 2.0).round()
    } else {
        rect.left()
    };
    let row = Rect::from_min_size(
        Pos2::new(start, rect.top()),
        vec2(wanted + gaps, rect.height()),
    );
    let mut inner = row_in(ui, row);
    inner.spacing_mut().item_spacing.x = space::S;
    let mut clicked = None;
    for (index, button) in buttons.into_iter().enumerate() {
        if button.show(&mut inner).clicked() {
            clicked = Some(index);
        }
    }
    clicked
}
