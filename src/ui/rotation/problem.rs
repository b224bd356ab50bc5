//! Failures of a rotation: what failed, what was not done, and where the keys are.

use egui::Ui;

use super::old_key::OldKeyState;
use crate::domain::failure::FailureKind;
use crate::domain::rotation::Rotation;
use crate::state::rotation::messages::{NewKeyProblem, StoredKey};
use crate::state::session::open::Open;
use crate::state::session::sources::explain;
use crate::theme::space;
use crate::ui::Screen;
use crate::widgets::{Notice, Tone};

/// Where the rotation stands, after a restart or after the key was changed elsewhere.
pub(super) fn status_notice(ui: &mut Ui, open: &Open) {
    if let Some(text) = &open.keys.status_note {
        Notice::new(Tone::Neutral, "Current state", text).show(ui, Vec::new());
        ui.add_space(space::XL);
    }
}

pub(super) fn show(ui: &mut Ui, open: &Open, rotation: &Rotation, screen: &Screen<'_>) {
    let Some(problem) = &open.keys.problem else {
        return;
    };
    let (heading, text) = words(problem, open, rotation, screen);
    ui.add_space(space::L);
    Notice::new(Tone::Stop, &heading, &text).show(ui, Vec::new());
}

/// A sentence about the old key and where it is.
fn old_key_sentence(
    environment: &str,
    works: OldKeyState,
    open: &Open,
    screen: &Screen<'_>,
) -> String {
    let store = open.source.holder(screen.state.keychain.phrase());
    match (works, open.is_key_stored()) {
        (OldKeyState::No, true) => {
            format!("Nothing was changed: the old key is in {store}, and {environment} rejects it.")
        }
        (OldKeyState::No, false) => {
            format!(
                "Nothing was changed: this session has the old key, and {environment} rejects it."
            )
        }
        (OldKeyState::Yes | OldKeyState::NotKnown, true) => {
            format!("Nothing was changed: the old key is in use and in {store}.")
        }
        (OldKeyState::Yes | OldKeyState::NotKnown, false) => {
            "Nothing was changed: the old key is in use.".to_owned()
        }
    }
}

fn words(
    problem: &NewKeyProblem,
    open: &Open,
    rotation: &Rotation,
    screen: &Screen<'_>,
) -> (String, String) {
    let environment = open.profile().environment.in_sentence();
    let works = OldKeyState::of(rotation, open);
    let stays = old_key_sentence(&environment, works, open, screen);
    match problem {
        NewKeyProblem::OtherPartner(other) => (
            "This key belongs to another partner".to_owned(),
            format!(
                "You pasted it with the UUID {}, but this profile is {}. It was not sent anywhere. {stays}",
                screen.state.share.plain(&other.short()),
                screen.state.share.plain(&open.profile().partner.short())
            ),
        ),
        NewKeyProblem::SameKey => (
            "This is the old key".to_owned(),
            format!("You pasted the key that is already in use. Copy the new one from the portal. {stays}"),
        ),
        NewKeyProblem::NoDemo => (
            "The demo created no key".to_owned(),
            format!("Its embedded server does not answer. {stays}"),
        ),
        NewKeyProblem::NotVerified(failure) if failure.kind == FailureKind::KeyRejected => (
            format!("{environment} rejected the new key"),
            format!(
                "{} does not accept it for partner {}. It may belong to another partner or environment, be \
                 inactive, or be incomplete. {stays}",
                failure.host,
                screen.state.share.plain(&open.profile().partner.short())
            ),
        ),
        NewKeyProblem::NotVerified(failure) => {
            let explained = failure.explain_with(&stays, &screen.state.zone);
            (
                format!("The new key was not tested: {}", lower(&explained.title)),
                explained.body,
            )
        }
        NewKeyProblem::NotVerifiedAgain(failure) if failure.kind == FailureKind::KeyRejected => (
            format!("Not switched: {environment} no longer accepts the new key"),
            format!(
                "It passed the test, but has been revoked since. It was not stored. {stays} Create another key \
                 in the Partner Portal and paste it here."
            ),
        ),
        NewKeyProblem::NotVerifiedAgain(failure) => {
            let then = format!("{stays} The new key is still in memory. Try again.");
            let explained = failure.explain_with(&then, &screen.state.zone);
            (
                format!("Not switched: {}", lower(&explained.title)),
                format!("The console tests the new key again right before the switch. {}", explained.body),
            )
        }
        NewKeyProblem::NotSwitched(problem, holds) => {
            let problem = problem.as_ref().map(|problem| explain(problem, screen.state));
            not_switched(problem, *holds, works, open, screen)
        }
        NewKeyProblem::NotTheOldKey => (
            "This is not the old key".to_owned(),
            "Its fingerprint differs, so the console did not check it. It was not sent anywhere. The new key is \
             in use."
                .to_owned(),
        ),
        NewKeyProblem::NotChecked(failure) => {
            let explained = failure.explain_with(
                "The old key may still work. The new key is in use.",
                &screen.state.zone,
            );
            (
                format!("The old key was not checked: {}", lower(&explained.title)),
                explained.body,
            )
        }
    }
}

fn not_switched(
    problem: Option<(String, String)>,
    holds: StoredKey,
    works: OldKeyState,
    open: &Open,
    screen: &Screen<'_>,
) -> (String, String) {
    let store = open.source.holder(screen.state.keychain.phrase());
    let is_external = open.source.external().is_some();
    let (title, body) = problem.unwrap_or_else(|| {
        let title = if is_external {
            format!("{store} does not hold the new key")
        } else {
            "The keychain did not save the new key".to_owned()
        };
        (title, String::new())
    });
    let old = match works {
        OldKeyState::Yes => "the old key, which works",
        OldKeyState::No => "the old key, which is rejected",
        OldKeyState::NotKnown => "the old key",
    };
    let both = match works {
        OldKeyState::Yes => "both keys work",
        OldKeyState::No | OldKeyState::NotKnown => "the new one works",
    };
    let stands = match holds {
        StoredKey::Old => format!("Checked again: {store} still holds {old}."),
        StoredKey::Neither => format!("Checked again: {store} holds neither key."),
        StoredKey::Unknown => {
            format!("The console could not read which key is in {store}; {both}.")
        }
        StoredKey::New | StoredKey::MemoryOnly => "The new key is in use.".to_owned(),
    };
    let session = match works {
        OldKeyState::Yes => "This session still uses the old key",
        OldKeyState::No | OldKeyState::NotKnown => "This session still has the old key",
    };
    (
        format!("Not switched: {}", lower(&title)),
        format!("{body} {stands} {session}, and the new one is still in memory. Try again.")
            .trim()
            .to_owned(),
    )
}

/// Lower-cases the article of a title that follows a colon. Names keep their capital.
fn lower(title: &str) -> String {
    match title.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => title.to_owned(),
    }
}
