//! What a token says of itself (RFC 7519). A client can read it and cannot verify it.

use std::fmt;

/// The claims of a JWT payload (RFC 7519) that the console reads. A client cannot verify them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// `business_id`: the one business it opens.
    pub business_id: Option<String>,
    /// `scope`, where it is in the payload.
    pub scope: Option<String>,
    /// `iat`, seconds since 1970.
    pub issued_at: Option<i64>,
    /// `exp`, seconds since 1970.
    pub expires_at: Option<i64>,
}

/// What a token says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// It is no JWT, or one that cannot be read.
    Opaque,
    /// It can be read by those who are not strict: its base64 is not that of RFC 7515. Whoever gets it may not be able to.
    Irregular(Claims),
    /// The claims of a JWT.
    Read(Claims),
    /// It states this claim twice, of which one reader believes the first and another the second (RFC 7519, section 4).
    Ambiguous {
        /// The claim.
        twice: String,
    },
}

/// First four bytes of the SHA-256 of a token: names it without giving it away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 4]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0;
        write!(f, "{a:02x}{b:02x} {c:02x}{d:02x}")
    }
}
