//! Why a token is not handed out.

/// Why a token is not handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenProblem {
    /// It is for another business than the selected one.
    OtherBusiness {
        /// The business id in the token.
        named: String,
    },
    /// Its scope is not `business_access`.
    OtherScope {
        /// The scope in the token.
        named: String,
    },
    /// Its type is not `Bearer`, so it must not be used as one (RFC 6749, section 7.1).
    OtherType {
        /// The type beside the token.
        named: String,
    },
    /// It is readable and names no business, so it may be valid for all of them.
    NamesNoBusiness,
    /// It states a claim twice, and readers differ in which one they use.
    Ambiguous {
        /// The claim.
        twice: String,
    },
    /// It looks readable, but readers may differ in what they read.
    Garbled,
    /// Neither the response nor the token states a lifetime.
    LifetimeUnknown,
    /// The stated lifetime is implausible.
    LifetimeImplausible {
        /// The stated lifetime, in seconds.
        secs: i64,
    },
    /// It is not valid yet.
    NotYetValid {
        /// In how many seconds it will be.
        secs: i64,
    },
    /// It expired before it could be used, or before it was issued.
    ExpiredOnArrival,
    /// It contains characters that are not allowed in a bearer token (RFC 6750, section 2.1).
    Malformed,
    /// It is longer than servers accept in a header.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The server returned a session token or the API key, in any encoding.
    GivesFullAccess,
}
