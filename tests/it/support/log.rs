//! What a server was asked.

use std::{
    fmt,
    sync::Mutex,
    time::{Duration, Instant},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri, header},
};
use serde_json::Value;
use tokio::sync::watch;

use super::On;

/// One request as it arrived.
#[derive(Clone)]
pub struct Seen {
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub at: Instant,
}

// Without headers and body: a failing assertion must not print what it guards.
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

    /// The body, where it is JSON; else null.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The page of the list that is asked for.
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

    /// Requests that have arrived and whose answer has not begun.
    pub fn in_flight(&self) -> usize {
        self.record.lock().unwrap().in_flight
    }

    /// The largest [`Log::in_flight`] there ever was.
    pub fn most_in_flight(&self) -> usize {
        self.record.lock().unwrap().most_in_flight
    }

    /// Waits for `condition`, which is asked again at each arrival and at each answer.
    ///
    /// # Panics
    /// After 10 s, with what had been seen until then.
    pub async fn until(&self, condition: impl Fn(&Self) -> bool) {
        let mut changes = self.changed.subscribe();
        let met = async {
            while !condition(self) {
                // The sender lives in `self`, so waiting cannot fail.
                let _ = changes.changed().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(10), met)
            .await
            .is_err()
        {
            panic!("still waiting after 10 s; seen so far: {:#?}", self.all());
        }
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

/// One request in flight; also ends when the client goes away and the work is dropped.
pub(super) struct InFlight<'a>(&'a Log);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.record.lock().unwrap().in_flight -= 1;
        self.0.changed.send_replace(());
    }
}
