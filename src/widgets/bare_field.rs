//! Text edits without a box of their own, and the two fields made of them.

use egui::{
    Align, Align2, Frame, Id, Layout, Pos2, Rect, Response, RichText, TextEdit, Ui, UiBuilder, vec2,
};

use super::field::LONGEST_TYPED;
use super::tag::FilterChip;
use super::{key_hint, paint};
use crate::theme::{self, Icon, Type, height, radius, size::icon, space};

/// A text edit that fills `ui` and draws nothing but its text: the input of the command palette.
/// `name` is what a screen reader calls it.
pub fn bare_field(
    ui: &mut Ui,
    id: Id,
    name: &str,
    text: &mut String,
    placeholder: &str,
    style: Type,
) -> Response {
    edit(ui, id, name, text, placeholder, style, false)
}

fn edit(
    ui: &mut Ui,
    id: Id,
    name: &str,
    text: &mut String,
    placeholder: &str,
    style: Type,
    is_hidden: bool,
) -> Response {
    let p = theme::palette(ui.ctx());
    let size = ui.available_size();
    let edit = TextEdit::singleline(text)
        .id(id)
        .password(is_hidden)
        .char_limit(LONGEST_TYPED)
        .frame(Frame::NONE)
        .font(style.font())
        .text_color(p.strong)
        .hint_text(RichText::new(placeholder).font(style.font()).color(p.muted))
        .align(Align2::LEFT_CENTER)
        .desired_width(size.x)
        .min_size(size);
    ui.add(edit).accessible_name(name)
}

/// One filter in a [`FilterField`].
#[derive(Clone, Copy, Debug)]
pub struct FilterTerm<'a> {
    /// With its colon: "country:".
    pub key: &'a str,
    /// What is asked for.
    pub value: &'a str,
    /// The key is not one we know.
    pub unknown: bool,
}

/// The field above a list: filters as chips, then text, then how many match.
#[must_use = "a field does nothing until it is shown"]
pub struct FilterField<'a> {
    id: Id,
    name: &'a str,
    text: &'a mut String,
    placeholder: &'a str,
    filters: &'a [FilterTerm<'a>],
    trailing: &'a str,
    key: &'a str,
    width: f32,
    is_hidden: bool,
}

/// What became of a [`FilterField`].
pub struct FilterFieldResponse {
    /// The text edit.
    pub response: Response,
    /// The × of this filter was pressed.
    pub removed: Option<usize>,
    /// This filter was clicked, to be edited.
    pub edited: Option<usize>,
}

impl<'a> FilterField<'a> {
    /// A field called `name` that edits the free text of a filter.
    pub fn new(id: Id, name: &'a str, text: &'a mut String) -> Self {
        Self {
            id,
            name,
            text,
            placeholder: "",
            filters: &[],
            trailing: "",
            key: "",
            width: f32::INFINITY,
            is_hidden: false,
        }
    }

    /// Grey text while there is neither filter nor text.
    pub fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = text;
        self
    }

    /// The chips before the text.
    pub fn filters(mut self, filters: &'a [FilterTerm<'a>]) -> Self {
        self.filters = filters;
        self
    }

    /// Dots stand for the text.
    pub fn hidden(mut self, is_hidden: bool) -> Self {
        self.is_hidden = is_hidden;
        self
    }

    /// Grey text at the right end: "212 match".
    pub fn trailing(mut self, text: &'a str) -> Self {
        self.trailing = text;
        self
    }

    /// The key that leads here, in a box at the right end.
    pub fn key_hint(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }

    /// Width in px; without it as wide as the room there is.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Shows it, 32 px high.
    pub fn show(self, ui: &mut Ui) -> FilterFieldResponse {
        let p = theme::palette(ui.ctx());
        let width = self.width.min(ui.available_width());
        let (_, rect) = ui.allocate_space(vec2(width, height::NORMAL));
        let box_shape = paint::boxed_shape(rect, radius::CONTROL, p.field, p.control);
        ui.painter().add(box_shape);
        let mid_y = rect.center().y;

        let mut right = rect.right() - space::SM;
        if !self.key.is_empty() {
            right -= key_hint::width(ui, self.key);
            key_hint::paint(ui, Pos2::new(right, mid_y), self.key, p.line2, p.muted);
            right -= space::SM;
        }
        if !self.trailing.is_empty() {
            let galley = paint::whole_line(ui, self.trailing, Type::Small, p.muted);
            right -= galley.size().x;
            paint::put_line(ui, galley, right, mid_y);
            right -= space::SM;
        }
        let left = rect.left() + space::S;
        let center = Pos2::new(left + icon::NORMAL / 2.0, mid_y);
        Icon::Search.paint(ui, center, icon::NORMAL, p.muted);

        let inside = Rect::from_min_max(
            Pos2::new(left + icon::NORMAL + space::SM, rect.top()),
            Pos2::new(right, rect.bottom()),
        );
        let builder = UiBuilder::new()
            .max_rect(inside)
            .layout(Layout::left_to_right(Align::Center));
        let mut inner = ui.new_child(builder);
        inner.shrink_clip_rect(inside);
        inner.spacing_mut().item_spacing.x = space::S;
        let (mut removed, mut edited) = (None, None);
        for (index, filter) in self.filters.iter().enumerate() {
            let chip = FilterChip::new(filter.key, filter.value)
                .unknown(filter.unknown)
                .show(&mut inner);
            if chip.remove_clicked {
                removed = Some(index);
            }
            if chip.body.clicked() {
                edited = Some(index);
            }
        }
        let placeholder = if self.filters.is_empty() {
            self.placeholder
        } else {
            ""
        };
        let response = edit(
            &mut inner,
            self.id,
            self.name,
            self.text,
            placeholder,
            Type::Body,
            self.is_hidden,
        );
        if !self.trailing.is_empty() {
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_description(self.trailing));
        }
        if response.has_focus() {
            paint::focus_ring(ui, rect, radius::CONTROL);
        }
        FilterFieldResponse {
            response,
            removed,
            edited,
        }
    }
}
