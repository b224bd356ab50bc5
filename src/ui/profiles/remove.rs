//! Confirmation before removing a profile from this computer.

use egui::{Context, Id};

use super::super::{Screen, words};
use super::DialogOutcome;
use crate::domain::profile::Profile;
use crate::state::session::messages::SessionCommand;
use crate::theme::{self, Type, dialog, space};
use crate::widgets::{Button, Modal, at_end, paragraph};

pub(super) fn show(ctx: &Context, profile: &Profile, screen: &mut Screen<'_>) -> DialogOutcome {
    let environment = &profile.environment;
    let name = screen
        .state
        .share
        .profile_name(profile, screen.state.label(profile));
    let title = format!("Remove {name}?");
    let modal = Modal::new(Id::unique("remove profile"), &title)
        .width(dialog::SMALL)
        .top(dialog::TOP_LOW)
        .chip(words::hue(environment), environment.called());
    let shown = modal.show(ctx, |parts| {
        parts.body(|ui| {
            let p = theme::palette(ui.ctx());
            let store = screen.state.keychain.phrase();
            let host = words::host(environment);
            let text = format!(
                "The console deletes the API key for {host} from {store} and checks that it is gone. It also \
                 deletes this profile’s label, filter, columns, draft and import notes from this computer."
            );
            paragraph(ui, Type::Body, p.text, &text);
            ui.add_space(space::M);
            let text = if is_open(profile, screen) {
                "You will be signed out. The key stays valid until you revoke it at Thred, and tokens you have \
                 shared work until they expire."
            } else {
                "The key stays valid until you revoke it at Thred, and tokens you have shared work until they expire."
            };
            paragraph(ui, Type::Body, p.text, text);
        });
        parts.foot(|ui| {
            at_end(ui, |ui| {
                let is_cancelled = Button::plain("Cancel").takes_focus().show(ui).clicked();
                let is_confirmed = Button::destructive("Remove profile").show(ui).clicked();
                (is_confirmed, is_cancelled)
            })
        })
    });
    let (is_confirmed, is_cancelled) = shown.inner;
    if is_confirmed {
        let command = SessionCommand::RemoveProfile(profile.clone());
        screen.ask(command);
    }
    if is_confirmed || is_cancelled || shown.escape || shown.close_clicked {
        DialogOutcome::Close
    } else {
        DialogOutcome::Stay
    }
}

fn is_open(profile: &Profile, screen: &Screen<'_>) -> bool {
    let open = screen.state.open().or(screen.state.background());
    open.is_some_and(|open| open.profile() == profile)
}
