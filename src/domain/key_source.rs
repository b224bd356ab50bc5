//! Where the key of a session comes from.

/// Where the key of a session comes from, and where the next sign-in finds it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// The system's keychain holds it.
    Keychain,
    /// It was typed and is in memory only: nothing can fetch it again.
    Typed,
    /// The environment variables that the console was started with.
    Variables,
    /// The embedded server of the demo issues it.
    Demo,
}

impl KeySource {
    /// Whether the key can be fetched again without the user.
    pub const fn can_be_asked_again(&self) -> bool {
        match self {
            Self::Keychain | Self::Variables | Self::Demo => true,
            Self::Typed => false,
        }
    }
}
