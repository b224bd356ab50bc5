//! Determines the lifetime of a token from everything stated about it.

use std::time::Duration;

use super::problem::TokenProblem;

/// Longest lifetime accepted. A partner token is documented with one day, a business token with one hour.
const MAX_LEN: Duration = Duration::from_hours(7 * 24);

/// Shortest lifetime accepted, in seconds. A part of each lifetime is subtracted (see `BusinessToken`), and then no whole
/// second would be left of a shorter one.
const MIN_SECS: i64 = 2;

/// `Date` and `iat` are whole seconds, and a moment may pass between issuing and sending a token. Times this close are
/// treated as the same moment.
const SAME_MOMENT_SECS: u64 = 5;

/// Start of 2026, the year in which this console was first built, in seconds since 1970. No token that it gets ends earlier.
const EARLIEST_END: i64 = 1_767_225_600;

/// Everything that a response and its token state about the lifetime, in seconds and in seconds since 1970.
#[derive(Debug, Clone, Copy, Default)]
pub struct StatedLifetime {
    /// `expires_in` of the response.
    pub expires_in: Option<i64>,
    /// `iat` of the token.
    pub issued_at: Option<i64>,
    /// `nbf` of the token.
    pub not_before: Option<i64>,
    /// `exp` of the token.
    pub expires_at: Option<i64>,
    /// `Date` of the response, from the clock by which the server will judge `exp`.
    pub server_time: Option<i64>,
}

impl StatedLifetime {
    /// The smallest plausible value of `expires_in`, `exp − iat` and `exp − Date`.
    ///
    /// The clock of this computer is never used: if it is wrong, it must not cause a good token to be rejected.
    ///
    /// # Errors
    /// [`TokenProblem::ExpiredOnArrival`] if any of them is shorter than two seconds, or if `exp` is before this console was first built and no other
    /// time of the server is known. Otherwise, if none is plausible, [`TokenProblem::LifetimeImplausible`] or [`TokenProblem::LifetimeUnknown`].
    pub fn shortest(self) -> Result<Duration, TokenProblem> {
        let until_end = |begin: Option<i64>| Some(self.expires_at?.saturating_sub(begin?));
        let stated = [
            self.expires_in,
            until_end(self.issued_at),
            until_end(self.answered_at()),
        ];
        let stated = || stated.into_iter().flatten();
        let is_over_for_certain = match (self.expires_at, self.issued_at, self.server_time) {
            // Without another time of the server, nothing else tells that `exp` has passed.
            (Some(end), None, None) => end < EARLIEST_END,
            (Some(end), _, _) => end <= 0,
            (None, _, _) => false,
        };
        if is_over_for_certain || stated().any(|secs| secs < MIN_SECS) {
            return Err(TokenProblem::ExpiredOnArrival);
        }
        let lives = stated().map(|secs| Duration::from_secs(secs.unsigned_abs()));
        match (lives.filter(|life| *life <= MAX_LEN).min(), stated().next()) {
            (Some(life), _) => Ok(life),
            (None, Some(secs)) => Err(TokenProblem::LifetimeImplausible { secs }),
            (None, None) => Err(TokenProblem::LifetimeUnknown),
        }
    }

    /// The seconds until it becomes valid (`nbf`: RFC 7519, section 4.1.5), if that is later than now by the clocks of the server.
    pub fn starts_in(self) -> Option<i64> {
        let now = self.server_time.max(self.issued_at)?;
        let secs = self.not_before?.saturating_sub(now);
        (secs > SAME_MOMENT_SECS.cast_signed()).then_some(secs)
    }

    /// `Date`, or `iat` if both mean the same moment.
    fn answered_at(self) -> Option<i64> {
        match (self.server_time, self.issued_at) {
            (Some(server), Some(issued)) if server.abs_diff(issued) <= SAME_MOMENT_SECS => {
                Some(issued)
            }
            (server, _) => server,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn life(
        expires_in: Option<i64>,
        [issued_at, expires_at, server_time]: [Option<i64>; 3],
    ) -> Result<u64, TokenProblem> {
        let from_now = |secs: Option<i64>| secs.map(|secs| NOW + secs);
        let stated = StatedLifetime {
            expires_in,
            issued_at: from_now(issued_at),
            not_before: None,
            expires_at: from_now(expires_at),
            server_time: from_now(server_time),
        };
        stated.shortest().map(|life| life.as_secs())
    }

    #[test]
    fn the_smallest_counts() {
        let claims = |exp, date| [Some(0), Some(exp), Some(date)];
        assert_eq!(life(Some(600), claims(3600, 0)), Ok(600));
        assert_eq!(life(Some(3600), claims(600, 0)), Ok(600));
        assert_eq!(life(Some(3600), claims(3600, 1800)), Ok(1800));
        assert_eq!(life(None, claims(3600, -86_400)), Ok(3600));
        assert_eq!(life(Some(3600), [None, Some(600), Some(0)]), Ok(600));
        assert_eq!(life(Some(3600), [None, Some(600), None]), Ok(3600));
    }

    #[test]
    fn a_token_that_is_over_by_any_of_them_is_expired() {
        for (expires_in, times) in [
            (Some(3600), [Some(-7200), Some(-3600), Some(0)]),
            (Some(3600), [None, Some(0), Some(0)]),
            (Some(3600), [Some(0), Some(0), None]),
            (Some(3600), [Some(0), Some(-1), None]),
            (Some(3600), [None, Some(-NOW), None]),
            (Some(3600), [None, Some(-NOW - 1), None]),
            (Some(3600), [None, Some(1 - NOW), None]),
            (Some(3600), [None, Some(-365 * 86_400), None]),
            (Some(0), [Some(0), Some(3600), Some(0)]),
            (Some(1), [None; 3]),
            (Some(-5), [None; 3]),
            (Some(i64::MIN), [None; 3]),
        ] {
            let refused = life(expires_in, times);
            assert_eq!(
                refused,
                Err(TokenProblem::ExpiredOnArrival),
                "{expires_in:?} {times:?}"
            );
        }
    }

    #[test]
    fn a_date_within_five_seconds_of_the_issue_is_the_same_moment() {
        let by_date = |date| life(None, [Some(0), Some(3600), Some(date)]);
        assert_eq!(by_date(5), Ok(3600));
        assert_eq!(by_date(-5), Ok(3600));
        assert_eq!(by_date(6), Ok(3594));
        assert_eq!(life(None, [Some(0), Some(3), Some(5)]), Ok(3));
    }

    #[test]
    fn the_start_counts_by_the_latest_clock_of_the_server() {
        let starts_in = |not_before, [issued_at, server_time]: [Option<i64>; 2]| {
            let stated = StatedLifetime {
                issued_at,
                not_before: Some(not_before),
                server_time,
                ..StatedLifetime::default()
            };
            stated.starts_in()
        };
        assert_eq!(starts_in(NOW + 60, [Some(NOW), None]), Some(60));
        assert_eq!(starts_in(NOW + 60, [None, Some(NOW)]), Some(60));
        assert_eq!(starts_in(NOW + 60, [Some(NOW - 60), Some(NOW)]), Some(60));
        assert_eq!(starts_in(NOW + 60, [Some(NOW + 60), Some(NOW)]), None);
        assert_eq!(starts_in(NOW + 5, [Some(NOW), Some(NOW)]), None);
        assert_eq!(starts_in(i64::MIN, [Some(NOW), Some(NOW)]), None);
        assert_eq!(starts_in(i64::MAX, [None, None]), None, "no clock is known");
    }

    #[test]
    fn what_no_token_lives_is_not_believed() {
        let absurd = |secs| Err(TokenProblem::LifetimeImplausible { secs });
        assert_eq!(life(Some(i64::MAX), [Some(0), Some(600), None]), Ok(600));
        assert_eq!(
            life(Some(3600), [Some(0), Some(i64::MAX - NOW), None]),
            Ok(3600)
        );
        assert_eq!(life(Some(i64::MAX), [None; 3]), absurd(i64::MAX));
        assert_eq!(life(None, [None; 3]), Err(TokenProblem::LifetimeUnknown));
        assert_eq!(
            life(None, [Some(0), None, Some(0)]),
            Err(TokenProblem::LifetimeUnknown)
        );
    }

    proptest! {
        #[test]
        fn nothing_stated_makes_a_life_longer(
            expires_in in any::<i64>(),
            times in any::<[Option<i64>; 3]>(),
        ) {
            let [issued_at, expires_at, server_time] = times;
            let stated = StatedLifetime { expires_in: Some(expires_in), issued_at, not_before: None, expires_at, server_time };
            if let Ok(life) = stated.shortest() {
                prop_assert!(!life.is_zero() && life <= MAX_LEN);
                let alone = StatedLifetime { expires_in: Some(expires_in), ..StatedLifetime::default() };
                prop_assert!(alone.shortest().map_or(true, |longer| life <= longer));
            }
        }
    }
}
