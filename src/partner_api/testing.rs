//! Test helpers: a small HTTP/1.1 server that can misbehave, and a client for it.

mod tls;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::Timestamp;
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use uuid::Uuid;

use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
use crate::domain::environment::{BaseUrl, Environment};
use crate::domain::request_notice::RequestNotice;
use crate::domain::time::Clock;
use crate::doubles::ManualClock;

pub(crate) use tls::TlsServer;

use super::{ApiOptions, PartnerApi, RetryPolicy};

pub(super) const KEY: &str = "s3cret/key+of=the-partner";
pub(super) const PARTNER: PartnerId = PartnerId(Uuid::from_u128(0xABCD));

/// A clock that stands still until the test advances it, one that has been running for a while.
pub(crate) fn clock() -> Arc<ManualClock> {
    let clock = ManualClock::starting_at(Timestamp::from_second(1_769_999_000).unwrap());
    clock.advance(Duration::from_secs(1_000));
    Arc::new(clock)
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Method and path without the query: "GET /v1/sys/health".
    pub(crate) fn asked(&self) -> &str {
        let end = self.line.find('?').or(self.line.rfind(' '));
        &self.line[..end.unwrap_or(self.line.len())]
    }

    pub(super) fn is_sign_in(&self) -> bool {
        self.line.starts_with("POST /v1/platform/oauth2/token/ ")
    }
}

/// The bytes to send, and what to do after that.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    bytes: Vec<u8>,
    then: Then,
    /// Held back until the server has seen this many requests.
    after_requests: usize,
    /// Held back until the test releases it.
    is_held: bool,
}

#[derive(Debug, Clone)]
enum Then {
    KeepOpen,
    Close,
    /// Repeats these bytes forever.
    Endless(&'static [u8]),
    /// Sends nothing more and keeps the connection open.
    Hang,
}

impl Reply {
    pub(crate) fn new(status: u16, headers: &[&str], body: &str) -> Self {
        let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        Self::raw(&format!("{head}\r\n{body}"))
    }

    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::new(status, &["content-type: application/json"], body)
    }

    pub(crate) fn raw(text: &str) -> Self {
        Self {
            bytes: text.as_bytes().to_vec(),
            then: Then::KeepOpen,
            after_requests: 0,
            is_held: false,
        }
    }

    pub(super) fn then_close(mut self) -> Self {
        self.then = Then::Close;
        self
    }

    pub(super) fn then_endless(self) -> Self {
        self.then_endlessly(&[b' '; 4096])
    }

    pub(super) fn then_endlessly(mut self, bytes: &'static [u8]) -> Self {
        self.then = Then::Endless(bytes);
        self
    }

    pub(super) fn then_hang(mut self) -> Self {
        self.then = Then::Hang;
        self
    }

    /// Held back until [`Server::let_go`].
    pub(crate) fn held(mut self) -> Self {
        self.is_held = true;
        self
    }

    /// Held back until the server has seen this many requests, including this one.
    pub(super) fn after_requests(mut self, requests: usize) -> Self {
        self.after_requests = requests;
        self
    }
}

/// A successful sign-in, with `name` in its token.
pub(super) fn sign_in_reply(name: &str) -> Reply {
    Reply::json(
        200,
        &format!(r#"{{"access_token":"partner-{name}","token_type":"Bearer","expires_in":3600}}"#),
    )
}

/// A server on loopback that records requests; it stops with the test's runtime.
pub(crate) struct Server {
    pub(crate) base: String,
    record: Arc<watch::Sender<Record>>,
}

#[derive(Default)]
struct Record {
    seen: Vec<Seen>,
    /// Responses that were left hanging.
    hung: usize,
    /// Nothing is held back any longer.
    has_let_go: bool,
}

impl Server {
    /// `reply` receives each request and its number, from 0.
    pub(crate) async fn start(
        reply: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let record = Arc::new(watch::Sender::new(Record::default()));
        let (reply, all) = (Arc::new(reply), Arc::clone(&record));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reply, all) = (Arc::clone(&reply), Arc::clone(&all));
                tokio::spawn(async move {
                    // Clients that disconnect are part of the tests.
                    let _ = serve(stream, &*reply, &all).await;
                });
            }
        });
        Self { base, record }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.record.borrow().seen.clone()
    }

    /// What was asked for, see [`Seen::asked`].
    pub(crate) fn asked(&self) -> Vec<String> {
        let seen = self.seen().into_iter();
        seen.map(|seen| seen.asked().to_owned()).collect()
    }

    /// Sends everything held back, and holds nothing back from now on.
    pub(super) fn let_go(&self) {
        self.record.send_modify(|record| record.has_let_go = true);
    }

    pub(super) fn sign_ins(&self) -> usize {
        self.seen().iter().filter(|seen| seen.is_sign_in()).count()
    }

    /// Runs `asked` and lets every limit elapse once a response hangs. Other responses never reach a limit, however slow the machine is.
    pub(super) async fn outlast<T>(&self, asked: impl Future<Output = T>) -> T {
        self.outlast_by(2 * LIMIT, asked).await
    }

    /// The same in steps of this length, for a limit shorter than the others.
    pub(super) async fn outlast_by<T>(&self, step: Duration, asked: impl Future<Output = T>) -> T {
        let mut asked = pin!(asked);
        let mut record = self.record.subscribe();
        tokio::select! {
            result = &mut asked => return result,
            hung = record.wait_for(|record| record.hung > 0) => drop(hung),
        }
        loop {
            // In a loop, because the start of the response may arrive late and restart a limit.
            tokio::time::pause();
            tokio::time::advance(step).await;
            tokio::time::resume();
            if let Some(result) = asked.as_mut().now_or_never() {
                return result;
            }
            tokio::task::yield_now().await;
        }
    }
}

async fn serve(
    mut stream: TcpStream,
    reply: &(impl Fn(&Seen, usize) -> Reply + Sync),
    record: &watch::Sender<Record>,
) -> std::io::Result<()> {
    while let Some(seen) = read_request(&mut stream).await? {
        let mut number = 0;
        record.send_modify(|record| {
            number = record.seen.len();
            record.seen.push(seen.clone());
        });
        let reply = reply(&seen, number);
        let is_due = |record: &Record| {
            record.seen.len() >= reply.after_requests && (record.has_let_go || !reply.is_held)
        };
        // The sender outlives this wait.
        drop(record.subscribe().wait_for(is_due).await);
        stream.write_all(&reply.bytes).await?;
        match reply.then {
            Then::KeepOpen => {}
            Then::Close => return Ok(()),
            Then::Endless(bytes) => loop {
                stream.write_all(bytes).await?;
            },
            Then::Hang => {
                record.send_modify(|record| record.hung += 1);
                std::future::pending().await
            }
        }
    }
    Ok(())
}

async fn read_request(stream: &mut TcpStream) -> std::io::Result<Option<Seen>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return Ok(None),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap_or_default().to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut seen = Seen {
        line,
        headers,
        body: String::new(),
    };
    let len = seen
        .header("content-length")
        .and_then(|len| len.parse().ok());
    let mut body = vec![0; len.unwrap_or(0)];
    stream.read_exact(&mut body).await?;
    seen.body = String::from_utf8_lossy(&body).into_owned();
    Ok(Some(seen))
}

/// A client and the parts of it that tests observe.
pub(super) struct Client {
    pub(super) api: PartnerApi,
    pub(super) clock: Arc<ManualClock>,
    notices: Arc<Mutex<Vec<RequestNotice>>>,
}

impl Client {
    pub(super) fn notices(&self) -> Vec<RequestNotice> {
        self.notices.lock().clone()
    }
}

/// Reached only by requests that never end: see [`Server::outlast`].
const LIMIT: Duration = Duration::from_mins(2);

/// Retries within milliseconds, and limits that even a slow machine does not reach.
pub(super) fn fast_options() -> ApiOptions {
    ApiOptions {
        connect_timeout: LIMIT,
        read_timeout: LIMIT,
        request_timeout: LIMIT,
        body_limit: 1 << 20,
        retry: RetryPolicy {
            attempts: 3,
            base: Duration::from_millis(1),
            cap: Duration::from_millis(4),
            retry_after_cap: Duration::from_millis(20),
            jitter: 0.0,
        },
        ..ApiOptions::default()
    }
}

pub(super) fn client(base: &str, options: ApiOptions) -> Client {
    let clock = clock();
    let notices = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&notices);
    let credentials = Credentials {
        environment: Environment::Custom(BaseUrl::parse(base).unwrap()),
        partner: PARTNER,
        key: ApiKey::parse(KEY).unwrap(),
    };
    let api = PartnerApi::new(
        credentials,
        options,
        Arc::clone(&clock) as Arc<dyn Clock>,
        Arc::new(move |notice| sink.lock().push(notice)),
    )
    .unwrap();
    Client {
        api,
        clock,
        notices,
    }
}
