//! Why Vault returned no secret.

mod words;

use std::fmt;

use jiff::Timestamp;

use crate::domain::network::CaProblem;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenOrigin {
    /// In this environment variable.
    Variable(&'static str),
    /// Printed by this token helper, which is configured for the command-line tool.
    Helper(String),
    /// In this file.
    File(String),
    /// Issued by the login that the console has just made.
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

/// Why Vault returned no secret. Server messages in it have been scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultProblem {
    /// The configured certificate authority file cannot be used.
    CaFile(CaProblem),
    /// The namespace or token contains characters that cannot be sent.
    NotSendable(&'static str),
    /// No one has logged in on this computer.
    NoToken {
        /// All locations searched.
        looked_at: Vec<String>,
    },
    /// A file with a token or with the name of a helper cannot be read.
    Unreadable {
        file: String,
        /// The reason, as a clause.
        why: String,
    },
    /// The helper is not given as an absolute path, or it has arguments.
    HelperNotAProgram {
        /// As configured.
        helper: String,
        /// The file that configures it.
        file: String,
    },
    /// The helper failed to start, or ended with an error.
    HelperFailed {
        helper: String,
        /// The reason, as a clause.
        why: String,
        /// Its standard error.
        said: String,
    },
    /// The prompt was not shown or not answered.
    NoAnswer,
    /// Role id and secret id, or user name and password, are wrong.
    LoginRejected,
    NoLoginMethod,
    /// The login requires a second factor.
    NeedsMfa,
    /// The response is wrapped: someone has to approve or unwrap it first.
    Wrapped,
    /// The token is not valid.
    TokenRejected(TokenOrigin),
    /// The token is valid but not allowed to read this path.
    Denied(TokenOrigin),
    /// No such mount exists, or the token has no access to it.
    NoMount(TokenOrigin),
    /// The mount does not hold key/value secrets.
    NotKv {
        mount: String,
        /// Its type: "pki".
        kind: String,
    },
    /// Nothing is stored at the path.
    NoSecret,
    /// The current version is deleted.
    Deleted {
        version: Option<u64>,
        /// Time of deletion.
        since: Option<Timestamp>,
    },
    /// The current version was destroyed and cannot be restored.
    Destroyed {
        version: Option<u64>,
    },
    /// The engine is not the version chosen in the settings.
    OtherEngine,
    /// The namespace does not exist.
    NoNamespace,
    /// The server must be unsealed.
    Sealed,
    /// The server was never initialised.
    NotInitialised,
    /// The server is a standby and does not handle requests.
    Standby,
    /// The server redirects elsewhere.
    Redirected {
        /// The target, without secrets.
        target: String,
    },
    /// Too many requests.
    Busy,
    /// The server returned an error.
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// The response is not from Vault.
    NotVault {
        /// HTTP status.
        status: u16,
    },
}

#[cfg(test)]
mod tests;
