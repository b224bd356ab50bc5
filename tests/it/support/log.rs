//! The log of the requests that a server received.

use std::{fmt, sync::Mutex};

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri, header},
};
use serde_json::Value;
use tokio::sync::watch;

use super::{On, WAIT_LIMIT};

/// One request as it arrived.
#[derive(Clone)]
pub struct Seen {
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

// Leaves out headers and body, so that a failing assertion does not print secrets.
impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} ({})",
            self.method,
            self.uri,
            self.scheme().unwrap_or("no authorization")
        )
    }
}

impl Seen {
    /// The whole `Authorization` value.
    pub fn authorization(&self) -> Option<&str> {
        self.headers.get(header::AUTHORIZATION)?.to_str().ok()
    }

    /// `Basic`, `Bearer`, …
    pub fn scheme(&self) -> Option<&str> {
        self.authorization()?.split(' ').next()
    }

    /// The first value of a query key, still percent-encoded.
    pub fn query(&self, key: &str) -> Option<&str> {
        let mut pairs = self
            .uri
            .query()?
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs
            .find(|(found, _)| *found == key)
            .map(|(_, value)| value)
    }

    /// The body if it is JSON, else null.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The requested page of the list.
    pub fn page(&self) -> u64 {
        self.query("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1)
    }
}

#[derive(Clone, Default)]
struct Record {
    seen: Vec<Seen>,
    in_flight: usize,
    most_in_flight: usize,
    silences: usize,
    silent: usize,
}

/// All requests of one server, in the order of their arrival.
pub struct Log {
    record: Mutex<Record>,
    changed: watch::Sender<()>,
}

impl Log {
    pub(super) fn new() -> Self {
        Self {
            record: Mutex::default(),
            changed: watch::Sender::new(()),
        }
    }

    pub fn all(&self) -> Vec<Seen> {
        self.record.lock().unwrap().seen.clone()
    }

    pub fn of(&self, on: &On) -> Vec<Seen> {
        self.all()
            .into_iter()
            .filter(|seen| on.takes(seen))
            .collect()
    }

    pub fn count(&self, on: &On) -> usize {
        self.of(on).len()
    }

    /// How many requests have arrived and have no response yet.
    pub fn in_flight(&self) -> usize {
        self.record.lock().unwrap().in_flight
    }

    /// The highest value of [`Log::in_flight`] so far.
    pub fn most_in_flight(&self) -> usize {
        self.record.lock().unwrap().most_in_flight
    }

    /// How many requests the server has left unanswered so far, after doing everything it will do for them.
    pub fn silences(&self) -> usize {
        self.record.lock().unwrap().silences
    }

    /// Whether only unanswered requests are in flight.
    pub fn is_silent(&self) -> bool {
        let record = self.record.lock().unwrap();
        record.in_flight == record.silent
    }

    /// Waits for `condition`, which is checked at each arrival, each response and each new one of [`Log::silences`].
    ///
    /// # Panics
    /// After [`WAIT_LIMIT`], with the requests so far.
    pub async fn until(&self, condition: impl Fn(&Self) -> bool) {
        let mut changes = self.changed.subscribe();
        let met = async {
            while !condition(self) {
                // The sender lives in `self`, so waiting cannot fail.
                let _ = changes.changed().await;
            }
        };
        if tokio::time::timeout(WAIT_LIMIT, met).await.is_err() {
            panic!(
                "still waiting after {WAIT_LIMIT:?}; seen so far: {:#?}",
                self.all()
            );
        }
    }

    /// Counts an unanswered request, and never returns. The client must close the connection.
    pub(super) async fn fell_silent(&self) {
        let _silent = Silent::begin(self);
        self.changed.send_replace(());
        std::future::pending().await
    }

    pub(super) fn arrived(&self, seen: Seen) -> InFlight<'_> {
        let mut record = self.record.lock().unwrap();
        record.seen.push(seen);
        record.in_flight += 1;
        record.most_in_flight = record.most_in_flight.max(record.in_flight);
        drop(record);
        self.changed.send_replace(());
        InFlight(self)
    }
}

/// One unanswered request, until the client closes the connection.
struct Silent<'a>(&'a Log);

impl<'a> Silent<'a> {
    fn begin(log: &'a Log) -> Self {
        let mut record = log.record.lock().unwrap();
        record.silences += 1;
        record.silent += 1;
        Self(log)
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        self.0.record.lock().unwrap().silent -= 1;
    }
}

/// One request in flight. Also ends when the client closes the connection, which drops the handler.
pub(super) struct InFlight<'a>(&'a Log);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.record.lock().unwrap().in_flight -= 1;
        self.0.changed.send_replace(());
    }
}
