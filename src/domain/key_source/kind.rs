//! The kinds of secret stores, and what they ask for.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A program that prints it.
    Command,
    /// HashiCorp Vault or OpenBao.
    Vault,
    /// AWS Secrets Manager.
    Aws,
}

impl SourceKind {
    /// In the order of the sign-in form.
    pub const ALL: [Self; 3] = [Self::Command, Self::Vault, Self::Aws];
}

/// A value that a source needs from the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePrompt {
    /// "Password for ada", "Secret ID".
    pub label: String,
    /// Whether the keychain keeps the answer. Otherwise the user enters it each time.
    pub is_saved: bool,
}
