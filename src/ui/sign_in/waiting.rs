//! Shown instead of the form while a sign-in needs no input.

use egui::Ui;

use super::super::{Screen, words};
use crate::domain::key_source::KeySource;
use crate::domain::progress::Progress;
use crate::state::session::attempt::{Attempt, AttemptStage, CredentialCheck};
use crate::state::session::messages::SessionCommand;
use crate::state::shell::loading_stage::LoadingStage;
use crate::theme::{self, Type, layout, space};
use crate::ui::areas::cancel_line;
use crate::widgets::{Button, paragraph, progress_bar};

/// Whether this is shown instead of the form.
pub(super) fn is_for(attempt: &Attempt) -> bool {
    match &attempt.stage {
        AttemptStage::Form { .. } | AttemptStage::Tested(_) => false,
        AttemptStage::FetchingKey { .. } | AttemptStage::StartingDemo { .. } => true,
        AttemptStage::Verifying(verifying) => {
            !verifying.is_entered || verifying.source.external().is_some()
        }
    }
}

/// Returns whether the user wants the form instead.
pub(super) fn show(ui: &mut Ui, attempt: &Attempt, screen: &mut Screen<'_>) -> bool {
    let p = theme::palette(ui.ctx());
    let (heading, text) = heading_and_text(attempt, screen);
    ui.label(Type::Heading.rich(heading).color(p.strong));
    ui.add_space(space::XS);
    paragraph(ui, Type::Body, p.text, &text);
    if let AttemptStage::StartingDemo { progress } = &attempt.stage {
        ui.add_space(space::S);
        let part = progress.map_or(0.0, Progress::fraction);
        progress_bar(ui, layout::DETAIL, part, "Generating businesses");
    }
    ui.add_space(space::L);
    let label = match screen.state.background() {
        Some(open) => format!("Back to {}", open.profile().environment.in_sentence()),
        None => "Sign in another way".to_owned(),
    };
    let is_given_up = Button::outlined(&label).show(ui).clicked();
    if is_given_up {
        screen.send(SessionCommand::CancelSignIn);
    }
    is_given_up
}

fn heading_and_text(attempt: &Attempt, screen: &Screen<'_>) -> (String, String) {
    let state = screen.state;
    match &attempt.stage {
        AttemptStage::FetchingKey {
            source: KeySource::External(source),
            ..
        } => (
            format!("Waiting for {}", source.name()),
            format!(
                "The console is fetching the key from {}. If the tool asks for a fingerprint or a password, its \
                 window may be behind this one.",
                source.title()
            ),
        ),
        AttemptStage::FetchingKey { environment, .. } => (
            format!("Waiting for {}", state.keychain.phrase()),
            format!(
                "It holds the key for {}. If it asks you to unlock it, its window may be behind this one.",
                environment.in_sentence(),
            ),
        ),
        AttemptStage::Verifying(verifying) => {
            let profile = &verifying.profile;
            let text = awaited(verifying, screen);
            let name = state.share.profile_name(profile, state.label(profile));
            let environment = profile.environment.in_sentence();
            (format!("Signing in to {environment} as {name}"), text)
        }
        AttemptStage::StartingDemo {
            progress: Some(now),
        } => (
            "Starting the demo".to_owned(),
            format!(
                "{} of {} businesses generated.",
                words::count(now.done as u64),
                words::count(now.total as u64),
            ),
        ),
        AttemptStage::StartingDemo { progress: None }
        | AttemptStage::Form { .. }
        | AttemptStage::Tested(_) => (
            "Starting the demo".to_owned(),
            "Generating businesses.".to_owned(),
        ),
    }
}

/// How long the console has waited for the server, or when it will retry.
fn awaited(verifying: &CredentialCheck, screen: &Screen<'_>) -> String {
    let host = verifying.profile.environment.host();
    let elapsed = screen.now.boot.saturating_since(verifying.since);
    words::awaited(&host, elapsed, verifying.retry.as_ref(), screen.now.boot)
}

/// Shown below the form while the entered key is being tested.
pub(super) fn long_wait(ui: &mut Ui, verifying: &CredentialCheck, screen: &mut Screen<'_>) {
    let elapsed = screen.now.boot.saturating_since(verifying.since);
    if LoadingStage::after(elapsed) < LoadingStage::Noticed {
        return;
    }
    if cancel_line(ui, awaited(verifying, screen)) {
        screen.send(SessionCommand::CancelSignIn);
    }
}
