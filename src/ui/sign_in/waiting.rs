//! In place of the form, while a sign-in needs nothing that could be typed.

use egui::{Align, Layout, Ui, vec2};

use super::super::{Screen, words};
use crate::state::session::attempt::{Origin, Session};
use crate::state::session::messages::SessionCommand;
use crate::state::shell::patience::Patience;
use crate::theme::{self, Type, height, space};
use crate::widgets::{Button, paragraph, with_end};

/// Whether the form would only be in the way.
pub(super) fn is_for(session: &Session) -> bool {
    match session {
        Session::ReadingKey { .. } | Session::StartingDemo => true,
        Session::SigningIn { origin, .. } => match origin {
            Origin::Keychain | Origin::Demo => true,
            Origin::Typed(_) => false,
        },
        Session::SignedOut { .. } | Session::SignedIn { .. } | Session::Locked(_) => false,
    }
}

/// Returns whether the form is wanted instead.
pub(super) fn show(ui: &mut Ui, screen: &mut Screen<'_>) -> bool {
    let p = theme::palette(ui.ctx());
    let (heading, text) = said(screen);
    ui.label(Type::Heading.rich(heading).color(p.strong));
    ui.add_space(space::XS);
    paragraph(ui, Type::Body, p.text, &text);
    ui.add_space(space::L);
    let label = match screen.state.others.waiting() {
        Some(open) => format!("Back to {}", open.environment.name()),
        None => "Use another sign-in".to_owned(),
    };
    let is_given_up = Button::outlined(&label).show(ui).clicked();
    if is_given_up {
        screen.ask(SessionCommand::CancelSignIn);
    }
    is_given_up
}

fn said(screen: &Screen<'_>) -> (String, String) {
    let state = screen.state;
    match &state.session {
        Session::ReadingKey { profile, .. } => (
            format!("Waiting for {}", state.keychain.phrase()),
            format!(
                "It holds the key for {} at {}. If it asks to be unlocked, its window may be behind this one.",
                profile.environment.name(),
                words::host(&profile.environment),
            ),
        ),
        Session::SigningIn { profile, since, .. } => {
            let host = words::host(&profile.environment);
            let elapsed = screen.now.boot.saturating_since(*since);
            let retry = state.session.retry();
            let text = words::awaited(&host, elapsed, retry, screen.now.boot);
            let name = state.share.profile_name(profile, state.label(profile));
            let environment = profile.environment.name();
            (format!("Signing in to {environment} as {name}"), text)
        }
        Session::StartingDemo
        | Session::SignedOut { .. }
        | Session::SignedIn { .. }
        | Session::Locked(_) => (
            "Starting the demo".to_owned(),
            "Its businesses are being generated.".to_owned(),
        ),
    }
}

/// Under the form, while what was typed is being proved.
pub(super) fn long_wait(ui: &mut Ui, screen: &mut Screen<'_>) {
    let Some(since) = screen.state.session.waiting_since() else {
        return;
    };
    let elapsed = screen.now.boot.saturating_since(since);
    if Patience::after(elapsed) < Patience::Noticed {
        return;
    }
    let p = theme::palette(ui.ctx());
    ui.add_space(space::S);
    let profile = screen.state.session.profile();
    let host = profile
        .map(|profile| words::host(&profile.environment))
        .unwrap_or_default();
    let retry = screen.state.session.retry();
    let text = words::awaited(&host, elapsed, retry, screen.now.boot);
    let size = vec2(ui.available_width(), height::SMALL);
    let is_cancelled =
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            let say = |ui: &mut Ui| ui.label(Type::Small.rich(text).color(p.muted));
            let cancel = |ui: &mut Ui| Button::plain("Cancel").small().show(ui).clicked();
            with_end(ui, say, cancel).1
        });
    if is_cancelled.inner {
        screen.ask(SessionCommand::CancelSignIn);
    }
}
