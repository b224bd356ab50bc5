//! What the user may want to know while a request is still in progress.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::failure::{Failure, Operation};

/// Progress of a request that has not finished.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientNotice {
    /// A failure that may be temporary: the request is sent again after a wait. Dropping the future cancels it.
    Retrying {
        operation: Operation,
        /// How long the wait is.
        resumes_in: Duration,
        /// The attempt that failed, from 1.
        attempt: u32,
        /// Number of attempts allowed.
        attempts: u32,
        /// Why the attempt failed.
        failure: Failure,
    },
    /// The wait is over and the request is being sent again.
    Resumed {
        /// The request being sent again.
        operation: Operation,
    },
    /// The clocks of server and computer differ by more than a minute. Sent once.
    ClockSkew {
        /// How many seconds the server's clock is ahead; negative if it is behind.
        server_ahead_secs: i64,
    },
}

/// Receives notices. It is called from the task of the request and must not block.
pub type NoticeSink = Arc<dyn Fn(ClientNotice) + Send + Sync>;
