//! Measures the difference between the server's clock and ours. A wrong local clock alone never rejects anything.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::time::Now;

/// Smaller differences are not reported.
const MIN_REPORTED_SECS: u64 = 60;
/// After a longer round trip, the server's time is not used, because the moment it was written is too uncertain.
const MAX_ROUND_TRIP_LEN: Duration = Duration::from_secs(20);

/// A reported difference is reported again if it has changed by more than this.
const MAX_CHANGE_SECS: u64 = 60;

/// Remembers the difference that was last reported, because one report is enough as long as it holds.
#[derive(Debug, Default)]
pub(super) struct Skew {
    /// Seconds; 0 if the clocks agreed.
    reported: AtomicI64,
}

impl Skew {
    /// Measures with the server's time from a response. Returns the difference if it should be reported now, 0 if the
    /// clocks agree again.
    pub(super) fn observe(&self, server: Timestamp, sent: Now, received: Now) -> Option<i64> {
        let ahead = measure(server, sent, received)?;
        let uncertain = round_trip(sent, received).as_secs() / 2 + 1;
        let is_certain = ahead.unsigned_abs() >= MIN_REPORTED_SECS + uncertain;
        let agrees = ahead.unsigned_abs() + uncertain < MIN_REPORTED_SECS;
        let reported = self.reported.load(Ordering::Relaxed);
        let is_news = match reported {
            0 => is_certain,
            _ => agrees || (is_certain && ahead.abs_diff(reported) > MAX_CHANGE_SECS + uncertain),
        };
        let ahead = if agrees { 0 } else { ahead };
        is_news.then(|| {
            self.reported.store(ahead, Ordering::Relaxed);
            ahead
        })
    }
}

fn round_trip(sent: Now, received: Now) -> Duration {
    received.boot.saturating_since(sent.boot)
}

/// How many seconds the server is ahead, assuming that it wrote its time half-way between sending and receiving.
pub(super) fn measure(server: Timestamp, sent: Now, received: Now) -> Option<i64> {
    let round_trip = round_trip(sent, received);
    if round_trip > MAX_ROUND_TRIP_LEN {
        return None;
    }
    let halfway = received.wall_before(round_trip / 2);
    Some(server.as_second() - halfway.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::BootInstant;

    fn at(secs: i64) -> Now {
        Now {
            wall: Timestamp::from_second(1_000_000 + secs).unwrap(),
            boot: BootInstant::from_origin(Duration::from_secs(secs.unsigned_abs())),
        }
    }

    #[test]
    fn it_is_measured_at_mid_request_and_told_once_as_long_as_it_holds() {
        let skew = Skew::default();
        let server = |secs: i64| Timestamp::from_second(1_000_000 + secs).unwrap();
        assert_eq!(measure(server(35), at(0), at(10)), Some(30));
        assert_eq!(skew.observe(server(35), at(0), at(10)), None);
        assert_eq!(
            skew.observe(server(66), at(0), at(10)),
            None,
            "half a round trip is uncertain"
        );
        assert_eq!(skew.observe(server(-3600), at(0), at(0)), Some(-3600));
        assert_eq!(skew.observe(server(-3605), at(0), at(0)), None);
    }

    #[test]
    fn a_difference_that_changes_or_ends_is_told_again() {
        let skew = Skew::default();
        let observe = |secs: i64| {
            let server = Timestamp::from_second(1_000_000 + secs).unwrap();
            skew.observe(server, at(0), at(0))
        };
        assert_eq!(observe(120), Some(120));
        assert_eq!(observe(259_200), Some(259_200));
        assert_eq!(observe(60), None, "neither certain nor over");
        assert_eq!(observe(2), Some(0), "the clock was set");
        assert_eq!(observe(3), None);
        assert_eq!(observe(-120), Some(-120));
    }

    #[test]
    fn a_request_that_slept_says_nothing() {
        let skew = Skew::default();
        assert_eq!(skew.observe(Timestamp::UNIX_EPOCH, at(0), at(2_400)), None);
    }
}
