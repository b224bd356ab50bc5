//! Signing in and out, the lock, and the profiles.

pub mod attempt;
pub mod lock;
pub mod messages;
pub mod open;
pub mod retained;
pub mod workspace;

pub(super) mod commands;
pub(super) mod events;
pub(super) mod keychain;
pub(super) mod locking;
pub(super) mod profiles;

mod leaving;
mod restoring;
mod retained_workspace;
mod saved_profile;
mod sign_in_flow;
mod sign_out;
pub mod sources;
