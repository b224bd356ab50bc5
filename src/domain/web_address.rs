//! What all typed web addresses have in common.

use std::borrow::Cow;

use url::{Host, ParseError, Position, Url};

/// Parses an address as typed by a user. `scheme` is used if none was typed.
pub(super) fn parse(typed: &str, scheme: &str) -> Result<Url, ParseError> {
    let typed = typed.trim();
    let address = if typed.contains("://") {
        Cow::Borrowed(typed)
    } else {
        Cow::Owned(format!("{scheme}://{typed}"))
    };
    Url::parse(&address)
}

/// The host that will be contacted, with its port, if `typed` hides it: with letters of other scripts, accents or
/// percent-encoding. In punycode.
pub fn hidden_host(typed: &str) -> Option<String> {
    let url = parse(typed, "https").ok()?;
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let is_as_typed = typed.to_ascii_lowercase().contains(host);
    let is_plain = typed.is_ascii() && !typed.contains('%');
    (!is_as_typed && !is_plain).then(|| host.to_owned())
}

/// A sentence that names the host, if `typed` hides it.
pub fn look_alike(typed: &str) -> Option<String> {
    hidden_host(typed).map(|host| {
        format!("Requests go to {host}. The address contains look-alike or accented letters.")
    })
}

/// Whether the address contains a user name or password.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether the address names more than a server.
pub(super) fn has_path(url: &Url) -> bool {
    url.path() != "/" || url.query().is_some() || url.fragment().is_some()
}

/// Whether a host is this computer.
pub(super) fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
