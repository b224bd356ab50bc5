//! What a request may get instead of, or on top of, the real answer.

mod list;
mod raw;
mod token;
mod write;

pub use self::write::ErrorShape;

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::Value;
use thred_console::demo::DemoState;

use super::{Gate, Seen};

/// An answer in one piece.
#[derive(Clone, Debug)]
pub struct Plain {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// How the bytes leave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// The whole length is announced, half of it is sent, the connection is closed.
    CutOff,
    /// The connection is closed before a single byte of the answer.
    HungUp,
    /// 64 MiB in chunks, with no length announced.
    Endless,
}

type Rewrite = Arc<dyn Fn(&Seen) -> Uri + Send + Sync>;
type Reshape = Arc<dyn Fn(&Seen, &mut Plain) + Send + Sync>;
type First = Arc<dyn Fn(&Seen, &DemoState) + Send + Sync>;
type Then = Arc<dyn Fn(&DemoState) + Send + Sync>;

/// When a server stops doing anything about a request, with the connection left open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// It never looks at the request.
    BeforeTheDeed,
    /// It does what it was asked to and never says so.
    AfterTheDeed,
}

/// One answer, put together from parts: wait, act, ask the real server (or do not), change, act, send.
#[derive(Clone)]
pub struct Answer {
    pub(super) silence: Option<Silence>,
    pub(super) gate: Option<Gate>,
    pub(super) first: Option<First>,
    pub(super) rewrite: Option<Rewrite>,
    /// Instead of asking the real server.
    pub(super) canned: Option<Plain>,
    pub(super) reshape: Vec<Reshape>,
    pub(super) ending: Ending,
    pub(super) then: Option<Then>,
}

impl Answer {
    /// The real server's answer, to be changed by what follows.
    pub fn real() -> Self {
        Self {
            silence: None,
            gate: None,
            first: None,
            rewrite: None,
            canned: None,
            reshape: Vec::new(),
            ending: Ending::Whole,
            then: None,
        }
    }

    /// Never comes, and nothing is done.
    pub fn ignored(self) -> Self {
        Self {
            silence: Some(Silence::BeforeTheDeed),
            ..self
        }
    }

    /// Never comes, although the server does what it was asked to.
    pub fn unanswered(self) -> Self {
        Self {
            silence: Some(Silence::AfterTheDeed),
            ..self
        }
    }

    /// Whether it never comes.
    pub fn is_silent(&self) -> bool {
        self.silence.is_some()
    }

    /// Comes when `gate` is open.
    pub fn held_by(self, gate: &Gate) -> Self {
        Self {
            gate: Some(gate.clone()),
            ..self
        }
    }

    /// The connection is closed after half of the announced body. The server has done what it was asked to.
    pub fn cut_off(self) -> Self {
        Self {
            ending: Ending::CutOff,
            ..self
        }
    }

    /// The connection is closed without an answer. The server has done what it was asked to.
    pub fn hung_up(self) -> Self {
        Self {
            ending: Ending::HungUp,
            ..self
        }
    }

    /// Something happens to the businesses just before the server is asked.
    pub fn first(self, action: impl Fn(&Seen, &DemoState) + Send + Sync + 'static) -> Self {
        Self {
            first: Some(Arc::new(action)),
            ..self
        }
    }

    /// Something happens to the businesses before the answer leaves, but after it was made.
    pub fn then(self, action: impl Fn(&DemoState) + Send + Sync + 'static) -> Self {
        Self {
            then: Some(Arc::new(action)),
            ..self
        }
    }

    pub fn header(self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).unwrap();
        self.reshaped(move |_, plain| {
            plain
                .headers
                .insert(HeaderName::from_static(name), value.clone());
        })
    }

    /// Any change to the answer as a whole.
    pub fn reshaped(mut self, change: impl Fn(&Seen, &mut Plain) + Send + Sync + 'static) -> Self {
        self.reshape.push(Arc::new(change));
        self
    }

    /// A change to a JSON answer; one that is no JSON stays as it is.
    pub fn edited(self, change: impl Fn(&Seen, &mut Value) + Send + Sync + 'static) -> Self {
        self.reshaped(move |seen, plain| {
            if let Ok(mut value) = serde_json::from_slice(&plain.body) {
                change(seen, &mut value);
                plain.body = value.to_string().into_bytes();
            }
        })
    }

    /// The real server is asked for something else.
    fn rewritten(self, rewrite: impl Fn(&Seen) -> Uri + Send + Sync + 'static) -> Self {
        Self {
            rewrite: Some(Arc::new(rewrite)),
            ..self
        }
    }
}
