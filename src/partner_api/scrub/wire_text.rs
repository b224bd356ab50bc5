//! A text of a response that may still contain secrets.

use std::borrow::Cow;
use std::fmt;

use super::secrets::Secrets;
use crate::domain::text::ServerText;

/// Longest text stored for a field, bytes; the API's own limit is 255 characters.
pub(in crate::partner_api) const MAX_TEXT_LEN: usize = 1_024;

/// A decoded text as the server sent it, which may repeat a secret.
///
/// It has no `Display`. Its text can only be read through [`clean`](Self::clean), which hides secrets before shortening.
pub(in crate::partner_api) struct WireText(ServerText);

impl fmt::Debug for WireText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WireText(not looked at)")
    }
}

impl From<&str> for WireText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl WireText {
    /// The text without secrets, safe for the rest of the console.
    pub(in crate::partner_api) fn clean(self, secrets: &Secrets) -> ServerText {
        let raw = self.0.raw();
        match secrets.hide(raw) {
            Cow::Borrowed(same) if std::ptr::eq(same, raw) && raw.len() <= MAX_TEXT_LEN => self.0,
            hidden if hidden.len() <= MAX_TEXT_LEN => ServerText::from(&*hidden),
            hidden => {
                let end = hidden.floor_char_boundary(MAX_TEXT_LEN);
                ServerText::from(format!("{}…", &hidden[..end]).as_str())
            }
        }
    }

    /// Whether `compare` accepts the raw text.
    pub(in crate::partner_api) fn is(&self, compare: impl FnOnce(&str) -> bool) -> bool {
        compare(self.0.raw())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_texts_are_cut_at_a_character_and_after_they_are_clean() {
        let secrets = Secrets::new(["s3cret-key-of-the-partner"]);
        let text = WireText::from("ä".repeat(10_000).as_str()).clean(&secrets);
        assert!(text.raw().len() <= MAX_TEXT_LEN + 3 && text.raw().ends_with('…'));
        for before in (MAX_TEXT_LEN - 40)..=MAX_TEXT_LEN {
            let text = format!("{}s3cret-key-of-the-partner", "x".repeat(before));
            let text = WireText::from(text.as_str()).clean(&secrets);
            assert!(!text.raw().contains("s3"), "after {before}");
        }
    }
}
