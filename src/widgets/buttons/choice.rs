//! Choosing one of several, as boxes, list rows or tabs.

use egui::{
    Align2, Atom, AtomExt as _, Atoms, Color32, CornerRadius, Id, Pos2, Response, Role, Sense,
    Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};

use crate::theme::{
    self, Hue, Palette, Type, height, radius, row, size::icon, space, stroke, widget_sizes,
};
use crate::widgets::control::{Control, Skin, gap, text};
use crate::widgets::paint;
use crate::widgets::roving::RovingFocus;
use crate::widgets::row_in;

/// A radio button. Not egui's, which looks the same whether it is on or off except for its dot.
fn radio(on: bool) -> Atom<'static> {
    Atom::paint(Vec2::splat(widget_sizes::RADIO), move |ui, args| {
        paint_radio(ui, args.rect.center(), on);
    })
}

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
    let mut group = RovingFocus::new(selected);
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
    let label_atom = as_wide_as_bold(ui, style, label).atom_align(Align2::LEFT_CENTER);
    let edged = |padding: f32| padding - stroke::EDGE;
    let control = Control::new((radio(selected), gap(space::S), label_atom), height::NORMAL)
        .padding(edged(widget_sizes::CHOICE_LEFT), edged(space::M))
        .bordered();
    let response = control.show(ui, sense, |response| Skin {
        fill: if response.hovered() && !selected {
            p.highlight()
        } else {
            fill
        },
        edge,
        text: color,
    });
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, label));
    response
}

/// Takes the space of the bold style, so that selecting an option does not move its neighbours.
pub(in crate::widgets) fn as_wide_as_bold(ui: &Ui, style: Type, label: &str) -> Atom<'static> {
    let bold = paint::whole_line(ui, label, Type::BodyStrong, Color32::PLACEHOLDER);
    text(ui, style, label).atom_size(bold.size())
}

/// One row of a [`radio_list`].
#[derive(Clone, Copy, Debug)]
pub struct RadioRow<'a> {
    /// Environment whose icon and colours the row shows.
    pub hue: Hue,
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
    let mut group = RovingFocus::new(Some(selected));
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

/// The id of a row.
fn radio_row_id(name: &str) -> Id {
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
    let (style, color, detail_color) = if selected {
        (Type::BodyStrong, p.strong, p.text)
    } else {
        (Type::Body, p.text, p.muted)
    };
    let mut atoms = Atoms::new((radio(selected), gap(widget_sizes::RADIO_ROW_GAP)));
    let colors = p.hue(row.hue);
    atoms.push_right(row.hue.icon().atom(icon::NORMAL, colors.mark));
    atoms.push_right(gap(widget_sizes::RADIO_ROW_GAP));
    let detail = if row.mono { Type::Mono } else { Type::Small };
    let detail = text(ui, detail, row.detail).color(detail_color);
    atoms.push_right(text(ui, style, row.name).atom_max_width(size.x));
    atoms.push_right(gap(space::M));
    atoms.push_right(Atom::grow());
    atoms.push_right(detail.atom_shrink(true));
    let top = if first { radius::CONTROL } else { 0 };
    let bottom = if last { radius::CONTROL } else { 0 };
    let control = Control::new(atoms, row::COMFORTABLE)
        .padding(space::M, space::M)
        .corners(CornerRadius {
            nw: top,
            ne: top,
            sw: bottom,
            se: bottom,
        })
        .ring_inside();
    let response = control.show_at(ui, rect, radio_row_id(row.name), sense, |response| Skin {
        fill: match (selected, response.hovered()) {
            (true, _) => colors.row,
            (false, true) => p.highlight(),
            (false, false) => Color32::TRANSPARENT,
        },
        ..Skin::text(color)
    });
    response.widget_info(|| {
        WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, row.name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_description(row.detail);
    });
    if !last {
        paint::bottom_line(ui, rect, p.line);
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
    let mut inner = row_in(ui, bar.shrink2(vec2(gutter - space::S, 0.0)));
    inner.spacing_mut().item_spacing.x = space::L - 2.0 * space::S;
    for (index, name) in names.iter().enumerate() {
        let on = index == selected;
        let name_text = text(&inner, Type::BodyStrong, name);
        let control = Control::new(name_text, height::NORMAL)
            .padding(space::S, space::S)
            .ring_inside();
        let response = control.show(&mut inner, Sense::click(), |response| {
            match (on, response.hovered()) {
                (true, _) => Skin::text(p.strong),
                (false, true) => Skin::highlight(p),
                (false, false) => Skin::text(p.muted),
            }
        });
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
        if on {
            let under = response.rect.shrink2(vec2(space::S, 0.0));
            let under = under.with_min_y(under.bottom() - stroke::BAR);
            inner.painter().rect_filled(under, 0, p.focus);
        }
        if response.clicked() {
            clicked = Some(index);
        }
    }
    clicked
}
