//! Step 3: the two keys next to each other, and what was checked.

use egui::{Align, Layout, Margin, Rect, Ui, UiBuilder, vec2};

use super::old_key::OldKeyState;
use super::parts::head;
use crate::domain::rotation::{KeyAgeBasis, Rotation, RotationReason};
use crate::domain::text::capitalised;
use crate::domain::token::Fingerprint;
use crate::state::rotation::messages::VerifiedKey;
use crate::state::session::open::Open;
use crate::theme::{self, Icon, Type, row, size, space, widget_sizes};
use crate::ui::{Screen, key_age_text, words};
use crate::widgets::{KeyValue, Tone, card_in, divider, line, tag};

pub(super) fn show(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &mut Screen<'_>) {
    let Some(proof) = &open.keys.proof else {
        return;
    };
    let environment = open.profile().environment.in_sentence();
    let kept = match open.source.external() {
        Some(source) => format!("the one in {}", source.name()),
        None if open.is_key_in_keychain() => "the one in the keychain".to_owned(),
        None => "the one in use".to_owned(),
    };
    let text = match &proof.old {
        Ok(()) => format!(
            "{environment} just accepted it. It is in memory only. The old key is still active and still {kept}."
        ),
        Err(_) => format!(
            "{environment} just accepted it. It is in memory only. The old key is still {kept}."
        ),
    };
    head(ui, "The new key works", &text);
    cards_before_switch(ui, open, rotation, "Active", screen);
    ui.add_space(space::L);
    checked(ui, open, rotation, proof, screen);
}

/// The two keys before the switch. `works` is the word for an old key that works.
pub(super) fn cards_before_switch(
    ui: &mut Ui,
    open: &Open,
    rotation: &Rotation,
    works: &'static str,
    screen: &Screen<'_>,
) {
    let new = [("Stored in", "Memory only"), ("Used by", "Not used yet")];
    let store = store(open, screen);
    let (label, added) = age_words(screen).unwrap_or_else(|| ("Added", "Unknown".to_owned()));
    let old = [("Stored in", store.as_str()), (label, added.as_str())];
    let tags = [
        (Icon::Check, "Tested", Tone::Verified),
        OldKeyState::of(rotation, open).tag(works),
    ];
    cards(ui, rotation, tags, [&new, &old]);
}

/// New and old key on cards of equal height, side by side if there is space. Each has a tag and known facts.
pub(super) fn cards(
    ui: &mut Ui,
    rotation: &Rotation,
    tags: [(Icon, &str, Tone); 2],
    facts: [&[(&str, &str)]; 2],
) {
    let room = ui.available_width();
    let high = widget_sizes::KEY_CARD;
    let (size, step) = if room < widget_sizes::KEY_CARDS_ABREAST {
        (vec2(room, high), vec2(0.0, high + space::L))
    } else {
        let wide = (room - space::L) / 2.0;
        (vec2(wide, high), vec2(wide + space::L, 0.0))
    };
    let (_, area) = ui.allocate_space(size + step);
    let keys = [("New key", rotation.new), ("Old key", rotation.old)];
    let places = [area.min, area.min + step];
    for (((place, key), tag), facts) in places.into_iter().zip(keys).zip(tags).zip(facts) {
        let mut inner = ui.new_child(UiBuilder::new().max_rect(Rect::from_min_size(place, size)));
        let margin = Margin::symmetric(space::L as i8, space::M as i8);
        card_in(&mut inner, margin, |ui| {
            ui.set_min_size(ui.available_size());
            key_card(ui, key, tag, facts);
        });
    }
}

fn key_card(
    ui: &mut Ui,
    (title, fingerprint): (&str, Option<Fingerprint>),
    (icon, word, tone): (Icon, &str, Tone),
    facts: &[(&str, &str)],
) {
    let p = theme::palette(ui.ctx());
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), theme::height::PILL),
        Layout::right_to_left(Align::Center),
        |ui| {
            tag(ui, Some(icon), word, tone);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(Type::BodySemi.rich(title).color(p.strong));
            });
        },
    );
    ui.add_space(space::S);
    let fingerprint = fingerprint.map_or_else(|| "Unknown".to_owned(), |it| it.to_string());
    KeyValue::new("Fingerprint", &fingerprint).mono().show(ui);
    for (label, value) in facts {
        KeyValue::new(label, value).show(ui);
    }
}

/// Where the key is: "Secret Service keyring", another location, or memory.
pub(super) fn store(open: &Open, screen: &Screen<'_>) -> String {
    if let Some(place) = open.key_location() {
        place
    } else if open.is_key_in_keychain() {
        let phrase = screen.state.keychain.phrase();
        capitalised(phrase.strip_prefix("the ").unwrap_or(phrase))
    } else {
        "Memory, this session only".to_owned()
    }
}

/// Label and age of the key, such as "Added" and "12 Dec 2026, 83 days ago".
pub(super) fn age_words(screen: &Screen<'_>) -> Option<(&'static str, String)> {
    let age = screen.state.key_age(screen.now)?;
    let label = match age.since {
        KeyAgeBasis::Added(_) => "Added",
        KeyAgeBasis::Issued(_) => "Issued",
    };
    let ago = key_age_text::ago(&age);
    Some((label, format!("{}, {ago}", words::date(age.since.day()))))
}

fn checked(
    ui: &mut Ui,
    open: &Open,
    rotation: &Rotation,
    proof: &VerifiedKey,
    screen: &Screen<'_>,
) {
    let p = theme::palette(ui.ctx());
    let host = open.profile().environment.host();
    let took = if proof.took.as_millis() < 100 {
        "under 0.1 s".to_owned()
    } else {
        format!("{:.1} s", proof.took.as_secs_f32())
    };
    let businesses = match proof.businesses {
        Some(count) => words::businesses(count),
        None => "its list was loaded".to_owned(),
    };
    let (icon, tint, old, note) = match (&proof.old, rotation.reason) {
        (Ok(()), RotationReason::Scheduled) => (
            Icon::CheckCircle,
            p.ok,
            "The old key still works".to_owned(),
            "checked twice".to_owned(),
        ),
        (Ok(()), RotationReason::Leaked | RotationReason::Rejected) => (
            Icon::Warning,
            p.warn,
            "The old key still works. Revoke it in the portal now".to_owned(),
            "checked twice".to_owned(),
        ),
        (Err(failure), RotationReason::Leaked | RotationReason::Rejected)
            if failure.status == Some(401) =>
        {
            (
                Icon::CheckCircle,
                p.ok,
                "The old key is rejected, as it should be".to_owned(),
                failure.summary(),
            )
        }
        (Err(failure), _) => (
            Icon::Warning,
            p.warn,
            format!("The old key: {}", failure.explain(&screen.state.zone).title),
            failure.summary(),
        ),
    };
    let same = format!(
        "It belongs to the same partner, {}",
        screen.state.share.plain(&open.profile().partner.short())
    );
    let rows = [
        (
            Icon::CheckCircle,
            p.ok,
            format!("{host} accepted the new key"),
            took,
        ),
        (Icon::CheckCircle, p.ok, same, businesses),
        (
            Icon::CheckCircle,
            p.ok,
            "It is different from the old key".to_owned(),
            "fingerprints differ".to_owned(),
        ),
        (icon, tint, old, note),
    ];
    card_in(ui, Margin::ZERO, |ui| {
        let at = words::day_and_time(proof.at, &screen.state.zone);
        card_row(ui, |ui| {
            ui.label(Type::Small.rich(at).color(p.muted));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(Type::BodySemi.rich("What was checked").color(p.strong));
            });
        });
        for (icon, tint, what, note) in rows {
            divider(ui);
            card_row(ui, |ui| {
                ui.label(Type::Small.rich(note).color(p.muted));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = space::M;
                    ui.add(icon.image(size::icon::NORMAL, tint));
                    line(ui, Type::Body, p.text, &what);
                });
            });
        }
    });
}

/// A row of a card, laid out from right to left.
fn card_row(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), row::COMFORTABLE);
    let (_, rect) = ui.allocate_space(size);
    let inner = rect.shrink2(vec2(space::L, 0.0));
    let builder = UiBuilder::new()
        .max_rect(inner)
        .layout(Layout::right_to_left(Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.x = space::M;
    add(&mut inner);
}
