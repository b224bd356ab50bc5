//! The secrets of one partner: its keys, the partner tokens obtained with them, and every encoded form of both.

use std::collections::HashSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use parking_lot::RwLock;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::time::BootInstant;
use crate::domain::token::Fingerprint;
use crate::domain::token::{TokenProblem, check_bearer};

use super::lenient_base64;
use super::scrub::Secrets;
use super::transport::Authorization;

/// How many layers of base64 around a secret are searched.
const MAX_TOKEN_DEPTH: usize = 4;
/// Shorter parts of a token cannot hold a secret.
const MIN_PART_LEN: usize = 8;

/// Maximum number of partner tokens that server texts are searched for. A server that rejects each at once and states a
/// long lifetime would otherwise add one with every request.
const MAX_TOKENS: usize = 8;

/// The secrets of one partner at one server.
pub(super) struct Identity {
    pub(super) partner: PartnerId,
    current: RwLock<CurrentKeys>,
    /// SHA-256 of every key and partner token of this session: the previous ones give access to every business, too.
    open_all: RwLock<HashSet<[u8; 32]>>,
}

struct CurrentKeys {
    /// Made from the key; a rotation replaces both.
    authorization: Arc<Authorization>,
    /// The key in use comes first.
    keys: Vec<ApiKey>,
    /// The current partner token, followed by previous ones that the server may still accept.
    tokens: Vec<PartnerToken>,
    /// All of the above, prepared for searching server texts.
    secrets: Arc<Secrets>,
}

/// The partner token. It gives access to every business, so it has no `Debug` and no `Clone`, and leaves this module only inside an `Authorization`
/// header.
struct PartnerToken {
    secret: SecretString,
    expires: BootInstant,
}

impl Identity {
    /// `None` if the key has characters that a header cannot contain, which [`Credentials`] rules out.
    pub(super) fn new(credentials: &Credentials) -> Option<Self> {
        let mut current = CurrentKeys {
            authorization: Arc::new(basic(credentials.partner, &credentials.key)?),
            keys: vec![credentials.key.clone()],
            tokens: Vec::new(),
            secrets: Arc::default(),
        };
        current.secrets = Arc::new(current.all(credentials.partner));
        let identity = Self {
            partner: credentials.partner,
            current: RwLock::new(current),
            open_all: RwLock::default(),
        };
        identity.remember_key(&credentials.key);
        Some(identity)
    }

    /// The header for requests to the token endpoint.
    pub(super) fn authorization(&self) -> Arc<Authorization> {
        Arc::clone(&self.current.read().authorization)
    }

    /// The secrets to hide in server texts, because the server knows all of them.
    pub(super) fn secrets(&self) -> Arc<Secrets> {
        Arc::clone(&self.current.read().secrets)
    }

    /// Takes over a new partner token, valid from `requested` to `expires`. The latest previous ones stay hidden until they expire.
    ///
    /// # Errors
    /// [`TokenProblem::Malformed`] or [`TokenProblem::TooLong`] if a request cannot carry the token.
    pub(super) fn signed_in(
        &self,
        token: SecretString,
        requested: BootInstant,
        expires: BootInstant,
    ) -> Result<Authorization, TokenProblem> {
        check_bearer(token.expose_secret())?;
        self.remember(&[token.expose_secret()]);
        let header = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
        let authorization = Authorization::new(&header).ok_or(TokenProblem::Malformed)?;
        self.change(|current| {
            current.tokens.retain(|former| requested < former.expires);
            let secret = token;
            current.tokens.insert(0, PartnerToken { secret, expires });
            current.tokens.truncate(MAX_TOKENS);
        });
        Ok(authorization)
    }

    /// Uses another key from the next renewal on. The previous key stays hidden, because the server may still accept it.
    pub(super) fn use_key(&self, credentials: &Credentials) {
        self.use_if_new(credentials.key.clone());
    }

    /// Uses this key from the next renewal on. Returns `false` if it is the key already in use.
    pub(super) fn use_if_new(&self, key: ApiKey) -> bool {
        let is_known = self
            .current
            .read()
            .keys
            .first()
            .is_some_and(|used| used.is_same_as(&key));
        let Some(authorization) = basic(self.partner, &key).filter(|_| !is_known) else {
            return false;
        };
        self.remember_key(&key);
        self.change(|current| {
            current.authorization = Arc::new(authorization);
            current.keys.insert(0, key);
        });
        true
    }

    /// Identifies the key in use.
    pub(super) fn fingerprint(&self) -> Option<Fingerprint> {
        self.current.read().keys.first().map(Fingerprint::of)
    }

    /// Hides a further key of the same partner.
    pub(super) fn also_hide(&self, key: &ApiKey) {
        self.remember_key(key);
        self.change(|current| current.keys.push(key.clone()));
    }

    /// Forgets every key except the one in use.
    pub(super) fn forget_other_keys(&self) {
        self.change(|current| current.keys.truncate(1));
    }

    /// Whether `token` is or contains a partner token or key of this session, current or previous, in any form that can be decoded.
    pub(super) fn reveals_partner_secret(&self, token: &SecretString) -> bool {
        let known = self.open_all.read();
        let secrets = self.secrets();
        let opens =
            |layer: &Zeroizing<String>| known.contains(&digest(layer)) || secrets.is_in(layer);
        let mut layers = vec![Zeroizing::new(token.expose_secret().to_owned())];
        for _ in 0..MAX_TOKEN_DEPTH {
            if layers.iter().any(opens) {
                return true;
            }
            layers = layers
                .iter()
                .flat_map(|layer| decoded_parts(layer))
                .collect();
        }
        false
    }

    fn change(&self, change: impl FnOnce(&mut CurrentKeys)) {
        let mut current = self.current.write();
        change(&mut current);
        current.secrets = Arc::new(current.all(self.partner));
    }

    fn remember(&self, secrets: &[&str]) {
        self.open_all
            .write()
            .extend(secrets.iter().map(|secret| digest(secret)));
    }

    fn remember_key(&self, key: &ApiKey) {
        let pair = pair(self.partner, key);
        self.remember(&[key.secret().expose_secret(), &pair]);
    }
}

impl CurrentKeys {
    fn all(&self, partner: PartnerId) -> Secrets {
        let pairs: Vec<_> = self.keys.iter().map(|key| pair(partner, key)).collect();
        let keys = self.keys.iter().map(|key| key.secret().expose_secret());
        let tokens = self.tokens.iter().map(|token| token.secret.expose_secret());
        Secrets::new(
            pairs
                .iter()
                .map(|pair| pair.as_str())
                .chain(keys)
                .chain(tokens),
        )
    }
}

/// The credentials in the header of a key: `partner:key` in base64 (RFC 7617).
fn pair(partner: PartnerId, key: &ApiKey) -> Zeroizing<String> {
    let pair = Zeroizing::new(format!("{partner}:{}", key.secret().expose_secret()));
    Zeroizing::new(STANDARD.encode(pair.as_bytes()))
}

/// The `Authorization` header of a key.
fn basic(partner: PartnerId, key: &ApiKey) -> Option<Authorization> {
    let pair = pair(partner, key);
    Authorization::new(&Zeroizing::new(format!("Basic {}", *pair)))
}

/// Identifies a secret without storing it.
fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Decodes the parts of a token that are base64, in either alphabet, padded or not.
fn decoded_parts(token: &str) -> Vec<Zeroizing<String>> {
    token
        .split(|c: char| !(c.is_ascii_alphanumeric() || "-_+/=".contains(c)))
        .filter(|part| part.len() >= MIN_PART_LEN)
        .map(|part| {
            let bytes = lenient_base64::decode(part);
            Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::environment::Environment;
    use crate::partner_api::testing::PARTNER;

    fn identity(key: &str) -> Identity {
        let credentials = credentials(key);
        Identity::new(&credentials).unwrap()
    }

    fn credentials(key: &str) -> Credentials {
        Credentials {
            environment: Environment::Sandbox,
            partner: PARTNER,
            key: ApiKey::parse(key).unwrap(),
        }
    }

    fn sign_in(identity: &Identity, token: &str, hours: u64) {
        let [requested, expires] =
            [hours, hours + 1].map(|hour| BootInstant::from_origin(Duration::from_hours(hour)));
        identity
            .signed_in(token.into(), requested, expires)
            .unwrap();
    }

    fn opens(identity: &Identity, token: &str) -> bool {
        identity.reveals_partner_secret(&token.into())
    }

    proptest! {
        #[test]
        fn no_form_of_the_key_or_the_sign_in_is_a_business_token(
            key in "[!-~]{8,60}",
            token in "[A-Za-z0-9._~-]{12,60}",
            around in "[a-z]{0,5}",
        ) {
            let identity = identity(&key);
            sign_in(&identity, &token, 0);
            for secret in [key.clone(), format!("{PARTNER}:{key}"), token] {
                let inside = format!("{around}{secret}{around}");
                let claims = format!(r#"{{"business_id":"x","note":{}}}"#, serde_json::json!(secret));
                let percent: String = secret.bytes().map(|byte| format!("%{byte:02X}")).collect();
                for form in [
                    inside.clone(),
                    STANDARD.encode(&inside),
                    URL_SAFE_NO_PAD.encode(&inside),
                    STANDARD.encode(STANDARD.encode(&inside)),
                    format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", URL_SAFE_NO_PAD.encode(&claims)),
                    percent,
                ] {
                    prop_assert!(opens(&identity, &form), "{}", form);
                }
            }
        }

        #[test]
        fn other_tokens_are_left_alone(token in "[A-Za-z0-9._~+/=-]{1,200}") {
            prop_assert!(!opens(&identity("s3cret-key-of-the-partner"), &token));
        }
    }

    #[test]
    fn what_was_used_earlier_still_opens_everything() {
        let identity = identity("the-former-key");
        sign_in(&identity, "the-former-token", 0);
        identity.use_key(&credentials("the-present-key"));
        sign_in(&identity, "the-present-token", 1);
        identity.forget_other_keys();
        let pair = STANDARD.encode(format!("{PARTNER}:the-former-key"));
        for token in [
            "the-former-key",
            "the-former-token",
            &pair,
            &STANDARD.encode("the-former-key"),
        ] {
            assert!(opens(&identity, token), "{token}");
        }
    }

    #[test]
    fn a_former_key_is_hidden_until_it_is_forgotten() {
        let identity = identity("the-former-key");
        identity.use_key(&credentials("the-present-key"));
        identity.also_hide(&ApiKey::parse("another-key").unwrap());
        let is_hidden = |key| identity.secrets().is_in(key);
        assert!(
            ["the-former-key", "the-present-key", "another-key"]
                .iter()
                .all(|key| is_hidden(key))
        );
        identity.forget_other_keys();
        assert!(is_hidden("the-present-key"));
        assert!(!is_hidden("the-former-key") && !is_hidden("another-key"));
    }

    #[test]
    fn a_server_that_asks_for_ever_new_sign_ins_fills_no_memory() {
        let identity = identity("the-present-key");
        for number in 0..1_000 {
            sign_in(&identity, &format!("the-token-{number:04}"), 0);
        }
        assert_eq!(identity.current.read().tokens.len(), MAX_TOKENS);
        let secrets = identity.secrets();
        assert!(secrets.is_in("the-token-0999") && secrets.is_in("the-token-0992"));
        assert!(opens(&identity, "the-token-0000"));
    }

    #[test]
    fn a_former_sign_in_is_hidden_until_it_expires() {
        let identity = identity("the-present-key");
        let is_hidden = |token| identity.secrets().is_in(token);
        sign_in(&identity, "the-first-token", 0);
        sign_in(&identity, "the-second-token", 0);
        assert!(is_hidden("the-first-token") && is_hidden("the-second-token"));
        sign_in(&identity, "the-third-token", 1);
        assert!(is_hidden("the-third-token"));
        assert!(!is_hidden("the-first-token") && !is_hidden("the-second-token"));
    }
}
