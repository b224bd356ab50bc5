//! Describes why a source's server did not respond.

use jiff::tz::TimeZone;

use crate::domain::key_source::SourceProblem;
use crate::partner_api::HttpProblem;

/// The problem in words; `server` is the server's display name.
pub(super) fn problem(problem: &HttpProblem, server: &str) -> SourceProblem {
    match problem {
        HttpProblem::NoAnswer(failure) => {
            // The zone is used only for pauses that a server asks for, which do not occur here.
            let words = failure.explain_with("No key was read.", &TimeZone::UTC);
            let words = SourceProblem::new(words.title, words.body);
            words.saying(failure.detail.as_deref().unwrap_or_default())
        }
        HttpProblem::Unprotected { host } => SourceProblem::new(
            format!("The connection to {server} would not be encrypted"),
            format!(
                "http:// to {host} would send your login and the key unprotected. Nothing was sent. Use https://, or \
                 http:// on this computer only."
            ),
        ),
        HttpProblem::NoAddress => SourceProblem::new(
            format!("{server} has no valid address"),
            "The address does not name a server. Nothing was sent. Check the address.",
        ),
    }
}
