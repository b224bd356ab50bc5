//! The claims of a token (RFC 7519). A client can read them but not verify them.

/// The claims that the console uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// `business_id`: the only business it is valid for.
    pub business_id: Option<String>,
    /// `scope`, if it is in the payload.
    pub scope: Option<String>,
    /// `iat`, seconds since 1970.
    pub issued_at: Option<i64>,
    /// `nbf`, seconds since 1970.
    pub not_before: Option<i64>,
    /// `exp`, seconds since 1970.
    pub expires_at: Option<i64>,
}

/// What could be read from a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Payload {
    /// Not a JWT, or not readable.
    #[default]
    Opaque,
    /// Readable only by lenient parsers, because its base64 or its header does not follow RFC 7515, or a time in it is not
    /// a number. The recipient may not be able to read it.
    Irregular(Claims),
    /// The claims of a JWT.
    Read(Claims),
    /// It states this claim twice, possibly once in another case. Some readers use the first one and others the second (RFC 7519, section 4).
    Ambiguous {
        /// The claim.
        twice: String,
    },
    /// It looks like claims but is not valid JSON, its base64 can be decoded in two ways, or a claim is in another
    /// case. Readers may find claims in it that the console does not.
    Garbled,
}
