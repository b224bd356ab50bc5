//! The API's endpoints as methods, for the runtime and the command line.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::mpsc;
use url::Url;

use super::api_server::ApiServer;
use super::auth::{KeyRefetch, SignIn};
use super::exchange::{Exchange, NoticeSink, RetryScope};
use super::identity::Identity;
use super::list::{self, ArchivedList, ListProgress, ListSummary, ReadyPage, RowBudget};
use super::off_thread::run_off_thread;
use super::options::{ApiOptions, ListLimits};
use super::pause::UserIntent;
use super::scrub::{HIDDEN, Secrets};
use super::transport::{HttpMethod, HttpResponse, Request, Transport};
use super::wire::{self, BusinessPage, TokenWire, Unreadable};
use crate::domain::business::{BusinessDetail, BusinessId, BusinessIds};
use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::failure::{Failure, FailureKind, Operation};
use crate::domain::network::NetworkSettings;
use crate::domain::request_failure::RequestFailure;
use crate::domain::time::{BootInstant, Clock};
use crate::domain::token::{BusinessToken, TokenProblem, check_bearer};

/// A client for one partner at one server. Clones share the sign-in, which is wiped when the last clone is dropped.
///
/// Methods may be called from several tasks at once, and their futures may be dropped at any time.
#[derive(Clone)]
pub struct PartnerApi(Arc<ApiParts>);

struct ApiParts {
    exchange: Exchange,
    sign_in: SignIn,
    list: ListLimits,
}

impl fmt::Debug for PartnerApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PartnerApi")
            .field(&self.0.exchange.transport.api_server)
            .finish()
    }
}

impl PartnerApi {
    /// A client for the server of `credentials`. Sends nothing yet.
    ///
    /// # Errors
    /// [`FailureKind::Tls`] if this computer trusts no certificate authority.
    pub fn new(
        credentials: Credentials,
        options: ApiOptions,
        clock: Arc<dyn Clock>,
        notices: NoticeSink,
    ) -> Result<Self, Failure> {
        let api_server = ApiServer::new(&credentials.environment, clock);
        let Some(identity) = Identity::new(&credentials) else {
            return Err(api_server.failure(FailureKind::KeyRejected, Operation::SignIn, 0));
        };
        let (list, retry) = (options.list, options.retry);
        let pause = options.pauses.of(&api_server.base);
        let transport = Transport::new(api_server, options)?;
        Ok(Self(Arc::new(ApiParts {
            exchange: Exchange::new(transport, retry, pause, notices),
            sign_in: SignIn::new(identity),
            list,
        })))
    }

    /// Checks the credentials with a request to the token endpoint (API page "Partner token"), even if a sign-in exists. The new sign-in replaces it.
    ///
    /// # Errors
    /// [`FailureKind::KeyRejected`] if the credentials are wrong; any failure of the connection.
    pub async fn sign_in(&self) -> Result<(), Failure> {
        self.0.sign_in.verify(&self.0.exchange).await
    }

    /// Uses a new key of the same partner from now on. The current sign-in stays in use until it is renewed.
    pub fn use_key(&self, credentials: &Credentials) {
        self.0.sign_in.identity.use_key(credentials);
    }

    /// Sets the source that is asked for another key when the server rejects the current one. The client then signs in with that key.
    pub fn set_key_refetch(&self, refetch: Arc<dyn KeyRefetch>) {
        self.0.sign_in.set_key_refetch(refetch);
    }

    /// Hides a further key of the same partner in server texts, besides the key in use.
    pub fn also_hide(&self, key: &ApiKey) {
        self.0.sign_in.identity.also_hide(key);
    }

    /// Forgets every key except the one in use. Opens new connections, because the old ones may still hold copies of the forgotten keys.
    ///
    /// # Errors
    /// As [`use_network`](Self::use_network); the connections then stay as they were.
    pub fn forget_other_keys(&self, network: &NetworkSettings) -> Result<(), Failure> {
        self.0.sign_in.identity.forget_other_keys();
        self.use_network(network)
    }

    /// The secrets of this session that the server knows and might repeat.
    pub(super) fn secrets(&self) -> Arc<Secrets> {
        self.0.sign_in.identity.secrets()
    }

    /// The number of businesses, if the server states it (API page "List businesses").
    ///
    /// # Errors
    /// As for any request.
    pub async fn count_businesses(&self) -> Result<Option<u64>, Failure> {
        let query = [("page", 1), ("page_size", 1)];
        let url = self.url(&["businesses"], &query);
        let operation = Operation::ListBusinesses;
        let retries = RetryScope::Policy;
        let asked = self.send_signed_in(url, operation, HttpMethod::Get, retries, wire::read_page);
        Ok(asked.await?.0.total)
    }

    /// Fetches a token for one business (API page "Business token") and checks it.
    ///
    /// # Errors
    /// [`FailureKind::TokenRejected`] if the token contradicts the request.
    pub async fn business_token(&self, id: BusinessId) -> Result<BusinessToken, Failure> {
        let operation = Operation::FetchToken;
        let url = self.url(&[&id.to_string(), "oauth2", "token"], &[]);
        let read = |body: &[u8], _: &Secrets| wire::read_token(body);
        let asked = self.send_signed_in(url, operation, HttpMethod::Post, RetryScope::Policy, read);
        let (wire, answer) = asked.await?;
        let token = wire.access_token.clone();
        // First, because searching a token of many megabytes takes seconds.
        let accepted =
            check_bearer(token.expose_secret()).and_then(|()| self.checked(wire, &answer, id));
        accepted.map_err(|problem| {
            let problem = without_secrets(&self.secrets(), &token, problem);
            let kind = FailureKind::TokenRejected(problem);
            let api_server = self.api_server();
            api_server.failure_of_answer(kind, operation, &answer)
        })
    }

    fn checked(
        &self,
        wire: TokenWire,
        answer: &HttpResponse,
        id: BusinessId,
    ) -> Result<BusinessToken, TokenProblem> {
        let ApiParts {
            exchange, sign_in, ..
        } = &*self.0;
        let issued_at = wire.claims().and_then(|claims| claims.issued_at);
        exchange.compare_issue_time(answer, issued_at);
        if sign_in.identity.reveals_partner_secret(&wire.access_token) {
            return Err(TokenProblem::GivesFullAccess);
        }
        let server_time = answer.server_time.map(jiff::Timestamp::as_second);
        BusinessToken::accept(wire.into_answer(server_time, answer.sent), id)
    }

    /// Reads one business (API page "Get business").
    ///
    /// # Errors
    /// [`FailureKind::NotFound`] if the business is unknown or belongs to another partner.
    pub async fn business(&self, id: BusinessId) -> Result<BusinessDetail, Failure> {
        let url = self.url(&["businesses", &id.to_string()], &[]);
        let read = |body: &[u8], secrets: &Secrets| wire::read_business(body, id, secrets);
        let operation = Operation::ReadBusiness;
        let asked = self.send_signed_in(url, operation, HttpMethod::Get, RetryScope::Policy, read);
        Ok(asked.await?.0)
    }

    /// Reads the whole list (API page "List businesses") and sends it to `progress` page by page.
    ///
    /// Requests no further page while `progress` is full. Stops when `progress` is closed.
    ///
    /// # Errors
    /// The failure of the first page that could not be read. What was sent before remains valid.
    pub async fn load_businesses(
        &self,
        progress: mpsc::Sender<ListProgress>,
    ) -> Result<ListSummary, Failure> {
        let retries = RetryScope::Policy;
        self.load_pages(None, self.0.list, retries, progress).await
    }

    /// Reads the archived businesses (API page "List businesses", filter `is_archived`), in the server's order. Returns `None` if the server ignores
    /// the filter: it then gives the same businesses for both values.
    ///
    /// # Errors
    /// The failure of the first page that could not be read.
    pub async fn load_archived(&self) -> Result<Option<ArchivedList>, Failure> {
        self.archived(self.0.list, RetryScope::Policy).await
    }

    /// [`load_archived`](Self::load_archived) for a request that the user has not made: one page at a time, without a retry or a notice, and only
    /// the first 10,000.
    ///
    /// # Errors
    /// The failure of the first page that could not be read.
    pub async fn load_archived_in_background(&self) -> Result<Option<ArchivedList>, Failure> {
        let limits = ListLimits {
            in_flight: 1,
            page_cap: 100,
            byte_cap: 32 << 20,
            rereads: 0,
            ..self.0.list
        };
        self.archived(limits, RetryScope::Once).await
    }

    async fn archived(
        &self,
        limits: ListLimits,
        retries: RetryScope,
    ) -> Result<Option<ArchivedList>, Failure> {
        let first = async |archived| {
            let page = self.list_page(1, Some(archived), retries).await?;
            Ok::<_, Failure>(page.unwrap_or_default())
        };
        let archived = first(true).await?;
        if archived.is_empty() {
            return Ok(Some(ArchivedList::default()));
        }
        let others = first(false).await?;
        if archived.is_same_list(&others) {
            return Ok(None);
        }
        let (pages, arrived) = mpsc::channel(8);
        let loading = self.load_pages(Some(true), limits, retries, pages);
        let (summary, rows) = tokio::join!(loading, list::collect(arrived));
        let summary = summary?;
        // The first pages of a list that is in no stable order may have nothing in common.
        let ids: BusinessIds = rows.iter().map(|row| row.business.id).collect();
        let is_ignored = others.is_mostly_among(&ids);
        Ok((!is_ignored).then_some(ArchivedList { rows, summary }))
    }

    async fn load_pages(
        &self,
        archived: Option<bool>,
        limits: ListLimits,
        retries: RetryScope,
        progress: mpsc::Sender<ListProgress>,
    ) -> Result<ListSummary, Failure> {
        let fetch = |page, budget: Arc<RowBudget>| {
            let api = self.clone();
            // Reading and folding a page can take longer than fetching it from a fast server.
            run_off_thread(async move {
                let page = api.list_page(page, archived, retries).await?;
                Ok(page.map(|page| ReadyPage::of(page, &budget)))
            })
        };
        list::load(fetch, limits, progress).await
    }

    /// Uses these network settings from now on, with the same sign-in.
    ///
    /// # Errors
    /// [`FailureKind::Tls`] if they leave no certificate authority to trust; the previous settings then stay in use.
    pub fn use_network(&self, network: &NetworkSettings) -> Result<(), Failure> {
        self.0.exchange.transport.use_network(network)
    }

    /// `None` if the server says that the page does not exist.
    async fn list_page(
        &self,
        page: u32,
        archived: Option<bool>,
        retries: RetryScope,
    ) -> Result<Option<BusinessPage>, Failure> {
        let query = [("page", page), ("page_size", self.0.list.page_size)];
        let mut url = self.url(&["businesses"], &query);
        if let Some(archived) = archived {
            url.query_pairs_mut()
                .append_pair("is_archived", &archived.to_string());
        }
        let operation = Operation::ListBusinesses;
        let asked = self.send_signed_in(url, operation, HttpMethod::Get, retries, wire::read_page);
        match asked.await.map_err(Failure::from) {
            Ok((page, _)) => Ok(Some(page)),
            Err(failure) if page > 1 && failure.kind == FailureKind::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    pub(super) fn url(&self, path: &[&str], query: &[(&str, u32)]) -> Url {
        let mut url = self.api_server().endpoint(path);
        for (name, value) in query {
            url.query_pairs_mut().append_pair(name, &value.to_string());
        }
        url
    }

    /// How long to wait before resending a request that has failed `attempt` times; `None` if resending would not help.
    pub fn wait_after(&self, attempt: u32, failure: &Failure) -> Option<Duration> {
        self.0.exchange.wait_after(attempt, failure)
    }

    /// The server's pause that a request for `operation` would wait for: the time left, and the failure that asked for
    /// it. `None` if there is none, or if it is so long that the request would fail instead.
    pub fn short_pause(&self, operation: Operation) -> Option<(Duration, Failure)> {
        self.0.exchange.short_pause(operation)
    }

    /// When the pause ends that the server has asked for; `None` if there is none.
    pub fn pause_end(&self) -> Option<BootInstant> {
        self.0.exchange.pause_end()
    }

    /// Ends the server's pause that ends at `known_end`: the user knows of it and wants to continue. A longer one was asked for later and stays.
    pub fn end_pause(&self, known_end: BootInstant) {
        self.0.exchange.pause.end(known_end);
    }

    pub(super) fn api_server(&self) -> &ApiServer {
        &self.0.exchange.transport.api_server
    }

    /// Sends a request with the sign-in. After a 401 it renews the sign-in and repeats the request, once.
    pub(super) async fn send_signed_in<T>(
        &self,
        url: Url,
        operation: Operation,
        verb: HttpMethod<'_>,
        retries: RetryScope,
        read: impl Fn(&[u8], &Secrets) -> Result<T, Unreadable>,
    ) -> Result<(T, HttpResponse), RequestFailure> {
        let ApiParts {
            exchange, sign_in, ..
        } = &*self.0;
        // Without a sign-in nothing is sent, and after a 401 the server has done nothing.
        let intent = UserIntent::new(operation, &url, retries != RetryScope::Once);
        let pass = sign_in.pass(exchange, &intent).await;
        let mut pass = pass.map_err(RequestFailure::not_done)?;
        let mut is_repeated = false;
        loop {
            let secrets = sign_in.identity.secrets();
            let request = Request {
                intent: &intent,
                verb,
                url: url.clone(),
                authorization: &pass.authorization,
                secrets: &secrets,
                proves_key: false,
            };
            match exchange.send(&request, retries, &read).await {
                Ok(answered) => return Ok(answered),
                Err(RequestFailure { failure, .. })
                    if failure.kind == FailureKind::SessionRejected && !is_repeated =>
                {
                    let renewed = sign_in.pass_after(exchange, &pass, &intent).await;
                    pass = renewed.map_err(RequestFailure::not_done)?;
                    is_repeated = true;
                }
                Err(failed) => return Err(failed),
            }
        }
    }
}

/// Longest server text quoted in a problem, characters.
const MAX_NAMED_LEN: usize = 200;

/// Longest name of a token type that is quoted, characters. What is longer may be the token, if the server mixes up the two.
const MAX_TYPE_LEN: usize = 16;

/// A problem quotes a name from the server, which could be anything, even our own token or the rejected one.
fn without_secrets(
    secrets: &Secrets,
    rejected: &SecretString,
    problem: TokenProblem,
) -> TokenProblem {
    let hide = |named: String| {
        let rejected = Secrets::new([rejected.expose_secret()]);
        secrets.quote(&rejected.hide(&named), MAX_NAMED_LEN)
    };
    match problem {
        TokenProblem::OtherType { named } if named.chars().count() > MAX_TYPE_LEN => {
            let named = HIDDEN.to_owned();
            TokenProblem::OtherType { named }
        }
        TokenProblem::OtherBusiness { named } => TokenProblem::OtherBusiness { named: hide(named) },
        TokenProblem::OtherScope { named } => TokenProblem::OtherScope { named: hide(named) },
        TokenProblem::OtherType { named } => TokenProblem::OtherType { named: hide(named) },
        TokenProblem::Ambiguous { twice } => TokenProblem::Ambiguous { twice: hide(twice) },
        other => other,
    }
}
