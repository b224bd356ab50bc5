//! What the system says of the session in which the console runs.

/// Somebody may come to the computer who is not its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionSignal {
    /// The session is locked.
    Locked,
    /// The computer is about to sleep, or has slept.
    Sleeping,
}
