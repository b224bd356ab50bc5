//! How waiting is shown: first nothing, then a thin bar, then a skeleton, then text.

use std::time::Duration;

/// How a wait is shown after some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadingStage {
    /// Under 0.1 s: nothing.
    Instant,
    /// Under 1 s: a thin bar.
    Brief,
    /// Under 10 s: skeleton rows.
    Noticed,
    /// From 10 s on: text that says what is loading, with a way to cancel.
    Long,
}

const BRIEF: Duration = Duration::from_millis(100);
const NOTICED: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(10);

impl LoadingStage {
    pub fn after(elapsed: Duration) -> Self {
        match elapsed {
            e if e < BRIEF => Self::Instant,
            e if e < NOTICED => Self::Brief,
            e if e < LONG => Self::Noticed,
            _ => Self::Long,
        }
    }
}

/// How long until the text of a wait changes, if the wait has no text before 10 s.
pub(in crate::state) fn wording_changes_in(elapsed: Duration) -> Duration {
    LONG.checked_sub(elapsed)
        .filter(|left| !left.is_zero())
        .unwrap_or_else(|| changes_in(elapsed))
}

/// How long until the text of a wait changes, if the wait counts its seconds from 1 s on.
pub(in crate::state) fn seconds_change_in(elapsed: Duration) -> Duration {
    if elapsed < NOTICED {
        changes_in(elapsed)
    } else {
        until_next_second(elapsed)
    }
}

/// How long until a wait looks different: at each stage, then every second during the last one.
pub(in crate::state) fn changes_in(elapsed: Duration) -> Duration {
    [BRIEF, NOTICED, LONG]
        .into_iter()
        .find(|stage| elapsed < *stage)
        .map_or_else(|| until_next_second(elapsed), |stage| stage - elapsed)
}

fn until_next_second(elapsed: Duration) -> Duration {
    Duration::from_secs(1) - Duration::from_nanos(elapsed.subsec_nanos().into())
}
