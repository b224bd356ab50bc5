//! The proxy for requests.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::web_address;

/// Which proxy to use.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proxy {
    /// As set in the system or in `HTTPS_PROXY`.
    #[default]
    System,
    /// None, whatever the system says.
    Direct,
    /// This proxy.
    Url(Url),
}

impl Proxy {
    /// Parses an address as typed by a user. The default scheme is `http`.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, &'static str> {
        const MALFORMED: &str =
            "This is not a valid address. It should look like http://proxy.example.com:8080.";

        if typed.trim().is_empty() {
            return Err("Enter the proxy address, such as http://proxy.example.com:8080.");
        }
        let url = web_address::parse(typed, "http").map_err(|_| MALFORMED)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("Only http:// and https:// proxies are supported.");
        }
        if web_address::has_credentials(&url) {
            return Err(
                "Leave out the user name and password, because the settings file holds no secrets. Set a proxy that \
                 requires them in HTTPS_PROXY.",
            );
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(MALFORMED);
        }
        if web_address::has_path(&url) {
            return Err("Remove everything after the port.");
        }
        Ok(Self::Url(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_an_address_without_secrets() {
        let url = |typed| match Proxy::parse(typed) {
            Ok(Proxy::Url(url)) => Ok(url.to_string()),
            Ok(_) => unreachable!("only an address"),
            Err(why) => Err(why),
        };
        assert_eq!(url("proxy:8080"), Ok("http://proxy:8080/".to_owned()));
        assert_eq!(
            url("https://p.example"),
            Ok("https://p.example/".to_owned())
        );
        for (typed, part) in [
            (" ", "Enter"),
            ("socks5://p:1080", "Only http://"),
            ("http://me:pw@p:8080", "password"),
            ("me@p:8080", "password"),
            ("http://p/path", "after the port"),
            ("http://", "not a valid address"),
            ("a b", "not a valid address"),
        ] {
            let why = url(typed).unwrap_err();
            assert!(why.contains(part), "{typed}: {why}");
        }
    }

    #[test]
    fn look_alike_hosts_are_kept_and_shown_in_punycode() {
        // The first letter is Cyrillic.
        let Ok(Proxy::Url(url)) = Proxy::parse("аpi.thredfi.com:8080") else {
            panic!("it is an address");
        };
        assert_eq!(url.as_str(), "http://xn--pi-6kc.thredfi.com:8080/");
    }
}
