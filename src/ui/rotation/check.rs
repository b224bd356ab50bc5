//! Step 6: check that the old key is rejected. Also the summary after the rotation.

use egui::Ui;

use super::form::{KeyForm, old_key_id};
use super::old_key::OldKeyState;
use super::parts::head;
use super::proof::{cards, store};
use crate::domain::rotation::Rotation;
use crate::state::rotation::FinishedRotation;
use crate::state::session::open::Open;
use crate::theme::{Icon, space};
use crate::ui::{Screen, words};
use crate::widgets::{KeyValue, Notice, Tone, card};

pub(super) fn show(
    ui: &mut Ui,
    form: &mut KeyForm,
    open: &Open,
    rotation: &Rotation,
    screen: &mut Screen<'_>,
) {
    let environment = open.profile().environment.in_sentence();
    let is_demo = open.profile().is_demo();
    let kept = if open.is_key_stored() {
        format!(
            "{} holds the new key, and this session uses it.",
            open.source.holder(screen.state.keychain.phrase())
        )
    } else {
        "this session uses the new key; nothing is stored.".to_owned()
    };
    let portal = if is_demo { "demo" } else { "Partner Portal" };
    let then = match OldKeyState::of(rotation, open) {
        OldKeyState::Yes => format!(
            "Now revoke the old key in the {portal}, then check that {environment} rejects it."
        ),
        OldKeyState::No => {
            format!("The old key was rejected before. Check again that {environment} rejects it.")
        }
        OldKeyState::NotKnown => format!(
            "Make sure the old key is revoked in the {portal}, then check that {environment} rejects it."
        ),
    };
    let text = format!("Switched: {kept} {then}");
    head(ui, "Confirm the old key is revoked", &text);
    let old = match open.keys.old_worked_at {
        Some(_) => (Icon::Warning, "Still works", Tone::Warning),
        None => (Icon::Info, "Not checked yet", Tone::Neutral),
    };
    let kept = store(open, screen);
    // The old key is in memory at most.
    let old_kept = if open.keys.has_old {
        "Memory, until a lock or exit"
    } else {
        "Not stored"
    };
    let facts: [&[_]; 2] = [
        &[("Stored in", kept.as_str()), ("Used by", "This session")],
        &[("Stored in", old_kept), ("Used by", "Not used")],
    ];
    let tags = [(Icon::Check, "In use", Tone::Verified), old];
    cards(ui, rotation, tags, facts);
    if let Some(at) = open.keys.old_worked_at {
        ui.add_space(space::L);
        let text = format!(
            "{environment} accepted the old key at {}. Anyone who has it can still sign in. Revoke it in the \
             {portal}, then check again. This can take a minute.",
            words::time(at, &screen.state.zone),
        );
        Notice::new(Tone::Warning, "The old key still works", &text).show(ui, Vec::new());
    }
    if !open.keys.has_old {
        ui.add_space(space::L);
        let text = "The old key was in memory only and was lost when the last session ended. Paste it again to \
                    check it. If you finish without the check, make sure you revoke it in the portal.";
        Notice::new(Tone::Neutral, "The console no longer has the old key", text)
            .show(ui, Vec::new());
        ui.add_space(space::M);
        form.show(ui, old_key_id(), "Old API key", screen);
    }
}

/// The summary after the rotation.
pub(super) fn finished(ui: &mut Ui, open: &Open, finished: &FinishedRotation, screen: &Screen<'_>) {
    let environment = open.profile().environment.in_sentence();
    let day = words::day_and_time(finished.at, &screen.state.zone);
    let text = if finished.is_old_rejected {
        format!("{environment} rejects the old key and accepts the new one.")
    } else {
        format!(
            "The new key is in use. The console did not check whether {environment} still accepts the old one. \
             Make sure it is revoked."
        )
    };
    head(ui, "The key is rotated", &text);
    card(ui, |ui| {
        KeyValue::new("Rotated", &day).show(ui);
        if let Some(new) = finished.rotation.new {
            KeyValue::new("New key", &new.to_string()).mono().show(ui);
        }
        if let Some(old) = finished.rotation.old {
            KeyValue::new("Old key", &old.to_string()).mono().show(ui);
        }
        KeyValue::new("Stored in", &store(open, screen)).show(ui);
        if let Some(age) = screen.state.key_age(screen.now) {
            KeyValue::new("Next due", &words::date(age.due())).show(ui);
        }
    });
}
