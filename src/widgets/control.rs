//! How controls are drawn: as egui's atoms (icons, texts, gaps) in a frame.
//!
//! Not as egui's own `Button`: it takes its colours from the previous frame, and knows one set of them per state of the window's style.

use egui::{
    Align2, Atom, AtomExt as _, Color32, ContainerAtom, CornerRadius, Frame, Id, IntoAtoms, Margin,
    Rect, Response, RichText, Sense, SizedContainerAtom, TextWrapMode, Ui, vec2,
};

use crate::theme::{Palette, Type, radius, stroke};
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;

/// Empty space between two atoms, `width` px wide.
pub(super) fn gap(width: f32) -> Atom<'static> {
    Atom::default().atom_size(vec2(width, 0.0))
}

/// Text in the colour of the control, unless it gets one of its own.
pub(super) fn text(ui: &Ui, style: Type, text: &str) -> RichText {
    style.rich(drawable(ui.ctx(), style, text))
}

/// Atoms in one line. The first text, or the atom that may shrink, is truncated if there is no space.
pub(super) fn strip<'a>(atoms: impl IntoAtoms<'a>) -> ContainerAtom<'a> {
    ContainerAtom::new(atoms)
        .gap(0.0)
        .align2(Align2::LEFT_CENTER)
        .wrap_mode(TextWrapMode::Truncate)
}

/// Text in a column `width` px wide.
pub(super) fn column(ui: &Ui, style: Type, words: &str, width: f32) -> Atom<'static> {
    text(ui, style, words)
        .atom_size(vec2(width, style.line_height()))
        .atom_max_width(width)
        .atom_align(Align2::LEFT_CENTER)
}

/// Paints atoms into `rect`, with text in `color`. Returns whether a text was truncated.
pub(super) fn put<'a>(ui: &Ui, rect: Rect, color: Color32, atoms: impl IntoAtoms<'a>) -> bool {
    let sized = strip(atoms)
        .fallback_text_color(color)
        .measure(ui, rect.size());
    let is_truncated = sized.iter_texts().any(|text| text.elided);
    sized.paint_at(ui, rect);
    is_truncated
}

/// Paints atoms at the right end of `rect`, with text in `color`, if they leave `others` px. Returns where they begin.
pub(super) fn put_at_end<'a>(
    ui: &Ui,
    rect: Rect,
    others: f32,
    color: Color32,
    atoms: impl IntoAtoms<'a>,
) -> f32 {
    let sized = strip(atoms)
        .align2(Align2::RIGHT_CENTER)
        .fallback_text_color(color)
        .measure(ui, rect.size());
    let atoms: f32 = sized.iter().map(|atom| atom.size.x).sum();
    if atoms + others > rect.width() {
        return rect.right();
    }
    sized.paint_at(ui, rect);
    rect.right() - atoms
}

/// Colours of a control in its current state.
pub(super) struct Skin {
    pub fill: Color32,
    pub edge: Color32,
    /// Colour of icons and texts without a colour of their own.
    pub text: Color32,
}

impl Skin {
    pub(super) const fn text(text: Color32) -> Self {
        Self {
            fill: Color32::TRANSPARENT,
            edge: Color32::TRANSPARENT,
            text,
        }
    }

    /// For a control under the pointer.
    pub(super) fn highlight(p: &Palette) -> Self {
        Self {
            fill: p.highlight(),
            ..Self::text(p.strong)
        }
    }

    /// For a control that is highlighted only under the pointer.
    pub(super) fn quiet(p: &Palette, is_hovered: bool) -> Self {
        if is_hovered {
            Self::highlight(p)
        } else {
            Self::text(p.muted)
        }
    }
}

/// Atoms in a frame that react to input.
pub(super) struct Control<'a> {
    strip: ContainerAtom<'a>,
    frame: Frame,
    width: Option<f32>,
    height: f32,
    has_ring_inside: bool,
}

impl<'a> Control<'a> {
    /// A control `height` px high and as wide as its atoms.
    pub(super) fn new(atoms: impl IntoAtoms<'a>, height: f32) -> Self {
        Self {
            strip: strip(atoms),
            frame: Frame::NONE.corner_radius(radius::CONTROL),
            width: None,
            height,
            has_ring_inside: false,
        }
    }

    /// Exactly `width` px wide.
    pub(super) fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Left and right padding, in whole px, to the border or the edge.
    pub(super) fn padding(mut self, left: f32, right: f32) -> Self {
        self.frame.inner_margin = Margin {
            left: left as i8,
            right: right as i8,
            ..Margin::ZERO
        };
        self
    }

    /// Adds a 1 px border.
    pub(super) fn bordered(mut self) -> Self {
        self.frame.stroke.width = stroke::EDGE;
        self
    }

    pub(super) fn corners(mut self, corners: impl Into<CornerRadius>) -> Self {
        self.frame.corner_radius = corners.into();
        self
    }

    /// Where the atoms are; by default on the left.
    pub(super) fn align(mut self, align: Align2) -> Self {
        self.strip = self.strip.align2(align);
        self
    }

    /// Centres the atoms.
    pub(super) fn centered(self) -> Self {
        self.align(Align2::CENTER_CENTER)
    }

    /// Draws the focus ring inside, for controls without space around them.
    pub(super) fn ring_inside(mut self) -> Self {
        self.has_ring_inside = true;
        self
    }

    /// Adds the control. `skin` decides its colours from its response.
    pub(super) fn show(
        self,
        ui: &mut Ui,
        sense: Sense,
        skin: impl FnOnce(&Response) -> Skin,
    ) -> Response {
        let Self {
            width,
            height,
            has_ring_inside,
            ..
        } = self;
        let wanted = vec2(width.unwrap_or(f32::INFINITY), height);
        let sized = self.strip.frame(self.frame).measure(ui, wanted);
        let width = width.unwrap_or_else(|| width_of(&sized));
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        draw(ui, rect, &response, sized, skin, has_ring_inside);
        response
    }

    /// The same at a fixed place.
    pub(super) fn show_at(
        self,
        ui: &Ui,
        rect: Rect,
        id: Id,
        sense: Sense,
        skin: impl FnOnce(&Response) -> Skin,
    ) -> Response {
        let response = ui.interact(rect, id, sense);
        let sized = self.strip.frame(self.frame).measure(ui, rect.size());
        draw(ui, rect, &response, sized, skin, self.has_ring_inside);
        response
    }

    /// The width of the atoms with padding and border, in px.
    pub(super) fn wanted_width(&self, ui: &Ui) -> f32 {
        let room = vec2(f32::INFINITY, self.height);
        width_of(&self.strip.clone().frame(self.frame).measure(ui, room))
    }
}

/// Whole pixels, so that borders stay sharp.
fn width_of(sized: &SizedContainerAtom<'_>) -> f32 {
    let atoms: f32 = sized.iter().map(|atom| atom.size.x).sum();
    (atoms + sized.frame.total_margin().sum().x).ceil()
}

fn draw(
    ui: &Ui,
    rect: Rect,
    response: &Response,
    mut sized: SizedContainerAtom<'_>,
    skin: impl FnOnce(&Response) -> Skin,
    has_ring_inside: bool,
) {
    // A focused control is drawn even when it is out of view, so that it can be scrolled to.
    if !ui.is_rect_visible(rect) && !response.has_focus() {
        return;
    }
    let skin = skin(response);
    let ring = sized.frame.corner_radius;
    sized.frame.fill = skin.fill;
    sized.frame.stroke.color = skin.edge;
    sized.fallback_text_color = skin.text;
    sized.paint_at(ui, rect);
    if response.has_focus() {
        let radius = ring.nw.max(ring.ne);
        if has_ring_inside {
            paint::focus_ring_inside(ui, rect, radius);
        } else {
            paint::focus_ring(ui, rect, radius);
        }
    }
}
