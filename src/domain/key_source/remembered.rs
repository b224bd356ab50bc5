//! An external source as stored in the settings file.

use serde::{Deserialize, Serialize};

use super::ExternalSource;
use crate::domain::profile::Profile;

/// The source of a profile, and what the user has approved. Other programs can change the settings file, which decides
/// what is executed and which server receives a token. So any change is shown to the user before it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedSource {
    /// The settings of the source.
    pub source: ExternalSource,
    /// Digest of the settings that the user approved.
    #[serde(default)]
    approved: String,
}

/// Includes the server, so that a source copied to a profile of another server must be approved again.
fn digest(source: &ExternalSource, profile: &Profile) -> String {
    format!(
        "{} {} {}",
        source.digest(),
        profile.environment.host(),
        profile.partner
    )
}

impl RememberedSource {
    /// A source that the user has just used, and thereby approved.
    pub fn approved(source: ExternalSource, profile: &Profile) -> Self {
        let approved = digest(&source, profile);
        Self { source, approved }
    }

    /// Whether the user approved these settings for this profile.
    pub fn is_approved(&self, profile: &Profile) -> bool {
        self.approved == digest(&self.source, profile)
    }

    /// Records that the user has read the settings in full and approved them.
    pub fn approve(&mut self, profile: &Profile) {
        self.approved = digest(&self.source, profile);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::credentials::PartnerId;
    use crate::domain::environment::Environment;
    use crate::domain::key_source::{SourceKind, TypedSource};

    fn profile(partner: u128) -> Profile {
        Profile {
            environment: Environment::Sandbox,
            partner: PartnerId(Uuid::from_u128(partner)),
        }
    }

    fn source(line: &str) -> ExternalSource {
        let typed = TypedSource::blank(SourceKind::Command).with("command", line);
        ExternalSource::read(&typed).unwrap()
    }

    #[test]
    fn a_place_that_was_changed_outside_has_to_be_agreed_to_again() {
        let remembered =
            RememberedSource::approved(source("op read op://Vault/Thred/api_key"), &profile(1));
        assert!(remembered.is_approved(&profile(1)));
        assert!(!remembered.is_approved(&profile(2)));
        let mut json = serde_json::to_value(&remembered).unwrap();
        let read: RememberedSource = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read, remembered);
        json["source"] = serde_json::to_value(source("sh -c mischief")).unwrap();
        let mut changed: RememberedSource = serde_json::from_value(json.clone()).unwrap();
        assert!(!changed.is_approved(&profile(1)));
        changed.approve(&profile(1));
        assert!(changed.is_approved(&profile(1)));
        json.as_object_mut().unwrap().remove("approved");
        let by_hand: RememberedSource = serde_json::from_value(json).unwrap();
        assert!(!by_hand.is_approved(&profile(1)));
    }
}
