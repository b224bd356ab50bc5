//! An entry of the history.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::action::{HistoryAction, HistoryOutcome};
use super::reason::FailureReason;
use crate::domain::business::BusinessId;
use crate::domain::environment;
use crate::domain::key_source::ExternalSource;
use crate::domain::profile::Profile;
use crate::domain::text::{ServerText, excerpt, grouped};
use crate::domain::token::{Fingerprint, TokenFormat};

/// Longest name recorded, characters.
const MAX_NAME_LEN: usize = 120;

/// Longest host recorded, characters. No host with port is longer.
const MAX_HOST_LEN: usize = 300;

/// An action and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// By the wall clock.
    pub at: Timestamp,
    /// The profile. `None` if no one was signed in.
    #[serde(flatten)]
    pub profile: Option<HistoryProfile>,
    pub action: HistoryAction,
    pub result: HistoryOutcome,
    /// The cause, if it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<FailureReason>,
    /// The business concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business: Option<BusinessId>,
    /// The name of the business at that time, or of the imported file.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "short_line"
    )]
    pub name: Option<String>,
    /// The external source of the key.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "short_line"
    )]
    pub key_from: Option<String>,
    /// The format in which a token was copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<TokenFormat>,
    /// Fingerprint of the token or of the new key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// The number of rows or businesses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<HistoryCounts>,
}

/// The recorded part of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryProfile {
    /// Name of the environment.
    #[serde(deserialize_with = "one_line")]
    pub environment: String,
    /// Its host.
    #[serde(deserialize_with = "one_line")]
    pub host: String,
    /// First and last four characters of the partner UUID.
    #[serde(deserialize_with = "one_line")]
    pub partner: String,
}

/// Limited, because another program may have written the file.
fn one_line<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(|text| excerpt(&text, MAX_HOST_LEN))
}

fn short_line<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.map(|text| excerpt(&text, MAX_NAME_LEN)))
}

impl HistoryProfile {
    /// Name of the environment. A custom one is called by its host.
    pub fn environment_in_sentence(&self) -> &str {
        if self.environment == environment::CUSTOM {
            &self.host
        } else {
            &self.environment
        }
    }
}

impl From<&Profile> for HistoryProfile {
    fn from(profile: &Profile) -> Self {
        Self {
            environment: profile.environment.name().to_owned(),
            host: profile.environment.host(),
            partner: profile.partner.short(),
        }
    }
}

/// Number of rows or businesses per outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryCounts {
    /// Created, exported or forgotten.
    pub done: u64,
    /// Already existed.
    #[serde(skip_serializing_if = "is_zero")]
    pub existed: u64,
    /// Rejected by the server.
    #[serde(skip_serializing_if = "is_zero")]
    pub failed: u64,
    /// Not sent, because the dry run found them to be invalid.
    #[serde(skip_serializing_if = "is_zero")]
    pub invalid: u64,
    /// Sent, without a usable response at the end of the import.
    #[serde(skip_serializing_if = "is_zero")]
    pub unknown: u64,
    /// Not sent yet, or without a result.
    #[serde(skip_serializing_if = "is_zero")]
    pub left: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl HistoryEntry {
    /// A successful action without further details.
    pub fn new(at: Timestamp, profile: Option<HistoryProfile>, action: HistoryAction) -> Self {
        Self {
            at,
            profile,
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

    /// Sets the outcome to failed.
    pub fn failed(mut self, why: FailureReason) -> Self {
        (self.result, self.why) = (HistoryOutcome::Failed, Some(why));
        self
    }

    /// Sets the outcome.
    pub fn ended(mut self, result: HistoryOutcome) -> Self {
        self.result = result;
        self
    }

    /// Sets the business concerned.
    pub fn about(mut self, id: BusinessId, name: Option<&ServerText>) -> Self {
        self.business = Some(id);
        self.name = name.map(|name| excerpt(name.raw(), MAX_NAME_LEN));
        self
    }

    /// Sets the name of a business whose id is unknown, or of the imported file.
    pub fn named(mut self, name: &ServerText) -> Self {
        self.name = Some(excerpt(name.raw(), MAX_NAME_LEN));
        self
    }

    /// Sets the source of the key.
    pub fn with_key_from(mut self, source: Option<&ExternalSource>) -> Self {
        self.key_from = source.map(|source| excerpt(&source.title(), MAX_NAME_LEN));
        self
    }

    /// Sets the fingerprint of the token or key.
    pub fn with_fingerprint(mut self, fingerprint: Fingerprint) -> Self {
        self.fingerprint = Some(fingerprint);
        self
    }

    /// Sets the counts.
    pub fn counting(mut self, counts: HistoryCounts) -> Self {
        self.counts = Some(counts);
        self
    }

    /// Details besides action, business, result and fingerprint: "Key from Vault", "Raw token", "1,240 created, 1 failed".
    pub fn format_and_counts(&self) -> String {
        let counts = self.counts.map(|counts| {
            let done = grouped(counts.done);
            let mut said = vec![format!("{done} {}", self.action.counted())];
            let others = [
                (counts.existed, "existed"),
                (counts.failed, "failed"),
                (counts.invalid, "invalid"),
                (counts.unknown, "unknown"),
                (counts.left, "left"),
            ];
            for (count, word) in others {
                if count > 0 {
                    said.push(format!("{} {word}", grouped(count)));
                }
            }
            said.join(", ")
        });
        let format = self.format.map(|format| format.name().to_owned());
        let from = self.key_from.as_ref();
        let from = from.map(|from| format!("Key from {from}"));
        let parts: Vec<String> = from.into_iter().chain(format).chain(counts).collect();
        parts.join(" · ")
    }

    /// The details with the fingerprint: "Raw token · 5d0e 92b7".
    pub fn details(&self) -> String {
        let fingerprint = self.fingerprint.map(|fingerprint| fingerprint.to_string());
        let said = Some(self.format_and_counts()).filter(|said| !said.is_empty());
        let parts: Vec<String> = said.into_iter().chain(fingerprint).collect();
        parts.join(" · ")
    }

    /// The outcome, which for an import depends on its rows. The files have only whether it ran to its end.
    pub fn outcome(&self) -> HistoryOutcome {
        match (self.action, self.result, self.counts) {
            (HistoryAction::Imported, HistoryOutcome::Done, Some(counts))
                if counts.failed + counts.unknown > 0 =>
            {
                match counts.done + counts.existed {
                    0 => HistoryOutcome::Failed,
                    _ => HistoryOutcome::PartlyFailed,
                }
            }
            _ => self.result,
        }
    }

    /// "Done", "Failed: the key was rejected". For a check of the old key, its result.
    pub fn result_in_words(&self) -> String {
        match (self.action, self.result, self.why) {
            (HistoryAction::OldKeyChecked, HistoryOutcome::Done, _) => {
                return "No longer works".to_owned();
            }
            (HistoryAction::OldKeyChecked, _, Some(FailureReason::OldKeyWorks)) => {
                return "Still works".to_owned();
            }
            (HistoryAction::OldKeyChecked, _, Some(why)) => {
                return format!("Unknown: {}", why.words());
            }
            _ => {}
        }
        match self.why {
            Some(why) => format!("{}: {}", self.outcome().name(), why.words()),
            None => self.outcome().name().to_owned(),
        }
    }
}
