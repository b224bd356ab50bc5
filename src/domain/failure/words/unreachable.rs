//! Texts for requests that did not reach the server.

use super::super::{
    Failure, FailureKind, MAX_QUOTE_LEN, NextStep, ProxyFault, TlsCause, Unreachable,
};
use crate::domain::text::excerpt;
use crate::domain::web_address::is_loopback;
use url::Url;

impl Failure {
    pub(super) fn unreachable_message(&self) -> (String, String, NextStep) {
        let (server, host) = (&self.server, &self.host);
        match &self.kind {
            FailureKind::Proxy { proxy, fault } => self.proxy_message(proxy, *fault),
            FailureKind::Tls(cause) => self.tls_message(*cause),
            FailureKind::Redirected { target } => (
                format!("{server} redirected the request"),
                format!(
                    "{host} redirects to {target}. The console never follows redirects, to protect your key."
                ),
                NextStep::CheckAddress,
            ),
            FailureKind::TimedOut { limit } => (
                format!("{server} did not answer in time"),
                format!(
                    "{host} sent no complete answer within {} s.",
                    limit.as_secs().max(1)
                ),
                NextStep::TryAgain,
            ),
            FailureKind::Unreachable(Unreachable::NameNotFound) => self.not_reached(format!(
                "{host} was not found. Check the address and your internet connection."
            )),
            FailureKind::Unreachable(Unreachable::Refused) => {
                self.not_reached(format!("Nothing answers at {host}."))
            }
            _ => self.not_reached(format!(
                "The connection to {host} closed before an answer arrived."
            )),
        }
    }

    fn not_reached(&self, reason: String) -> (String, String, NextStep) {
        let title = format!("{} could not be reached", self.server);
        (title, reason, NextStep::TryAgain)
    }

    fn proxy_message(&self, proxy: &str, fault: ProxyFault) -> (String, String, NextStep) {
        let host = &self.host;
        let (title, reason) = match fault {
            ProxyFault::TlsFailed(cause) => {
                return self.proxy_tls_message(proxy, cause);
            }
            ProxyFault::TimedOut { limit } => (
                "The proxy did not connect in time",
                format!(
                    "{proxy} set up no secure connection to {host} within {} s. Nothing was sent to {host}. \
                     Check the proxy in Settings and the network.",
                    limit.as_secs().max(1)
                ),
            ),
            ProxyFault::WantsPassword => (
                "The proxy requires a password",
                format!(
                    "{proxy} requires a user name and password for {host}. Include both in HTTPS_PROXY, choose \
                     System as the proxy in Settings and restart the console. Or ask your network team for a \
                     proxy without a password."
                ),
            ),
            ProxyFault::RejectedPassword => (
                "The proxy rejected the password",
                format!(
                    "{proxy} rejected the user name and password from HTTPS_PROXY or the system. Nothing was \
                     sent to {host}. Correct them there and restart the console."
                ),
            ),
            ProxyFault::Refused => (
                "The proxy refused the connection",
                format!(
                    "{proxy} did not open a connection to {host}. Nothing was sent to {host}. Ask your network team \
                     to allow {host}, or choose another proxy in Settings."
                ),
            ),
            ProxyFault::Unreadable => (
                "The proxy setting can’t be read",
                format!(
                    "{proxy} does not contain the address of a proxy, such as http://proxy.example:8080. Nothing was \
                     sent to {host}. Correct the variable and restart the console, or choose another proxy in Settings."
                ),
            ),
            ProxyFault::NotReached => (
                "The proxy could not be reached",
                format!(
                    "{proxy} does not answer, so nothing was sent to {host}. Check the proxy in Settings and \
                     the network."
                ),
            ),
        };
        (title.to_owned(), reason, NextStep::TryAgain)
    }

    fn proxy_tls_message(&self, proxy: &str, cause: TlsCause) -> (String, String, NextStep) {
        let host = &self.host;
        let why = self.detail.as_deref().unwrap_or("the reason is unknown");
        let why = excerpt(why, MAX_QUOTE_LEN);
        let advice = match cause {
            TlsCause::Issuer => "Add its certificate authority in Settings.",
            TlsCause::Clock => {
                "Check this computer’s clock. If it is correct, the proxy needs a new certificate."
            }
            TlsCause::OtherHost | TlsCause::Handshake => {
                "Check the proxy’s address and port in Settings."
            }
            TlsCause::Certificate | TlsCause::NothingTrusted => {
                "Only the proxy’s operators can fix this."
            }
        };
        let reason = if cause == TlsCause::Handshake {
            format!("The console could not set up an encrypted connection to {proxy}: {why}.")
        } else {
            format!("The certificate of {proxy} was rejected: {why}.")
        };
        (
            "The connection to the proxy is not secure".to_owned(),
            format!("{reason} Nothing was sent to {host}. {advice}"),
            NextStep::TryAgain,
        )
    }

    fn tls_message(&self, cause: TlsCause) -> (String, String, NextStep) {
        let (server, host) = (&self.server, &self.host);
        let why = self.detail.as_deref().unwrap_or("the reason is unknown");
        let why = excerpt(why, MAX_QUOTE_LEN);
        if cause == TlsCause::NothingTrusted {
            let title = "This computer trusts no certificates".to_owned();
            let reason = format!(
                "Without trusted certificate authorities, the console cannot verify {host}: {why}. Nothing was \
                 sent. Install your system’s certificates, correct SSL_CERT_FILE and SSL_CERT_DIR if they are set, \
                 or choose a certificate file in Settings."
            );
            return (title, reason, NextStep::TryAgain);
        }
        let (advice, next) = match cause {
            TlsCause::Issuer => (
                "If your company uses a proxy or its own certificate authority, add its certificate in Settings."
                    .to_owned(),
                NextStep::TryAgain,
            ),
            TlsCause::Clock => (
                "Check this computer’s clock. If it is correct, the server needs a new certificate.".to_owned(),
                NextStep::TryAgain,
            ),
            TlsCause::OtherHost => (
                "Check the address.".to_owned(),
                NextStep::CheckAddress,
            ),
            TlsCause::Certificate | TlsCause::NothingTrusted => (
                format!("Only the operators of {host} can fix this."),
                NextStep::TryAgain,
            ),
            TlsCause::Handshake if is_on_this_computer(host) => (
                "Check the address and port. For a server on this computer without TLS, begin the address with http://."
                    .to_owned(),
                NextStep::CheckAddress,
            ),
            TlsCause::Handshake => (
                "Check the address and port.".to_owned(),
                NextStep::CheckAddress,
            ),
        };
        let reason = if cause == TlsCause::Handshake {
            format!(
                "The console could not set up an encrypted connection to {host}: {why}. Nothing was sent. \
                 {advice}"
            )
        } else {
            format!("The certificate of {host} was rejected: {why}. Nothing was sent. {advice}")
        };
        (
            format!("The connection to {server} is not secure"),
            reason,
            next,
        )
    }
}

/// Whether a host name, with or without a port, is this computer.
fn is_on_this_computer(host: &str) -> bool {
    Url::parse(&format!("https://{host}"))
        .is_ok_and(|url| url.host().is_some_and(|host| is_loopback(&host)))
}
