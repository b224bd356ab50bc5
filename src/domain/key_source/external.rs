//! The places outside the console where a team keeps its key.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::form::{FieldComplaint, SourceSpec, TypedSource};
use super::{FieldNames, aws, command, vault};

/// A place outside the console where a team keeps its key, as the settings file remembers it. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExternalSource {
    /// A program prints it.
    Command(command::CommandSource),
    /// HashiCorp Vault or OpenBao.
    Vault(vault::VaultSource),
    /// AWS Secrets Manager.
    Aws(aws::AwsSource),
}

/// The kinds of external sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A program prints it.
    Command,
    /// HashiCorp Vault or OpenBao.
    Vault,
    /// AWS Secrets Manager.
    Aws,
}

impl SourceKind {
    /// In the order of the sign-in form.
    pub const ALL: [Self; 3] = [Self::Command, Self::Vault, Self::Aws];

    /// Its words and its form.
    pub const fn spec(self) -> &'static SourceSpec {
        match self {
            Self::Command => &command::SPEC,
            Self::Vault => &vault::SPEC,
            Self::Aws => &aws::SPEC,
        }
    }

    /// What environment variables offer, for the fields that are empty, and the names of the variables that were used.
    pub fn prefilled(
        self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (TypedSource, Vec<&'static str>) {
        let blank = TypedSource::blank(self);
        match self {
            // Never from a variable: it would decide what is executed.
            Self::Command => (blank, Vec::new()),
            Self::Vault => vault::prefilled(blank, variable),
            Self::Aws => aws::prefilled(blank, variable),
        }
    }
}

impl ExternalSource {
    /// Reads a form.
    ///
    /// # Errors
    /// What is wrong with which fields.
    pub fn read(typed: &TypedSource) -> Result<Self, Vec<FieldComplaint>> {
        match typed.kind() {
            SourceKind::Command => command::CommandSource::read(typed).map(Self::Command),
            SourceKind::Vault => vault::VaultSource::read(typed).map(Self::Vault),
            SourceKind::Aws => aws::AwsSource::read(typed).map(Self::Aws),
        }
    }

    /// Fills the form in again.
    pub fn typed(&self) -> TypedSource {
        match self {
            Self::Command(source) => source.typed(),
            Self::Vault(source) => source.typed(),
            Self::Aws(source) => source.typed(),
        }
    }

    /// "Vault", "AWS Secrets Manager", the name of the program.
    pub fn name(&self) -> String {
        match self {
            Self::Command(source) => source.name(),
            Self::Vault(source) => source.name(),
            Self::Aws(source) => source.name(),
        }
    }

    /// Where in it: a path, the name of a secret. Empty for a command, whose arguments say it.
    pub fn place(&self) -> String {
        match self {
            Self::Command(_) => String::new(),
            Self::Vault(source) => source.place(),
            Self::Aws(source) => source.place(),
        }
    }

    /// "Vault · secret/thred/production".
    pub fn title(&self) -> String {
        match self.place() {
            place if place.is_empty() => self.name(),
            place => format!("{} · {place}", self.name()),
        }
    }

    /// What the user is asked for besides the settings: "Password for ada". `None` where nothing is.
    pub fn prompt(&self) -> Option<SourcePrompt> {
        match self {
            Self::Command(_) | Self::Aws(_) => None,
            Self::Vault(source) => source.prompt(),
        }
    }

    /// What the answer to the prompt belongs to. It stays the same whatever a fetch finds out, so that an answer which is
    /// kept under it is found again. `None` where there is no prompt.
    pub fn answer_id(&self) -> Option<String> {
        match self {
            Self::Command(_) | Self::Aws(_) => None,
            Self::Vault(source) => source.answer_id(),
        }
    }

    /// Which of several values are meant.
    pub const fn field_names(&self) -> &FieldNames {
        match self {
            Self::Command(source) => &source.names,
            Self::Vault(source) => &source.names,
            Self::Aws(source) => &source.names,
        }
    }

    /// The line that puts a new key there, reading it from standard input; `None` where there is none to offer.
    pub fn line_to_store(&self) -> Option<String> {
        match self {
            Self::Command(_) => None,
            Self::Vault(source) => source.line_to_store(),
            Self::Aws(source) => source.line_to_store(),
        }
    }

    /// All that decides what is executed or asked, for a question before it first is: name and value of each.
    pub fn in_full(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Command(source) => source.in_full(),
            Self::Vault(source) => source.typed().in_full(),
            Self::Aws(source) => source.typed().in_full(),
        }
    }

    /// Recognises the same settings again, SHA-256 in hexadecimal.
    pub fn digest(&self) -> String {
        // Maps have a fixed order here, and nothing in them fails to be written.
        let text = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::digest(&text);
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a source asks the user for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePrompt {
    /// "Password for ada", "Secret ID".
    pub label: String,
    /// The keychain keeps the answer; otherwise it is asked for each time.
    pub is_kept: bool,
}
