//! Texts of the lock screen: what was removed, what was kept, and where the key will come from.

use crate::domain::countdown::minutes;
use crate::domain::key_source::KeySource;
use crate::domain::session_signal::SessionSignal;
use crate::state::session::attempt::{Attempt, SignInProblem};
use crate::state::session::lock::{ClipboardClearance, LockReason, Locked};
use crate::ui::{Screen, words};

pub(super) fn what_is_gone(locked: &Locked) -> String {
    let mut said = Vec::new();
    match locked.why {
        LockReason::Idle(time) => {
            let time = minutes(time.as_secs() / 60);
            said.push(format!("The console was idle for {time}."));
        }
        LockReason::System(SessionSignal::Locked) => {
            said.push("The computer was locked.".to_owned())
        }
        LockReason::System(SessionSignal::Sleeping) => {
            said.push("The computer went to sleep.".to_owned())
        }
        LockReason::Requested => {}
        LockReason::AtStart => {
            return "The console is set to start locked. Nothing has been read yet.".to_owned();
        }
    }
    let gone = match locked.source {
        KeySource::Keychain | KeySource::Typed | KeySource::External(_) => {
            "Key and tokens were removed from memory"
        }
        // A process cannot remove environment variables from its memory.
        KeySource::Variables => "The tokens were removed from memory",
        KeySource::Demo => "The demo’s tokens were removed from memory",
    };
    said.push(match locked.clipboard {
        ClipboardClearance::Cleared => format!("{gone}, and the clipboard was cleared."),
        _ => format!("{gone}."),
    });
    if locked.drafts > 0 {
        let drafts = words::counted(locked.drafts as u64, "draft is", "drafts are");
        said.push(format!("{drafts} kept."));
    }
    if let Some(name) = &locked.import {
        said.push(format!(
            "The import of {name} is paused. You can resume it later."
        ));
    }
    said.join(" ")
}

/// Where the key comes from, or how long fetching it has taken.
pub(super) fn below(locked: &Locked, attempt: Option<&Attempt>, screen: &Screen<'_>) -> String {
    if let Some(verifying) = attempt.and_then(Attempt::verifying) {
        let elapsed = screen.now.boot.saturating_since(verifying.since);
        let host = locked.profile.environment.host();
        return words::awaited(&host, elapsed, verifying.retry.as_ref(), screen.now.boot);
    }
    match &locked.source {
        KeySource::Keychain => format!("Reads the key from {}", screen.state.keychain.phrase()),
        KeySource::Variables => {
            "Reads the key from the environment variables, which keep it while the console runs"
                .to_owned()
        }
        KeySource::External(source) => format!("Reads the key from {}", source.title()),
        KeySource::Demo => "The demo keeps running and needs no key".to_owned(),
        KeySource::Typed => "The key was for this session only. Enter it again.".to_owned(),
    }
}

/// The next step offered after unlocking has failed.
pub(super) fn next_step(problem: &SignInProblem) -> &'static str {
    match problem {
        SignInProblem::Keychain(..) => " Try again, or enter the key for this session only.",
        SignInProblem::NoKey(..) => " Sign in another way to enter it.",
        SignInProblem::Failed(..)
        | SignInProblem::Source(..)
        | SignInProblem::NeedsAnswer(..)
        | SignInProblem::SourceChanged(..)
        | SignInProblem::Demo(_) => "",
    }
}
