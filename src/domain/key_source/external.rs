//! Secret stores outside the console.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::form::{FieldComplaint, SourceSpec, TypedSource};
use super::kind::{SourceKind, SourcePrompt};
use super::secret::FieldNames;
use super::{aws, command, vault};
use crate::domain::text::hex;

/// Where a team keeps its key outside the console, as stored in the settings file. Contains no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExternalSource {
    /// A program that prints it.
    Command(command::CommandSource),
    /// HashiCorp Vault or OpenBao.
    Vault(vault::VaultSource),
    /// AWS Secrets Manager.
    Aws(aws::AwsSource),
}

impl SourceKind {
    /// Display texts and form fields.
    pub const fn spec(self) -> &'static SourceSpec {
        match self {
            Self::Command => &command::SPEC,
            Self::Vault => &vault::SPEC,
            Self::Aws => &aws::SPEC,
        }
    }

    /// Fills empty fields from environment variables. Also returns the names of the variables used.
    pub fn prefilled(
        self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> (TypedSource, Vec<&'static str>) {
        let blank = TypedSource::blank(self);
        match self {
            // Never from a variable, which would then decide what is executed.
            Self::Command => (blank, Vec::new()),
            Self::Vault => vault::prefilled(blank, variable),
            Self::Aws => aws::prefilled(blank, variable),
        }
    }
}

impl ExternalSource {
    /// Validates a form.
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

    /// The form filled in with these settings.
    pub fn typed(&self) -> TypedSource {
        match self {
            Self::Command(source) => source.typed(),
            Self::Vault(source) => source.typed(),
            Self::Aws(source) => source.typed(),
        }
    }

    /// "Vault", "AWS Secrets Manager", or the name of the program.
    pub fn name(&self) -> String {
        match self {
            Self::Command(source) => source.name(),
            Self::Vault(source) => source.name(),
            Self::Aws(source) => source.name(),
        }
    }

    /// The location within the source: a path or the name of a secret. Empty for a command, whose arguments contain it.
    pub fn location(&self) -> String {
        match self {
            Self::Command(_) => String::new(),
            Self::Vault(source) => source.location(),
            Self::Aws(source) => source.location(),
        }
    }

    /// "Vault · secret/thred/production".
    pub fn title(&self) -> String {
        match self.location() {
            place if place.is_empty() => self.name(),
            place => format!("{} · {place}", self.name()),
        }
    }

    /// What the user must enter besides the settings: "Password for ada". `None` if nothing.
    pub fn prompt(&self) -> Option<SourcePrompt> {
        match self {
            Self::Command(_) | Self::Aws(_) => None,
            Self::Vault(source) => source.prompt(),
        }
    }

    /// Identifies what the answer to the prompt belongs to. It does not depend on what a fetch finds out, so that a
    /// saved answer is found again. `None` if there is no prompt.
    pub fn answer_id(&self) -> Option<String> {
        match self {
            Self::Command(_) | Self::Aws(_) => None,
            Self::Vault(source) => source.answer_id(),
        }
    }

    /// Names of the fields that hold key and partner.
    pub const fn field_names(&self) -> &FieldNames {
        match self {
            Self::Command(source) => &source.names,
            Self::Vault(source) => &source.names,
            Self::Aws(source) => &source.names,
        }
    }

    /// The command that stores a new key, read from standard input. `None` if there is none to offer.
    pub fn store_command(&self) -> Option<String> {
        match self {
            Self::Command(_) => None,
            Self::Vault(source) => source.store_command(),
            Self::Aws(source) => source.store_command(),
        }
    }

    /// Name and value of every setting that decides what is executed or contacted, for the confirmation before first
    /// use.
    pub fn in_full(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Command(source) => source.in_full(),
            Self::Vault(source) => source.typed().in_full(),
            Self::Aws(source) => source.typed().in_full(),
        }
    }

    /// Identifies equal settings: SHA-256 in hexadecimal.
    pub fn digest(&self) -> String {
        // Serialisation is deterministic and cannot fail.
        let text = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::digest(&text);
        hex(&digest)
    }
}
