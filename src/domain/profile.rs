//! Who is signed in where. Nothing in here is secret.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::credentials::{Credentials, PartnerId};
use super::environment::Environment;
use super::text::visible;

/// An environment and a partner in it: what a keychain item, a list and its tokens belong to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Profile {
    /// Where.
    pub environment: Environment,
    /// Who.
    pub partner: PartnerId,
}

/// The longest label, in characters.
pub const LABEL_MAX: usize = 40;

impl Profile {
    /// The profile that these credentials are for.
    pub fn of(credentials: &Credentials) -> Self {
        Self {
            environment: credentials.environment.clone(),
            partner: credentials.partner,
        }
    }

    /// What a user calls it, or where there is no label "Partner 3f2a…9c1e".
    pub fn name(&self, label: &str) -> String {
        if label.is_empty() {
            format!("Partner {}", self.partner.short())
        } else {
            label.to_owned()
        }
    }

    /// Whether it lives in the embedded server, which has another address each time.
    pub fn is_demo(&self) -> bool {
        self.environment.is_demo()
    }

    /// Whether both are one place to the user: the demo is, whatever its port.
    pub fn is_same_place(&self, other: &Self) -> bool {
        self == other || (self.is_demo() && other.is_demo())
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.environment.host(), self.partner.short())
    }
}

/// A label as it is kept: one line without anything that would hide or reorder its neighbours.
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
