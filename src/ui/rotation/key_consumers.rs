//! Step 4: the other systems that use the key.

use egui::{Id, Key, Margin, Ui};

use super::old_key::OldKeyState;
use super::parts::{head, pasted_in_clear};
use crate::domain::rotation::{KeyConsumer, Rotation, RotationReason};
use crate::state::rotation::messages::{KeyConsumersChange, RotationCommand};
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, height, row, space};
use crate::ui::Screen;
use crate::widgets::{
    Button, TextField, card_in, check_box, divider, focus_on, paragraph, row_of, was_entered,
    with_end,
};

/// Buffers of the list.
#[derive(Default)]
pub(super) struct KeyConsumersEditor {
    /// The names being edited.
    names: Vec<String>,
    /// The names as saved.
    known: Vec<String>,
    added: String,
}

impl KeyConsumersEditor {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        open: &Open,
        rotation: &Rotation,
        screen: &mut Screen<'_>,
    ) {
        let p = theme::palette(ui.ctx());
        let text = format!(
            "Give the new key to every system that uses the old one{} Keep a list here for the next rotation. \
             It holds no key.",
            match (OldKeyState::of(rotation, open), rotation.reason) {
                (OldKeyState::Yes, RotationReason::Scheduled) =>
                    ". Both work until you revoke the old one.",
                (OldKeyState::Yes, RotationReason::Leaked | RotationReason::Rejected) =>
                    ". The old key still works for anyone who has it. Revoke it in the portal.",
                (OldKeyState::No, _) => ". The old key is rejected, so they are down until then.",
                (OldKeyState::NotKnown, _) => ". The old one may or may not still work.",
            }
        );
        head(ui, "Update other systems", &text);
        let consumers = screen
            .state
            .known_now()
            .map(|known| known.consumers.0.clone())
            .unwrap_or_default();
        self.take_over(&consumers);
        card_in(ui, Margin::ZERO, |ui| {
            for (index, consumer) in consumers.iter().enumerate() {
                self.consumer(ui, index, consumer, screen);
                divider(ui);
            }
            self.add_row(ui, screen);
        });
        ui.add_space(space::M);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let unavailable_reason = consumers.is_empty().then_some("The list is empty");
            let copy = Button::outlined("Copy the list")
                .icon(Icon::Copy)
                .disabled_if(unavailable_reason);
            if copy.show(ui).clicked() {
                screen.send(RotationCommand::CopyKeyConsumers);
            }
            let text = "Copies text without the key, for a ticket or a colleague.";
            ui.label(Type::Small.rich(text).color(p.muted));
        });
        if consumers.is_empty() {
            ui.add_space(space::M);
            let text = "Typical systems: your product’s back end, CI, another computer with this console, \
                 support scripts.";
            paragraph(ui, Type::Small, p.muted, text);
        }
    }

    /// Replaces the edited names when the saved ones have changed.
    fn take_over(&mut self, consumers: &[KeyConsumer]) {
        let known: Vec<String> = consumers
            .iter()
            .map(|consumer| consumer.name.clone())
            .collect();
        if known != self.known {
            self.names.clone_from(&known);
            self.known = known;
        }
    }

    fn consumer(
        &mut self,
        ui: &mut Ui,
        index: usize,
        consumer: &KeyConsumer,
        screen: &mut Screen<'_>,
    ) {
        in_row(ui, |ui| {
            let tick = check_box(
                ui,
                consumer.is_done,
                &format!("{} has the new key", consumer.name),
            );
            if tick.clicked() {
                let change = KeyConsumersChange::Tick(index, !consumer.is_done);
                screen.send(RotationCommand::ChangeKeyConsumers(change));
            }
            let rename = |ui: &mut Ui| {
                let edited = self.names.get_mut(index)?;
                let label = format!("System {}", index + 1);
                let field = TextField::new(&label, edited)
                    .id(Id::unique(("place", index)))
                    .label_hidden()
                    .char_limit(120)
                    .show(ui);
                if !field.lost_focus() {
                    return None;
                }
                let is_discarded = ui.input(|input| input.key_pressed(Key::Escape));
                if is_discarded || edited.trim().is_empty() {
                    edited.clone_from(&consumer.name);
                }
                let is_renamed = *edited != consumer.name;
                is_renamed.then(|| KeyConsumersChange::Rename(index, edited.clone()))
            };
            let name = format!("Remove {}", consumer.name);
            let remove = Button::icon_only(Icon::Trash, &name).small();
            let (renamed, removed) = with_end(ui, rename, |ui| remove.show(ui).clicked());
            let removed = removed.then_some(KeyConsumersChange::Remove(index));
            for change in renamed.into_iter().chain(removed) {
                screen.send(RotationCommand::ChangeKeyConsumers(change));
            }
        });
    }

    fn add_row(&mut self, ui: &mut Ui, screen: &mut Screen<'_>) {
        in_row(ui, |ui| {
            if let Some(text) = pasted_in_clear(ui.ctx(), added_id(), screen) {
                let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.added.push_str(&line);
            }
            let is_empty = self.added.trim().is_empty();
            let add = Button::outlined("Add").disabled_if(is_empty.then_some("Enter a name first"));
            let name = |ui: &mut Ui| {
                TextField::new("Another system", &mut self.added)
                    .id(added_id())
                    .label_hidden()
                    .placeholder("Another system that uses the key")
                    .char_limit(120)
                    .show(ui)
            };
            let (field, by_button) = with_end(ui, name, |ui| add.show(ui).clicked());
            screen.offer_focus(&field);
            let by_enter = was_entered(&field);
            if by_enter && is_empty {
                screen.send(RotationCommand::Continue);
            }
            if (by_button || by_enter) && !is_empty {
                self.add(screen);
                focus_on(ui.ctx(), field.id);
            }
        });
    }

    /// Adds the system that was entered, if there is one.
    pub(super) fn add(&mut self, screen: &mut Screen<'_>) {
        if !self.added.trim().is_empty() {
            let change = KeyConsumersChange::Add(std::mem::take(&mut self.added));
            screen.send(RotationCommand::ChangeKeyConsumers(change));
        }
    }
}

fn added_id() -> Id {
    Id::unique("another place")
}

fn in_row(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let high = row::COMFORTABLE.max(height::NORMAL) + space::M;
    let mut inner = row_of(ui, high, space::L);
    inner.spacing_mut().item_spacing.x = space::S;
    add(&mut inner);
}
