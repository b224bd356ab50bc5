//! Explains why the last sign-in failed and offers a fix.

use egui::{OpenUrl, Ui};

use super::super::{Screen, key_age_text, sign_in_failure, words};
use crate::domain::environment::Environment;
use crate::domain::failure::{Failure, FailureKind, NextStep};
use crate::domain::key_source::KeySource;
use crate::domain::profile::Profile;
use crate::domain::rotation::{KeyAge, KeyAgeBasis};
use crate::state::AppState;
use crate::state::command::Command;
use crate::state::session::attempt::SignInProblem;
use crate::state::session::messages::SessionCommand;
use crate::state::shell::messages::SettingsCommand;
use crate::state::shell::saved::RememberedProfile;
use crate::ui::screen::UiRequest;
use crate::widgets::{Button, Notice, Tone};

/// A fix for the problem.
pub(super) enum FormRemedy {
    /// Send this command.
    Ask(Command),
    /// Submit the form again.
    Submit,
    /// Correct the key.
    EditKey,
    /// Enter the key again.
    EnterKey,
    /// Correct the address or choose another environment.
    EditAddress,
    /// Enter the key without saving it in the keychain.
    ThisSessionOnly,
    /// Answer the key source's prompt.
    AnswerSource,
}

/// State of the key in the form, which decides whether it can be submitted again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FormKey {
    /// None was entered.
    None,
    /// The field holds a key.
    Typed,
    /// The key was wiped when its attempt ended.
    Wiped,
    /// The form asks for a key source instead.
    Fetched,
}

const THIS_SESSION_ONLY: &str = "This session only";

/// Draws the problem above the form. Returns what the form should do about it. The connection test is shown on the settings page.
///
/// If trying again needs nothing typed, its button takes the focus, and `had_focus` keeps the form from taking it.
pub(super) fn show(
    ui: &mut Ui,
    problem: &SignInProblem,
    key: FormKey,
    (open, had_focus): (&mut bool, &mut bool),
    screen: &mut Screen<'_>,
) -> Option<FormRemedy> {
    let problem_text = ProblemText::of(screen.state, problem, key);
    let text = match &problem_text.help_command {
        Some(line) => format!("{}\n\n{line}", problem_text.text),
        None => problem_text.text.clone(),
    };
    let mut notice = Notice::new(problem_text.tone, &problem_text.heading, &text);
    let next = match problem_text.next {
        FormRemedy::Ask(_) | FormRemedy::Submit => match problem {
            SignInProblem::Failed(failure, _) => words::again(failure),
            SignInProblem::SourceChanged(..) => "Use this source",
            SignInProblem::Keychain(..)
            | SignInProblem::Source(..)
            | SignInProblem::NeedsAnswer(..)
            | SignInProblem::NoKey(..)
            | SignInProblem::Demo(_) => "Try again",
        },
        FormRemedy::EditKey => "Correct the key",
        FormRemedy::EnterKey => "Enter the key again",
        FormRemedy::EditAddress => "Check the address",
        FormRemedy::ThisSessionOnly => THIS_SESSION_ONLY,
        FormRemedy::AnswerSource => "Enter it",
    };
    let mut first = Button::outlined(next).small();
    if matches!(problem_text.next, FormRemedy::Ask(_)) {
        first = first.takes_focus();
        *had_focus = true;
    }
    let mut buttons = vec![first];
    // At most one of these applies: a rejected key and a failed connection never occur together.
    if problem_text.is_without_keychain {
        buttons.push(Button::outlined(THIS_SESSION_ONLY).small());
    } else if problem_text.help_command.is_some() {
        buttons.push(Button::outlined("Copy the command").small());
    } else if problem_text.portal.is_some() {
        buttons.push(Button::outlined("Open the Partner Portal").small());
    } else if problem_text.test.is_some() {
        buttons.push(Button::plain("Test connection").small());
    }
    if let Some((line, rest)) = &problem_text.details {
        if *open {
            buttons.push(Button::plain("Copy details").small());
        }
        notice = notice.details(line, rest, open);
    }
    let pressed = notice.show(ui, buttons);
    if let (Some(1), Some(portal)) = (pressed, &problem_text.portal) {
        ui.ctx().open_url(OpenUrl::new_tab(portal));
        return None;
    }
    if let (Some(1), Some(line)) = (pressed, &problem_text.help_command) {
        screen.copy("command", line);
        return None;
    }
    if pressed == Some(1) && problem_text.is_without_keychain {
        return Some(FormRemedy::ThisSessionOnly);
    }
    match (
        pressed?,
        problem_text.next,
        problem_text.details,
        problem_text.test,
    ) {
        (0, remedy, ..) => Some(remedy),
        (1, _, _, Some(environment)) => {
            screen.send(SettingsCommand::TestConnection(environment));
            screen.request(UiRequest::Settings);
            None
        }
        (_, _, details, _) => {
            if let Some((_, text)) = details {
                screen.copy("details", text);
            }
            None
        }
    }
}

struct ProblemText {
    tone: Tone,
    heading: String,
    text: String,
    details: Option<(String, String)>,
    next: FormRemedy,
    /// Address of the portal, if a new key is needed.
    portal: Option<String>,
    /// The environment to offer a connection test for.
    test: Option<Environment>,
    /// Whether signing in without the keychain would help.
    is_without_keychain: bool,
    /// A command to run in a terminal that helps.
    help_command: Option<String>,
}

impl ProblemText {
    fn of(state: &AppState, problem: &SignInProblem, key: FormKey) -> Self {
        let problem_text = sign_in_failure::explain(problem, state);
        let base = Self {
            tone: Tone::Warning,
            heading: problem_text.title,
            text: problem_text.body,
            details: None,
            next: FormRemedy::EditKey,
            portal: None,
            test: None,
            is_without_keychain: false,
            help_command: problem_text.help_command,
        };
        match problem {
            SignInProblem::Failed(failure, profile) => {
                let words = failure.explain(&state.zone);
                let rejected = rejected_key(state, failure, profile);
                let at = words::time_with_seconds(failure.at, &state.zone);
                Self {
                    tone: Tone::Stop,
                    text: format!("{}{}", words.body, rejected.unwrap_or_default()),
                    details: Some((
                        format!("Details: {}, {at}", failure.summary()),
                        failure.support_block(),
                    )),
                    next: match words.next {
                        NextStep::CheckCredentials if key == FormKey::Fetched => FormRemedy::Submit,
                        NextStep::CheckCredentials => FormRemedy::EditKey,
                        NextStep::CheckAddress => FormRemedy::EditAddress,
                        NextStep::TryAgain
                        | NextStep::TryNow
                        | NextStep::RefreshList
                        | NextStep::CheckNow => again(state, profile, key),
                    },
                    portal: state
                        .saved
                        .settings
                        .portal_url
                        .as_ref()
                        .filter(|_| failure.kind == FailureKind::KeyRejected)
                        .map(ToString::to_string),
                    test: is_connection_problem(&failure.kind).then(|| profile.environment.clone()),
                    ..base
                }
            }
            SignInProblem::Keychain(_, profile) => Self {
                text: format!(
                    "{} Try again, or sign in below with the key. “This session only” does not use the keychain.",
                    base.text
                ),
                next: open(profile),
                is_without_keychain: true,
                ..base
            },
            SignInProblem::Source(_, source, profile) => Self {
                details: problem_text
                    .detail
                    .map(|detail| ("Details".to_owned(), detail)),
                next: match profile {
                    Some(profile) if is_remembered(state, profile, source) => open(profile),
                    Some(_) | None => FormRemedy::Submit,
                },
                ..base
            },
            SignInProblem::NeedsAnswer(..) => Self {
                next: FormRemedy::AnswerSource,
                ..base
            },
            SignInProblem::SourceChanged(_, profile) => Self {
                next: FormRemedy::Ask(SessionCommand::ApproveSource(profile.clone()).into()),
                ..base
            },
            SignInProblem::NoKey(source, _) => {
                let then = match source {
                    KeySource::Keychain => "Sign in below with the key to store it again.",
                    _ => "Sign in below with the key.",
                };
                Self {
                    text: format!("{} {then}", base.text),
                    ..base
                }
            }
            SignInProblem::Demo(_) => Self {
                tone: Tone::Stop,
                next: FormRemedy::Ask(Command::Session(SessionCommand::ExploreDemo)),
                ..base
            },
        }
    }
}

fn open(profile: &Profile) -> FormRemedy {
    FormRemedy::Ask(SessionCommand::OpenProfile(profile.clone()).into())
}

/// Whether this is the profile's saved source, not one that is to replace it.
fn is_remembered(state: &AppState, profile: &Profile, source: &KeySource) -> bool {
    let known = state.saved.known(profile);
    known.is_some_and(|known| known.source() == *source)
}

/// The action that repeats the attempt, if a key is available.
fn again(state: &AppState, profile: &Profile, key: FormKey) -> FormRemedy {
    let known = state.saved.known(profile);
    let is_stored = known.is_some_and(RememberedProfile::is_ready);
    match key {
        FormKey::Typed | FormKey::Fetched => FormRemedy::Submit,
        FormKey::None if is_stored => {
            FormRemedy::Ask(SessionCommand::OpenProfile(profile.clone()).into())
        }
        FormKey::None | FormKey::Wiped => FormRemedy::EnterKey,
    }
}

/// Explains that a key accepted earlier is now rejected, and how to get a new one, or that another key was accepted.
fn rejected_key(state: &AppState, failure: &Failure, profile: &Profile) -> Option<String> {
    if failure.kind != FailureKind::KeyRejected {
        return None;
    }
    let known = state.saved.known(profile)?;
    let accepted = known.key.fingerprint;
    let tried = state.attempt().and_then(|attempt| attempt.key);
    if let (Some(tried), Some(accepted)) = (tried, accepted)
        && tried != accepted
    {
        let next = match known.source().external() {
            Some(source) => format!("Check the key in {}.", source.title()),
            None => "Check that you entered the right one.".to_owned(),
        };
        return Some(format!(
            " This key (fingerprint {tried}) is not the one that worked before (fingerprint {accepted}). {next}"
        ));
    }
    let fingerprint = accepted
        .map(|it| format!(" (fingerprint {it})"))
        .unwrap_or_default();
    let age = known.key.age(failure.at, &state.zone);
    let age = age.map(|age| {
        let since = since(&age);
        format!(" {since}; Thred asks for a new key every 90 days.")
    });
    let then = match known.source().external() {
        Some(source) => format!("put it into {} and try again.", source.title()),
        None => format!(
            "paste it below and sign in. It then replaces the old one in {}.",
            state.keychain.phrase()
        ),
    };
    Some(format!(
        " This key{fingerprint} worked before, so it was revoked or replaced.{} Create a new one in the \
         Partner Portal, {then}",
        age.unwrap_or_default(),
    ))
}

/// Whether a connection test could tell more about the failure.
fn is_connection_problem(kind: &FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::Unreachable(_)
            | FailureKind::TimedOut { .. }
            | FailureKind::Proxy { .. }
            | FailureKind::Tls(_)
            | FailureKind::UnexpectedResponse
    )
}

/// "It was added here 83 days ago".
fn since(age: &KeyAge) -> String {
    let since = match age.since {
        KeyAgeBasis::Added(_) => "It was added here",
        KeyAgeBasis::Issued(_) => "It was issued",
    };
    format!("{since} {}", key_age_text::ago(age))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_key_may_be_of_today_or_yesterday() {
        let added = KeyAgeBasis::Added(date(2027, 3, 1));
        let problem_text = [1, 2, 31].map(|day| since(&KeyAge::on(date(2027, 3, day), added)));
        let expected = ["today", "yesterday", "30 days ago"];
        assert_eq!(
            problem_text,
            expected.map(|ago| format!("It was added here {ago}"))
        );
    }
}
