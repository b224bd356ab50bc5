//! Explains why sign-in failed, for the lock and sign-in screens.

use crate::domain::key_source::{KeySource, SourceProblem};
use crate::state::AppState;
use crate::state::session::attempt::SignInProblem;

/// What failed, and where, as a key source reports it. Each screen adds its own next step.
pub(super) fn explain(problem: &SignInProblem, state: &AppState) -> SourceProblem {
    match problem {
        SignInProblem::Failed(failure, _) => {
            let words = failure.explain(&state.zone);
            SourceProblem::new(words.title, words.body)
        }
        SignInProblem::Keychain(problem, _) => {
            let (title, body) = problem.explain(state.keychain);
            SourceProblem::new(title, body)
        }
        SignInProblem::Source(problem, ..) => problem.clone(),
        SignInProblem::NeedsAnswer(source) => {
            let holder = source.holder(state.keychain.phrase());
            let prompt = source.external().and_then(|source| source.prompt());
            let asked = prompt.map_or_else(|| "an answer".to_owned(), |prompt| prompt.label);
            SourceProblem::new(
                format!("{holder} needs: {asked}"),
                "Enter it and try again.",
            )
        }
        SignInProblem::SourceChanged(source, _) => SourceProblem::new(
            "The key source has changed",
            format!(
                "The settings file names a different source than the one you last used. Nothing was run or \
                 sent. Check it before you continue:\n\n{}",
                in_full(source)
            ),
        ),
        SignInProblem::NoKey(KeySource::Variables, profile) => SourceProblem::new(
            "The environment variables no longer hold this key",
            format!(
                "The console was not started with a key for {}.",
                state.share.plain(&profile.partner.short())
            ),
        ),
        SignInProblem::NoKey(_, profile) => SourceProblem::new(
            "The key is no longer in the keychain",
            format!(
                "{} has no key for {} at {}.",
                state.keychain.phrase(),
                state.share.plain(&profile.partner.short()),
                profile.environment.host(),
            ),
        ),
        SignInProblem::Demo(why) => SourceProblem::new("The demo could not start", why.clone()),
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
