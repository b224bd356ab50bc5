//! All integration tests in one binary, because linking many binaries would add minutes to a clean build.

#![expect(clippy::unwrap_used, reason = "a test fails on anything unexpected")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests run servers of their own and measure waits"
)]

mod accessibility;
mod cli;
mod client;
mod create;
#[path = "../support/doubles.rs"]
mod doubles;
mod edit;
mod export;
mod faults;
mod history;
mod house;
mod idle;
mod import;
mod keyboard;
mod list;
mod lock;
mod matrix;
mod overview;
mod profiles;
mod rotation;
mod secrets;
mod settings;
mod share_mode;
mod sign_in;
mod sources;
mod start;
mod support;
mod tokens;
