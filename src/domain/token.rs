//! A business token: the guard that decides whether it may be handed out, its life, its formats.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::business::BusinessId;
use super::environment::BaseUrl;
use super::time::{BootInstant, Now};

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
    /// It has characters or a length that no bearer token has (RFC 6750, section 2.1).
    Malformed,
    /// The server answered with a sign-in or the key, which open every business.
    IsTheSignIn,
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

/// The longest life that is believed: a partner token is documented with a day, a business token with an hour.
const LONGEST_LIFETIME: Duration = Duration::from_hours(7 * 24);

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
    /// `iat` of the payload, seconds since 1970.
    pub issued_at: Option<i64>,
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
        if !is_bearer_token(answer.secret.expose_secret()) {
            return Err(TokenProblem::Malformed);
        }
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
        let stated_life = claims.lifetime_secs(answer.server_time)?;
        let lifetime = believable_lifetime([answer.expires_in_secs, stated_life])?;
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
            issued_at: claims.issued_at,
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

    /// The text to put on the clipboard; `None` once the token has expired.
    pub fn handout(&self, format: TokenFormat, base: &BaseUrl, now: Now) -> Option<Handout> {
        let left = self.remaining(now.boot);
        if left.is_zero() {
            return None;
        }
        let token = self.secret.expose_secret();
        let text = match format {
            TokenFormat::Raw => token.to_owned(),
            TokenFormat::Bearer => format!("Authorization: Bearer {token}"),
            TokenFormat::EnvLine => format!("THRED_TOKEN={token}"),
            // A bearer token has no character that JSON would escape.
            TokenFormat::WidgetJson => format!(
                r#"{{"access_token": "{token}", "expires_in": {}}}"#,
                left.as_secs()
            ),
            TokenFormat::Curl => {
                let url = base.endpoint(&["businesses", &self.business.to_string()]);
                format!(r#"curl -H "Authorization: Bearer $THRED_TOKEN" '{url}'"#)
            }
        };
        Some(Handout(SecretString::from(text)))
    }
}

impl Claims {
    /// Seconds from the beginning to the end of the token's life; `None` where it states no end. A token that states no
    /// beginning began when the server answered.
    fn lifetime_secs(&self, server_time: Option<i64>) -> Result<Option<i64>, TokenProblem> {
        let Some(end) = self.expires_at else {
            return Ok(None);
        };
        let begin = self.issued_at.or(server_time);
        if end <= begin.unwrap_or(0) {
            return Err(TokenProblem::ExpiredOnArrival);
        }
        Ok(begin.and_then(|begin| end.checked_sub(begin)))
    }
}

/// Characters of the `b64token` of RFC 6750; they also keep a token from breaking out of a
/// header, a shell line or a JSON text.
pub fn is_bearer_token(text: &str) -> bool {
    (1..=LONGEST_TOKEN_BYTES).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b))
}

/// The smallest of the stated lifetimes, in seconds, that a token can have.
fn believable_lifetime(stated: [Option<i64>; 2]) -> Result<Duration, TokenProblem> {
    let mut problem = TokenProblem::LifetimeUnknown;
    let mut smallest: Option<Duration> = None;
    for secs in stated.into_iter().flatten() {
        match u64::try_from(secs).map(Duration::from_secs) {
            Ok(Duration::ZERO) => problem = TokenProblem::ExpiredOnArrival,
            Ok(life) if life <= LONGEST_LIFETIME => {
                smallest = Some(smallest.map_or(life, |other| other.min(life)));
            }
            _ => problem = TokenProblem::LifetimeAbsurd { secs },
        }
    }
    match (smallest, problem) {
        (_, TokenProblem::ExpiredOnArrival) => Err(TokenProblem::ExpiredOnArrival),
        (Some(life), _) => Ok(life),
        (None, problem) => Err(problem),
    }
}

/// A text made from a guarded token: the only secret that the clipboard takes.
pub struct Handout(SecretString);

impl Handout {
    /// The text, for the clipboard alone.
    pub fn text(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for Handout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handout(hidden)")
    }
}

/// The forms in which a token is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// The token alone.
    #[default]
    Raw,
    /// An HTTP header line.
    Bearer,
    /// A line for an `.env` file.
    EnvLine,
    /// What the vendor's web widget takes from `getToken()`.
    WidgetJson,
    /// A command that reads the token from `$THRED_TOKEN` and holds no secret itself.
    Curl,
}

impl TokenFormat {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [
        Self::Raw,
        Self::Bearer,
        Self::EnvLine,
        Self::WidgetJson,
        Self::Curl,
    ];

    /// Its name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "Raw token",
            Self::Bearer => "Bearer header",
            Self::EnvLine => ".env line",
            Self::WidgetJson => "Widget JSON",
            Self::Curl => "curl command",
        }
    }

    /// Its name on a button.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Raw => "Raw",
            Self::Bearer => "Bearer",
            Self::EnvLine => ".env",
            Self::WidgetJson => "JSON",
            Self::Curl => "curl",
        }
    }

    /// What it looks like, without a token.
    pub fn sample(self) -> &'static str {
        match self {
            Self::Raw => "eyJ…",
            Self::Bearer => "Authorization: Bearer …",
            Self::EnvLine => "THRED_TOKEN=…",
            Self::WidgetJson => "{access_token, expires_in}",
            Self::Curl => "reads $THRED_TOKEN",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use uuid::Uuid;

    const WANTED: BusinessId = BusinessId(Uuid::from_u128(7));

    fn at(secs: u64) -> Now {
        Now {
            wall: Timestamp::UNIX_EPOCH,
            boot: BootInstant::from_origin(Duration::from_secs(secs)),
        }
    }

    fn claims() -> Claims {
        Claims {
            business_id: Some(WANTED.to_string()),
            scope: None,
            issued_at: Some(1000),
            expires_at: Some(4600),
        }
    }

    fn answer() -> TokenAnswer {
        TokenAnswer {
            secret: "eyJhbGciOi.eyJzdWIiOi.c2ln-_".into(),
            expires_in_secs: Some(3600),
            scope: Some(BUSINESS_SCOPE.into()),
            business_id: Some(WANTED.to_string()),
            payload: Payload::Read(claims()),
            server_time: None,
            fingerprint: Fingerprint([0x9b, 0x41, 0xc0, 0x7e]),
            requested: at(100),
        }
    }

    #[test]
    fn only_a_contradiction_refuses() {
        let token = BusinessToken::accept(answer(), WANTED).unwrap();
        assert_eq!(token.checked, Checked::Matched);
        assert_eq!(token.lifetime, Duration::from_secs(3595));

        let unstated = TokenAnswer {
            scope: None,
            ..answer()
        };
        let token = BusinessToken::accept(unstated, WANTED).unwrap();
        assert_eq!(token.checked, Checked::NotChecked);
    }

    #[test]
    fn what_stands_beside_a_token_that_cannot_be_read_proves_nothing() {
        for payload in [Payload::Opaque, Payload::Irregular(claims())] {
            let answer = TokenAnswer {
                payload,
                ..answer()
            };
            let token = BusinessToken::accept(answer, WANTED).unwrap();
            assert_eq!(token.checked, Checked::NotChecked);
        }
    }

    #[test]
    fn what_is_stated_twice_refuses() {
        let twice = "business_id".to_owned();
        let payload = Payload::Ambiguous {
            twice: twice.clone(),
        };
        let answer = TokenAnswer {
            payload,
            ..answer()
        };
        assert_eq!(
            BusinessToken::accept(answer, WANTED).unwrap_err(),
            TokenProblem::Ambiguous { twice }
        );
    }

    #[test]
    fn a_payload_that_names_no_business_refuses() {
        let nameless = Claims {
            business_id: None,
            ..claims()
        };
        for payload in [Payload::Read, Payload::Irregular] {
            let all = TokenAnswer {
                payload: payload(nameless.clone()),
                ..answer()
            };
            assert_eq!(
                BusinessToken::accept(all, WANTED).unwrap_err(),
                TokenProblem::NamesNoBusiness
            );
        }
    }

    #[test]
    fn a_contradiction_anywhere_refuses() {
        let other = Uuid::from_u128(8).to_string();
        let beside = TokenAnswer {
            business_id: Some(other.clone()),
            ..answer()
        };
        let inside = |payload: fn(Claims) -> Payload| TokenAnswer {
            payload: payload(Claims {
                business_id: Some(other.clone()),
                ..claims()
            }),
            ..answer()
        };
        for answer in [beside, inside(Payload::Read), inside(Payload::Irregular)] {
            let refused = BusinessToken::accept(answer, WANTED).unwrap_err();
            assert_eq!(
                refused,
                TokenProblem::OtherBusiness {
                    named: other.clone()
                }
            );
        }
        let scope = TokenAnswer {
            scope: Some("partner_access".into()),
            ..answer()
        };
        assert!(matches!(
            BusinessToken::accept(scope, WANTED),
            Err(TokenProblem::OtherScope { .. })
        ));
    }

    #[test]
    fn the_smaller_lifetime_wins_and_absurd_ones_are_not_believed() {
        let life = |expires_in_secs, exp: Option<i64>| {
            let claims = Claims {
                business_id: Some(WANTED.to_string()),
                issued_at: Some(1000),
                expires_at: exp,
                ..Claims::default()
            };
            let answer = TokenAnswer {
                expires_in_secs,
                payload: Payload::Read(claims),
                ..answer()
            };
            BusinessToken::accept(answer, WANTED).map(|token| token.lifetime.as_secs())
        };
        assert_eq!(life(Some(3600), Some(1600)), Ok(595));
        assert_eq!(life(Some(600), Some(4600)), Ok(595));
        assert_eq!(life(None, Some(1600)), Ok(595));
        assert_eq!(life(Some(i64::MAX), Some(1600)), Ok(595));
        assert_eq!(life(None, None), Err(TokenProblem::LifetimeUnknown));
        assert_eq!(
            life(Some(-5), None),
            Err(TokenProblem::LifetimeAbsurd { secs: -5 })
        );
        assert_eq!(life(Some(0), None), Err(TokenProblem::ExpiredOnArrival));
        for end in [1000, 999, 0, -1, i64::MIN] {
            assert_eq!(
                life(Some(3600), Some(end)),
                Err(TokenProblem::ExpiredOnArrival),
                "{end}"
            );
        }
        assert_eq!(life(Some(3600), Some(i64::MAX)), Ok(3595));
    }

    #[test]
    fn a_token_that_states_no_beginning_began_with_the_answer() {
        let life = |end, server_time| {
            let claims = Claims {
                issued_at: None,
                expires_at: Some(end),
                ..claims()
            };
            let answer = TokenAnswer {
                payload: Payload::Read(claims),
                server_time,
                ..answer()
            };
            BusinessToken::accept(answer, WANTED).map(|token| token.lifetime.as_secs())
        };
        assert_eq!(life(1600, Some(1000)), Ok(595));
        assert_eq!(life(1600, None), Ok(3595), "nothing to compare it with");
        for (end, server_time) in [(1000, Some(1000)), (999, Some(1000)), (0, None)] {
            let refused = life(end, server_time).unwrap_err();
            assert_eq!(refused, TokenProblem::ExpiredOnArrival, "{end}");
        }
    }

    #[test]
    fn the_floor_counts_up_to_nine_tenths_of_a_life() {
        let token = BusinessToken::accept(answer(), WANTED).unwrap();
        let is_fresh = |floor_mins, left_mins| {
            let age = token.lifetime - Duration::from_mins(left_mins);
            token.is_fresh(
                Duration::from_mins(floor_mins),
                token.requested.boot.saturating_add(age),
            )
        };
        assert!(is_fresh(30, 30) && !is_fresh(30, 29) && !is_fresh(30, 28));
        assert!(is_fresh(50, 50) && !is_fresh(50, 49));
        assert!(
            is_fresh(60, 54) && !is_fresh(60, 53),
            "an hour never has an hour left"
        );
        assert!(is_fresh(0, 1) && !is_fresh(0, 0));
    }

    #[test]
    fn a_token_cannot_break_out_of_its_format() {
        for bad in ["", "a b", "a\nEVIL=1", "a\"b", "a'b", "tökén", "$(id)"] {
            let answer = TokenAnswer {
                secret: bad.into(),
                ..answer()
            };
            assert_eq!(
                BusinessToken::accept(answer, WANTED).unwrap_err(),
                TokenProblem::Malformed,
                "{bad:?}"
            );
        }
    }

    #[test]
    fn formats_are_exact_and_an_expired_token_has_none() {
        let token = BusinessToken::accept(answer(), WANTED).unwrap();
        let base = BaseUrl::parse("https://sandbox.thredfi.com").unwrap();
        let text = |format| {
            let handout = token.handout(format, &base, at(700)).unwrap();
            handout.text().expose_secret().to_owned()
        };
        let raw = "eyJhbGciOi.eyJzdWIiOi.c2ln-_";
        assert_eq!(text(TokenFormat::Raw), raw);
        assert_eq!(
            text(TokenFormat::Bearer),
            format!("Authorization: Bearer {raw}")
        );
        assert_eq!(text(TokenFormat::EnvLine), format!("THRED_TOKEN={raw}"));
        assert_eq!(
            text(TokenFormat::WidgetJson),
            format!(r#"{{"access_token": "{raw}", "expires_in": 2995}}"#)
        );
        assert_eq!(
            text(TokenFormat::Curl),
            "curl -H \"Authorization: Bearer $THRED_TOKEN\" \
             'https://sandbox.thredfi.com/v1/platform/businesses/00000000-0000-0000-0000-000000000007/'"
        );
        assert!(
            token
                .handout(TokenFormat::Raw, &base, at(100 + 3595))
                .is_none()
        );
        assert!(!format!("{token:?}").contains("eyJ"));
    }
}
