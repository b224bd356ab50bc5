//! The result of testing a key source, shown before it is saved.

use egui::Ui;

use super::super::{Screen, words};
use crate::domain::token::Fingerprint;
use crate::state::session::attempt::CredentialCheck;
use crate::state::session::messages::SessionCommand;
use crate::theme::{self, Icon, Type, size, space};
use crate::widgets::{Button, KeyValue, offer_focus, paragraph};

/// Draws the result. Returns whether the user wants to go back to the form.
pub(super) fn show(
    ui: &mut Ui,
    tested: &CredentialCheck,
    key: Option<Fingerprint>,
    screen: &mut Screen<'_>,
) -> bool {
    let p = theme::palette(ui.ctx());
    let state = screen.state;
    let environment = tested.profile.environment.in_sentence();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(Icon::CheckCircle.image(size::icon::NORMAL, p.ok));
        ui.label(
            Type::Heading
                .rich(format!("{environment} accepts the key"))
                .color(p.strong),
        );
    });
    ui.add_space(space::XS);
    paragraph(
        ui,
        Type::Body,
        p.text,
        "Nothing is saved yet. Check that this is the right partner.",
    );
    ui.add_space(space::M);
    let partner = state
        .share
        .plain(&tested.profile.partner.to_string())
        .to_string();
    KeyValue::new("Partner", &partner).mono().show(ui);
    KeyValue::new("Environment", &tested.profile.environment.host()).show(ui);
    if let Some(source) = tested.source.external() {
        let version = tested.version.name.as_deref().unwrap_or_default();
        let from = format!("{} {version}", source.title());
        KeyValue::new("Key from", from.trim()).show(ui);
        if source.location().is_empty() {
            // A command has no location, so its settings are listed instead.
            for (name, value) in source.in_full() {
                KeyValue::new(name, &value).show(ui);
            }
        }
    }
    if let Some(key) = key {
        KeyValue::new("Fingerprint", &key.to_string())
            .mono()
            .show(ui);
    }
    let age = match tested.version.created {
        Some(created) => words::day_and_time(created, &state.zone),
        None => "Not stated; counted from today".to_owned(),
    };
    KeyValue::new("Created", &age).show(ui);
    ui.add_space(space::L);
    let save = Button::filled("Save and sign in")
        .large()
        .full_width()
        .show(ui);
    offer_focus(&save);
    if save.clicked() {
        screen.send(SessionCommand::OpenTested);
    }
    ui.add_space(space::S);
    let back = Button::outlined("Change the source")
        .full_width()
        .show(ui)
        .clicked();
    if back {
        screen.send(SessionCommand::ChangeTested);
    }
    back
}
