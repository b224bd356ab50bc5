//! The route that requests take to a server.

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
            ProxyFault::RefusedPassword
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
                ProxyFault::RefusedPassword,
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
