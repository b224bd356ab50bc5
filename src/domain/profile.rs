//! A profile: who signs in, and where. Contains no secret.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::credentials::{Credentials, PartnerId};
use super::environment::Environment;
use super::text::visible;

/// An environment and a partner in it. Keychain items, lists and tokens belong to a profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Profile {
    pub environment: Environment,
    pub partner: PartnerId,
}

/// Longest label, in characters.
pub const LABEL_MAX: usize = 40;

impl Profile {
    /// The profile for these credentials.
    pub fn of(credentials: &Credentials) -> Self {
        Self {
            environment: credentials.environment.clone(),
            partner: credentials.partner,
        }
    }

    /// The label, or "Partner 3f2a…9c1e" if there is none.
    pub fn name(&self, label: &str) -> String {
        if label.is_empty() {
            format!("Partner {}", self.partner.short())
        } else {
            label.to_owned()
        }
    }

    /// Whether it belongs to the embedded server, whose address changes with every start.
    pub fn is_demo(&self) -> bool {
        self.environment.is_demo()
    }

    /// Whether both are the same profile to the user. All demo profiles are, whatever their port.
    pub fn is_same_profile(&self, other: &Self) -> bool {
        self == other || (self.is_demo() && other.is_demo())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.environment.host(), self.partner.short())
    }
}

/// Cleans up a label for storage: one line, without characters that hide or reorder others.
pub fn tidy_label(typed: &str) -> String {
    let one_line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    visible(&one_line)
        .chars()
        .take(LABEL_MAX)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_profile_without_a_label_is_known_by_its_id() {
        let partner = PartnerId(Uuid::from_u128(0x3f2a_71c8_05de_4b7e_8d14_61fa_20b3_9c1e));
        let profile = Profile {
            environment: Environment::Sandbox,
            partner,
        };
        assert_eq!(profile.name(""), "Partner 3f2a…9c1e");
        assert_eq!(profile.name("Northwind"), "Northwind");
    }

    #[test]
    fn a_label_is_one_visible_line() {
        assert_eq!(tidy_label("  North\n wind "), "North wind");
        assert_eq!(tidy_label("a\u{202E}b"), "a[U+202E]b");
        assert_eq!(tidy_label(&"ä".repeat(90)).chars().count(), LABEL_MAX);
    }
}
