//! The parts of a response that all Vault endpoints have in common.

use secrecy::SecretString;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::domain::key_source::vault::{VaultProblem, WipedJson};
use crate::partner_api::Secrets;

/// Longest server message to quote, characters.
const MAX_QUOTE_LEN: usize = 300;

/// A complete response.
pub(super) struct VaultResponse {
    pub(super) status: u16,
    /// `Null` if it is not JSON.
    pub(super) json: WipedJson,
    /// Its `errors` and `warnings` in lower case, to tell them apart. Never shown.
    clues: Zeroizing<String>,
    /// Length of the body, bytes.
    len: usize,
    /// Its `errors` and `warnings`, without secrets and shortened, to be shown.
    pub(super) said: String,
}

impl VaultResponse {
    pub(super) fn read(status: u16, body: &[u8], secrets: &Secrets) -> Self {
        // A 204 has no body, which is valid.
        let is_empty = body.trim_ascii().is_empty();
        let json = match serde_json::from_slice(body) {
            Ok(json) => json,
            Err(_) if is_empty && status == 204 => {
                WipedJson::from(Value::Object(serde_json::Map::new()))
            }
            Err(_) => WipedJson::default(),
        };
        let texts = ["errors", "warnings"]
            .into_iter()
            .filter_map(|name| json.get(name)?.as_array());
        let texts: Vec<&str> = texts.flatten().filter_map(Value::as_str).collect();
        let all = Zeroizing::new(texts.join("; "));
        let said = secrets.quote(&all, MAX_QUOTE_LEN);
        Self {
            status,
            clues: Zeroizing::new(all.to_ascii_lowercase()),
            len: body.len(),
            said,
            json,
        }
    }

    /// Whether errors or warnings contain these words, given in lower case.
    pub(super) fn says(&self, words: &str) -> bool {
        self.clues.contains(words)
    }

    /// Whether the response says only `permission denied`, which means that the token is not valid. If a policy denies access, the text is "1 error
    /// occurred: permission denied"; newer servers say "invalid token" for invalid tokens.
    pub(super) fn refuses_token(&self) -> bool {
        self.status == 403
            && (self.clues.as_str() == "permission denied"
                || self.says("invalid token")
                || self.says("bad token")
                || self.says("token not found"))
    }

    /// Whether it has the structure that all responses of the API share.
    fn is_vault_response(&self) -> bool {
        let Some(object) = self.json.as_object() else {
            return false;
        };
        let names = ["errors", "request_id", "data", "auth"];
        self.status == 204 || names.iter().any(|name| object.contains_key(*name))
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The text at a JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.json.pointer(pointer)?.as_str()
    }

    /// The object at a JSON pointer, serialised again.
    pub(super) fn object(&self, pointer: &str) -> Option<SecretString> {
        let object = self.json.pointer(pointer)?;
        object.as_object()?;
        // A growing buffer leaves copies behind. Only a number with an exponent gets longer than in the response, and never four times as long.
        let mut text = Zeroizing::new(Vec::with_capacity(4 * self.len));
        serde_json::to_writer(&mut *text, object).ok()?;
        std::str::from_utf8(&text).ok().map(SecretString::from)
    }

    /// Whether there is a value other than `null` at a JSON pointer.
    pub(super) fn has(&self, pointer: &str) -> bool {
        self.json
            .pointer(pointer)
            .is_some_and(|value| !value.is_null())
    }
}

/// The problem of the server as a whole, if any, whatever was requested.
pub(super) fn general_problem(answer: &VaultResponse) -> Option<VaultProblem> {
    let status = answer.status;
    match status {
        472 | 473 => return Some(VaultProblem::Standby),
        429 if answer.says("rate limit") || answer.says("quota") => {
            return Some(VaultProblem::Busy);
        }
        429 => return Some(VaultProblem::Standby),
        _ => {}
    }
    if !answer.is_vault_response() {
        return Some(VaultProblem::NotVault { status });
    }
    if answer.is_success() {
        return None;
    }
    if answer.says("not initialized") || answer.says("not yet initialized") {
        return Some(VaultProblem::NotInitialised);
    }
    if answer.says("sealed") {
        return Some(VaultProblem::Sealed);
    }
    if answer.says("namespace not found") || answer.says("no namespace") {
        return Some(VaultProblem::NoNamespace);
    }
    if answer.says("node not active") || answer.says("standby") {
        return Some(VaultProblem::Standby);
    }
    (status >= 500).then_some(VaultProblem::ServerError { status })
}
