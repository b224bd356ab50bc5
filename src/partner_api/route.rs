//! By which way requests go to a server.

use hyper_util::client::proxy::matcher::Matcher;

use crate::domain::connection::Route;
use crate::domain::environment::BaseUrl;
use crate::domain::settings::Proxy;

/// The way to `base`. Names no user and no password of a proxy.
pub(super) fn route(base: &BaseUrl, proxy: &Proxy) -> Route {
    match proxy {
        _ if base.is_loopback() => Route::ThisComputer,
        Proxy::Direct => Route::Direct,
        Proxy::Url(url) => Route::Set(url.as_str().trim_end_matches('/').to_owned()),
        Proxy::System => {
            let target = base.to_string().parse();
            let found = target
                .ok()
                .and_then(|uri| Matcher::from_system().intercept(&uri));
            found.map_or(Route::NoneNamed, |found| {
                let uri = found.uri();
                let scheme = uri.scheme_str().unwrap_or("http");
                let host = uri.host().unwrap_or_default();
                let port = uri
                    .port()
                    .map_or_else(String::new, |port| format!(":{port}"));
                Route::System(format!("{scheme}://{host}{port}"))
            })
        }
    }
}
