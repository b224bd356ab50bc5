//! Why a source did not hand out the key.

use crate::domain::keychain::KeychainProblem;

/// Why a source did not hand out the key. Holds no secret: it may be shown and copied, and is never logged whole,
/// because a tool's own words may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceProblem {
    /// What happened, without a full stop: "Vault is sealed".
    pub title: String,
    /// To what, what was not done, and the next step; sentences.
    pub body: String,
    /// The line that helps, to be copied and run in a terminal: `vault login`.
    pub helps: Option<String>,
    /// The source's own words, scrubbed and cut.
    pub detail: Option<String>,
}

impl SourceProblem {
    /// A problem without a line that helps.
    pub fn new(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            body: body.into(),
            helps: None,
            detail: None,
        }
    }

    /// The same with the line that helps.
    #[must_use]
    pub fn helped_by(mut self, line: impl Into<String>) -> Self {
        self.helps = Some(line.into());
        self
    }

    /// The same with the source's own words, which must have been scrubbed. Blank ones are left out.
    #[must_use]
    pub fn saying(mut self, detail: &str) -> Self {
        self.detail = Some(detail.trim().to_owned()).filter(|detail| !detail.is_empty());
        self
    }
}

/// Why there is no key to sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    /// The system's keychain did not hand it out.
    Keychain(KeychainProblem),
    /// An external source did not.
    Source(SourceProblem),
    /// The source needs the user's answer to its prompt first.
    NeedsAnswer,
}
