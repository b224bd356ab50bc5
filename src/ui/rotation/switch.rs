//! Step 5: the new key takes the place of the old one.

use egui::Ui;

use super::proof::{new_card, old_card, pair};
use super::{OldWorks, Screen, head};
use crate::domain::rotation::Rotation;
use crate::state::session::open::{KeyStoring, Open};
use crate::theme::{self, Icon, Type, size, space};
use crate::widgets::{Tone, paragraph};

pub(super) fn show(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &mut Screen<'_>) {
    let environment = open.profile().environment.name();
    let text = if open.is_key_stored() || open.storing == KeyStoring::UnderWay {
        format!(
            "The console tests the new key for {environment} once more, writes it over the old one in {} and reads it \
             back. This session goes on with it; nothing has to be signed in to again.",
            screen.state.keychain.phrase()
        )
    } else {
        format!(
            "The console tests the new key for {environment} once more, and this session goes on with it. It was begun \
             without the keychain, so neither key is stored: give the new one to whatever starts this console."
        )
    };
    head(ui, "Use the new key here", &text);
    let works = OldWorks::of(rotation, open);
    pair(
        ui,
        |ui| {
            new_card(
                ui,
                rotation.new,
                "Memory only",
                "Nothing yet",
                ("Proved", Tone::Proved),
            )
        },
        |ui| {
            old_card(ui, rotation.old, works.tag("In use"), open, screen);
        },
    );
    let without_tick = screen
        .state
        .known_now()
        .map_or(0, |known| known.places.open());
    if without_tick > 0 {
        ui.add_space(space::M);
        let p = theme::palette(ui.ctx());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::SM;
            ui.add(Icon::Info.image(size::icon::SMALL, p.muted));
            let places = if without_tick == 1 {
                "1 place on your list has".to_owned()
            } else {
                format!("{without_tick} places on your list have")
            };
            let then = match works {
                OldWorks::Yes => "they work with the old key until it is revoked",
                OldWorks::No => "they stand still until they have the new key",
                OldWorks::NotKnown => "whether they still work with the old key is not known",
            };
            let text =
                format!("{places} no tick yet. The switch here does not touch them: {then}.");
            paragraph(ui, Type::Small, p.muted, &text);
        });
    }
}
