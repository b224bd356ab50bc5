//! The route that requests take to a server.

use std::env;
use std::ffi::OsString;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use crate::domain::connection::Route;
use crate::domain::environment::BaseUrl;
use crate::domain::failure::{FailureKind, ProxyFault};
use crate::domain::settings::Proxy;

/// The proxy that a request uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UsedProxy {
    /// Its scheme, host and port.
    pub(super) name: String,
    /// Whether a user name and a password are sent to it.
    pub(super) has_password: bool,
}

impl UsedProxy {
    pub(super) fn failed(&self, fault: ProxyFault) -> FailureKind {
        let proxy = self.name.clone();
        FailureKind::Proxy { proxy, fault }
    }

    /// The proxy responded with 407.
    pub(super) fn wants_password(&self) -> FailureKind {
        self.failed(if self.has_password {
            ProxyFault::RejectedPassword
        } else {
            ProxyFault::WantsPassword
        })
    }

    fn of_system(found: &Intercept) -> Self {
        let uri = found.uri();
        let scheme = uri.scheme_str().unwrap_or("http");
        let host = uri.host().unwrap_or_default();
        let port = uri
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        Self {
            name: format!("{scheme}://{host}{port}"),
            has_password: found.basic_auth().is_some(),
        }
    }
}

/// The route to `base`, without user name and password of a proxy.
pub(super) fn route(base: &BaseUrl, proxy: &Proxy) -> Route {
    if let Some(variable) = unreadable_variable(base, proxy) {
        return Route::Unreadable(variable);
    }
    match (proxy, used_proxy(base, proxy)) {
        _ if base.is_loopback() => Route::ThisComputer,
        (Proxy::Direct, _) => Route::Direct,
        (Proxy::Url(_), Some(used)) => Route::Set(used.name),
        (_, Some(used)) => Route::System(used.name),
        (_, None) => Route::NoneNamed,
    }
}

/// The proxy used for `base`, if any.
pub(super) fn used_proxy(base: &BaseUrl, proxy: &Proxy) -> Option<UsedProxy> {
    match proxy {
        _ if base.is_loopback() => None,
        Proxy::Direct => None,
        // The settings accept no address with a password.
        Proxy::Url(url) => Some(UsedProxy {
            name: url.as_str().trim_end_matches('/').to_owned(),
            has_password: false,
        }),
        Proxy::System => {
            let target = base.to_string().parse().ok()?;
            let found = Matcher::from_system().intercept(&target)?;
            Some(UsedProxy::of_system(&found))
        }
    }
}

/// The environment variable that should name the proxy for `base` and cannot be read. Requests must not go past a proxy because of a typo.
pub(super) fn unreadable_variable(base: &BaseUrl, proxy: &Proxy) -> Option<&'static str> {
    match proxy {
        _ if base.is_loopback() => None,
        Proxy::Direct | Proxy::Url(_) => None,
        Proxy::System => unreadable(base, |name| env::var_os(name)),
    }
}

/// In the order of [`Matcher::from_system`]: the first that is set counts.
const VARIABLES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];

fn unreadable(base: &BaseUrl, variable: impl Fn(&str) -> Option<OsString>) -> Option<&'static str> {
    let target = base.to_string().parse().ok()?;
    let first = |names: [&'static str; 2]| {
        let mut set = names.into_iter();
        set.find_map(|name| Some((name, variable(name)?)))
    };
    let exceptions = first(["NO_PROXY", "no_proxy"]);
    let exceptions = exceptions.and_then(|(_, hosts)| hosts.into_string().ok());
    let exceptions = exceptions.unwrap_or_default();
    let is_read = |proxy: &str| {
        let matcher = Matcher::builder().https(proxy).no(exceptions.as_str());
        let proxy = matcher.build().intercept(&target);
        // The client knows no other schemes, though the matcher does.
        let scheme = proxy.as_ref().and_then(|proxy| proxy.uri().scheme_str());
        matches!(scheme, Some("http" | "https"))
    };
    // A web server's CGI scripts ignore these variables, because a request could set them.
    if variable("REQUEST_METHOD").is_some() || !is_read("http://any.example") {
        return None;
    }
    let mut set = VARIABLES.into_iter().filter_map(first);
    let (name, proxy) = set.find(|(_, proxy)| !proxy.is_empty())?;
    let is_unreadable = proxy.to_str().is_none_or(|proxy| !is_read(proxy));
    is_unreadable.then_some(name)
}

/// The failure of a request that was not sent because of [`unreadable_variable`].
pub(super) fn unreadable_failure(variable: &str) -> FailureKind {
    FailureKind::Proxy {
        proxy: variable.to_owned(),
        fault: ProxyFault::Unreadable,
    }
}

/// The meaning of a 407: from the configured proxy, or from one in between that is not configured here.
pub(super) fn wants_password(proxy: Option<UsedProxy>, base: &BaseUrl) -> FailureKind {
    let unnamed = || UsedProxy {
        name: format!("A proxy in front of {}", base.host()),
        has_password: false,
    };
    proxy.unwrap_or_else(unnamed).wants_password()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_names_no_proxy_is_found() {
        let base = BaseUrl::parse("https://api.thredfi.com").unwrap();
        let unreadable = |set: &[(&str, &str)]| {
            let value = |name: &str| set.iter().find(|(set, _)| *set == name);
            super::unreadable(&base, |name| value(name).map(|(_, value)| value.into()))
        };
        for value in [
            "http://",
            "ftp://x",
            "http://[::1",
            "http://a b",
            "file:///etc",
            "socks5h://[::1]:1",
        ] {
            for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
                assert_eq!(unreadable(&[(name, value)]), Some(name), "{value}");
            }
            // Nothing goes through it.
            assert_eq!(unreadable(&[("HTTP_PROXY", value)]), None);
            let excepted = [("HTTPS_PROXY", value), ("NO_PROXY", "thredfi.com")];
            assert_eq!(unreadable(&excepted), None);
            let other = [("HTTPS_PROXY", "proxy.example:3128"), ("ALL_PROXY", value)];
            assert_eq!(unreadable(&other), None);
        }
        for value in ["", "proxy", "http://me:pw@proxy:1"] {
            assert_eq!(unreadable(&[("HTTPS_PROXY", value)]), None, "{value}");
        }
    }

    #[test]
    fn a_password_of_the_systems_proxy_is_known_of_and_not_named() {
        for (variable, has_password, fault) in [
            (
                "http://proxy.example:3128",
                false,
                ProxyFault::WantsPassword,
            ),
            (
                "http://me:s3cret@proxy.example:3128",
                true,
                ProxyFault::RejectedPassword,
            ),
        ] {
            let matcher = Matcher::builder().https(variable).build();
            let target = "https://api.thredfi.com/".parse().unwrap();
            let used = UsedProxy::of_system(&matcher.intercept(&target).unwrap());
            assert_eq!(
                used,
                UsedProxy {
                    name: "http://proxy.example:3128".to_owned(),
                    has_password
                }
            );
            assert_eq!(used.wants_password(), used.failed(fault));
        }
    }
}
