//! The Thred servers that a partner can use. Hosts are from the vendor's documentation of 2026.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use super::text::excerpt;
use super::web_address::{self, is_loopback};

/// Name of all environments at an address that the user entered.
pub const CUSTOM: &str = "Custom";

/// Longest host name in a sentence or on a button, characters.
const MAX_NAME_LEN: usize = 40;

/// The root URL of a Thred server: `https`, or `http` for this computer only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BaseUrl(Url);

/// Why a typed address is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Nothing was typed.
    #[error("Enter the server address, such as https://thred.example.com.")]
    Empty,
    /// Not an address with a host.
    #[error("This is not a web address. It should look like https://thred.example.com.")]
    Malformed,
    /// `http` to another computer would send the key unencrypted.
    #[error(
        "http:// would send the API key unprotected. Use https://, or http:// on this computer only."
    )]
    Unprotected,
    /// Another scheme than `http` and `https`.
    #[error("Only https:// addresses are supported.")]
    OtherScheme,
    /// User name or password in the address.
    #[error(
        "Leave the user name and password out of the address. The key has its own field below."
    )]
    Credentials,
    /// A path, query or fragment: the console adds the path itself.
    #[error("Remove everything after the host. The console adds the path.")]
    MoreThanHost,
}

impl BaseUrl {
    /// Parses an address as typed by a user. The default scheme is `https`.
    ///
    /// # Errors
    /// The rule that the address breaks; see [`BaseUrlError`].
    pub fn parse(typed: &str) -> Result<Self, BaseUrlError> {
        if typed.trim().is_empty() {
            return Err(BaseUrlError::Empty);
        }
        let url = web_address::parse(typed, "https").map_err(|_| BaseUrlError::Malformed)?;
        match url.scheme() {
            "https" | "http" => {}
            _ => return Err(BaseUrlError::OtherScheme),
        }
        let host = url.host().ok_or(BaseUrlError::Malformed)?;
        if url.scheme() == "http" && !is_loopback(&host) {
            return Err(BaseUrlError::Unprotected);
        }
        if web_address::has_credentials(&url) {
            return Err(BaseUrlError::Credentials);
        }
        if web_address::has_path(&url) {
            return Err(BaseUrlError::MoreThanHost);
        }
        Ok(Self(url))
    }

    /// Whether the host name has non-ASCII letters, which are encoded in punycode.
    pub fn has_punycode(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        host.split('.').any(|label| label.starts_with("xn--"))
    }

    /// Host, and the port unless it is the scheme's default. International names are in punycode.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether the server runs on this computer. Proxies are never used for it.
    pub fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| is_loopback(&host))
    }

    /// Whether connections use TLS. Only a server on this computer may do without.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The URL of a path below `/v1/platform/`, with the trailing slash that the API requires.
    pub fn endpoint(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear()
                .extend(["v1", "platform"])
                .extend(segments)
                .push("");
        }
        url
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = BaseUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<BaseUrl> for String {
    fn from(base: BaseUrl) -> Self {
        base.to_string()
    }
}

/// The environments that a partner can sign in to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Environment {
    /// For testing; contains no real data.
    Sandbox,
    /// Real businesses.
    Production,
    /// The vendor's staging server.
    Staging,
    /// The vendor's development server.
    Development,
    /// Any other server, entered by the user.
    Custom(BaseUrl),
    /// The embedded server, with generated data.
    Demo(BaseUrl),
}

/// Hosts with real businesses, from the newer and the older documentation.
const PRODUCTION_HOSTS: [&str; 2] = ["api.thredfi.com", "backend.thredfi.com"];

impl Serialize for Environment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// Checks what was read, because the file may have been edited.
impl<'de> Deserialize<'de> for Environment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Self::deserialize(deserializer)? {
            Self::Custom(base) => Ok(Self::at(base)),
            Self::Demo(base) if !base.is_loopback() => {
                Err(D::Error::custom("the demo runs on this computer only"))
            }
            other => Ok(other),
        }
    }
}

impl Environment {
    /// The environment at an address that was typed or read. A known host gets its environment, so that Production
    /// looks like Production and is protected as such, however it was entered.
    pub fn at(base: BaseUrl) -> Self {
        Self::FIXED
            .into_iter()
            .find(|known| known.base_url() == base)
            .unwrap_or(Self::Custom(base))
    }

    /// Whether its businesses are real.
    pub fn is_production(&self) -> bool {
        // A trailing dot means the same host.
        let is_real = |host: &str| PRODUCTION_HOSTS.contains(&host.trim_end_matches('.'));
        match self {
            Self::Production => true,
            Self::Custom(base) => base.0.domain().is_some_and(is_real),
            Self::Sandbox | Self::Staging | Self::Development | Self::Demo(_) => false,
        }
    }

    /// The predefined environments, in the order of the sign-in screen.
    pub const FIXED: [Self; 4] = [
        Self::Sandbox,
        Self::Production,
        Self::Staging,
        Self::Development,
    ];

    /// Name and host of a predefined environment, or else the address.
    const fn fixed(&self) -> Result<(&'static str, &'static str), &BaseUrl> {
        match self {
            Self::Sandbox => Ok(("Sandbox", "sandbox.thredfi.com")),
            Self::Production => Ok(("Production", "api.thredfi.com")),
            Self::Staging => Ok(("Staging", "staging-backend.thredfi.com")),
            Self::Development => Ok(("Development", "dev-backend.thredfi.com")),
            Self::Custom(base) | Self::Demo(base) => Err(base),
        }
    }

    /// The host of a predefined environment.
    pub fn fixed_host(&self) -> Option<&'static str> {
        self.fixed().ok().map(|(_, host)| host)
    }

    pub const fn is_demo(&self) -> bool {
        matches!(self, Self::Demo(_))
    }

    /// Its display name.
    pub fn name(&self) -> &'static str {
        match self.fixed() {
            Ok((name, _)) => name,
            Err(_) if self.is_demo() => "Demo",
            Err(_) if self.is_production() => Self::Production.name(),
            Err(_) => CUSTOM,
        }
    }

    /// Its name in a sentence. A custom environment is called by its host.
    pub fn in_sentence(&self) -> String {
        match self {
            Self::Custom(base) if !self.is_production() => excerpt(&base.host(), MAX_NAME_LEN),
            _ => self.name().to_owned(),
        }
    }

    pub fn base_url(&self) -> BaseUrl {
        match self.fixed() {
            Ok((_, host)) => BaseUrl::parse(host).expect("a fixed host is a valid address"),
            Err(base) => base.clone(),
        }
    }

    /// Its host, as shown to the user.
    pub fn host(&self) -> String {
        self.base_url().host()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_addresses_are_cleaned() {
        let base = BaseUrl::parse("  thred.example.com/ ").unwrap();
        assert_eq!(base.to_string(), "https://thred.example.com");
        assert_eq!(base.host(), "thred.example.com");
        assert_eq!(
            base.endpoint(&["businesses"]).as_str(),
            "https://thred.example.com/v1/platform/businesses/"
        );
    }

    #[test]
    fn only_loopback_may_go_without_tls() {
        for fine in [
            "http://127.0.0.1:8000",
            "http://[::1]:1",
            "http://localhost",
            "http://127.9.9.9",
        ] {
            assert!(
                BaseUrl::parse(fine).is_ok_and(|base| base.is_loopback()),
                "{fine}"
            );
        }
        for refused in [
            "http://example.com",
            "http://localhost.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://127.0.0.1.nip.io",
        ] {
            assert_eq!(
                BaseUrl::parse(refused),
                Err(BaseUrlError::Unprotected),
                "{refused}"
            );
        }
    }

    #[test]
    fn each_bad_address_has_its_own_reason() {
        assert_eq!(BaseUrl::parse(" "), Err(BaseUrlError::Empty));
        assert_eq!(BaseUrl::parse("https://"), Err(BaseUrlError::Malformed));
        assert_eq!(
            BaseUrl::parse("ftp://example.com"),
            Err(BaseUrlError::OtherScheme)
        );
        assert_eq!(
            BaseUrl::parse("https://me:pw@example.com"),
            Err(BaseUrlError::Credentials)
        );
        assert_eq!(
            BaseUrl::parse("https://example.com/v1"),
            Err(BaseUrlError::MoreThanHost)
        );
    }

    #[test]
    fn production_is_production_however_it_is_typed() {
        let at = |typed| Environment::at(BaseUrl::parse(typed).unwrap());
        for typed in ["api.thredfi.com", " https://API.thredfi.com:443/"] {
            assert_eq!(at(typed), Environment::Production, "{typed}");
        }
        for typed in [
            "backend.thredfi.com",
            "https://api.thredfi.com.",
            "https://api.thredfi.com:8443",
        ] {
            let other = at(typed);
            assert!(other.is_production(), "{typed}");
            assert_eq!(other.name(), "Production");
            // The key is sent only to the host that was typed.
            assert_eq!(other.base_url(), BaseUrl::parse(typed).unwrap());
        }
        for typed in ["api.thredfi.com.example.com", "http://127.0.0.1"] {
            assert!(!at(typed).is_production(), "{typed}");
        }
        assert_eq!(at("sandbox.thredfi.com"), Environment::Sandbox);
    }

    #[test]
    fn what_a_file_calls_custom_or_demo_is_looked_at() {
        let read = |json: &str| serde_json::from_str::<Environment>(json);
        let custom = read(r#"{"custom":"https://api.thredfi.com"}"#);
        assert_eq!(custom.unwrap(), Environment::Production);
        assert!(read(r#"{"demo":"https://api.thredfi.com"}"#).is_err());
        let base = BaseUrl::parse("http://127.0.0.1:9").unwrap();
        for environment in [
            Environment::Production,
            Environment::Custom(base.clone()),
            Environment::Demo(base),
        ] {
            let json = serde_json::to_string(&environment).unwrap();
            assert_eq!(read(&json).unwrap(), environment);
        }
    }

    #[test]
    fn international_hosts_are_shown_in_punycode() {
        let base = BaseUrl::parse("https://thrеd.example").unwrap(); // Cyrillic е
        assert!(base.host().starts_with("xn--"), "{}", base.host());
    }
}
