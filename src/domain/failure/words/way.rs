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
            ProxyFault::WantsPassword => (
                "The proxy wants a password",
                format!(
                    "{proxy} lets requests to {host} through only with a user name and a password, which the \
                     console does not support yet. Choose another proxy in Settings, or ask your network team for one \
                     without a password."
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
