//! Validates typed settings.

use std::ops::RangeInclusive;

use url::Url;

use crate::domain::web_address;

/// The limits of a setting that is a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLimits {
    /// Smallest and largest.
    pub range: RangeInclusive<u16>,
    /// "s", "min".
    pub unit: &'static str,
}

/// How long a token may stay on the clipboard.
pub const CLIPBOARD: NumberLimits = NumberLimits {
    range: 5..=600,
    unit: "s",
};

/// Remaining life that a token needs in order to be reused.
pub const FRESHNESS: NumberLimits = NumberLimits {
    range: 0..=60,
    unit: "min",
};

/// Time without input until the console locks.
pub const LOCK: NumberLimits = NumberLimits {
    range: 1..=480,
    unit: "min",
};

impl NumberLimits {
    /// Parses typed text.
    ///
    /// # Errors
    /// A sentence that names the limits.
    pub fn parse(&self, typed: &str) -> Result<u16, String> {
        let number = typed.trim().parse::<u16>();
        match number {
            Ok(number) if self.range.contains(&number) => Ok(number),
            _ => Err(format!(
                "Enter a whole number from {} to {}.",
                self.range.start(),
                self.range.end()
            )),
        }
    }

    /// The nearest value within the limits.
    pub fn clamp(&self, number: u16) -> u16 {
        number.clamp(*self.range.start(), *self.range.end())
    }
}

/// Parses the URL of the Partner Portal, which will be opened in a browser. `None` if empty.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn portal(typed: &str) -> Result<Option<Url>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let url = web_address::parse(typed, "https").map_err(
        |_| "This is not a web address. It should look like https://portal.example.com.",
    )?;
    if url.scheme() != "https" {
        return Err("Use an https:// address.");
    }
    if web_address::has_credentials(&url) {
        return Err("Leave out the user name and password. Your browser asks for them.");
    }
    Ok(Some(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_outside_of_their_limits_are_told_the_limits() {
        assert_eq!(CLIPBOARD.parse(" 30 "), Ok(30));
        for typed in ["", "4", "601", "-5", "60.5", "99999999", "sixty"] {
            let why = CLIPBOARD.parse(typed).unwrap_err();
            assert_eq!(why, "Enter a whole number from 5 to 600.", "{typed}");
        }
        assert_eq!(LOCK.clamp(0), 1);
    }

    #[test]
    fn look_alike_hosts_are_kept_and_shown_in_punycode() {
        // The first letter is Cyrillic.
        let portal = portal("аpi.thredfi.com").unwrap().unwrap();
        assert_eq!(portal.as_str(), "https://xn--pi-6kc.thredfi.com/");
    }

    #[test]
    fn the_portal_is_a_safe_address_or_none() {
        assert_eq!(portal("  "), Ok(None));
        let url = portal("portal.example.com/keys").unwrap().unwrap();
        assert_eq!(url.as_str(), "https://portal.example.com/keys");
        for bad in [
            "http://portal.example.com",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://u:p@x.example",
            "https://",
        ] {
            assert!(portal(bad).is_err(), "{bad}");
        }
    }
}
