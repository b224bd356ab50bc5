//! Step 1: open the portal where keys are created.

use egui::{Id, Ui};

use super::old_key::OldKeyState;
use super::parts::{head, pasted_in_clear};
use crate::domain::rotation::{Rotation, RotationReason, RotationStep};
use crate::domain::settings;
use crate::state::rotation::messages::RotationCommand;
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, size, space};
use crate::ui::Screen;
use crate::widgets::{
    Button, KeyValue, Message, TextField, card, focus_on, link, paragraph, was_entered,
};

/// The portal's address being entered.
#[derive(Default)]
pub(super) struct PortalForm {
    typed: String,
    is_open: bool,
    /// Whether Enter was pressed in the field, so that a missing address is worth reporting.
    was_entered: bool,
}

fn address_id() -> Id {
    Id::unique("portal address")
}

impl PortalForm {
    /// Whether the step shows the address field.
    pub(super) fn has_field(&self, screen: &Screen<'_>) -> bool {
        self.is_open || screen.state.saved.settings.portal_url.is_none()
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        open: &Open,
        rotation: &Rotation,
        screen: &mut Screen<'_>,
    ) {
        let p = theme::palette(ui.ctx());
        let (title, text) = words(open, rotation.reason);
        head(ui, title, &text);
        if open.profile().is_demo() {
            paragraph(
                ui,
                Type::Body,
                p.muted,
                "The demo has no Partner Portal. “New key” creates a key on the embedded server and uses it \
                 right away.",
            );
            return;
        }
        match screen.state.saved.settings.portal_url.clone() {
            Some(url) if !self.is_open => {
                card(ui, |ui| {
                    KeyValue::new("Partner Portal", url.as_str())
                        .mono()
                        .show(ui);
                    if link(ui, "Change address").clicked() {
                        self.typed = url.to_string();
                        self.is_open = true;
                        focus_on(ui.ctx(), address_id());
                    }
                });
            }
            known => self.ask_for_address(ui, known.is_some(), screen),
        }
    }

    fn ask_for_address(&mut self, ui: &mut Ui, is_known: bool, screen: &mut Screen<'_>) {
        if let Some(text) = pasted_in_clear(ui.ctx(), address_id(), screen) {
            text.trim().clone_into(&mut self.typed);
        }
        let is_worth_it = self.was_entered || self.typed.len() > "https://".len();
        let read = |typed: &str| {
            let missing = "Enter the full address, such as https://portal.example.com.";
            settings::portal(typed)?.ok_or(missing)
        };
        let complaint = read(&self.typed).err().filter(|_| is_worth_it);
        let hint = Message::Hint("Ask your team for this address. You enter it only once.");
        let field = TextField::new("Partner Portal address", &mut self.typed)
            .id(address_id())
            .placeholder("https://")
            .message(Some(complaint.map_or(hint, Message::Wrong)))
            .mono()
            .show(ui);
        screen.offer_focus(&field);
        let by_enter = was_entered(&field);
        self.was_entered |= by_enter;
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let address = read(&self.typed);
            let unavailable_reason = address.as_ref().err();
            let save = Button::outlined("Save address")
                .disabled_if(unavailable_reason.map(|_| "Enter an https:// address first"));
            if (save.show(ui).clicked() || by_enter)
                && let Ok(url) = address
            {
                screen.send(RotationCommand::SetPortal(url));
                self.is_open = false;
                self.was_entered = false;
            }
            if is_known && Button::plain("Cancel").show(ui).clicked() {
                self.is_open = false;
            }
        });
    }
}

fn words(open: &Open, reason: RotationReason) -> (&'static str, String) {
    let environment = open.profile().environment.in_sentence();
    match reason {
        RotationReason::Scheduled => (
            "Create a new key in the Partner Portal",
            format!(
                "Sign in to the portal for {environment} and create a second API key. Leave the old one: it \
                 works until you revoke it after the switch."
            ),
        ),
        RotationReason::Leaked => (
            "Revoke the leaked key first",
            format!(
                "Act now, even if it means downtime. In the portal for {environment}, revoke the old key, then \
                 create a new one. Programs that use the old key stop working until they have the new one. \
                 Tokens already issued work until they expire, usually within an hour."
            ),
        ),
        RotationReason::Rejected => (
            "Create a new key in the Partner Portal",
            format!(
                "{environment} rejects this console’s key: it was revoked or replaced. Create a new key in the \
                 portal, or use the one that replaced it."
            ),
        ),
    }
}

/// Offers the steps for a leaked key. After the switch, this refers to the new key.
pub(super) fn leaked_line(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &mut Screen<'_>) {
    let text = match (rotation.reason, OldKeyState::of(rotation, open)) {
        _ if rotation.is_switched() => "Has the new key leaked too?",
        (RotationReason::Scheduled, OldKeyState::Yes) => {
            "If anything fails or you stop here, the old key keeps working. Think the key has leaked?"
        }
        (RotationReason::Scheduled, OldKeyState::No | OldKeyState::NotKnown) => {
            "Think the key has leaked?"
        }
        (RotationReason::Leaked | RotationReason::Rejected, _) => return,
    };
    ui.add_space(space::L);
    if leaked_link(ui, Icon::Shield, text) {
        screen.send(RotationCommand::Begin(RotationReason::Leaked));
        screen.send(RotationCommand::BackTo(RotationStep::Portal));
    }
}

/// A question and the link for a leaked key. Returns whether it was clicked.
pub(super) fn leaked_link(ui: &mut Ui, icon: Icon, text: &str) -> bool {
    let p = theme::palette(ui.ctx());
    let asked = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.add(icon.image(size::icon::SMALL, p.muted));
        ui.label(Type::Small.rich(text).color(p.muted));
        link(ui, "Revoke first, then rotate").clicked()
    });
    asked.inner
}
