//! A field for secrets.

use egui::text_edit::TextEditState;
use egui::{Context, Id, Response, Ui, UiBuilder};

use crate::theme::{self, height, space};
use crate::widgets::buttons::button::Button;
use crate::widgets::fields::field::TextField;
use crate::widgets::marks::message::Message;

/// A masked field. Its text cannot be revealed; a Paste button helps to enter it instead.
///
/// egui keeps typed text for undo. This field clears that history on every frame, so that the caller's buffer is the only lasting copy.
#[must_use = "a field does nothing until it is shown"]
pub struct SecretField<'a> {
    field: TextField<'a>,
    id: Id,
    paste: Option<&'a mut bool>,
}

impl SecretField<'_> {
    /// Character limit. Longer than any key, so that a key that is too long can be told apart from a truncated one.
    pub const MAX_LEN: usize = 2_100;
}

impl<'a> SecretField<'a> {
    /// A field labelled `label` that edits `text`. `id` must be unique.
    pub fn new(id: Id, label: &'a str, text: &'a mut String) -> Self {
        Self {
            field: TextField::new(label, text)
                .id(id)
                .hidden()
                .char_limit(SecretField::MAX_LEN),
            id,
            paste: None,
        }
    }

    /// Grey text after the label that helps to fill in the field.
    pub fn label_hint(mut self, hint: &'a str) -> Self {
        self.field = self.field.label_hint(hint);
        self
    }

    pub fn message(mut self, message: Option<Message<'a>>) -> Self {
        self.field = self.field.message(message);
        self
    }

    /// 36 px high: sign-in.
    pub fn large(mut self) -> Self {
        self.field = self.field.large();
        self
    }

    /// Adds a Paste button at the right end, which sets `clicked` when it is pressed. The caller reads the clipboard.
    pub fn paste_button(mut self, clicked: &'a mut bool) -> Self {
        self.paste = Some(clicked);
        self
    }

    /// Draws the field. Returns the response of the text edit.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = theme::palette(ui.ctx());
        let paste = Button::plain("Paste").small().color(p.link);
        let room = if self.paste.is_some() {
            paste.wanted_width(ui)
        } else {
            0.0
        };
        let response = self.field.trailing_room(room).show(ui);
        forget(ui.ctx(), self.id);
        if let Some(clicked) = self.paste {
            let inset = (response.rect.height() - height::SMALL) / 2.0;
            let mut place = response.rect.shrink(inset);
            place.set_left(place.right() - room);
            place = place.translate(egui::vec2(inset - space::XS, 0.0));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(place));
            *clicked = paste.show(&mut inner).clicked();
        }
        response
    }

    /// Discards cursor and undo history of the field with this id. Call it when wiping the buffer: after submit, on lock, and when leaving
    /// the screen.
    pub fn wipe(ctx: &Context, id: Id) {
        ctx.data_mut(|data| data.remove::<TextEditState>(id));
    }
}

fn forget(ctx: &Context, id: Id) {
    if let Some(mut state) = TextEditState::load(ctx, id) {
        state.clear_undoer();
        state.store(ctx, id);
    }
}
