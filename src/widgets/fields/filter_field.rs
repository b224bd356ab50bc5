//! The filter field above a list: filter chips, free text, and the number of matches.

use egui::scroll_area::ScrollBarVisibility;
use egui::{
    Align, AtomExt as _, Atoms, Id, Layout, Pos2, Rect, Response, Role, ScrollArea, Sense, Shape,
    Stroke, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::theme::{self, Icon, Type, height, radius, size::icon, space, stroke, widget_sizes};
use crate::widgets::buttons::button::Button;
use crate::widgets::buttons::key_hint;
use crate::widgets::control::{Control, Skin, gap, put_at_end, text};
use crate::widgets::fields::field::edit;
use crate::widgets::paint;

/// One filter in a [`FilterField`].
#[derive(Clone, Copy, Debug)]
pub struct FilterTerm<'a> {
    /// The key with its colon: "country:".
    pub key: &'a str,
    /// The value to filter by.
    pub value: &'a str,
    /// Why the filter cannot be applied, such as an unknown key.
    pub problem: Option<&'a str>,
}

/// The field. If the chips leave no space for the text, they scroll out to the left, each as a whole: without its beginning, one could be mistaken for its
/// opposite.
#[must_use = "a field does nothing until it is shown"]
pub struct FilterField<'a> {
    /// Id of the text edit.
    pub id: Id,
    /// Name for screen readers.
    pub name: &'a str,
    /// The free text.
    pub text: &'a mut String,
    /// Grey text shown while there are no filters and no text.
    pub placeholder: &'a str,
    /// The chips shown before the text.
    pub filters: &'a [FilterTerm<'a>],
    /// Grey text at the right end: "212 match".
    pub trailing: &'a str,
    /// The shortcut that focuses the field, in a box at the right end while the field is empty.
    pub key: &'a str,
    /// Whether to show dots instead of the text.
    pub is_hidden: bool,
    /// Whether to draw the chips as selected together with the text.
    pub is_selected: bool,
}

/// Result of showing a [`FilterField`].
pub struct FilterFieldResponse {
    /// The text edit.
    pub response: Response,
    /// Index of the filter whose × was pressed.
    pub removed: Option<usize>,
    /// Index of the filter that was clicked for editing.
    pub edited: Option<usize>,
    /// Whether the × of the whole field was pressed, which clears everything.
    pub cleared: bool,
}

impl FilterField<'_> {
    /// Draws the field, 32 px high.
    pub fn show(mut self, ui: &mut Ui) -> FilterFieldResponse {
        let p = theme::palette(ui.ctx());
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height::NORMAL));
        let box_shape = paint::boxed_shape(rect, radius::CONTROL, p.field, p.control);
        ui.painter().add(box_shape);
        let mid_y = rect.center().y;
        let is_empty = self.filters.is_empty() && self.text.is_empty();

        let mut end = Vec::new();
        if !self.trailing.is_empty() {
            end.extend([gap(space::SM), text(ui, Type::Small, self.trailing).into()]);
        }
        if is_empty && !self.key.is_empty() {
            end.push(gap(space::SM));
            end.push(key_hint::atom(ui, self.key, p.line2, p.muted));
        }
        let clear_left = rect.right() - space::SM - icon::TARGET;
        let before_end = if is_empty {
            rect.right() - space::SM
        } else {
            clear_left
        };
        let left = rect.left() + space::S;
        let text_left = left + icon::NORMAL + space::SM;
        let room = rect.with_min_x(text_left).with_max_x(before_end);
        let least = widget_sizes::FILTER_TEXT_LEAST;
        let right = put_at_end(ui, room, least, p.muted, Atoms::from(end));
        let center = Pos2::new(left + icon::NORMAL / 2.0, mid_y);
        Icon::Search.paint(ui, center, icon::NORMAL, p.muted);

        let inside = Rect::from_min_max(
            Pos2::new(text_left, rect.top()),
            Pos2::new(right, rect.bottom()),
        );
        let mut shown = self.inside(ui, inside);
        if !self.trailing.is_empty() {
            ui.ctx().accesskit_node_builder(shown.response.id, |node| {
                node.set_description(self.trailing);
            });
        }
        if shown.response.has_focus() {
            paint::focus_ring(ui, rect, radius::CONTROL);
        }
        if !is_empty {
            let target = Rect::from_center_size(
                Pos2::new(clear_left + icon::TARGET / 2.0, mid_y),
                vec2(icon::TARGET, icon::TARGET),
            );
            let builder = UiBuilder::new()
                .id_salt((self.id, "clear"))
                .max_rect(target)
                .layout(Layout::left_to_right(Align::Center));
            let clear = Button::icon_only(Icon::X, "Clear field").tiny();
            shown.cleared = clear.show(&mut ui.new_child(builder)).clicked();
        }
        shown
    }

    /// Chips and text on one line, which scrolls to the text while it is edited.
    fn inside(&mut self, ui: &mut Ui, inside: Rect) -> FilterFieldResponse {
        let builder = UiBuilder::new()
            .id_salt((self.id, "inside"))
            .max_rect(inside)
            .layout(Layout::left_to_right(Align::Center));
        let mut inner = ui.new_child(builder);
        inner.shrink_clip_rect(inside);
        let scrolled = ScrollArea::horizontal()
            .id_salt((self.id, "chips"))
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
            .auto_shrink(false)
            .animated(false)
            .show(&mut inner, |ui| {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    let start = ui.cursor().left();
                    let (removed, edited, mut lefts) = self.chips(ui);
                    let used = ui.cursor().left() - start;
                    let least = match self.filters {
                        [] => 0.0,
                        // Beside the mark of chips that are out of sight.
                        _ => widget_sizes::FILTER_TEXT_MIN.min(inside.width() - MARK),
                    };
                    let room = (inside.width() - used).max(least);
                    let placeholder = if self.filters.is_empty() {
                        self.placeholder
                    } else {
                        ""
                    };
                    let (_, place) = ui.allocate_space(vec2(room, height::NORMAL));
                    let p = theme::palette(ui.ctx());
                    let edit = edit(p, self.text, placeholder, Type::Body, place.size())
                        .id(self.id)
                        .password(self.is_hidden);
                    let response = ui.place(place, edit).accessible_name(self.name);
                    let is_seen = inside.expand(1.0).x_range().contains(place.left())
                        && inside.expand(1.0).x_range().contains(place.right());
                    if response.has_focus() && !is_seen {
                        ui.scroll_to_rect(place, None);
                    }
                    lefts.push(place.left());
                    let shown = FilterFieldResponse {
                        response,
                        removed,
                        edited,
                        cleared: false,
                    };
                    (shown, lefts)
                })
                .inner
            });
        let (shown, lefts) = scrolled.inner;
        cover_cut(ui, inside, &lefts);
        shown
    }

    /// Draws the chips. Returns the one to remove, the one to edit, and where each begins.
    fn chips(&self, ui: &mut Ui) -> (Option<usize>, Option<usize>, Vec<f32>) {
        let (mut removed, mut edited) = (None, None);
        let mut lefts = Vec::new();
        for (index, filter) in self.filters.iter().enumerate() {
            let (body, remove) = chip(ui, filter, self.is_selected);
            lefts.push(body.rect.left());
            if remove.clicked() {
                removed = Some(index);
            }
            if body.clicked() {
                edited = Some(index);
            }
            if body.gained_focus() {
                body.scroll_to_me(None);
            }
        }
        (removed, edited, lefts)
    }
}

/// Width of the mark in place of chips that are out of sight, in px.
const MARK: f32 = space::L;

/// Covers the chip that begins before `inside` with a mark. `lefts` are where the chips and the text begin.
fn cover_cut(ui: &Ui, inside: Rect, lefts: &[f32]) {
    // Chips are placed on whole pixels.
    let is_cut = |left: &f32| *left < inside.left() - 1.0;
    if !lefts.first().is_some_and(is_cut) {
        return;
    }
    let p = theme::palette(ui.ctx());
    let whole = lefts.iter().find(|left| **left >= inside.left() + MARK);
    let right = whole.map_or(inside.left() + MARK, |left| *left);
    let cover = inside.with_max_x(right).shrink2(vec2(0.0, stroke::EDGE));
    ui.painter().rect_filled(cover, 0.0, p.field);
    ui.painter().text(
        cover.left_center(),
        egui::Align2::LEFT_CENTER,
        "…",
        Type::Body.font(),
        p.muted,
    );
}

/// Draws a filter, with a dotted line below one that cannot be applied. Returns its text, where a click edits the filter, and its ×.
fn chip(ui: &mut Ui, filter: &FilterTerm<'_>, is_selected: bool) -> (Response, Response) {
    let p = theme::palette(ui.ctx());
    let ground = if is_selected { p.selected } else { p.chip };
    let key = text(ui, Type::Mono, filter.key).color(p.muted);
    let value = text(ui, Type::Mono, filter.value).atom_max_width(widget_sizes::CHIP_VALUE_MAX);
    let control = Control::new((key, gap(space::XS), value), height::CHIP)
        .padding(space::S, height::CHIP)
        .corners(radius::SMALL);
    let body = control.show(ui, Sense::click(), |response| Skin {
        fill: match response.hovered() {
            true => ground.blend(p.highlight()),
            false => ground,
        },
        ..Skin::text(p.strong)
    });
    let rect = body.rect;
    let name = format!("{}{}", filter.key, filter.value);
    body.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Edit filter {name}")));
    let target = rect.with_min_x(rect.right() - height::CHIP);
    let cross = Control::new(Icon::X.atom(icon::TINY, None), height::CHIP)
        .corners(radius::SMALL)
        .centered()
        .ring_inside();
    let id = body.id.with("remove");
    let remove = cross.show_at(ui, target, id, Sense::click(), |response| {
        Skin::quiet(p, response.hovered())
    });
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove filter {name}")));
    if let Some(problem) = filter.problem {
        body.ctx.accesskit_node_builder(body.id, |node| {
            node.set_description(problem);
        });
        if body.hovered() {
            paint::tooltip(&body, problem);
        }
        let y = rect.bottom() - space::XS / 2.0;
        let ends = [rect.left() + space::S, target.left()].map(|x| Pos2::new(x, y));
        ui.painter().extend(Shape::dashed_line(
            &ends,
            Stroke::new(stroke::BAR, p.warn),
            stroke::BAR,
            stroke::BAR,
        ));
    }
    (body, remove)
}
