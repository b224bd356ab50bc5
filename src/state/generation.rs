//! Numbers of sign-ins.

/// Number of a sign-in: what is started under one is dropped once another has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u64);
