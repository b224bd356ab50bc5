//! Thred Partner Console: a native desktop console for handing out short-lived credentials.
//!
//! See `ARCHITECTURE.md` for the layers and the one-way flow between them.

#![warn(unreachable_pub)]

// The name by which the file below, which integration tests include too, knows the library.
#[cfg(test)]
extern crate self as thred_console;

#[cfg(test)]
#[path = "../tests/support/doubles.rs"]
pub mod doubles;

pub mod app;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod key_sources;
pub mod partner_api;
pub mod platform;
pub mod runtime;
pub mod state;
pub mod theme;
pub mod ui;
pub mod widgets;
