//! A business token: the guard that decides whether it may be handed out, and its life.

mod claims;
mod format;
mod hand_over;
mod lifetime;
#[cfg(test)]
mod tests;

pub use self::claims::{Claims, Fingerprint, Payload};
pub use self::format::{Handout, TokenFormat};
pub use self::hand_over::HandOverNote;
pub use self::lifetime::StatedLife;

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::business::BusinessId;
use super::time::{BootInstant, Now};

/// What the token endpoint answered, before the guard has looked at it.
#[derive(Debug)]
pub struct TokenAnswer {
    /// `access_token`.
    pub secret: SecretString,
    /// `expires_in` in seconds; `None` where absent or not a number.
    pub expires_in_secs: Option<i64>,
    /// `scope` beside the token.
    pub scope: Option<String>,
    /// `business_id` beside the token.
    pub business_id: Option<String>,
    /// What the token itself says.
    pub payload: Payload,
    /// The server's clock when it answered, seconds since 1970; `None` where it does not say.
    pub server_time: Option<i64>,
    /// Of the token.
    pub fingerprint: Fingerprint,
    /// When the request was sent.
    pub requested: Now,
}

/// Why a token is not handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenProblem {
    /// It names another business than the selected one.
    OtherBusiness {
        /// The id it names.
        named: String,
    },
    /// It has another scope than `business_access`.
    OtherScope {
        /// The scope it has.
        named: String,
    },
    /// It can be read and names no business, as a token that opens all of them does.
    NamesNoBusiness,
    /// It states something twice, and readers differ in which they believe.
    Ambiguous {
        /// What it states twice.
        twice: String,
    },
    /// Neither the answer nor the token says how long it lives.
    LifetimeUnknown,
    /// The stated lifetime is no time that a token lives.
    LifetimeAbsurd {
        /// What was stated, in seconds.
        secs: i64,
    },
    /// It was over before it could be used, or ends before it begins.
    ExpiredOnArrival,
    /// It has characters that no bearer token has (RFC 6750, section 2.1).
    Malformed,
    /// It is longer than servers take in a header.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The server answered with a sign-in or the key, in whatever form.
    OpensEveryBusiness,
}

/// How far the guard could look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// The token itself names the business, the scope is stated, and both match.
    Matched,
    /// Nothing contradicts, but the token cannot be read, or the scope is stated nowhere. What stands beside a token proves
    /// nothing of it.
    NotChecked,
}

/// The scope of a token that opens one business.
pub const BUSINESS_SCOPE: &str = "business_access";

/// Taken off the stated life, so that a token shown as live is still live when it arrives.
const SAFETY_MARGIN: Duration = Duration::from_secs(5);

/// RFC 6750 sets no limit; header limits of common servers make longer ones useless.
const LONGEST_TOKEN_BYTES: usize = 8 * 1024;

/// A token that passed the guard. It cannot be printed or serialised.
#[derive(Clone)]
pub struct BusinessToken {
    secret: SecretString,
    /// The business it opens.
    pub business: BusinessId,
    /// Names it without giving it away.
    pub fingerprint: Fingerprint,
    /// How far the guard could look.
    pub checked: Checked,
    /// When the request for it was sent.
    pub requested: Now,
    /// Its whole life from the request on, margin taken off.
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
    /// The guard before copying: takes an answer for `wanted` or says why it is not handed out.
    ///
    /// Only a contradiction refuses, and a payload without a business is one: that of a business token always names it
    /// (API page "Business token"). A token that cannot be read and says nothing else is marked as not checked.
    ///
    /// # Errors
    /// The first rule that the answer breaks; see [`TokenProblem`].
    pub fn accept(answer: TokenAnswer, wanted: BusinessId) -> Result<Self, TokenProblem> {
        check_bearer(answer.secret.expose_secret())?;
        let (is_regular, claims) = match answer.payload {
            Payload::Opaque => (false, None),
            Payload::Irregular(claims) => (false, Some(claims)),
            Payload::Read(claims) => (true, Some(claims)),
            Payload::Ambiguous { twice } => return Err(TokenProblem::Ambiguous { twice }),
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
        let stated = StatedLife {
            expires_in: answer.expires_in_secs,
            issued_at: claims.issued_at,
            expires_at: claims.expires_at,
            server_time: answer.server_time,
        };
        let lifetime = stated.shortest()?;
        let is_scope_stated = scopes.into_iter().any(Option::is_some);
        Ok(Self {
            secret: answer.secret,
            business: wanted,
            fingerprint: answer.fingerprint,
            checked: if is_regular && is_scope_stated {
                Checked::Matched
            } else {
                Checked::NotChecked
            },
            requested: answer.requested,
            lifetime: lifetime.saturating_sub(SAFETY_MARGIN.min(lifetime / 20)),
        })
    }

    /// When it stops working.
    pub fn expires(&self) -> BootInstant {
        self.requested.boot.saturating_add(self.lifetime)
    }

    /// How long it still works; zero once it is over.
    pub fn remaining(&self, now: BootInstant) -> Duration {
        self.expires().saturating_since(now)
    }

    /// Whether it still works.
    pub fn is_live(&self, now: BootInstant) -> bool {
        !self.remaining(now).is_zero()
    }

    /// Whether at least `floor` of its life is left, so that it may be handed out once more.
    ///
    /// A token that never had so much left is fresh for the first tenth of its life: it would otherwise never be
    /// reused.
    pub fn is_fresh(&self, floor: Duration, now: BootInstant) -> bool {
        let left = self.remaining(now);
        !left.is_zero() && left >= floor.min(self.lifetime * 9 / 10)
    }

    /// How long it has been over; zero while it is live.
    pub fn expired_for(&self, now: BootInstant) -> Duration {
        now.saturating_since(self.expires())
    }

    /// The part of its life that is left, from 1 to 0.
    pub fn fraction_left(&self, now: BootInstant) -> f32 {
        if self.lifetime.is_zero() {
            return 0.0;
        }
        self.remaining(now).div_duration_f32(self.lifetime)
    }

    /// The last four characters, by which two tokens can be told apart on screen.
    pub fn stub(&self) -> &str {
        let token = self.secret.expose_secret();
        // Four of more than forty give nothing away; a shorter token shows none.
        if token.len() > 40 {
            &token[token.len() - 4..]
        } else {
            ""
        }
    }
}

/// Whether a text can be sent as a bearer token. Its characters also keep it from breaking out of a header, a shell line
/// or a JSON text.
///
/// # Errors
/// [`TokenProblem::TooLong`], or [`TokenProblem::Malformed`] for other characters than those of `b64token` (RFC 6750).
pub fn check_bearer(text: &str) -> Result<(), TokenProblem> {
    if text.len() > LONGEST_TOKEN_BYTES {
        return Err(TokenProblem::TooLong { bytes: text.len() });
    }
    let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b);
    if text.is_empty() || !text.bytes().all(is_allowed) {
        return Err(TokenProblem::Malformed);
    }
    Ok(())
}
