//! What went wrong, what was not done, and where the keys are.

use egui::Ui;

use crate::domain::failure::FailureKind;
use crate::state::rotation::{Holds, KeyTrouble};
use crate::state::workspace::Workspace;
use crate::theme::space;
use crate::widgets::{Notice, Tone};

use super::Screen;

/// Where things stand after a restart.
pub(super) fn standing(ui: &mut Ui, screen: &Screen<'_>) {
    if let Some(text) = &screen.state.keys.standing {
        Notice::new(Tone::Neutral, "Where this stands", text).show(ui, false, Vec::new());
        ui.add_space(space::XL);
    }
}

pub(super) fn show(ui: &mut Ui, workspace: &Workspace, screen: &Screen<'_>) {
    let Some(trouble) = &screen.state.keys.trouble else {
        return;
    };
    let (heading, text) = words(trouble, workspace, screen);
    ui.add_space(space::L);
    Notice::new(Tone::Stop, &heading, &text).show(ui, false, Vec::new());
}

/// The old key and where it is, in a sentence.
fn old_stays(screen: &Screen<'_>) -> String {
    if screen.state.is_key_stored() {
        format!(
            "Nothing was changed: the old key is in use and in {}.",
            screen.state.keychain.phrase()
        )
    } else {
        "Nothing was changed: the old key is in use.".to_owned()
    }
}

fn words(trouble: &KeyTrouble, workspace: &Workspace, screen: &Screen<'_>) -> (String, String) {
    let environment = workspace.profile.environment.name();
    let stays = old_stays(screen);
    match trouble {
        KeyTrouble::OtherPartner(other) => (
            "This key belongs to another partner".to_owned(),
            format!(
                "It was pasted together with the UUID {}, but this profile is {}. It was not sent anywhere. {stays}",
                screen.state.share.plain(&other.short()),
                screen.state.share.plain(&workspace.profile.partner.short())
            ),
        ),
        KeyTrouble::SameKey => (
            "This is the old key".to_owned(),
            format!("The key that was pasted is the one in use already. Copy the new one from the portal. {stays}"),
        ),
        KeyTrouble::NoDemo => (
            "The demo made no key".to_owned(),
            format!("Its embedded server does not answer. {stays}"),
        ),
        KeyTrouble::NotProved(failure) if failure.kind == FailureKind::KeyRefused => (
            format!("{environment} refused the new key"),
            format!(
                "{} does not know it together with partner {}. It may belong to another partner or environment, not be \
                 active yet, or not be copied whole. {stays}",
                failure.host,
                screen.state.share.plain(&workspace.profile.partner.short())
            ),
        ),
        KeyTrouble::NotProved(failure) => {
            let explained = failure.explain_with(&stays);
            (
                format!("The new key was not proved: {}", lower(&explained.title)),
                explained.body,
            )
        }
        KeyTrouble::NotSwitched(problem, holds) => not_switched(problem.as_ref().map(|problem| problem.explain(screen.state.keychain)), *holds, screen),
        KeyTrouble::NotTheOldKey => (
            "This is not the old key".to_owned(),
            "Its fingerprint is another one, so the check would prove nothing. It was not sent anywhere. The new key \
             is in use."
                .to_owned(),
        ),
        KeyTrouble::NotChecked(failure) => {
            let explained = failure.explain_with("It is not known whether the old key is dead. The new key is in use.");
            (
                format!("The old key was not checked: {}", lower(&explained.title)),
                explained.body,
            )
        }
    }
}

fn not_switched(
    problem: Option<(&'static str, String)>,
    holds: Holds,
    screen: &Screen<'_>,
) -> (String, String) {
    let store = screen.state.keychain.phrase();
    let (title, body) = problem.unwrap_or(("The keychain did not keep the new key", String::new()));
    let stands = match holds {
        Holds::Old => format!("In {store}: the old key, which works."),
        Holds::Neither => format!("In {store}: neither of the two keys."),
        Holds::Unknown => format!("Which key is in {store} could not be read; both keys work."),
        Holds::New | Holds::MemoryOnly => "The new key is in use.".to_owned(),
    };
    (
        format!("Not switched: {}", lower(title)),
        format!("{body} {stands} This session goes on with the old key, and the new one is still in memory: try again.")
            .trim()
            .to_owned(),
    )
}

/// "the keychain …" after a colon; names keep their capital.
fn lower(title: &str) -> String {
    match title.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => title.to_owned(),
    }
}
