//! A dialog over the page. The band stays visible above it but does not react to input.

use std::borrow::Cow;

use egui::{
    Align, Align2, Context, Id, Key, Layout, Margin, Modifiers, Pos2, Rect, ScrollArea, Sense, Ui,
    UiBuilder, vec2,
};

use crate::theme::{
    self, Hue, Icon, Type, dialog, layout, size::icon, space, stroke, widget_sizes,
};
use crate::widgets::buttons::button::Button;
use crate::widgets::focus::{focus_on, offer_to};
use crate::widgets::frames;
use crate::widgets::marks::tag;
use crate::widgets::paint;
use crate::widgets::row_in;
use crate::widgets::trailing::with_end;
use crate::widgets::words;

/// A dialog with a header, and a body and footer that the caller adds.
#[must_use = "a dialog does nothing until it is shown"]
pub struct Modal<'a> {
    id: Id,
    title: &'a str,
    icon: Option<Icon>,
    chip: Option<(Hue, Cow<'a, str>)>,
    width: f32,
    top: f32,
    head: bool,
}

/// Result of showing a [`Modal`].
pub struct ModalResponse<R> {
    /// What the closure returned.
    pub inner: R,
    /// Whether Escape was pressed while this was the topmost dialog and no menu was open.
    pub escape: bool,
    /// Whether the × in the header was pressed.
    pub close_clicked: bool,
}

impl<'a> Modal<'a> {
    /// A dialog titled `title`, 640 px wide.
    pub fn new(id: Id, title: &'a str) -> Self {
        Self {
            id,
            title,
            icon: None,
            chip: None,
            width: dialog::NORMAL,
            top: dialog::TOP,
            head: true,
        }
    }

    /// Width in px.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Distance from the band, in px.
    pub fn top(mut self, top: f32) -> Self {
        self.top = top;
        self
    }

    /// An icon before the title.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The environment's chip, at the right of the header.
    pub fn chip(mut self, hue: Hue, name: impl Into<Cow<'a, str>>) -> Self {
        self.chip = Some((hue, name.into()));
        self
    }

    /// Hides the header, for the command palette. Screen readers still read the title.
    pub fn head_hidden(mut self) -> Self {
        self.head = false;
        self
    }

    /// Draws scrim and dialog. Pointer and keyboard cannot reach anything below.
    pub fn show<R>(
        self,
        ctx: &Context,
        add: impl FnOnce(&mut ModalUi<'_>) -> R,
    ) -> ModalResponse<R> {
        let p = theme::palette(ctx);
        let screen = ctx.content_rect();
        let from_top = layout::BAND + self.top;
        let width = self.width.min(screen.width() - 2.0 * space::XXL);
        let most_high = screen.height() - from_top - dialog::TOP;
        let focused = ctx.memory(|memory| memory.focused());
        let area = egui::Modal::default_area(self.id)
            .anchor(Align2::CENTER_TOP, vec2(0.0, from_top))
            .accessible_name(self.title)
            .fade_in(false);
        let shown = egui::Modal::new(self.id)
            .area(area)
            .backdrop_color(egui::Color32::TRANSPARENT)
            .frame(egui::Frame::NONE)
            .show(ctx, |ui| {
                let scrim = Rect::from_min_max(
                    Pos2::new(screen.left(), screen.top() + layout::BAND),
                    screen.max,
                );
                paint::clipped_to(ui, screen).rect_filled(scrim, 0, p.scrim);
                frames::dialog_frame(p)
                    .show(ui, |ui| {
                        let inside = width - 2.0 * stroke::EDGE;
                        ui.set_width(inside);
                        // Otherwise the limit would be the size of the last frame, and the dialog would grow from frame to frame.
                        ui.set_max_height(most_high);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        let close_clicked = self.head && self.show_head(ui);
                        let head = if self.head { dialog::HEAD } else { 0.0 };
                        let mut parts = ModalUi {
                            most_body: most_high - head - dialog::FOOT,
                            ui,
                        };
                        (add(&mut parts), close_clicked)
                    })
                    .inner
            });
        ctx.accesskit_node_builder(self.id, |node| node.set_modal());
        // egui clears the focus on a click anywhere else.
        if let Some(id) = focused.filter(|_| shown.is_top_modal && is_ground_clicked(ctx))
            && ctx.memory(|memory| memory.focused().is_none())
        {
            focus_on(ctx, id);
        }
        self.note_opened(ctx);
        let escape = shown.is_top_modal
            && !shown.any_popup_open
            && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let (inner, close_clicked) = shown.inner;
        ModalResponse {
            inner,
            escape,
            close_clicked,
        }
    }

    fn show_head(&self, ui: &mut Ui) -> bool {
        let p = theme::palette(ui.ctx());
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), dialog::HEAD));
        let inside = Rect::from_min_max(
            Pos2::new(rect.left() + space::XXL, rect.top()),
            Pos2::new(rect.right() - space::M, rect.bottom()),
        );
        let mut inner = row_in(ui, inside);
        let title = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            if let Some(icon) = self.icon {
                ui.add(icon.image(icon::LARGE, p.link));
            }
            words::line(ui, Type::Title, p.strong, self.title);
        };
        let end = |ui: &mut Ui| {
            if let Some((hue, name)) = &self.chip {
                tag::hue_chip(ui, *hue, name);
            }
            let close = Button::icon_only(Icon::X, "Close")
                .key_hint("Esc")
                .tip_on_hover();
            let close = close.show(ui);
            ui.data_mut(|data| data.insert_temp(self.id.with("close"), close.id));
            close.clicked()
        };
        with_end(&mut inner, title, end).1
    }

    /// Offers the focus to the close button of a dialog that has just opened, in case nothing in it takes the focus.
    fn note_opened(&self, ctx: &Context) {
        let id = self.id.with("opened");
        let now = ctx.cumulative_frame_nr();
        let before: Option<(u64, u64)> = ctx.data(|data| data.get_temp(id));
        let opened = match before {
            Some((opened, last)) if now <= last + 1 => opened,
            _ => now,
        };
        ctx.data_mut(|data| data.insert_temp(id, (opened, now)));
        if now >= opened + OPENING {
            return;
        }
        ctx.request_repaint();
        let close: Option<Id> = ctx.data(|data| data.get_temp(self.id.with("close")));
        if let Some(close) = close.filter(|_| self.head) {
            offer_to(ctx, close);
        }
    }
}

/// Whether the click of this frame was on an empty part of a dialog or beside it. Only these two sense clicks and drags but are not controls.
fn is_ground_clicked(ctx: &Context) -> bool {
    let clicked = ctx.interaction_snapshot(|seen| seen.clicked);
    let clicked = clicked.and_then(|id| ctx.read_response(id));
    clicked.is_some_and(|clicked| clicked.sense == Sense::CLICK | Sense::DRAG)
}

/// Frames after which everything below a dialog has lost the focus, and the dialog's content has requested it.
const OPENING: u64 = 5;

/// The inside of a [`Modal`].
pub struct ModalUi<'u> {
    ui: &'u mut Ui,
    most_body: f32,
}

impl ModalUi<'_> {
    /// Adds the padded body, which scrolls if the window is too short.
    pub fn body<R>(&mut self, add: impl FnOnce(&mut Ui) -> R) -> R {
        self.padded(widget_sizes::DIALOG_BODY, add)
    }

    /// Adds a body without bottom padding, for a form whose last row may touch the footer.
    pub fn body_to_footer<R>(&mut self, add: impl FnOnce(&mut Ui) -> R) -> R {
        let padding = Margin {
            bottom: 0,
            ..widget_sizes::DIALOG_BODY
        };
        self.padded(padding, add)
    }

    fn padded<R>(&mut self, padding: Margin, add: impl FnOnce(&mut Ui) -> R) -> R {
        ScrollArea::vertical()
            .id_salt("body")
            .max_height(self.most_body)
            .auto_shrink([false, true])
            .show(self.ui, |ui| {
                egui::Frame::NONE
                    .inner_margin(padding)
                    .show(ui, |ui| {
                        ui.set_width(ui.available_width());
                        add(ui)
                    })
                    .inner
            })
            .inner
    }

    /// Adds content without padding, such as a list that reaches the edges. It must scroll by itself; see [`Self::most_body`].
    pub fn plain<R>(&mut self, add: impl FnOnce(&mut Ui) -> R) -> R {
        add(self.ui)
    }

    /// Adds the footer with its line. It is laid out from left to right; see [`crate::widgets::at_end`] for the buttons on the right.
    pub fn footer<R>(&mut self, add: impl FnOnce(&mut Ui) -> R) -> R {
        let p = theme::palette(self.ui.ctx());
        let size = vec2(self.ui.available_width(), dialog::FOOT);
        let (_, rect) = self.ui.allocate_space(size);
        let line = Rect::from_min_size(rect.min, vec2(rect.width(), stroke::EDGE));
        self.ui.painter().rect_filled(line, 0, p.line);
        let builder = UiBuilder::new()
            .id_salt("foot")
            .max_rect(rect.shrink2(vec2(space::XXL, 0.0)))
            .layout(Layout::left_to_right(Align::Center));
        add(&mut self.ui.new_child(builder))
    }

    /// Maximum height of the body in this window, in px.
    #[must_use]
    pub fn most_body(&self) -> f32 {
        self.most_body
    }
}
