//! What can go wrong at Vault.

mod words;

use std::fmt;

use jiff::Timestamp;

use crate::domain::network::CaProblem;

/// Where a token was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenOrigin {
    /// In this variable of the environment.
    Variable(&'static str),
    /// Printed by this program, which the command line's settings name.
    Helper(String),
    /// In this file.
    File(String),
    /// The console has just logged in.
    Login,
}

impl fmt::Display for TokenOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "the token in {name}"),
            Self::Helper(program) => write!(f, "the token from the token helper {program}"),
            Self::File(path) => write!(f, "the token in {path}"),
            Self::Login => f.write_str("the token of this login"),
        }
    }
}

/// Why Vault handed out no secret. Texts of the server in it have been scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultProblem {
    /// The file of authorities in the settings is of no use.
    CaFile(CaProblem),
    /// Namespace or token have characters that cannot be sent.
    NotSendable(&'static str),
    /// Nobody has logged in on this computer.
    NoToken {
        /// All places that were looked at.
        looked_at: Vec<String>,
    },
    /// A file with a token, or one that names a helper, cannot be read.
    Unreadable {
        /// Which.
        file: String,
        /// Why, as a clause.
        why: String,
    },
    /// The helper is not named by an absolute path, or with arguments.
    HelperNotAProgram {
        /// As it is named.
        helper: String,
        /// The file that names it.
        file: String,
    },
    /// The helper did not start or failed.
    HelperFailed {
        /// Its path.
        helper: String,
        /// What happened, as a clause.
        why: String,
        /// What it printed to standard error.
        said: String,
    },
    /// The user was not asked, or gave no answer.
    NoAnswer,
    /// Role and secret id, or name and password, are wrong.
    LoginRejected,
    /// There is no such login method.
    NoLoginMethod,
    /// The login wants a second factor.
    NeedsMfa,
    /// The answer is wrapped: somebody has to approve it, or unwrap it first.
    Wrapped,
    /// The token is not valid.
    TokenRejected(TokenOrigin),
    /// The token is valid and not allowed to read this.
    Denied(TokenOrigin),
    /// There is no such mount, or the token may see nothing of it.
    NoMount(TokenOrigin),
    /// The mount is for something else than secrets with fields.
    NotKv {
        /// Its path.
        mount: String,
        /// "pki".
        kind: String,
    },
    /// Nothing is stored at the path.
    NoSecret,
    /// The current version is deleted.
    Deleted {
        /// Its number.
        version: Option<u64>,
        /// Since when.
        since: Option<Timestamp>,
    },
    /// The current version is gone for good.
    Destroyed {
        /// Its number.
        version: Option<u64>,
    },
    /// The engine is not of the version that the settings state.
    OtherEngine,
    /// The namespace is unknown.
    NoNamespace,
    /// The server must be unsealed.
    Sealed,
    /// The server was never set up.
    NotInitialised,
    /// The server is in reserve and answers nothing.
    Standby,
    /// The server points elsewhere.
    Redirected {
        /// Where, without secrets.
        target: String,
    },
    /// Too many requests.
    Busy,
    /// The server cannot do its work.
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// What answered is no Vault.
    NotVault {
        /// HTTP status.
        status: u16,
    },
}

#[cfg(test)]
mod tests;
