//! The address of a Vault server.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::web_address::{self, is_loopback};

/// The root URL of a server: `https`, or `http` for this computer only. May have a path, as some proxies add one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VaultAddress(Url);

/// What is wrong with a text that is not an address with a host.
pub(super) const MALFORMED: &str =
    "This is not a web address. It should look like https://vault.example.com:8200.";

impl VaultAddress {
    /// Parses an address as typed by a user. The default scheme is `https`. Query and fragment are removed.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        let mut url = web_address::parse(typed, "https").map_err(|_| MALFORMED)?;
        match url.scheme() {
            "https" | "http" => {}
            // Such as a Unix socket.
            _ => return Err("Only https:// addresses are supported."),
        }
        let host = url.host().ok_or(MALFORMED)?;
        if url.scheme() == "http" && !is_loopback(&host) {
            return Err(
                "http:// would send the token and the key unprotected. Use https://, or http:// on this computer only.",
            );
        }
        if web_address::has_credentials(&url) {
            return Err("Leave the user name and password out of the address.");
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Host, and the port unless it is the scheme's default. International names are in punycode.
    pub fn host(&self) -> String {
        self.0[url::Position::BeforeHost..url::Position::AfterPort].to_owned()
    }

    /// The URL of a path below `/v1/`. Empty and dot segments are left out.
    pub fn endpoint<'a>(&self, segments: impl IntoIterator<Item = &'a str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            let segments = segments.into_iter().flat_map(|part| part.split('/'));
            path.pop_if_empty()
                .push("v1")
                .extend(segments.filter(|part| !part.is_empty()));
        }
        url
    }
}

impl fmt::Display for VaultAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl TryFrom<String> for VaultAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<VaultAddress> for String {
    fn from(address: VaultAddress) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_below_the_address_and_cannot_leave_it() {
        for (address, expected) in [
            (
                "vault.example.com",
                "https://vault.example.com/v1/secret/data/a%20b%3F",
            ),
            (
                "https://example.com:8200/vault/?x#y",
                "https://example.com:8200/vault/v1/secret/data/a%20b%3F",
            ),
        ] {
            let address = VaultAddress::parse(address).unwrap();
            let url = address.endpoint(["secret", "data", "/../a b?/"]);
            assert_eq!(url.as_str(), expected);
        }
        let address = VaultAddress::parse("http://127.0.0.1:8200/").unwrap();
        assert_eq!(address.to_string(), "http://127.0.0.1:8200");
        assert_eq!(address.host(), "127.0.0.1:8200");
    }

    #[test]
    fn each_bad_address_has_its_own_reason() {
        for (typed, part) in [
            ("https://", "not a web address"),
            ("two words", "not a web address"),
            ("http://vault.example.com:8200", "unprotected"),
            ("http://10.0.0.1:8200", "unprotected"),
            ("http://localhost.example.com", "unprotected"),
            ("http://127.0.0.1.nip.io", "unprotected"),
            ("unix:///run/vault.sock", "Only https://"),
            ("https://root:token@vault.example.com", "password"),
        ] {
            let why = VaultAddress::parse(typed).unwrap_err();
            assert!(why.contains(part), "{typed}: {why}");
        }
        for fine in ["http://localhost:8200", "http://[::1]:8200"] {
            assert!(VaultAddress::parse(fine).is_ok(), "{fine}");
        }
        // The settings file is validated by the same rules.
        let read = serde_json::from_str::<VaultAddress>(r#""http://vault.example.com""#);
        assert!(read.is_err());
    }
}
