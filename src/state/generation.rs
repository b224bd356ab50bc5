//! The numbers by which results of an earlier sign-in are recognised.

/// Number of a sign-in. Once another sign-in has begun, results that carry an earlier number are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u64);
