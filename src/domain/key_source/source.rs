//! Where the key of a session comes from.

use super::external::ExternalSource;
use crate::domain::text::capitalised;

/// Where the key of a session comes from, and where the next sign-in gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// The system's keychain.
    Keychain,
    /// The user typed it. It exists only in memory and cannot be fetched again.
    Typed,
    /// The environment variables set when the console started.
    Variables,
    /// Issued by the embedded demo server.
    Demo,
    /// A secret store of the team.
    External(Box<ExternalSource>),
}

impl From<ExternalSource> for KeySource {
    fn from(source: ExternalSource) -> Self {
        Self::External(Box::new(source))
    }
}

impl KeySource {
    pub const fn can_refetch(&self) -> bool {
        match self {
            Self::Keychain | Self::Variables | Self::Demo | Self::External(_) => true,
            Self::Typed => false,
        }
    }

    /// The external source, if the key comes from one.
    pub fn external(&self) -> Option<&ExternalSource> {
        match self {
            Self::External(source) => Some(source),
            Self::Keychain | Self::Typed | Self::Variables | Self::Demo => None,
        }
    }

    /// What holds the key, for use inside a sentence. `store` is the name of the system's keychain with its article.
    pub fn holder(&self, store: &'static str) -> String {
        match self {
            Self::Keychain => store.to_owned(),
            Self::Typed => "this session".to_owned(),
            Self::Variables => "the environment variables".to_owned(),
            Self::Demo => "the demo".to_owned(),
            Self::External(source) => source.name(),
        }
    }

    /// What keeps the key when the console forgets it, as the start of a sentence: "Vault keeps". `None` if nothing does.
    pub fn keeps_phrase(&self) -> Option<String> {
        match self {
            Self::Variables => Some("The environment variables keep".to_owned()),
            Self::External(source) => Some(format!("{} keeps", capitalised(&source.name()))),
            Self::Keychain | Self::Typed | Self::Demo => None,
        }
    }
}
