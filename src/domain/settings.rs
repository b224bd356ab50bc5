//! The user's settings and their defaults. Contains no secret.

mod proxy;
mod typed;
mod window;

pub use self::proxy::Proxy;
pub use self::typed::{CLIPBOARD, FRESHNESS, LOCK, NumberLimits, portal};
pub use self::window::WindowSize;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

/// All settings. Those missing in files of older versions get their defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: ThemePreference,
    /// Size of text and controls.
    pub scale: Scale,
    /// Row height in lists.
    pub density: Density,
    /// How long a copied token stays on the clipboard, in seconds.
    pub clipboard_secs: u16,
    /// A token is reused while it has at least this many minutes left.
    pub freshness_minutes: u16,
    /// Minutes without input until the console locks. `None` for never.
    pub lock_minutes: Option<u16>,
    /// Lock when the desktop session is locked.
    pub locks_with_session: bool,
    /// Lock before the computer sleeps.
    pub locks_before_sleep: bool,
    /// Start locked instead of signing in automatically.
    pub locks_at_start: bool,
    /// URL of the Partner Portal. The vendor does not publish it.
    pub portal_url: Option<Url>,
    /// PEM file with certificate authorities trusted in addition to the system's.
    pub ca_file: Option<PathBuf>,
    pub proxy: Proxy,
    /// What system notifications may contain.
    pub notifications: Notifications,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemePreference::System,
            scale: Scale::default(),
            density: Density::Comfortable,
            clipboard_secs: 60,
            freshness_minutes: 15,
            lock_minutes: Some(10),
            locks_with_session: true,
            locks_before_sleep: true,
            locks_at_start: false,
            portal_url: None,
            ca_file: None,
            proxy: Proxy::System,
            notifications: Notifications::WithNames,
        }
    }
}

impl Settings {
    /// Corrects values that are out of range, because the file may have been edited.
    #[must_use]
    pub fn repaired(mut self) -> Self {
        self.clipboard_secs = CLIPBOARD.clamp(self.clipboard_secs);
        self.freshness_minutes = FRESHNESS.clamp(self.freshness_minutes);
        self.lock_minutes = self.lock_minutes.map(|minutes| LOCK.clamp(minutes));
        if let Proxy::Url(url) = &self.proxy {
            self.proxy = Proxy::parse(url.as_str()).unwrap_or_default();
        }
        // As typed input, `javascript:443/x` is a host with a port. The stored URL must therefore parse to itself.
        self.portal_url
            .take_if(|url| portal(url.as_str()).as_ref() != Ok(&Some(url.clone())));
        self
    }

    pub fn clipboard_time(&self) -> Duration {
        Duration::from_secs(self.clipboard_secs.into())
    }

    /// The remaining life that a token needs in order to be reused.
    pub fn freshness_floor(&self) -> Duration {
        Duration::from_mins(self.freshness_minutes.into())
    }

    /// How long without input until the console locks.
    pub fn lock_after(&self) -> Option<Duration> {
        self.lock_minutes
            .map(|minutes| Duration::from_mins(minutes.into()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemePreference {
    /// Dark or light, following the system; dark if the system states no preference.
    #[default]
    System,
    Dark,
    Light,
    /// Black backgrounds, strong borders, no shadows.
    HighContrast,
}

/// Size of text and controls, in percent: 90 to 150.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct Scale(u16);

impl Scale {
    /// The sizes offered.
    pub const CHOICES: [Self; 6] = [
        Self(90),
        Self(100),
        Self(110),
        Self(125),
        Self(140),
        Self(150),
    ];

    /// A scale of this percentage, clamped to the allowed range.
    pub fn percent(percent: u16) -> Self {
        Self(percent.clamp(90, 150))
    }

    pub fn as_percent(self) -> u16 {
        self.0
    }

    /// The next larger or smaller choice; at the end, the same.
    #[must_use]
    pub fn step(self, is_larger: bool) -> Self {
        let next = if is_larger {
            Self::CHOICES.iter().find(|choice| choice.0 > self.0)
        } else {
            Self::CHOICES.iter().rev().find(|choice| choice.0 < self.0)
        };
        next.copied().unwrap_or(self)
    }

    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self(100)
    }
}

impl From<u16> for Scale {
    fn from(percent: u16) -> Self {
        Self::percent(percent)
    }
}

impl From<Scale> for u16 {
    fn from(scale: Scale) -> Self {
        scale.0
    }
}

/// Row height in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

/// What system notifications may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notifications {
    /// They may contain the label of the profile.
    #[default]
    WithNames,
    /// They contain no names.
    WithoutNames,
    /// No notifications are sent.
    Off,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_lacks_some_has_their_defaults_and_absurd_values_are_mended() {
        let read: Settings = serde_json::from_str(r#"{"scale": 4000, "theme": "light"}"#).unwrap();
        assert_eq!(read.scale.as_percent(), 150);
        assert_eq!(read.theme, ThemePreference::Light);
        assert_eq!(read.clipboard_secs, Settings::default().clipboard_secs);

        let by_hand = r#"{"clipboard_secs": 0, "lock_minutes": 0, "freshness_minutes": 900,
            "proxy": {"url": "http://me:pw@proxy:8080"}, "portal_url": "http://portal.example"}"#;
        let repaired = serde_json::from_str::<Settings>(by_hand)
            .unwrap()
            .repaired();
        assert_eq!(repaired.clipboard_secs, 5);
        assert_eq!(repaired.lock_minutes, Some(1));
        assert_eq!(repaired.freshness_minutes, 60);
        assert_eq!(repaired.proxy, Proxy::System);
        assert_eq!(repaired.portal_url, None);
        assert_eq!(Settings::default().repaired(), Settings::default());
    }

    #[test]
    fn what_only_looks_like_a_host_with_a_port_is_never_opened_in_the_browser() {
        let portal_of = |url: &str| {
            let by_hand = serde_json::json!({ "portal_url": url });
            let read: Settings = serde_json::from_value(by_hand).unwrap();
            read.repaired().portal_url.map(String::from)
        };
        for bad in [
            "javascript:443/alert(1)",
            "javascript:alert(1)",
            "javascript:1//://x",
            "vbscript:80",
            "file:///etc/passwd",
        ] {
            assert_eq!(portal_of(bad), None, "{bad}");
        }
        let good = "https://portal.example.com/keys";
        assert_eq!(portal_of(good).as_deref(), Some(good));

        let by_hand = serde_json::json!({ "proxy": { "url": "proxy:8080" } });
        let read: Settings = serde_json::from_value(by_hand).unwrap();
        assert_eq!(Ok(read.repaired().proxy), Proxy::parse("http://proxy:8080"));
    }

    #[test]
    fn scale_goes_by_steps_and_stays_at_its_ends() {
        assert_eq!(Scale::default().step(true).as_percent(), 110);
        assert_eq!(Scale::percent(120).step(false).as_percent(), 110);
        assert_eq!(Scale::percent(90).step(false).as_percent(), 90);
        assert_eq!(Scale::percent(150).step(true).as_percent(), 150);
    }
}
