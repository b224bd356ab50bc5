//! The server a client talks to, and its name in failures.

use std::fmt;
use std::sync::Arc;

use url::Url;

use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::failure::{Failure, FailureKind, Operation, TlsCause};
use crate::domain::time::{Clock, Now};

use super::scrub::Secrets;
use super::transport::message::HttpResponse;

const MAX_TARGET_LEN: usize = 120;

/// One server, and the clock that times its requests.
pub(super) struct ApiServer {
    pub(super) base: BaseUrl,
    server: String,
    host: String,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for ApiServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ApiServer").field(&self.host).finish()
    }
}

impl ApiServer {
    pub(super) fn new(environment: &Environment, clock: Arc<dyn Clock>) -> Self {
        Self::named(environment.in_sentence(), environment.base_url(), clock)
    }

    /// A server other than Thred's.
    pub(super) fn named(server: String, base: BaseUrl, clock: Arc<dyn Clock>) -> Self {
        let host = base.host();
        Self {
            base,
            server,
            host,
            clock,
        }
    }

    pub(super) fn now(&self) -> Now {
        self.clock.now()
    }

    /// The address of an endpoint. Every request gets its address here, so none can go to another host.
    pub(super) fn endpoint(&self, segments: &[&str]) -> Url {
        self.base.endpoint(segments)
    }

    /// A failure of request `number`; 0 if no request was sent.
    pub(super) fn failure(&self, kind: FailureKind, operation: Operation, number: u64) -> Failure {
        Failure {
            kind,
            operation,
            server: self.server.clone(),
            host: self.host.clone(),
            status: None,
            detail: None,
            request: number,
            at: self.now().wall,
        }
    }

    /// A failure because of an answer that cannot be used.
    pub(super) fn failure_of_answer(
        &self,
        kind: FailureKind,
        operation: Operation,
        answer: &HttpResponse,
    ) -> Failure {
        let mut failure = self.failure(kind, operation, answer.number);
        failure.status = Some(answer.status);
        failure
    }

    /// A failure before the request was sent: this computer cannot verify any server. `why` gives the reason.
    pub(super) fn nothing_trusted(&self, why: String, operation: Operation) -> Failure {
        let kind = FailureKind::Tls(TlsCause::NothingTrusted);
        let mut failure = self.failure(kind, operation, 0);
        failure.detail = Some(why);
        failure
    }
}

/// Where the redirect of a request to `asked` points, without secrets and without its query, which may contain anything.
pub(super) fn redirect_target(asked: &Url, location: Option<&str>, secrets: &Secrets) -> String {
    let target = location.and_then(|location| asked.join(location).ok());
    let Some(mut target) = target else {
        return "an unknown address".to_owned();
    };
    target.set_query(None);
    target.set_fragment(None);
    // These fail only for addresses that cannot have a user name anyway.
    let _ = target.set_username("");
    let _ = target.set_password(None);
    if target.host_str().is_some_and(|host| secrets.is_in(host)) {
        return "an address that contains the sign-in".to_owned();
    }
    secrets.quote(target.as_str(), MAX_TARGET_LEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partner_api::testing::clock;

    #[test]
    fn a_redirect_is_named_without_what_it_carries() {
        let api_server = ApiServer::new(&Environment::Sandbox, clock());
        let secrets = Secrets::new(["TK-Live-s3cret-key-of-the-partner"]);
        let asked = api_server.endpoint(&[]);
        let target = |location: &str| redirect_target(&asked, Some(location), &secrets);
        assert_eq!(
            target("http://me:pw@evil.example/a?key=1#x"),
            "http://evil.example/a"
        );
        assert_eq!(target("/login"), "https://sandbox.thredfi.com/login");
        // The first letter is Cyrillic.
        assert_eq!(
            target("https://аpi.thredfi.com/login"),
            "https://xn--pi-6kc.thredfi.com/login"
        );
        assert_eq!(target("http://["), "an unknown address");
        assert_eq!(
            target("https://tk-live-s3cret-key-of-the-partner.evil.example/"),
            "an address that contains the sign-in"
        );
        for before in 0..MAX_TARGET_LEN {
            let location = format!("/{}/TK-Live-s3cret-key-of-the-partner", "x".repeat(before));
            assert!(!target(&location).contains("TK"), "after {before}");
        }
    }
}
