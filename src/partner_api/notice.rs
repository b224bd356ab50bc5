//! What the user may want to see while a request is still under way.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::failure::{Failure, Operation};

/// News of a request that has not come to its end.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientNotice {
    /// A failure that may pass: the request is sent again after a wait. Dropping the future stops it.
    Retrying {
        /// What is being asked.
        operation: Operation,
        /// How long the wait is.
        resumes_in: Duration,
        /// Number of the attempt that failed, from 1.
        attempt: u32,
        /// Attempts in all.
        attempts: u32,
        /// What happened.
        failure: Failure,
    },
    /// The wait is over and the request is being sent again.
    Resumed {
        /// What is being asked.
        operation: Operation,
    },
    /// The clocks of the server and of this computer differ by more than a minute; told once.
    ClockSkew {
        /// Seconds by which the server is ahead; negative where it is behind.
        server_ahead_secs: i64,
    },
}

/// Takes notices. It is called from the task of the request and must not block.
pub type NoticeSink = Arc<dyn Fn(ClientNotice) + Send + Sync>;
