//! How waiting is shown: at first not at all, then by a thin bar, then by a skeleton, then in words.

use std::time::Duration;

/// What a wait looks like after some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadingStage {
    /// Under 0.1 s: nothing.
    Instant,
    /// Under 1 s: a thin bar.
    Brief,
    /// Under 10 s: skeleton rows.
    Noticed,
    /// From 10 s on: what is awaited, and a way out.
    Long,
}

const BRIEF: Duration = Duration::from_millis(100);
const NOTICED: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(10);

impl LoadingStage {
    /// After `elapsed` of waiting.
    pub fn after(elapsed: Duration) -> Self {
        match elapsed {
            e if e < BRIEF => Self::Instant,
            e if e < NOTICED => Self::Brief,
            e if e < LONG => Self::Noticed,
            _ => Self::Long,
        }
    }
}

/// In how long a wait of which nothing is said at first is put into words, and then reads differently.
pub fn words_change_in(elapsed: Duration) -> Duration {
    LONG.checked_sub(elapsed)
        .filter(|left| !left.is_zero())
        .unwrap_or_else(|| changes_in(elapsed))
}

/// In how long a wait that is put into words from 1 s on, with its seconds, reads differently.
pub fn seconds_change_in(elapsed: Duration) -> Duration {
    if elapsed < NOTICED {
        changes_in(elapsed)
    } else {
        Duration::from_secs(1) - Duration::from_nanos(elapsed.subsec_nanos().into())
    }
}

/// In how long a wait looks different: at each stage, and from the last one on every second.
pub fn changes_in(elapsed: Duration) -> Duration {
    [BRIEF, NOTICED, LONG]
        .into_iter()
        .find(|stage| elapsed < *stage)
        .map_or_else(
            || Duration::from_secs(1) - Duration::from_nanos(elapsed.subsec_nanos().into()),
            |stage| stage - elapsed,
        )
}
