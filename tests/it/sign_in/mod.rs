//! The way in and out.

mod demo;
mod failures;
mod keychain;
mod paste;
mod typed;
mod waiting;
