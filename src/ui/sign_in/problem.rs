//! Why the last sign-in failed, and what helps.

use egui::Ui;

use crate::state::AppState;
use crate::state::command::Command;
use crate::state::session::SignInProblem;
use crate::widgets::{Button, Notice, Tone};

use super::super::words;

/// Shows the problem above the form.
pub(super) fn show(ui: &mut Ui, state: &AppState, problem: &SignInProblem, open: &mut bool, out: &mut Vec<Command>) {
    let words = Words::of(state, problem);
    let mut notice = Notice::new(words.tone, &words.heading, &words.text);
    if let Some((line, rest)) = &words.details {
        notice = notice.details(line, rest);
    }
    let mut buttons = Vec::new();
    if words.retry.is_some() {
        buttons.push(Button::outlined("Try again").small());
    }
    if words.details.is_some() && *open {
        buttons.push(Button::plain("Copy details").small());
    }
    let shown = notice.show(ui, *open, buttons);
    if shown.details_toggled {
        *open = !*open;
    }
    match (shown.button, words.retry) {
        (Some(0), Some(retry)) => out.push(retry),
        (Some(_), _) => {
            if let Some((_, block)) = words.details {
                out.push(Command::CopyText { what: "details", text: block });
            }
        }
        (None, _) => {}
    }
}

struct Words {
    tone: Tone,
    heading: String,
    text: String,
    details: Option<(String, String)>,
    retry: Option<Command>,
}

impl Words {
    fn of(state: &AppState, problem: &SignInProblem) -> Self {
        match problem {
            SignInProblem::Failed(failure, _) => {
                let words = failure.explain();
                let at = words::time_with_seconds(failure.at, &state.zone);
                Self {
                    tone: Tone::Stop,
                    heading: words.title,
                    text: words.body,
                    details: Some((format!("Details: {}, {at}", failure.summary()), failure.support_block())),
                    // What was typed is still in the form, whose own button tries again.
                    retry: None,
                }
            }
            SignInProblem::Keychain(problem, profile) => {
                let (heading, body) = problem.explain(state.keychain);
                Self {
                    tone: Tone::Care,
                    heading: heading.to_owned(),
                    text: format!("{body} Try again, or sign in below with the key."),
                    details: None,
                    retry: Some(Command::SignInFromKeychain(profile.clone())),
                }
            }
            SignInProblem::NoKey(profile) => Self {
                tone: Tone::Care,
                heading: "The key is no longer in the keychain".to_owned(),
                text: format!(
                    "{} has no key for {} at {}. Sign in below with the key to store it again.",
                    state.keychain.phrase(),
                    profile.partner.short(),
                    words::host(&profile.environment),
                ),
                details: None,
                retry: None,
            },
            SignInProblem::Demo(why) => Self {
                tone: Tone::Stop,
                heading: "The demo could not be started".to_owned(),
                text: why.clone(),
                details: None,
                retry: Some(Command::ExploreDemo),
            },
        }
    }
}
