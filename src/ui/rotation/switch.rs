//! Step 5: replace the old key with the new one.

use egui::Ui;

use super::old_key::OldKeyState;
use super::parts::head;
use super::proof::cards_before_switch;
use crate::domain::key_source::ExternalSource;
use crate::domain::rotation::Rotation;
use crate::state::session::open::{KeyStoring, Open};
use crate::theme::{self, Icon, Type, space};
use crate::ui::{Screen, words};
use crate::widgets::{Button, KeyValue, paragraph, remark};

pub(super) fn show(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &mut Screen<'_>) {
    let environment = open.profile().environment.in_sentence();
    let text = if let Some(source) = open.source.external() {
        format!(
            "Put the new key into {}, then check. The console tests the new key with {environment} again, \
             confirms that {} holds it, and uses it for this session. You stay signed in.",
            source.title(),
            source.name(),
        )
    } else if open.is_key_in_keychain() || open.storing == KeyStoring::UnderWay {
        format!(
            "The console tests the new key with {environment} again, replaces the old one in {}, reads it back, \
             and uses it for this session. You stay signed in.",
            screen.state.keychain.phrase()
        )
    } else {
        format!(
            "The console tests the new key with {environment} again and uses it for this session. This session \
             does not use the keychain, so neither key is saved. Set the new key wherever this console gets it \
             from."
        )
    };
    head(ui, "Use the new key here", &text);
    cards_before_switch(ui, open, rotation, "In use", screen);
    if let Some(line) = open
        .source
        .external()
        .and_then(ExternalSource::store_command)
    {
        ui.add_space(space::M);
        store_command(ui, &line, screen);
    }
    let without_tick = screen
        .state
        .known_now()
        .map_or(0, |known| known.consumers.open());
    if without_tick > 0 {
        ui.add_space(space::M);
        let p = theme::palette(ui.ctx());
        let (one, several) = ("system on your list has", "systems on your list have");
        let places = words::counted(without_tick as u64, one, several);
        let then = match OldKeyState::of(rotation, open) {
            OldKeyState::Yes => "they work with the old key until you revoke it",
            OldKeyState::No => "they are down until they have the new key",
            OldKeyState::NotKnown => "the old key may or may not still work there",
        };
        let text =
            format!("{places} not been ticked. Switching here does not affect them: {then}.");
        remark(ui, Icon::Info, p.muted, &text);
    }
}

/// The command that stores the key. It reads the key from standard input, because other programs can see arguments.
fn store_command(ui: &mut Ui, line: &str, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    // Pressing Enter would add a line break to the key.
    let text = if cfg!(windows) {
        "Run this in a terminal, paste the new key, then press Ctrl+Z and Enter:"
    } else {
        "Run this in a terminal, paste the new key, then press Ctrl+D twice:"
    };
    paragraph(ui, Type::Body, p.text, text);
    ui.add_space(space::XS);
    KeyValue::new("Command", line).mono().show(ui);
    if Button::outlined("Copy the command")
        .small()
        .show(ui)
        .clicked()
    {
        screen.copy("command", line);
    }
}
