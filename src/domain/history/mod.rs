//! What was done with the console: one entry for each sign-in, token, create, edit, lock and so on.
//!
//! An entry cannot hold a secret: its fields are times, ids, names that a server lists, and choices from closed lists.
//! Of a token, or of a key, there is the fingerprint.

mod action;
mod line;
mod reason;
mod table;

pub use action::{ActionGroup, HistoryAction, HistoryOutcome};
pub use line::{HistoryLine, ReadLines, words};
pub use reason::FailureReason;
pub use table::{to_csv, to_json};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::business::BusinessId;
use super::key_source::ExternalSource;
use super::profile::Profile;
use super::text::{ServerText, excerpt};
use super::token::{Fingerprint, TokenFormat};

/// Longest name that is kept, characters.
const LONGEST_NAME: usize = 120;

/// Longer than any host with its port, characters.
const LONGEST_HOST: usize = 300;

/// Something that was done, or that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// Where and as whom; `None` where nobody was signed in.
    #[serde(flatten)]
    pub whose: Option<Whose>,
    /// What.
    pub action: HistoryAction,
    /// How it went.
    pub result: HistoryOutcome,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<FailureReason>,
    /// With which business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business: Option<BusinessId>,
    /// How the business was called then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The place outside this computer that the key came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_from: Option<Name>,
    /// In which form a token was copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<TokenFormat>,
    /// Of the token, or of the new key.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex")]
    pub fingerprint: Option<Fingerprint>,
    /// Of how many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<HistoryCounts>,
}

/// A profile, as far as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// Name of the environment.
    #[serde(deserialize_with = "one_line")]
    pub environment: String,
    /// Its host.
    #[serde(deserialize_with = "one_line")]
    pub host: String,
    /// Both ends of the partner UUID.
    #[serde(deserialize_with = "one_line")]
    pub partner: String,
}

/// Another program may have written the line.
fn one_line<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(|text| excerpt(&text, LONGEST_HOST))
}

impl From<&Profile> for Whose {
    fn from(profile: &Profile) -> Self {
        Self {
            environment: profile.environment.name().to_owned(),
            host: profile.environment.host(),
            partner: profile.partner.short(),
        }
    }
}

/// The name of a business on one line, with nothing in it that could mislead the eye.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String")]
pub struct Name(String);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As it is read: another program may have written the line.
impl From<String> for Name {
    fn from(text: String) -> Self {
        Self(excerpt(&text, LONGEST_NAME))
    }
}

impl From<&ServerText> for Name {
    fn from(text: &ServerText) -> Self {
        Self(excerpt(text.raw(), LONGEST_NAME))
    }
}

/// Of how many rows or businesses something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryCounts {
    /// Done: created, exported, forgotten.
    pub done: u64,
    /// Existed before.
    #[serde(skip_serializing_if = "is_zero")]
    pub existed: u64,
    /// Refused, or without an answer.
    #[serde(skip_serializing_if = "is_zero")]
    pub failed: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl HistoryEntry {
    /// Something that has gone well, about nothing in particular.
    pub fn new(at: Timestamp, whose: Option<Whose>, action: HistoryAction) -> Self {
        Self {
            at,
            whose,
            action,
            result: HistoryOutcome::Done,
            why: None,
            business: None,
            name: None,
            key_from: None,
            format: None,
            fingerprint: None,
            counts: None,
        }
    }

    /// It failed, for this reason.
    pub fn failed(mut self, why: FailureReason) -> Self {
        (self.result, self.why) = (HistoryOutcome::Failed, Some(why));
        self
    }

    /// It ended so.
    pub fn ended(mut self, result: HistoryOutcome) -> Self {
        self.result = result;
        self
    }

    /// It was about this business.
    pub fn about(mut self, id: BusinessId, name: Option<&ServerText>) -> Self {
        (self.business, self.name) = (Some(id), name.map(Name::from));
        self
    }

    /// It was about a business of this name, which has no id here.
    pub fn named(mut self, name: &ServerText) -> Self {
        self.name = Some(Name::from(name));
        self
    }

    /// The key came from there.
    pub fn with_key_from(mut self, source: Option<&ExternalSource>) -> Self {
        self.key_from = source.map(|source| Name(excerpt(&source.title(), LONGEST_NAME)));
        self
    }

    /// It was about this token, or this key.
    pub fn with_fingerprint(mut self, fingerprint: Fingerprint) -> Self {
        self.fingerprint = Some(fingerprint);
        self
    }

    /// It was about so many.
    pub fn counting(mut self, counts: HistoryCounts) -> Self {
        self.counts = Some(counts);
        self
    }

    /// What is worth telling beside action, business, result and fingerprint: "Key from Vault", "Raw token", "3 created, 1 failed".
    pub fn format_and_counts(&self) -> String {
        let counts = self.counts.map(|counts| {
            let mut said = vec![format!("{} {}", counts.done, self.action.counted())];
            for (count, word) in [(counts.existed, "existed"), (counts.failed, "failed")] {
                if count > 0 {
                    said.push(format!("{count} {word}"));
                }
            }
            said.join(", ")
        });
        let format = self.format.map(|format| format.name().to_owned());
        let from = self.key_from.as_ref();
        let from = from.map(|from| format!("Key from {}", from.as_str()));
        let parts: Vec<String> = from.into_iter().chain(format).chain(counts).collect();
        parts.join(" · ")
    }

    /// The same with the fingerprint: "Raw token · 5d0e 92b7".
    pub fn details(&self) -> String {
        let fingerprint = self.fingerprint.map(|fingerprint| fingerprint.to_string());
        let said = Some(self.format_and_counts()).filter(|said| !said.is_empty());
        let parts: Vec<String> = said.into_iter().chain(fingerprint).collect();
        parts.join(" · ")
    }

    /// "Done", "Failed: the key was rejected"; of an old key that was checked, what was found.
    pub fn result_in_words(&self) -> String {
        match (self.action, self.result, self.why) {
            (HistoryAction::OldKeyChecked, HistoryOutcome::Done, _) => {
                return "No longer works".to_owned();
            }
            (HistoryAction::OldKeyChecked, _, Some(FailureReason::OldKeyAlive)) => {
                return "Still works".to_owned();
            }
            (HistoryAction::OldKeyChecked, _, Some(why)) => {
                return format!("Unknown: {}", why.words());
            }
            _ => {}
        }
        match self.why {
            Some(why) => format!("{}: {}", self.result.name(), why.words()),
            None => self.result.name().to_owned(),
        }
    }
}

/// A fingerprint as eight hexadecimal digits.
mod hex {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::Fingerprint;

    pub(super) fn serialize<S: Serializer>(
        fingerprint: &Option<Fingerprint>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        fingerprint
            .map(|Fingerprint(bytes)| format!("{:08x}", u32::from_be_bytes(bytes)))
            .serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Fingerprint>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| u32::from_str_radix(&text, 16))
            .transpose()
            .map(|number| number.map(|number| Fingerprint(number.to_be_bytes())))
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
