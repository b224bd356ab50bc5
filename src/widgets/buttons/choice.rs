//! Choosing one of several, as boxes, list rows or tabs.

use egui::{
    Align, Color32, Id, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use crate::theme::{
    self, Hue, Palette, Type, height, radius, row, size::icon, space, stroke, widget_sizes,
};
use crate::widgets::buttons::radio_group::RadioGroup;
use crate::widgets::paint;

fn paint_radio(ui: &Ui, center: Pos2, on: bool) {
    let p = theme::palette(ui.ctx());
    let painter = ui.painter();
    if on {
        painter.circle_filled(center, widget_sizes::RADIO / 2.0, p.accent);
        painter.circle_filled(center, widget_sizes::RADIO_HOLE, p.on_accent);
    } else {
        painter.circle_filled(center, widget_sizes::RADIO / 2.0, p.field);
        paint::circle_edge(
            ui,
            center,
            widget_sizes::RADIO / 2.0,
            stroke::EDGE,
            p.control,
        );
    }
}

/// Boxes with a radio button, 32 px high, wrapped over as many lines as needed. Returns the box that Tab reaches, and the box that was
/// clicked or reached with the arrow keys.
pub fn choices(
    ui: &mut Ui,
    selected: Option<usize>,
    labels: &[&str],
) -> (Option<Response>, Option<usize>) {
    let mut group = RadioGroup::new(selected);
    let mut stop = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::S);
        for (index, label) in labels.iter().enumerate() {
            let shown = choice(ui, selected == Some(index), group.sense(), label);
            if shown.sense.is_focusable() {
                stop = Some(shown.clone());
            }
            group.add(&shown);
        }
    });
    (stop, group.chosen(ui))
}

fn choice(ui: &mut Ui, selected: bool, sense: Sense, label: &str) -> Response {
    let p = theme::palette(ui.ctx());
    let (style, color, edge, fill) = if selected {
        (Type::BodyStrong, p.strong, p.focus, p.selected)
    } else {
        (Type::Body, p.text, p.control, Color32::TRANSPARENT)
    };
    // Sized for the bold style, so that selecting a box does not move its neighbours.
    let widest = paint::whole_line(ui, label, Type::BodyStrong, color)
        .size()
        .x;
    let before = widget_sizes::CHOICE_LEFT + widget_sizes::RADIO + space::S;
    let size = vec2((before + widest + space::M).ceil(), height::NORMAL);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, label));
    if paint::is_drawn(ui, rect, &response) {
        let fill = if response.hovered() && !selected {
            fill.blend(p.lit())
        } else {
            fill
        };
        paint::boxed(ui, rect, radius::CONTROL, fill, edge);
        let mid_y = rect.center().y;
        let radio = Pos2::new(
            rect.left() + widget_sizes::CHOICE_LEFT + widget_sizes::RADIO / 2.0,
            mid_y,
        );
        paint_radio(ui, radio, selected);
        let galley = paint::whole_line(ui, label, style, color);
        paint::put_line(ui, galley, rect.left() + before, mid_y);
        if response.has_focus() {
            paint::focus_ring(ui, rect, radius::CONTROL);
        }
    }
    response
}

/// One row of a [`radio_list`].
#[derive(Clone, Copy, Debug)]
pub struct RadioRow<'a> {
    /// Environment whose icon and colours the row shows; `None` for a plain row.
    pub hue: Option<Hue>,
    /// The row's label.
    pub name: &'a str,
    /// Secondary text on the right, such as a host.
    pub detail: &'a str,
    /// Whether to show the detail in the monospaced font.
    pub mono: bool,
}

/// Rows with a radio button, 36 px high, in one frame. Returns the row that was clicked or reached with the arrow keys.
pub fn radio_list(ui: &mut Ui, selected: usize, rows: &[RadioRow<'_>]) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let mut group = RadioGroup::new(Some(selected));
    let ground = ui.painter().add(Shape::Noop);
    let outer = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, row) in rows.iter().enumerate() {
            let last = index + 1 == rows.len();
            let place = (index == 0, last);
            let shown = radio_row(ui, p, row, (index == selected, group.sense()), place);
            group.add(&shown);
        }
    });
    ui.painter().set(
        ground,
        Shape::rect_filled(outer.response.rect, radius::CONTROL, p.field),
    );
    ui.painter().rect_stroke(
        outer.response.rect,
        radius::CONTROL,
        Stroke::new(stroke::EDGE, p.control),
        StrokeKind::Inside,
    );
    group.chosen(ui)
}

/// The id of a row, for moving the focus to it.
pub fn radio_row_id(name: &str) -> Id {
    Id::unique(("radio row", name))
}

fn radio_row(
    ui: &mut Ui,
    p: &Palette,
    row: &RadioRow<'_>,
    (selected, sense): (bool, Sense),
    (first, last): (bool, bool),
) -> Response {
    let size = vec2(ui.available_width(), row::COMFORTABLE);
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, radio_row_id(row.name), sense);
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, row.name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(row.detail);
    });
    if !paint::is_drawn(ui, rect, &response) {
        return response;
    }
    let top = if first { radius::CONTROL } else { 0 };
    let bottom = if last { radius::CONTROL } else { 0 };
    let corners = egui::CornerRadius {
        nw: top,
        ne: top,
        sw: bottom,
        se: bottom,
    };
    let chosen_ground = row.hue.map_or(p.selected, |hue| p.hue(hue).row);
    let ground = match (selected, response.hovered()) {
        (true, _) => chosen_ground,
        (false, true) => p.lit(),
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, corners, ground);
    if !last {
        paint::bottom_line(ui, rect, p.line);
    }
    let mid_y = rect.center().y;
    let mut x = rect.left() + space::M;
    paint_radio(
        ui,
        Pos2::new(x + widget_sizes::RADIO / 2.0, mid_y),
        selected,
    );
    x += widget_sizes::RADIO + widget_sizes::RADIO_ROW_GAP;
    if let Some(hue) = row.hue {
        let center = Pos2::new(x + icon::NORMAL / 2.0, mid_y);
        hue.icon().paint(ui, center, icon::NORMAL, p.hue(hue).mark);
        x += icon::NORMAL + widget_sizes::RADIO_ROW_GAP;
    }
    let (style, color, detail) = if selected {
        (Type::BodyStrong, p.strong, p.text)
    } else {
        (Type::Body, p.text, p.muted)
    };
    let detail_style = if row.mono { Type::Mono } else { Type::Small };
    let right = rect.right() - space::M;
    let name = paint::line(ui, row.name, style, color, right - x);
    x = paint::put_line(ui, name, x, mid_y) + space::M;
    let detail = paint::line(ui, row.detail, detail_style, detail, right - x);
    let left = right - detail.size().x;
    paint::put_line(ui, detail, left, mid_y);
    if response.has_focus() {
        paint::focus_ring_inside(ui, rect, radius::CONTROL);
    }
    response
}

/// Tabs over the full width, with a line below. Returns the tab that was clicked.
pub fn tabs(ui: &mut Ui, gutter: f32, selected: usize, names: &[&str]) -> Option<usize> {
    let p = theme::palette(ui.ctx());
    let size = vec2(ui.available_width(), height::NORMAL);
    let mut clicked = None;
    let (_, bar) = ui.allocate_space(size);
    paint::bottom_line(ui, bar, p.line);
    let builder = egui::UiBuilder::new()
        .max_rect(bar.shrink2(vec2(gutter, 0.0)))
        .layout(egui::Layout::left_to_right(Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.x = space::L;
    for (index, name) in names.iter().enumerate() {
        let on = index == selected;
        let color = |hovered: bool| if on || hovered { p.strong } else { p.muted };
        let wide = paint::whole_line(&inner, name, Type::BodyStrong, p.strong)
            .size()
            .x;
        let (rect, response) =
            inner.allocate_exact_size(vec2(wide.ceil(), height::NORMAL), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
        if response.hovered() && !on {
            let ground = rect.expand2(vec2(space::S, 0.0));
            inner
                .painter()
                .rect_filled(ground, radius::CONTROL, p.lit());
        }
        let galley = paint::whole_line(&inner, name, Type::BodyStrong, color(response.hovered()));
        paint::put_line(&inner, galley, rect.left(), rect.center().y);
        if on {
            let under = Rect::from_min_max(
                Pos2::new(rect.left(), rect.bottom() - stroke::BAR),
                rect.max,
            );
            inner.painter().rect_filled(under, 0, p.focus);
        }
        if response.has_focus() {
            paint::focus_ring_inside(&inner, rect.expand2(vec2(space::XS, 0.0)), radius::SMALL);
        }
        if response.clicked() {
            clicked = Some(index);
        }
    }
    clicked
}
