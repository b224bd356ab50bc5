//! What the system reports about the desktop session.

/// A sign that the user has left the computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionSignal {
    /// The session was locked.
    Locked,
    /// The computer is about to sleep, or has slept.
    Sleeping,
}
