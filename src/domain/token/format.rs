//! The formats in which a token is handed out.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::guard::BusinessToken;
use crate::domain::environment::BaseUrl;
use crate::domain::time::Now;

/// A text made from a guarded token: the only secret that the clipboard accepts.
pub struct Handout(SecretString);

impl Handout {
    /// The text, only for the clipboard.
    pub fn text(&self) -> &SecretString {
        &self.0
    }
}

impl fmt::Debug for Handout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handout(hidden)")
    }
}

/// The formats in which a token can be copied.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// The token alone.
    #[default]
    Raw,
    /// An HTTP header line.
    Bearer,
    /// A line for an `.env` file.
    EnvLine,
    /// What the vendor's web widget expects from `getToken()`.
    WidgetJson,
    /// A command that reads the token from `$THRED_TOKEN`. It contains no secret itself.
    Curl,
}

impl TokenFormat {
    /// In menu order.
    pub const ALL: [Self; 5] = [
        Self::Raw,
        Self::Bearer,
        Self::EnvLine,
        Self::WidgetJson,
        Self::Curl,
    ];

    /// Its name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Raw => "Raw token",
            Self::Bearer => "Bearer header",
            Self::EnvLine => ".env line",
            Self::WidgetJson => "Widget JSON",
            Self::Curl => "curl command",
        }
    }

    /// Its name on a button.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Raw => "Raw",
            Self::Bearer => "Bearer",
            Self::EnvLine => ".env",
            Self::WidgetJson => "JSON",
            Self::Curl => "curl",
        }
    }

    /// What the format looks like, without a token.
    pub fn sample(self) -> &'static str {
        match self {
            Self::Raw => "eyJ…",
            Self::Bearer => "Authorization: Bearer …",
            Self::EnvLine => "THRED_TOKEN=…",
            Self::WidgetJson => "{access_token, expires_in}",
            Self::Curl => "reads $THRED_TOKEN",
        }
    }
}

impl BusinessToken {
    /// The text to copy. `None` once the token has expired.
    pub fn handout(&self, format: TokenFormat, base: &BaseUrl, now: Now) -> Option<Handout> {
        let left = self.remaining(now.boot);
        if left.is_zero() {
            return None;
        }
        let token = self.secret.expose_secret();
        let text = match format {
            TokenFormat::Raw => token.to_owned(),
            TokenFormat::Bearer => format!("Authorization: Bearer {token}"),
            TokenFormat::EnvLine => format!("THRED_TOKEN={token}"),
            // A bearer token has no characters that need escaping in JSON.
            TokenFormat::WidgetJson => format!(
                r#"{{"access_token": "{token}", "expires_in": {}}}"#,
                left.as_secs()
            ),
            TokenFormat::Curl => {
                let url = base.endpoint(&["businesses", &self.business.to_string()]);
                // A host may contain an apostrophe.
                let url = url.as_str().replace('\'', r"'\''");
                format!(r#"curl -H "Authorization: Bearer $THRED_TOKEN" '{url}'"#)
            }
        };
        Some(Handout(SecretString::from(text)))
    }
}
