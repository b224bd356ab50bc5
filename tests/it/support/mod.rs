//! A demo server with injected faults, the console under test, and a witness that must never receive a secret.
//!
//! ```ignore
//! let server = FaultServer::start(DemoOptions::default()).await;
//! server.fault(On::Token, Fault::Once(Answer::status(401)));
//! // … the client under test works on server.base_url() …
//! assert_eq!(server.log().count(&On::SignIn), 2);
//! ```

mod answer;
mod console;
mod gate;
mod layer;
mod leap;
mod log;
mod older;
mod rules;
mod server;
mod tls;
mod vault;
mod witness;

use std::time::Duration;

/// How long a test waits before it fails: longer than anything takes on a slow, busy machine.
pub const WAIT_LIMIT: Duration = Duration::from_secs(180);

pub use self::{
    answer::{Answer, ErrorShape},
    console::{Burst, Console, KEY, PARTNER, Setup, Stroke, business, numbered, without_hosts},
    gate::RunGate,
    leap::{LeapingRuntime, past_every_limit},
    log::{Log, Seen},
    rules::{Fault, On},
    server::{FaultServer, closed_port},
    tls::{Authority, ConnectProxy, TlsFront},
    vault::FakeVault,
    witness::RecordingVerifier,
};
