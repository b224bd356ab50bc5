//! What the user may want to know while a request is still in progress.

use std::time::Duration;

use super::failure::{Failure, Operation};

/// Progress of a request that has not finished.
#[derive(Debug, Clone, PartialEq)]
pub enum RequestNotice {
    /// A failure that may be temporary: the request is sent again after a wait.
    Retrying {
        operation: Operation,
        /// How long the wait is.
        resumes_in: Duration,
        /// Why the attempt failed.
        failure: Failure,
    },
    /// The wait is over and the request is being sent again.
    Resumed(Operation),
    /// The clocks of server and computer differ by more than a minute: by how many seconds the server's is ahead, negative if it is behind.
    /// `None` if they agree again. Sent once, and when the difference has changed.
    ClockSkew(Option<i64>),
}
