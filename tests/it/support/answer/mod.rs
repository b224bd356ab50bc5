//! Responses that replace or change the demo server's own.

mod list;
mod raw;
mod token;
mod write;

pub use self::write::ErrorShape;

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::Value;
use thred_console::demo::DemoState;

use super::{RunGate, Seen};

/// A complete response.
#[derive(Clone, Debug)]
pub struct Plain {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// How the body is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ProcessEnd {
    Whole,
    /// The full length is announced, half the body is sent, and the connection is closed.
    CutOff,
    /// The connection is closed before the first byte of the response.
    HungUp,
    /// 64 MiB in chunks, without a stated length.
    Endless,
}

type Rewrite = Arc<dyn Fn(&Seen) -> Uri + Send + Sync>;
type Reshape = Arc<dyn Fn(&Seen, &mut Plain) + Send + Sync>;
type First = Arc<dyn Fn(&Seen, &DemoState) + Send + Sync>;
type Then = Arc<dyn Fn(&DemoState) + Send + Sync>;

/// When the server falls silent, leaving the connection open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Silence {
    /// Before it handles the request.
    BeforeHandling,
    /// After it handled the request, without responding.
    AfterHandling,
}

/// One response, in steps: wait at the gate, act, call the real server (or use a canned response), change, act, send.
#[derive(Clone)]
pub struct Answer {
    pub(super) silence: Option<Silence>,
    pub(super) gate: Option<RunGate>,
    pub(super) first: Option<First>,
    pub(super) rewrite: Option<Rewrite>,
    /// Used instead of calling the real server.
    pub(super) canned: Option<Plain>,
    pub(super) reshape: Vec<Reshape>,
    pub(super) ending: ProcessEnd,
    pub(super) then: Option<Then>,
}

impl Answer {
    /// The real server's response, which the other methods change.
    pub fn real() -> Self {
        Self {
            silence: None,
            gate: None,
            first: None,
            rewrite: None,
            canned: None,
            reshape: Vec::new(),
            ending: ProcessEnd::Whole,
            then: None,
        }
    }

    /// No response, and the request is not handled.
    pub fn ignored(self) -> Self {
        Self {
            silence: Some(Silence::BeforeHandling),
            ..self
        }
    }

    /// No response, although the request is handled.
    pub fn unanswered(self) -> Self {
        Self {
            silence: Some(Silence::AfterHandling),
            ..self
        }
    }

    /// Whether there is no response.
    pub fn is_silent(&self) -> bool {
        self.silence.is_some()
    }

    /// Waits until `gate` is open.
    pub fn held_by(self, gate: &RunGate) -> Self {
        Self {
            gate: Some(gate.clone()),
            ..self
        }
    }

    /// Closes the connection after half of the announced body. The request has been handled.
    pub fn cut_off(self) -> Self {
        Self {
            ending: ProcessEnd::CutOff,
            ..self
        }
    }

    /// Closes the connection without a response. The request has been handled.
    pub fn hung_up(self) -> Self {
        Self {
            ending: ProcessEnd::HungUp,
            ..self
        }
    }

    /// Runs `action` just before the real server handles the request.
    pub fn first(self, action: impl Fn(&Seen, &DemoState) + Send + Sync + 'static) -> Self {
        Self {
            first: Some(Arc::new(action)),
            ..self
        }
    }

    /// Runs `action` once the response is made, before it is sent.
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

    /// Changes the response as a whole.
    pub fn reshaped(mut self, change: impl Fn(&Seen, &mut Plain) + Send + Sync + 'static) -> Self {
        self.reshape.push(Arc::new(change));
        self
    }

    /// Changes a JSON response. Others stay as they are.
    pub fn edited(self, change: impl Fn(&Seen, &mut Value) + Send + Sync + 'static) -> Self {
        self.reshaped(move |seen, plain| {
            if let Ok(mut value) = serde_json::from_slice(&plain.body) {
                change(seen, &mut value);
                plain.body = value.to_string().into_bytes();
            }
        })
    }

    /// Sends the request to another address of the real server.
    fn rewritten(self, rewrite: impl Fn(&Seen) -> Uri + Send + Sync + 'static) -> Self {
        Self {
            rewrite: Some(Arc::new(rewrite)),
            ..self
        }
    }
}
