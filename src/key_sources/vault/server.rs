//! Requests to one server, and the handling common to all responses.

use std::path::PathBuf;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::answer::{VaultResponse, general_problem};
use crate::domain::failure::{FailureKind, TlsCause};
use crate::domain::key_source::SourceProblem;
use crate::domain::key_source::vault::{TokenOrigin, VaultProblem, VaultSource};
use crate::key_sources::ca_file::read_trusted;
use crate::key_sources::{FetchContext, no_answer};
use crate::partner_api::{HttpClient, HttpProblem, HttpRequest, Secrets};

/// Longest word of the server to show, characters.
const MAX_WORD_LEN: usize = 40;

/// A server, and the token for its requests.
pub(super) struct VaultServer {
    /// Completed with what was found out during the fetch.
    pub(super) source: VaultSource,
    client: HttpClient,
    token: SecretString,
    origin: TokenOrigin,
    /// Secrets that the server knows and might repeat.
    secrets: Secrets,
}

impl VaultServer {
    /// # Errors
    /// If the file of certificate authorities cannot be used.
    pub(super) async fn new(
        source: &VaultSource,
        context: &FetchContext,
    ) -> Result<Self, SourceProblem> {
        let mut network = context.network.clone();
        if !source.ca_file.is_empty() {
            let path = PathBuf::from(&source.ca_file);
            let ca = in_background(move || read_trusted(&path)).await;
            network = network.trusting(ca.map_err(|p| VaultProblem::CaFile(p).words(source))?);
        }
        let name = source.product.name();
        Ok(Self {
            source: source.clone(),
            client: HttpClient::new(name, network, Arc::clone(&context.clock)),
            token: SecretString::default(),
            origin: TokenOrigin::Login,
            secrets: Secrets::new(forms_of(context.answer.as_ref())),
        })
    }

    pub(super) fn origin(&self) -> &TokenOrigin {
        &self.origin
    }

    /// Uses this token from now on. `answer` is what the user typed for the login.
    pub(super) fn use_token(
        &mut self,
        token: SecretString,
        origin: TokenOrigin,
        answer: Option<&SecretString>,
    ) {
        self.secrets = Secrets::new(forms_of(answer).chain([token.expose_secret()]));
        self.token = token;
        self.origin = origin;
    }

    /// Reads a path below `v1/`.
    ///
    /// # Errors
    /// No response, one that is not from Vault, or a problem of the server as a whole.
    pub(super) async fn get(&self, segments: &[&str]) -> Result<VaultResponse, SourceProblem> {
        self.ask("GET", segments, None).await
    }

    /// Writes to a path below `v1/`.
    pub(super) async fn post(
        &self,
        segments: &[&str],
        body: Zeroizing<Vec<u8>>,
    ) -> Result<VaultResponse, SourceProblem> {
        self.ask("POST", segments, Some(body)).await
    }

    async fn ask(
        &self,
        method: &str,
        segments: &[&str],
        body: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<VaultResponse, SourceProblem> {
        let answer = self.send(method, segments, body).await?;
        let problem = match general_problem(&answer) {
            None => return Ok(answer),
            // A server that was never initialised also reports that it is sealed.
            Some(VaultProblem::Sealed) => self.sealed().await,
            Some(problem) => problem,
        };
        Err(self.explain(&problem, &answer))
    }

    async fn sealed(&self) -> VaultProblem {
        let status = self.send("GET", &["sys/seal-status"], None).await;
        match status {
            Ok(status) if status.json.get("initialized") == Some(&false.into()) => {
                VaultProblem::NotInitialised
            }
            _ => VaultProblem::Sealed,
        }
    }

    async fn send(
        &self,
        method: &str,
        segments: &[&str],
        body: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<VaultResponse, SourceProblem> {
        let request = self
            .request(method, segments, body)
            .map_err(|problem| self.words(&problem))?;
        let sent = self.client.send(request, &self.secrets).await;
        let http = sent.map_err(|problem| self.no_answer(&problem))?;
        match http.redirect {
            Some(target) => Err(self.words(&VaultProblem::Redirected { target })),
            None => Ok(VaultResponse::read(http.status, &http.body, &self.secrets)),
        }
    }

    fn request(
        &self,
        method: &str,
        segments: &[&str],
        body: Option<Zeroizing<Vec<u8>>>,
    ) -> Result<HttpRequest, VaultProblem> {
        let namespace = self.source.namespace.as_str();
        let token = self.token.expose_secret();
        let url = self.source.address.endpoint(segments.iter().copied());
        let headers = [
            // Marks the request as not coming from a page in a browser.
            ("X-Vault-Request", "true", "request"),
            ("X-Vault-Namespace", namespace, "namespace"),
            ("X-Vault-Token", token, "token"),
        ];
        let mut request =
            HttpRequest::new(method, url).ok_or(VaultProblem::NotSendable("request"))?;
        for (name, value, what) in headers {
            if !value.is_empty() {
                request = request
                    .with_header(name, value)
                    .ok_or(VaultProblem::NotSendable(what))?;
            }
        }
        Ok(match body {
            Some(body) => request
                .with_header("Content-Type", "application/json")
                .ok_or(VaultProblem::NotSendable("request"))?
                .with_body(body),
            None => request,
        })
    }

    fn no_answer(&self, problem: &HttpProblem) -> SourceProblem {
        let mut words = no_answer::problem(problem, self.source.product.name());
        if let HttpProblem::NoAnswer(failure) = problem
            && failure.kind == FailureKind::Tls(TlsCause::Issuer)
        {
            words
                .body
                .push_str(" You can also choose the PEM file of the server’s certificate authority for this source.");
        }
        words
    }

    /// A word of the server, without secrets, to be shown.
    pub(super) fn quote(&self, word: &str) -> String {
        self.secrets.quote(word, MAX_WORD_LEN)
    }

    pub(super) fn words(&self, problem: &VaultProblem) -> SourceProblem {
        problem.words(&self.source)
    }

    /// The problem in words, with the server's own message.
    pub(super) fn explain(&self, problem: &VaultProblem, answer: &VaultResponse) -> SourceProblem {
        self.words(problem).saying(&answer.said)
    }
}

/// The answer as typed, and as sent.
fn forms_of(answer: Option<&SecretString>) -> impl Iterator<Item = &str> {
    let answer = answer.map(ExposeSecret::expose_secret);
    answer.into_iter().chain(answer.map(str::trim))
}

/// Reads files on a thread where waiting for a slow disk blocks nothing else.
#[expect(
    clippy::disallowed_methods,
    reason = "files of the user may be on a network drive; the future waits for the thread, and starts no other work"
)]
pub(super) async fn in_background<T: Send + 'static>(
    read: impl FnOnce() -> T + Send + 'static,
) -> T {
    match tokio::task::spawn_blocking(read).await {
        Ok(value) => value,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
