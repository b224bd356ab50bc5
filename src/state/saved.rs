//! What is remembered between runs. Nothing in it is secret.

use serde::{Deserialize, Serialize};

use crate::domain::profile::Profile;
use crate::domain::token::TokenFormat;

use super::listing::Layout;

/// The preferences as they are written to the settings file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// Signed in to from the keychain at the next start.
    pub last_profile: Option<Profile>,
    /// The form in which tokens are copied.
    pub token_format: TokenFormat,
    /// The colours.
    pub theme: ThemePreference,
    /// The table of businesses, per profile.
    pub layouts: Vec<(Profile, Layout)>,
}

/// Which colours to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemePreference {
    /// As the system does.
    #[default]
    System,
    /// Dark.
    Dark,
    /// Light.
    Light,
    /// High contrast.
    HighContrast,
}

impl Saved {
    /// The table of a profile.
    pub fn layout(&self, profile: &Profile) -> Layout {
        self.layouts
            .iter()
            .find(|(of, _)| of == profile)
            .map(|(_, layout)| layout.clone())
            .unwrap_or_default()
            .repaired()
    }

    /// Remembers the table of a profile.
    pub fn set_layout(&mut self, profile: &Profile, layout: Layout) {
        match self.layouts.iter_mut().find(|(of, _)| of == profile) {
            Some((_, known)) => *known = layout,
            None => self.layouts.push((profile.clone(), layout)),
        }
    }
}
