//! The six steps on the left.

use egui::Ui;

use crate::domain::rotation::{Rotation, RotationReason, RotationStep};
use crate::state::rotation::RotationActivity;
use crate::state::session::open::Open;
use crate::theme::{self, Type, space};
use crate::ui::{Screen, words};
use crate::widgets::step_column;

/// The current position as text.
pub(super) fn progress_text(ui: &mut Ui, open: &Open, rotation: Option<&Rotation>) {
    let p = theme::palette(ui.ctx());
    let text = match rotation {
        Some(rotation) => format!("Step {} of 6 · safe to close", rotation.step.number()),
        None if open.keys.finished.is_some() => "All six steps are done".to_owned(),
        None => "Six steps, not started".to_owned(),
    };
    ui.label(Type::Small.rich(text).color(p.muted));
}

pub(super) fn show(ui: &mut Ui, open: &Open, rotation: Option<&Rotation>, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.label(Type::Heading.rich("Rotate API key").color(p.strong));
    ui.add_space(space::XS);
    progress_text(ui, open, rotation);
    ui.add_space(space::XXL);
    let finished = open.keys.finished.as_ref();
    let reason = rotation.map_or(RotationReason::Scheduled, |rotation| rotation.reason);
    let lines: Vec<_> = RotationStep::ALL
        .into_iter()
        .map(|step| {
            let done = rotation.or(finished.map(|finished| &finished.rotation));
            (title(step, reason), note(step, open, done, screen))
        })
        .collect();
    let done = match rotation {
        Some(rotation) => rotation.step.number() - 1,
        None if finished.is_some() => lines.len(),
        None => 0,
    };
    step_column(ui, &lines, done, rotation.is_some());
}

fn title(step: RotationStep, reason: RotationReason) -> &'static str {
    match (step, reason) {
        (RotationStep::Portal, RotationReason::Leaked) => "Revoke the old key",
        (RotationStep::Portal, RotationReason::Scheduled | RotationReason::Rejected) => {
            "Open the Partner Portal"
        }
        (RotationStep::Paste, _) => "Paste the new key",
        (RotationStep::Verify, _) => "Test the new key",
        (RotationStep::OtherSystems, _) => "Update other systems",
        (RotationStep::Switch, _) => "Switch",
        (RotationStep::Check, _) => "Confirm revocation",
    }
}

fn note(
    step: RotationStep,
    open: &Open,
    rotation: Option<&Rotation>,
    screen: &Screen<'_>,
) -> String {
    let state = screen.state;
    if let Some(at) = rotation.and_then(|rotation| rotation.done_at(step)) {
        return format!("Done, {}", words::time(at, &state.zone));
    }
    let is_here = rotation.is_some_and(|rotation| rotation.step == step);
    let reason = rotation.map_or(RotationReason::Scheduled, |rotation| rotation.reason);
    match step {
        RotationStep::Portal if reason == RotationReason::Leaked => {
            "Then create a new one".to_owned()
        }
        RotationStep::Portal => "Create a new key there".to_owned(),
        RotationStep::Paste if matches!(open.keys.work, RotationActivity::Verifying(_)) => {
            "Testing it".to_owned()
        }
        RotationStep::Paste => "In memory only".to_owned(),
        RotationStep::Verify if is_here => match &open.keys.proof {
            Some(proof) if proof.old.is_ok() => "Both keys work now".to_owned(),
            _ => "It works".to_owned(),
        },
        RotationStep::Verify => match reason {
            RotationReason::Scheduled => "While the old one works".to_owned(),
            RotationReason::Leaked | RotationReason::Rejected => "Before it is used".to_owned(),
        },
        RotationStep::OtherSystems => {
            match state.known_now().map_or(0, |known| known.consumers.0.len()) {
                0 => "None on your list yet".to_owned(),
                count => format!("{count} on your list"),
            }
        }
        RotationStep::Switch if open.is_key_in_keychain() => "Saved in the keychain".to_owned(),
        RotationStep::Switch if open.is_key_stored() => "Where your team keeps it".to_owned(),
        RotationStep::Switch => "In memory, for this session".to_owned(),
        RotationStep::Check => format!(
            "{} must reject it",
            open.profile().environment.in_sentence()
        ),
    }
}
