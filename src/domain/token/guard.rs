//! The guard, and the tokens that passed it.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::claims::Payload;
use super::fingerprint::Fingerprint;
use super::lifetime::StatedLifetime;
use super::problem::TokenProblem;
use crate::domain::business::BusinessId;
use crate::domain::time::{BootInstant, Now};

/// The response of the token endpoint, before the guard has checked it.
#[derive(Debug)]
pub struct TokenResponse {
    /// `access_token`.
    pub secret: SecretString,
    /// `token_type`.
    pub token_type: Option<String>,
    /// `expires_in` in seconds. `None` if missing or not a number.
    pub expires_in_secs: Option<i64>,
    /// `scope` next to the token.
    pub scope: Option<String>,
    /// `business_id` next to the token.
    pub business_id: Option<String>,
    /// The claims in the token itself.
    pub payload: Payload,
    /// The server's clock when it responded, seconds since 1970. `None` if the response does not state it.
    pub server_time: Option<i64>,
    pub fingerprint: Fingerprint,
    /// When the request was sent.
    pub requested: Now,
}

/// How thoroughly the guard could check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenCheck {
    /// The token itself names the business, the scope is stated, and both match.
    Matched,
    /// Nothing contradicts, but the token cannot be read, or no scope is stated. Values next to a token prove nothing
    /// about it.
    NotChecked,
}

/// The scope of a token for a single business.
pub const BUSINESS_SCOPE: &str = "business_access";

/// The type of every token of the API. Types are compared without regard to case (RFC 6749, section 5.1).
const BEARER: &str = "bearer";

/// Subtracted from the stated lifetime, so that a token shown as live is still live when it arrives.
const SAFETY_MARGIN: Duration = Duration::from_secs(5);

/// RFC 6750 sets no limit, but the header limits of common servers make longer tokens useless.
pub(super) const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// A token that passed the guard. It cannot be printed or serialised.
#[derive(Clone)]
pub struct BusinessToken {
    pub(super) secret: SecretString,
    /// The business it is valid for.
    pub business: BusinessId,
    /// Identifies the token without revealing it.
    pub fingerprint: Fingerprint,
    /// How thoroughly the guard could check.
    pub checked: TokenCheck,
    /// When the request was sent.
    pub requested: Now,
    /// Its lifetime, counted from the request, minus the safety margin.
    pub lifetime: Duration,
}

impl fmt::Debug for BusinessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BusinessToken")
            .field("business", &self.business)
            .field("fingerprint", &self.fingerprint)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

impl BusinessToken {
    /// The guard: checks a response for the business `wanted`, or says why the token is not handed out.
    ///
    /// Only a contradiction leads to rejection. A readable token that names no business is one, because business tokens
    /// always do (API page "Business token"). A token that cannot be read, without any other contradiction, is marked
    /// as not checked.
    ///
    /// # Errors
    /// The first rule that the response breaks; see [`TokenProblem`].
    pub fn accept(answer: TokenResponse, wanted: BusinessId) -> Result<Self, TokenProblem> {
        check_bearer(answer.secret.expose_secret())?;
        let is_other = |named: &String| !named.eq_ignore_ascii_case(BEARER);
        if let Some(named) = answer.token_type.filter(is_other) {
            return Err(TokenProblem::OtherType { named });
        }
        let (is_regular, claims) = match answer.payload {
            Payload::Opaque => (false, None),
            Payload::Irregular(claims) => (false, Some(claims)),
            Payload::Read(claims) => (true, Some(claims)),
            Payload::Ambiguous { twice } => return Err(TokenProblem::Ambiguous { twice }),
            Payload::Garbled => return Err(TokenProblem::Garbled),
        };
        let is_readable = claims.is_some();
        let claims = claims.unwrap_or_default();
        let businesses = [&claims.business_id, &answer.business_id];
        for named in businesses.into_iter().flatten() {
            if uuid::Uuid::parse_str(named).ok() != Some(wanted.0) {
                return Err(TokenProblem::OtherBusiness {
                    named: named.clone(),
                });
            }
        }
        let scopes = [&claims.scope, &answer.scope];
        for named in scopes.into_iter().flatten() {
            if named != BUSINESS_SCOPE {
                return Err(TokenProblem::OtherScope {
                    named: named.clone(),
                });
            }
        }
        if is_readable && claims.business_id.is_none() {
            return Err(TokenProblem::NamesNoBusiness);
        }
        let stated = StatedLifetime {
            expires_in: answer.expires_in_secs,
            issued_at: claims.issued_at,
            not_before: claims.not_before,
            expires_at: claims.expires_at,
            server_time: answer.server_time,
        };
        let lifetime = stated.shortest()?;
        if let Some(secs) = stated.starts_in() {
            return Err(TokenProblem::NotYetValid { secs });
        }
        let is_scope_stated = scopes.into_iter().any(Option::is_some);
        Ok(Self {
            secret: answer.secret,
            business: wanted,
            fingerprint: answer.fingerprint,
            checked: if is_regular && is_scope_stated {
                TokenCheck::Matched
            } else {
                TokenCheck::NotChecked
            },
            requested: answer.requested,
            lifetime: lifetime.saturating_sub(SAFETY_MARGIN.min(lifetime / 20)),
        })
    }

    /// When it expires.
    pub fn expires(&self) -> BootInstant {
        self.requested.boot.saturating_add(self.lifetime)
    }

    /// The remaining lifetime; zero once expired.
    pub fn remaining(&self, now: BootInstant) -> Duration {
        self.expires().saturating_since(now)
    }

    pub fn is_live(&self, now: BootInstant) -> bool {
        !self.remaining(now).is_zero()
    }

    /// Whether at least `floor` of its lifetime is left, so that it may be reused.
    ///
    /// A token that never had that much left is fresh for the first tenth of its lifetime; otherwise it would never be
    /// reused.
    pub fn is_fresh(&self, floor: Duration, now: BootInstant) -> bool {
        let left = self.remaining(now);
        !left.is_zero() && left >= floor.min(self.lifetime * 9 / 10)
    }

    /// How long ago it expired; zero while it is live.
    pub fn expired_for(&self, now: BootInstant) -> Duration {
        now.saturating_since(self.expires())
    }

    /// The remaining fraction of its lifetime, from 1 to 0.
    pub fn fraction_left(&self, now: BootInstant) -> f32 {
        if self.lifetime.is_zero() {
            return 0.0;
        }
        self.remaining(now).div_duration_f32(self.lifetime)
    }

    /// The last four characters, to tell tokens apart on screen.
    pub fn stub(&self) -> &str {
        let token = self.secret.expose_secret();
        // Four of more than forty characters reveal nothing. Shorter tokens show none.
        if token.len() > 40 {
            &token[token.len() - 4..]
        } else {
            ""
        }
    }
}

/// Checks whether a text can be sent as a bearer token. The characters allowed also ensure that it cannot break out of
/// a header, a shell command or a JSON string.
///
/// # Errors
/// [`TokenProblem::TooLong`], or [`TokenProblem::Malformed`] for characters outside `b64token` (RFC 6750).
pub fn check_bearer(text: &str) -> Result<(), TokenProblem> {
    if text.len() > MAX_TOKEN_BYTES {
        return Err(TokenProblem::TooLong { bytes: text.len() });
    }
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b);
    if text.is_empty() || !text.bytes().all(is_allowed) {
        return Err(TokenProblem::Malformed);
    }
    Ok(())
}
