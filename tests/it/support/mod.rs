//! A demo server that can be made to misbehave, and a witness that must never be told a secret.
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
mod rules;
mod server;
mod tls;
mod vault;
mod witness;

use std::time::Duration;

/// Nothing that a test waits for takes so long, even on a slow machine with much else to do. Only a test that fails
/// waits so long.
pub const PATIENCE: Duration = Duration::from_secs(180);

pub use self::{
    answer::{Answer, ErrorShape},
    console::{Console, KEY, PARTNER, Setup, Stroke, business, numbered, without_hosts},
    gate::Gate,
    leap::{LeapingRuntime, past_every_limit},
    log::{Log, Seen},
    rules::{Fault, On},
    server::{FaultServer, closed_port},
    tls::{Authority, ConnectProxy, TlsFront},
    vault::FakeVault,
    witness::Witness,
};
