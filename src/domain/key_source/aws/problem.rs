//! Why AWS returned no secret.

use std::time::Duration;

/// Where the secret was requested and with whose credentials, as far as known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AwsScope {
    pub region: Option<String>,
    /// The profile of the AWS configuration whose credentials were used.
    pub profile: Option<String>,
    /// The account of the credentials, twelve digits.
    pub account: Option<String>,
}

/// Why AWS returned no secret. Every `said` must have been scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwsProblem {
    /// This build has no AWS support.
    NotBuilt,
    /// The configuration files cannot be read.
    ConfigUnreadable {
        /// The message of the system or the parser.
        said: String,
    },
    /// No profile has this name.
    ProfileMissing {
        profile: String,
        /// The existing profiles, in alphabetical order.
        there: Vec<String>,
    },
    /// The profile is incomplete or contradictory.
    ProfileUnusable {
        /// The SDK's message.
        said: String,
    },
    /// No provider in the chain had credentials.
    NoCredentials {
        /// Whether the metadata services were tried as well.
        is_whole_chain: bool,
    },
    /// The SSO session has expired or was never started.
    SignedOut,
    /// The SSO session is valid, but not for this role.
    SsoRoleDenied,
    /// The profile uses `aws login`, which the SDK is built without.
    ConsoleLogin,
    /// The role requires an MFA code.
    MfaNeeded,
    /// The credential process failed.
    ProcessFailed,
    /// The role may not be assumed.
    RoleDenied {
        /// The service's message.
        said: String,
    },
    /// The file of a web identity or container token cannot be read.
    TokenFile {
        /// The profile or variable that names the file, for the start of a sentence and safe to display.
        named_by: String,
        /// Its path, safe to display.
        file: String,
        /// A clause: "it does not exist".
        why: String,
    },
    /// The web identity token was rejected.
    WebIdentity {
        /// The service's message, if it was contacted.
        said: String,
    },
    /// A metadata service returned no credentials.
    Metadata,
    NoRegion,
    /// No secret has this name.
    Missing,
    /// The secret exists, but no version is current.
    NoValue,
    /// The secret is scheduled for deletion.
    Deleted,
    /// The value is not text.
    Binary,
    /// The credentials may not read the secret.
    Denied {
        /// The service's message.
        said: String,
    },
    /// The credentials may not use the key that encrypts the secret.
    KmsDenied {
        /// The service's message.
        said: String,
    },
    /// The temporary credentials have expired.
    Expired,
    /// The access key is unknown.
    KeyUnknown,
    /// The secret access key belongs to another access key.
    WrongSignature,
    /// This computer's clock is off.
    Clock,
    /// Too many requests.
    Throttled,
    /// The service returned a server error.
    Down {
        /// HTTP status.
        status: u16,
    },
    /// Any other error code of the service.
    Other {
        code: String,
        /// The service's message.
        said: String,
    },
    /// The response does not match the service's documentation.
    NotUnderstood,
    /// The region's host name does not resolve.
    NoSuchHost,
    /// The response redirects elsewhere. Redirects are never followed.
    Redirected {
        /// The target, without query and credentials.
        target: String,
    },
    /// The configuration asks to send `http` requests to another computer.
    Unprotected {
        host: String,
    },
    /// The configuration contains an invalid address.
    NoAddress,
    /// No response arrived in time, or all requests together took too long.
    TimedOut {
        /// The limit exceeded.
        limit: Duration,
    },
}
