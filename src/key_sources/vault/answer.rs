//! What a server answers, as far as all answers are alike.

use secrecy::SecretString;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::domain::key_source::vault::{VaultProblem, WipedJson};
use crate::partner_api::Secrets;

/// Longest quotation of the server, characters.
const LONGEST_QUOTE: usize = 300;

/// A complete answer.
pub(super) struct VaultAnswer {
    pub(super) status: u16,
    /// `Null` where it is not JSON.
    pub(super) json: WipedJson,
    /// Its `errors` and `warnings` in small letters, to tell them apart. Never shown.
    clues: Zeroizing<String>,
    /// Of the body, bytes.
    len: usize,
    /// The same to be shown: scrubbed and cut.
    pub(super) said: String,
}

impl VaultAnswer {
    pub(super) fn read(status: u16, body: &[u8], secrets: &Secrets) -> Self {
        // Answers without a body are JSON enough.
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
        let said = secrets.quote(&all, LONGEST_QUOTE);
        Self {
            status,
            clues: Zeroizing::new(all.to_ascii_lowercase()),
            len: body.len(),
            said,
            json,
        }
    }

    /// Whether errors or warnings have these words, in small letters, in them.
    pub(super) fn says(&self, words: &str) -> bool {
        self.clues.contains(words)
    }

    /// Whether it says `permission denied` and nothing else, which is how a token is refused that is not valid. A policy
    /// that denies is "1 error occurred: permission denied", a newer server adds "invalid token".
    pub(super) fn refuses_token(&self) -> bool {
        self.status == 403
            && (self.clues.as_str() == "permission denied"
                || self.says("invalid token")
                || self.says("bad token")
                || self.says("token not found"))
    }

    /// Whether it has the shape that all answers of the API have.
    fn is_vaults(&self) -> bool {
        let Some(object) = self.json.as_object() else {
            return false;
        };
        let names = ["errors", "request_id", "data", "auth"];
        self.status == 204 || names.iter().any(|name| object.contains_key(*name))
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The text at a path of names.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.json.pointer(pointer)?.as_str()
    }

    /// The object at a path of names, written as JSON again.
    pub(super) fn object(&self, pointer: &str) -> Option<SecretString> {
        let object = self.json.pointer(pointer)?;
        object.as_object()?;
        // A buffer that grows leaves copies behind. Nothing but a number with an exponent gets longer than it was sent,
        // and that not four times.
        let mut text = Zeroizing::new(Vec::with_capacity(4 * self.len));
        serde_json::to_writer(&mut *text, object).ok()?;
        std::str::from_utf8(&text).ok().map(SecretString::from)
    }

    /// Whether there is something at a path of names.
    pub(super) fn has(&self, pointer: &str) -> bool {
        self.json
            .pointer(pointer)
            .is_some_and(|value| !value.is_null())
    }
}

/// What is wrong with the server as a whole, whatever it was asked.
pub(super) fn general_problem(answer: &VaultAnswer) -> Option<VaultProblem> {
    let status = answer.status;
    match status {
        472 | 473 => return Some(VaultProblem::Standby),
        429 if answer.says("rate limit") || answer.says("quota") => {
            return Some(VaultProblem::Busy);
        }
        429 => return Some(VaultProblem::Standby),
        _ => {}
    }
    if !answer.is_vaults() {
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
