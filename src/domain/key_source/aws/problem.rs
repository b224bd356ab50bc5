//! Why AWS did not hand out the secret.

use std::time::Duration;

/// Where a secret was asked for and by whom, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AwsScope {
    /// The region that was asked.
    pub region: Option<String>,
    /// The profile of the AWS configuration whose sign-in was used.
    pub profile: Option<String>,
    /// The account whose credentials were used, twelve digits.
    pub account: Option<String>,
}

/// Why AWS did not hand out the secret. What `said` quotes must have been scrubbed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwsProblem {
    /// This build has no AWS support.
    NotBuilt,
    /// The configuration files cannot be read.
    ConfigUnreadable {
        /// The system's or the parser's words.
        said: String,
    },
    /// No profile has this name.
    ProfileMissing {
        /// The one that was asked for.
        profile: String,
        /// Those that there are, in alphabetical order.
        there: Vec<String>,
    },
    /// The profile contradicts itself.
    ProfileUnusable {
        /// The SDK's words.
        said: String,
    },
    /// Nothing in the chain had credentials.
    NoCredentials {
        /// Whether the metadata services were asked as well.
        is_whole_chain: bool,
    },
    /// The SSO session has expired, or there was none.
    SignedOut,
    /// The SSO session works, but not for this role.
    SsoRoleDenied,
    /// The profile signs in by `aws login`, which the SDK is built without.
    ConsoleLogin,
    /// The role asks for a code of an MFA device.
    MfaNeeded,
    /// The credential process failed.
    ProcessFailed,
    /// The role may not be assumed.
    RoleDenied {
        /// The service's words.
        said: String,
    },
    /// AWS rejected the web identity token, or not found.
    WebIdentity {
        /// The service's words, if it was asked.
        said: String,
    },
    /// A metadata service did not hand out credentials.
    Metadata,
    /// No region is known.
    NoRegion,
    /// There is no secret of this name.
    Missing,
    /// The secret is there, but has no current value.
    NoValue,
    /// The secret is about to be deleted.
    Deleted,
    /// The value is not text.
    Binary,
    /// The credentials may not read the secret.
    Denied {
        /// The service's words.
        said: String,
    },
    /// The credentials may not use the key that encrypts the secret.
    KmsDenied {
        /// The service's words.
        said: String,
    },
    /// The temporary credentials have expired.
    Expired,
    /// The access key is unknown.
    KeyUnknown,
    /// The secret access key is another's.
    WrongSignature,
    /// The clock of this computer is off.
    Clock,
    /// Too many requests.
    Throttled,
    /// The service has a fault.
    Down {
        /// HTTP status.
        status: u16,
    },
    /// Another error that the service names.
    Other {
        /// Its code.
        code: String,
        /// The service's words.
        said: String,
    },
    /// The answer is not what the service describes.
    NotUnderstood,
    /// The host of the region has no address.
    NoSuchHost,
    /// The answer points elsewhere, which is never followed.
    Redirected {
        /// Where to, without what it carries.
        target: String,
    },
    /// The configuration asks to send by `http` to another computer.
    Unprotected {
        /// Which.
        host: String,
    },
    /// The configuration names an address that is none.
    NoAddress,
    /// No answer came in time, or all requests together took too long.
    TimedOut {
        /// The limit that was exceeded.
        limit: Duration,
    },
}
