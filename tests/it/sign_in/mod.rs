//! Signing in and out.

mod demo;
mod failures;
#[cfg(unix)]
mod from_source;
mod from_vault;
mod keychain;
mod paste;
mod room;
mod typed;
mod waiting;
