//! Signing in and out, the lock, and the profiles.

pub mod attempt;
pub(super) mod commands;
pub(super) mod events;
pub mod lock;
pub mod messages;
pub mod parked;
pub mod workspace;

pub(super) mod keychain;
pub(super) mod locking;
pub(super) mod profiles;
pub(super) mod sign_in;
