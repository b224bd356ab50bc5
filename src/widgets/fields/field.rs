//! A text field with a label above and a message below.

use egui::{
    Align, Align2, Atoms, Frame, Id, Label, Margin, Response, RichText, Stroke, TextEdit, Ui, Vec2,
    vec2,
};

use crate::theme::{
    self, Icon, Palette, Type, height, radius, size::icon, space, stroke, widget_sizes,
};
use crate::widgets::control::text;
use crate::widgets::marks::message::{Message, describe, message_below};
use crate::widgets::paint;

/// Default limit of a field, in characters. A pasted spreadsheet would freeze the window, because a line is laid out in full even if
/// little of it is visible.
pub const MAX_TYPED_LEN: usize = 4_096;

/// A single-line text field.
#[must_use = "a field does nothing until it is shown"]
pub struct TextField<'a> {
    label: &'a str,
    text: &'a mut String,
    id: Option<Id>,
    label_hint: Option<&'a str>,
    label_hidden: bool,
    placeholder: Option<&'a str>,
    message: Option<Message<'a>>,
    trailing_link: Option<(&'a str, &'a mut bool)>,
    trailing: Option<&'a str>,
    trailing_room: f32,
    ticked: bool,
    mono: bool,
    secret: bool,
    large: bool,
    message_elsewhere: bool,
    ignores_enter: bool,
    width: f32,
    char_limit: usize,
}

impl<'a> TextField<'a> {
    /// A field labelled `label` that edits `text`.
    pub fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            label,
            text,
            id: None,
            label_hint: None,
            label_hidden: false,
            placeholder: None,
            message: None,
            trailing_link: None,
            trailing: None,
            trailing_room: 0.0,
            ticked: false,
            mono: false,
            secret: false,
            large: false,
            message_elsewhere: false,
            ignores_enter: false,
            width: f32::INFINITY,
            char_limit: MAX_TYPED_LEN,
        }
    }

    /// A fixed id, for moving the focus here.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Grey text after the label that helps to fill in the field.
    pub fn label_hint(mut self, hint: &'a str) -> Self {
        self.label_hint = Some(hint);
        self
    }

    /// Hides the label, but not from screen readers.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Grey text shown while the field is empty.
    pub fn placeholder(mut self, text: &'a str) -> Self {
        self.placeholder = Some(text);
        self
    }

    pub fn message(mut self, message: Option<Message<'a>>) -> Self {
        self.message = message;
        self
    }

    /// The caller draws the message; the field only takes its colour and describes it to screen readers.
    pub fn message_elsewhere(mut self) -> Self {
        self.message_elsewhere = true;
        self
    }

    /// Keeps the focus when Enter is pressed, in a form that Enter does not submit.
    pub fn ignores_enter(mut self) -> Self {
        self.ignores_enter = true;
        self
    }

    /// A link at the right of the message, which sets `clicked` when it is clicked.
    pub fn trailing_link(mut self, link: &'a str, clicked: &'a mut bool) -> Self {
        self.trailing_link = Some((link, clicked));
        self
    }

    /// Grey text inside the field at the right end.
    pub fn trailing(mut self, text: &'a str) -> Self {
        self.trailing = Some(text);
        self
    }

    /// Leaves space at the right end for the caller to draw in, in px.
    pub(super) fn trailing_room(mut self, width: f32) -> Self {
        self.trailing_room = width;
        self
    }

    /// A green tick at the right end: the value is available and valid.
    pub fn ticked(mut self, ticked: bool) -> Self {
        self.ticked = ticked;
        self
    }

    /// Monospaced font, for ids, hosts and codes.
    pub fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// 36 px high: sign-in.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// Width of the box, in px. By default it fills the available width.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// At most this many characters, instead of the default of 4,096.
    pub fn char_limit(mut self, limit: usize) -> Self {
        self.char_limit = limit;
        self
    }

    /// Shows dots instead of characters, for text that others who see the screen should not read.
    pub fn hidden(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Draws label, box and message. Returns the response of the text edit.
    pub fn show(self, ui: &mut Ui) -> Response {
        let width = self.width.min(ui.available_width());
        let label = if self.label_hidden {
            0.0
        } else {
            Type::SmallStrong.line_height() + space::XS
        };
        ui.allocate_ui_with_layout(
            vec2(width, label + self.height()),
            egui::Layout::top_down(Align::Min),
            |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                self.show_parts(ui, width)
            },
        )
        .inner
    }

    fn height(&self) -> f32 {
        if self.large {
            height::LARGE
        } else {
            height::NORMAL
        }
    }

    fn show_parts(mut self, ui: &mut Ui, width: f32) -> Response {
        let p = theme::palette(ui.ctx());
        let top = ui.cursor().top();
        let label = (!self.label_hidden).then(|| {
            let response = show_label(ui, self.label, self.label_hint);
            ui.add_space(space::XS);
            response
        });
        let mut response = self.show_box(ui, p, width);
        response = match label {
            Some(label) => response.labelled_by(label.id),
            None => response.accessible_name(self.label),
        };
        if !self.message_elsewhere {
            let link = self.trailing_link.as_ref().map(|(link, _)| *link);
            let is_clicked = message_below(ui, response.id, self.message, link);
            if let Some((_, clicked)) = self.trailing_link {
                *clicked = is_clicked;
            }
        }
        if let Some(message) = self.message {
            describe(ui, response.id, message);
        }
        if response.has_focus() {
            // Scrolls label and message into view along with the box.
            let whole = response
                .rect
                .with_min_y(top)
                .with_max_y(ui.min_rect().bottom());
            paint::reveal(ui, whole, self.message.is_some());
        }
        response
    }

    fn show_box(&mut self, ui: &mut Ui, p: &Palette, width: f32) -> Response {
        let padding = if self.large {
            widget_sizes::FIELD_LARGE_PADDING
        } else {
            space::S
        };
        let style = match (self.secret, self.mono) {
            // A larger font makes larger dots.
            (true, _) => Type::Input,
            (false, true) => Type::Mono,
            (false, false) => Type::Body,
        };
        let mut end = Vec::new();
        if let Some(words) = self.trailing {
            end.push(text(ui, Type::Small, words).color(p.muted).into());
        }
        if self.ticked {
            end.push(Icon::Check.atom(icon::NORMAL, p.ok));
        }
        let size = vec2(width, self.height());
        let inside = (padding - stroke::EDGE) as i8;
        let room = self.trailing_room.ceil() as i8;
        let frame = Frame::NONE
            .fill(p.field)
            .stroke(Stroke::new(stroke::EDGE, Message::edge(self.message, p)))
            .corner_radius(radius::CONTROL)
            .inner_margin(Margin {
                left: inside,
                right: inside.saturating_add(room),
                ..Margin::ZERO
            });
        let mut edit = edit(
            p,
            self.text,
            self.placeholder.unwrap_or_default(),
            style,
            size,
        )
        .frame(frame)
        .suffix(Atoms::from(end))
        .password(self.secret)
        .char_limit(self.char_limit);
        if let Some(id) = self.id {
            edit = edit.id(id);
        }
        if self.ignores_enter {
            edit = edit.return_key(None);
        }
        let response = ui.add(edit);
        if response.has_focus() {
            paint::ring_around(ui, response.rect, radius::CONTROL);
        }
        response
    }
}

/// The label above a field, with a grey hint after it.
pub(in crate::widgets) fn show_label(ui: &mut Ui, label: &str, hint: Option<&str>) -> Response {
    let p = theme::palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.spacing_mut().interact_size.y = 0.0;
        let label = ui.label(Type::SmallStrong.rich(label).color(p.text));
        if let Some(hint) = hint {
            ui.add(Label::new(Type::Small.rich(hint).color(p.muted)).truncate());
        }
        label
    })
    .inner
}

/// A text edit of this size without a frame.
pub(in crate::widgets) fn edit<'t>(
    p: &Palette,
    text: &'t mut String,
    placeholder: &str,
    style: Type,
    size: Vec2,
) -> TextEdit<'t> {
    let edit = TextEdit::singleline(text)
        .char_limit(MAX_TYPED_LEN)
        .frame(Frame::NONE)
        .font(style.font())
        .text_color(p.strong)
        .align(Align2::LEFT_CENTER)
        .desired_width(size.x)
        .min_size(size);
    match placeholder {
        "" => edit,
        words => edit.hint_text(RichText::new(words).font(style.font())),
    }
}
