//! Signing in and out, the lock, and the profiles.

pub mod attempt;
pub mod lock;
pub mod messages;
pub mod open;
pub mod parked;
pub mod workspace;

pub(super) mod commands;
pub(super) mod events;
pub(super) mod keychain;
pub(super) mod locking;
pub(super) mod profiles;

mod leaving;
mod restoring;
mod saved_profile;
mod set_aside;
mod sign_in_flow;
mod sign_out;
pub mod sources;
