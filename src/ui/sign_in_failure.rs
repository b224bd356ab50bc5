//! Explains why sign-in failed, for the lock and sign-in screens.

use super::words;
use crate::domain::key_source::KeySource;
use crate::state::AppState;
use crate::state::session::attempt::SignInProblem;

/// What failed, and where. Each screen adds its own next step.
pub(super) struct SignInFailureText {
    pub(super) title: String,
    pub(super) body: String,
    /// A command to run in a terminal.
    pub(super) helps: Option<String>,
    /// Output of the tool, or message of the server, that was asked for the key.
    pub(super) detail: Option<String>,
}

impl SignInFailureText {
    pub(super) fn of(problem: &SignInProblem, state: &AppState) -> Self {
        let plain = |title: String, body: String| Self {
            title,
            body,
            helps: None,
            detail: None,
        };
        match problem {
            SignInProblem::Failed(failure, _) => {
                let words = failure.explain(&state.zone);
                plain(words.title, words.body)
            }
            SignInProblem::Keychain(problem, _) => {
                let (title, body) = problem.explain(state.keychain);
                plain(title.to_owned(), body)
            }
            SignInProblem::Source(problem, ..) => Self {
                title: problem.title.clone(),
                body: problem.body.clone(),
                helps: problem.helps.clone(),
                detail: problem.detail.clone(),
            },
            SignInProblem::NeedsAnswer(source) => {
                let holder = source.holder(state.keychain.phrase());
                let prompt = source.external().and_then(|source| source.prompt());
                let asked = prompt.map_or_else(|| "an answer".to_owned(), |prompt| prompt.label);
                plain(
                    format!("{holder} needs: {asked}"),
                    "Enter it and try again.".to_owned(),
                )
            }
            SignInProblem::SourceChanged(source, _) => plain(
                "The key source has changed".to_owned(),
                format!(
                    "The settings file names a different source than the one you last used. Nothing was run or \
                     sent. Check it before you continue:\n\n{}",
                    in_full(source)
                ),
            ),
            SignInProblem::NoKey(KeySource::Variables, profile) => plain(
                "The environment variables no longer hold this key".to_owned(),
                format!(
                    "The console was not started with a key for {}.",
                    state.share.plain(&profile.partner.short())
                ),
            ),
            SignInProblem::NoKey(_, profile) => plain(
                "The key is no longer in the keychain".to_owned(),
                format!(
                    "{} has no key for {} at {}.",
                    state.keychain.phrase(),
                    state.share.plain(&profile.partner.short()),
                    words::host(&profile.environment),
                ),
            ),
            SignInProblem::Demo(why) => plain("The demo could not start".to_owned(), why.clone()),
        }
    }
}

/// All settings of a source, one per line.
fn in_full(source: &KeySource) -> String {
    let settings = source.external().map(|source| source.in_full());
    let lines = settings.into_iter().flatten();
    let lines: Vec<_> = lines
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.join("\n")
}
