//! The API client with a server that gives canned responses.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::tz::TimeZone;
use thred_console::domain::business::Business;
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::failure::Failure;
use thred_console::domain::time::Clock as _;
use thred_console::partner_api::{ApiOptions, ListProgress, ListSummary, PartnerApi};
use thred_console::platform::clock::SystemClock;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::doubles::ManualClock;
use crate::input::assert_plain;

/// The API key, which must not appear in any output.
pub const KEY: &str = "sk_live_Sentinel+Key/0123456789==";
/// The partner token, which must not appear either.
pub const SIGN_IN: &str = "partner.Sentinel.token-0123456789";

const PATH_OF_SIGN_IN: &str = "/v1/platform/oauth2/token/";

/// The response to every request except a sign-in.
#[derive(Clone, Default)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

type Slot = Arc<Mutex<Reply>>;

/// A client that is signed in, and its server.
pub struct Canned {
    tokio: Runtime,
    pub api: PartnerApi,
    pub clock: ManualClock,
    slot: Slot,
}

impl Canned {
    pub fn start() -> Self {
        let tokio = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let slot = Slot::default();
        let address = tokio.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let router = Router::new().fallback(answer).with_state(slot.clone());
            serve(listener, router);
            address
        });
        let credentials = Credentials {
            environment: Environment::Custom(BaseUrl::parse(&format!("http://{address}")).unwrap()),
            partner: PartnerId(Uuid::from_u128(7)),
            key: ApiKey::parse(KEY).unwrap(),
        };
        let mut options = ApiOptions {
            body_limit: 1 << 20,
            ..ApiOptions::default()
        };
        options.retry.attempts = 1;
        options.list.page_cap = 3;
        options.list.in_flight = 2;
        options.list.rereads = 0;
        let clock = ManualClock::starting_at(SystemClock.now().wall);
        let api = PartnerApi::new(
            credentials,
            options,
            Arc::new(clock.clone()),
            Arc::new(|_| {}),
        )
        .unwrap();
        let started = Self {
            tokio,
            api,
            clock,
            slot,
        };
        started.block_on(started.api.sign_in()).unwrap();
        started
    }

    /// Sets the response to every request except a sign-in.
    pub fn reply(&self, status: u16, headers: &[(HeaderName, &[u8])], body: &[u8]) {
        // An earlier reply may have requested a pause.
        if let Some(end) = self.api.pause_end() {
            self.api.end_pause(end);
        }
        // Skip invalid header values, which HTTP cannot transmit.
        let usable = headers
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), HeaderValue::from_bytes(value).ok()?)));
        *self.slot.lock().unwrap() = Reply {
            status,
            headers: usable.collect(),
            body: body.to_vec(),
        };
    }

    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.tokio.block_on(future)
    }

    /// Loads the list and returns the rows of each page.
    pub fn load(&self) -> (Vec<Vec<Business>>, Result<ListSummary, Failure>) {
        let (sender, mut receiver) = mpsc::channel(4);
        let receive = async {
            let mut pages = Vec::new();
            while let Some(news) = receiver.recv().await {
                if let ListProgress::Page { rows, .. } = news {
                    pages.push(
                        rows.into_iter()
                            .map(|row| row.business.to_business())
                            .collect(),
                    );
                }
            }
            pages
        };
        let both = async { tokio::join!(self.api.load_businesses(sender), receive) };
        let (summary, pages) = self.block_on(both);
        (pages, summary)
    }
}

#[expect(clippy::disallowed_methods, reason = "the server of a test")]
fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(axum::serve(listener, router).into_future());
}

async fn answer(State(slot): State<Slot>, request: Request) -> Response {
    if request.uri().path() == PATH_OF_SIGN_IN {
        return format!(r#"{{"access_token":"{SIGN_IN}","expires_in":86400}}"#).into_response();
    }
    let reply = slot.lock().unwrap().clone();
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap();
    *response.headers_mut() = reply.headers;
    response
}

/// Asserts that the texts of a failure are plain, short and without a secret, whatever the server responded.
#[track_caller]
pub fn assert_presentable(failure: &Failure) {
    let words = failure.explain(&TimeZone::UTC);
    let block = failure.support_block();
    for text in [
        &words.title,
        &words.body,
        &failure.reason(),
        &failure.summary(),
        &block,
    ] {
        assert_plain(text);
        assert!(text.len() < 64 << 10, "{} bytes", text.len());
        assert_no_secret(text);
    }
    assert_no_secret(&format!("{failure:?}"));
}

/// Asserts that the text contains neither the whole key nor the whole partner token.
#[track_caller]
pub fn assert_no_secret(text: &str) {
    assert!(!text.contains(KEY) && !text.contains(SIGN_IN), "{text}");
}
