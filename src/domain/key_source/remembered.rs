//! A source as the settings file has it.

use serde::{Deserialize, Serialize};

use super::ExternalSource;
use crate::domain::profile::Profile;

/// The source of a profile, and what of it the user has seen. The settings file can be changed by other programs, and
/// it decides what is executed and which server is sent a token: whatever has changed is shown before it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RememberedSource {
    /// Where the key is.
    pub place: ExternalSource,
    /// The digest of the place that the user has agreed to.
    #[serde(default)]
    agreed: String,
}

/// An agreement is for one server: a source that is copied to the profile of another is asked about again.
fn digest(place: &ExternalSource, profile: &Profile) -> String {
    format!(
        "{} {} {}",
        place.digest(),
        profile.environment.host(),
        profile.partner
    )
}

impl RememberedSource {
    /// A source that the user has just used.
    pub fn agreed(place: ExternalSource, profile: &Profile) -> Self {
        let agreed = digest(&place, profile);
        Self { place, agreed }
    }

    /// Whether it is the one that the user has agreed to for this profile.
    pub fn is_agreed(&self, profile: &Profile) -> bool {
        self.agreed == digest(&self.place, profile)
    }

    /// The user has read it in full and agrees.
    pub fn agree(&mut self, profile: &Profile) {
        self.agreed = digest(&self.place, profile);
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

    fn place(line: &str) -> ExternalSource {
        let typed = TypedSource::blank(SourceKind::Command).with("command", line);
        ExternalSource::read(&typed).unwrap()
    }

    #[test]
    fn a_place_that_was_changed_outside_has_to_be_agreed_to_again() {
        let remembered =
            RememberedSource::agreed(place("op read op://Vault/Thred/api_key"), &profile(1));
        assert!(remembered.is_agreed(&profile(1)));
        assert!(!remembered.is_agreed(&profile(2)));
        let mut json = serde_json::to_value(&remembered).unwrap();
        let read: RememberedSource = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read, remembered);
        json["place"] = serde_json::to_value(place("sh -c mischief")).unwrap();
        let mut changed: RememberedSource = serde_json::from_value(json.clone()).unwrap();
        assert!(!changed.is_agreed(&profile(1)));
        changed.agree(&profile(1));
        assert!(changed.is_agreed(&profile(1)));
        json.as_object_mut().unwrap().remove("agreed");
        let by_hand: RememberedSource = serde_json::from_value(json).unwrap();
        assert!(!by_hand.is_agreed(&profile(1)));
    }
}
