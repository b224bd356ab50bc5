//! Why a source returned no key.

use crate::domain::keychain::KeychainProblem;
use crate::domain::text::visible;

/// Why a source returned no key. It holds no secret and may be shown and copied. Never log it whole: a tool's own
/// output may contain anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceProblem {
    /// What happened, without a full stop: "Vault is sealed".
    pub title: String,
    /// The context, what was not done, and the next step; sentences.
    pub body: String,
    /// A command that helps, to be run in a terminal: `vault login`.
    pub help_command: Option<String>,
    /// The source's own message, scrubbed and truncated.
    pub detail: Option<String>,
}

impl SourceProblem {
    /// A problem without a command that helps.
    pub fn new(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            body: body.into(),
            help_command: None,
            detail: None,
        }
    }

    /// Makes control characters and the like visible in all texts.
    #[must_use]
    pub(super) fn made_visible(self) -> Self {
        let shown = |text: String| visible(&text).into_owned();
        Self {
            title: shown(self.title),
            body: shown(self.body),
            help_command: self.help_command.map(shown),
            detail: self.detail.map(shown),
        }
    }

    /// Adds a command that helps.
    #[must_use]
    pub fn with_help_command(mut self, line: impl Into<String>) -> Self {
        self.help_command = Some(line.into());
        self
    }

    /// Adds a command that helps, if there is one.
    #[must_use]
    pub(super) fn with_optional_help_command(self, help_command: Option<String>) -> Self {
        Self {
            help_command,
            ..self
        }
    }

    /// Adds the source's own message, which must have been scrubbed. A blank message is ignored.
    #[must_use]
    pub fn saying(mut self, detail: &str) -> Self {
        self.detail = Some(detail.trim().to_owned()).filter(|detail| !detail.is_empty());
        self
    }
}

/// Why there is no key to sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyProblem {
    /// The system's keychain returned none.
    Keychain(KeychainProblem),
    /// An external source returned none.
    Source(SourceProblem),
    /// The source needs an answer to its prompt first.
    NeedsAnswer,
}
