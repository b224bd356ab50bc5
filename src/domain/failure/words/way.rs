//! The words for requests that did not get through to the server.

use super::super::{
    Failure, FailureKind, LONGEST_QUOTE, NextStep, ProxyFault, TlsCause, Unreachable,
};
use crate::domain::text::excerpt;

impl Failure {
    pub(super) fn words_of_the_way(&self) -> (String, String, NextStep) {
        let (server, host) = (&self.server, &self.host);
        match &self.kind {
            FailureKind::Proxy { proxy, fault } => self.words_of_the_proxy(proxy, *fault),
            FailureKind::Tls(cause) => self.words_of_tls(*cause),
            FailureKind::Redirected { target } => (
                format!("{server} wants to send the request elsewhere"),
                format!(
                    "{host} points to {target}. The console never follows, so that no key goes astray."
                ),
                NextStep::CheckAddress,
            ),
            FailureKind::TimedOut { limit } => (
                format!("{server} did not answer in time"),
                format!(
                    "{host} gave no complete answer within {} s.",
                    limit.as_secs().max(1)
                ),
                NextStep::TryAgain,
            ),
            FailureKind::Unreachable(Unreachable::NameNotFound) => self.not_reached(format!(
                "The name {host} has no address. Is this computer online, and is the address right?"
            )),
            FailureKind::Unreachable(Unreachable::Refused) => {
                self.not_reached(format!("Nothing answers at {host}."))
            }
            _ => self.not_reached(format!(
                "The connection to {host} broke before an answer came."
            )),
        }
    }

    fn not_reached(&self, reason: String) -> (String, String, NextStep) {
        let title = format!("{} was not reached", self.server);
        (title, reason, NextStep::TryAgain)
    }

    fn words_of_the_proxy(&self, proxy: &str, fault: ProxyFault) -> (String, String, NextStep) {
        let host = &self.host;
        let (title, reason) = match fault {
            ProxyFault::NotSafe(cause) => {
                return self.words_of_proxys_tls(proxy, cause);
            }
            ProxyFault::TimedOut { limit } => (
                "The proxy did not connect in time",
                format!(
                    "{proxy} gave no safe connection to {host} within {} s. Nothing was sent to {host}. Check the proxy \
                     in Settings and the network.",
                    limit.as_secs().max(1)
                ),
            ),
            ProxyFault::WantsPassword => (
                "The proxy wants a password",
                format!(
                    "{proxy} lets requests to {host} through only with a user name and a password. Set HTTPS_PROXY to \
                     the proxy’s address with both, choose System as the proxy in Settings and start the console \
                     again, or ask your network team for a proxy without a password."
                ),
            ),
            ProxyFault::RefusedPassword => (
                "The proxy rejected the password",
                format!(
                    "{proxy} did not accept the user name and password that HTTPS_PROXY or the system names. Nothing \
                     was sent to {host}. Correct them there and start the console again."
                ),
            ),
            ProxyFault::Refused => (
                "The proxy refused the connection",
                format!(
                    "{proxy} did not open a connection to {host}. Nothing was sent to {host}. Ask your network team \
                     to allow {host}, or choose another proxy in Settings."
                ),
            ),
            ProxyFault::NotReached => (
                "The proxy was not reached",
                format!(
                    "{proxy} does not answer, so {host} was not asked. Check the proxy in Settings and the network."
                ),
            ),
        };
        (title.to_owned(), reason, NextStep::TryAgain)
    }

    fn words_of_proxys_tls(&self, proxy: &str, cause: TlsCause) -> (String, String, NextStep) {
        let host = &self.host;
        let why = self.detail.as_deref().unwrap_or("no reason is known");
        let why = excerpt(why, LONGEST_QUOTE);
        let advice = match cause {
            TlsCause::Issuer => "Add its certificate authority in Settings.",
            TlsCause::Clock => {
                "Check the clock of this computer. If it is right, the proxy needs a new certificate."
            }
            TlsCause::OtherHost | TlsCause::Handshake => {
                "Check the address and the port of the proxy in Settings."
            }
            TlsCause::Certificate | TlsCause::NothingTrusted => {
                "Only the people who run the proxy can fix that."
            }
        };
        let reason = if cause == TlsCause::Handshake {
            format!("No encrypted connection to {proxy} could be set up: {why}.")
        } else {
            format!("The certificate of {proxy} was not accepted: {why}.")
        };
        (
            "The connection to the proxy is not safe".to_owned(),
            format!("{reason} {host} was not asked. {advice}"),
            NextStep::TryAgain,
        )
    }

    fn words_of_tls(&self, cause: TlsCause) -> (String, String, NextStep) {
        let (server, host) = (&self.server, &self.host);
        let why = self.detail.as_deref().unwrap_or("no reason is known");
        let why = excerpt(why, LONGEST_QUOTE);
        if cause == TlsCause::NothingTrusted {
            let title = "This computer trusts no certificates".to_owned();
            let reason = format!(
                "Without trusted certificate authorities {host} cannot be told from an impostor: {why}. Nothing was \
                 sent. Install the certificates of your system, or choose a certificate file in Settings."
            );
            return (title, reason, NextStep::TryAgain);
        }
        let (advice, next) = match cause {
            TlsCause::Issuer => (
                "If your company uses a proxy or a certificate authority of its own, add its certificate in Settings."
                    .to_owned(),
                NextStep::TryAgain,
            ),
            TlsCause::Clock => (
                "Check the clock of this computer. If it is right, the server needs a new certificate.".to_owned(),
                NextStep::TryAgain,
            ),
            TlsCause::OtherHost => (
                "Check the address.".to_owned(),
                NextStep::CheckAddress,
            ),
            TlsCause::Certificate | TlsCause::NothingTrusted => (
                format!("Only the people who run {host} can fix that."),
                NextStep::TryAgain,
            ),
            TlsCause::Handshake => (
                "Check the address and the port.".to_owned(),
                NextStep::CheckAddress,
            ),
        };
        let reason = if cause == TlsCause::Handshake {
            format!(
                "No encrypted connection to {host} could be set up: {why}. Nothing was sent. {advice}"
            )
        } else {
            format!("The certificate of {host} was not accepted: {why}. Nothing was sent. {advice}")
        };
        (
            format!("The connection to {server} is not safe"),
            reason,
            next,
        )
    }
}
