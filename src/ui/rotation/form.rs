//! Step 2: paste the new key. After a restart, the same field asks for the old one.

use egui::{Context, Id, Ui, ViewportCommand};
use zeroize::Zeroize as _;

use super::parts::{head, pasted};
use crate::domain::credentials::{ApiKey, PartnerId, recognise};
use crate::domain::rotation::{Rotation, RotationReason};
use crate::state::session::open::Open;
use crate::theme::{self, Icon, space};
use crate::ui::Screen;
use crate::widgets::{Message, SecretField, focus_on, remark, was_entered};

pub(super) fn new_key_id() -> Id {
    Id::unique("new api key")
}

pub(super) fn old_key_id() -> Id {
    Id::unique("old api key")
}

/// A key being entered.
#[derive(Default)]
pub(super) struct KeyForm {
    typed: String,
    /// The partner id that was pasted with the key.
    partner: Option<PartnerId>,
    /// Whether Enter was pressed in the field.
    pub(super) was_entered: bool,
    was_submitted: bool,
}

impl KeyForm {
    /// Wipes the key.
    pub(super) fn wipe(&mut self, ctx: &Context, id: Id) {
        if !self.typed.is_empty() {
            self.typed.zeroize();
            SecretField::wipe(ctx, id);
        }
        self.partner = None;
        self.was_submitted = false;
        self.was_entered = false;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Takes the key out of the field. `None` if it is invalid; the field then says why.
    pub(super) fn take(&mut self, ctx: &Context, id: Id) -> Option<(ApiKey, Option<PartnerId>)> {
        self.was_submitted = true;
        let key = ApiKey::parse(&self.typed).ok()?;
        let partner = self.partner;
        self.wipe(ctx, id);
        Some((key, partner))
    }

    /// Draws the field. Accepts a pasted pair of id and key, or an `.env` file.
    pub(super) fn show(&mut self, ui: &mut Ui, id: Id, label: &str, screen: &Screen<'_>) {
        if ui.is_enabled() {
            self.split_paste(ui.ctx(), id, screen);
        }
        let wrong = ApiKey::parse(&self.typed)
            .err()
            .filter(|_| self.was_submitted || !self.typed.is_empty());
        let before = self.typed.len();
        let mut wants_paste = false;
        let field = SecretField::new(id, label, &mut self.typed)
            .message(wrong.as_deref().map(Message::Wrong))
            .paste_button(&mut wants_paste)
            .show(ui);
        screen.offer_focus(&field);
        if self.typed.len() != before && self.typed.is_empty() {
            self.partner = None;
        }
        if wants_paste {
            focus_on(ui.ctx(), field.id);
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        self.was_entered = was_entered(&field);
    }

    fn split_paste(&mut self, ctx: &Context, id: Id, screen: &Screen<'_>) {
        if let Some(text) = pasted(ctx, id, screen) {
            self.accept(text);
        }
    }

    /// Sets the field to the pasted text, or to the key found in it.
    pub(super) fn accept(&mut self, mut text: String) {
        let found = recognise(&text).filter(|found| found.key.is_some());
        // A paste replaces the field's content, so that a key is never combined from two.
        self.typed.zeroize();
        self.partner = None;
        if let Some(found) = found {
            found.key_text().clone_into(&mut self.typed);
            self.partner = found.partner;
        } else {
            text.trim().clone_into(&mut self.typed);
        }
        text.zeroize();
    }
}

impl Drop for KeyForm {
    fn drop(&mut self) {
        self.typed.zeroize();
    }
}

pub(super) fn new_key(
    ui: &mut Ui,
    form: &mut KeyForm,
    open: &Open,
    rotation: &Rotation,
    screen: &mut Screen<'_>,
) {
    let environment = open.profile().environment.in_sentence();
    let text = match rotation.reason {
        RotationReason::Scheduled => format!(
            "The console tests it with {environment} while the old key stays in use. Until you switch, the new \
             key is in memory only. If you close or lock the console, you need to paste it again."
        ),
        RotationReason::Leaked | RotationReason::Rejected => format!(
            "The console tests it with {environment} before it changes anything. Until you switch, the new key \
             is in memory only. If you close or lock the console, you need to paste it again."
        ),
    };
    head(ui, "Paste the new key", &text);
    let is_busy = open.keys.is_busy();
    ui.add_enabled_ui(!is_busy, |ui| {
        form.show(ui, new_key_id(), "New API key", screen)
    });
    ui.add_space(space::S);
    let p = theme::palette(ui.ctx());
    let text = format!(
        "You can also paste UUID:KEY or lines of an .env file. The key must belong to {}.",
        screen.state.share.plain(&open.profile().partner.short())
    );
    remark(ui, Icon::Info, p.muted, &text);
}
