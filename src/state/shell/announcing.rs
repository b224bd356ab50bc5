//! Decides when screen readers announce something, and in which words.

use crate::domain::countdown::Milestone;
use crate::domain::time::Now;
use crate::state::AppState;
use crate::state::session::open::Open;

/// How many businesses a sentence can name. If there are more, it names one fewer and counts the rest.
const MAX_NAMED: usize = 3;

/// Announces the milestones that tokens have reached since the last call.
pub(in crate::state) fn tick(state: &mut AppState, now: Now) {
    let said = &mut state.announcements;
    said.current.take_if(|said| said.leaves <= now.boot);
    // Milestones of a session behind a sign-in are announced once it is on screen again.
    let open = state.open.as_mut().filter(|_| state.attempt.is_none());
    let Some(Open { workspace, .. }) = open else {
        said.clear();
        return;
    };
    let passed = workspace.tokens.milestones(now.boot);
    let mut sentences = Vec::new();
    for milestone in [
        Milestone::Over,
        Milestone::OneMinute,
        Milestone::FiveMinutes,
        Milestone::TenMinutes,
    ] {
        let names: Vec<String> = passed
            .iter()
            .filter(|(_, at)| *at == milestone)
            .map(|(business, _)| {
                let name = workspace
                    .tokens
                    .get(*business)
                    .and_then(|held| held.name.as_ref());
                let name = state.share.name(*business, name);
                name.map_or_else(|| "a business without a name".to_owned(), Into::into)
            })
            .collect();
        sentences.extend(sentence(&names, milestone));
    }
    if !sentences.is_empty() {
        said.say(sentences.join(" "), now);
    }
}

/// "Token for Acme Ltd: 10 minutes left." or "Tokens for Acme Ltd and Zebra Zoo: expired."
fn sentence(names: &[String], milestone: Milestone) -> Option<String> {
    let left = match milestone {
        Milestone::Far => return None,
        Milestone::TenMinutes => "10 minutes left",
        Milestone::FiveMinutes => "5 minutes left",
        Milestone::OneMinute => "1 minute left",
        Milestone::Over => "expired",
    };
    let whose = match names {
        [] => return None,
        [name] => return Some(format!("Token for {name}: {left}.")),
        _ if names.len() > MAX_NAMED => {
            let named = &names[..MAX_NAMED - 1];
            format!(
                "{} and {} others",
                named.join(", "),
                names.len() - named.len()
            )
        }
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    };
    Some(format!("Tokens for {whose}: {left}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_get_there_together_share_a_sentence() {
        let names: Vec<String> = ["A", "B", "C", "D", "E"].map(str::to_owned).into();
        let said = |count: usize| sentence(&names[..count], Milestone::TenMinutes);
        assert_eq!(said(0), None);
        assert_eq!(said(1).unwrap(), "Token for A: 10 minutes left.");
        assert_eq!(said(2).unwrap(), "Tokens for A and B: 10 minutes left.");
        assert_eq!(said(3).unwrap(), "Tokens for A, B and C: 10 minutes left.");
        assert_eq!(
            said(5).unwrap(),
            "Tokens for A, B and 3 others: 10 minutes left."
        );
    }
}
