//! The system's keychain in words: its name, and how it can fail.

/// The store that holds the keys on this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeychainName {
    /// Linux and other systems with a Secret Service.
    SecretService,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl KeychainName {
    /// Its name inside a sentence, with article.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::SecretService => "the Secret Service keyring",
            Self::MacOs => "the macOS Keychain",
            Self::Windows => "the Windows Credential Manager",
        }
    }
}

/// Why the keychain did not do what it was asked for. The texts hold no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeychainProblem {
    /// There is none: no session bus, or no service on it.
    Absent(String),
    /// It is locked, and the prompt to unlock it was dismissed or refused.
    Locked(String),
    /// It holds several items where one is expected.
    Ambiguous,
    /// The stored item is no usable key.
    Unusable(String),
    /// Anything else that the store reports.
    Failed(String),
}

impl KeychainProblem {
    /// What happened, and what it means.
    pub fn explain(&self, store: KeychainName) -> (String, String) {
        let store = store.phrase();
        match self {
            Self::Absent(why) => (
                "No keychain on this computer".to_owned(),
                format!(
                    "{} was not found ({why}). Without it a key cannot be kept between sessions.",
                    capital(store)
                ),
            ),
            Self::Locked(_) => (
                "The keychain stayed locked".to_owned(),
                format!(
                    "{} was not unlocked, so the key could not be reached. Nothing was changed in it.",
                    capital(store)
                ),
            ),
            Self::Ambiguous => (
                "The keychain has more than one such key".to_owned(),
                format!(
                    "{} holds several items named “thred-console” for this partner. None was used. \
                     Remove all but one with the system's own keychain program.",
                    capital(store)
                ),
            ),
            Self::Unusable(why) => (
                "The stored key cannot be used".to_owned(),
                format!(
                    "What {store} holds is no API key ({why}). It was left as it is; sign in with the key to replace it."
                ),
            ),
            Self::Failed(why) => (
                "The keychain reported a fault".to_owned(),
                format!(
                    "{} answered: {why}. Nothing was changed in it.",
                    capital(store)
                ),
            ),
        }
    }
}

fn capital(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
