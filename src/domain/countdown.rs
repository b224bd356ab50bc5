//! The text of a countdown, and when it next changes, so that nothing repaints in between.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::time::Now;

const MINUTE: u64 = 60;
/// With at least this much time left, whole minutes are shown and nothing is urgent.
const CALM_FROM_SECS: u64 = 10 * MINUTE;
/// With less time left, the countdown is urgent.
const URGENT_BELOW_SECS: u64 = 2 * MINUTE;
/// Remaining time below which the phase is `Warning`.
pub const WARNING_FROM: Duration = Duration::from_secs(CALM_FROM_SECS);
/// Remaining time below which the phase is `Urgent`.
pub const URGENT_FROM: Duration = Duration::from_secs(URGENT_BELOW_SECS);

/// How urgent a countdown is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountdownPhase {
    /// Ten minutes or more.
    Calm,
    /// Less than ten minutes.
    Warning,
    /// Less than two minutes.
    Urgent,
    Over,
}

/// The moments that a screen reader announces. Each coincides with a change of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// Ten minutes or more are left.
    Far,
    /// Less than ten minutes are left.
    TenMinutes,
    /// Less than five minutes are left.
    FiveMinutes,
    /// Less than a minute is left.
    OneMinute,
    Over,
}

impl Milestone {
    /// The last milestone passed when this much time is left.
    pub fn at(remaining: Duration) -> Self {
        if remaining.is_zero() {
            return Self::Over;
        }
        match remaining.as_secs() {
            0..60 => Self::OneMinute,
            60..300 => Self::FiveMinutes,
            300..CALM_FROM_SECS => Self::TenMinutes,
            CALM_FROM_SECS.. => Self::Far,
        }
    }
}

/// A countdown as displayed at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Countdown {
    pub phase: CountdownPhase,
    /// "42 min", "6:12" or "Expired".
    pub text: String,
    /// "3 min ago" once it is over, otherwise empty.
    pub ago: String,
    /// How long until `text`, `ago` or `phase` changes.
    pub changes_in: Duration,
}

impl Countdown {
    /// The countdown with `remaining` left, or, once that is zero, `expired_for` after the end.
    pub fn read(remaining: Duration, expired_for: Duration) -> Self {
        if remaining.is_zero() {
            return Self {
                phase: CountdownPhase::Over,
                text: "Expired".to_owned(),
                ago: ago(expired_for),
                changes_in: until_next(expired_for, age_step(expired_for)),
            };
        }
        let secs = remaining.as_secs();
        let phase = match secs {
            CALM_FROM_SECS.. => CountdownPhase::Calm,
            URGENT_BELOW_SECS.. => CountdownPhase::Warning,
            _ => CountdownPhase::Urgent,
        };
        let (text, step) = if phase == CountdownPhase::Calm {
            (minutes(secs / MINUTE), MINUTE)
        } else {
            (format!("{}:{:02}", secs / MINUTE, secs % MINUTE), 1)
        };
        let shown = Duration::from_secs(secs - secs % step);
        Self {
            phase,
            text,
            ago: String::new(),
            // One nanosecond below the shown value, where rounding down yields the next one.
            changes_in: (remaining - shown + Duration::from_nanos(1)).min(remaining),
        }
    }

    pub fn is_over(&self) -> bool {
        self.phase == CountdownPhase::Over
    }
}

/// The remaining time as a sentence for screen readers: "42 minutes left".
pub fn spoken(remaining: Duration) -> String {
    if remaining.is_zero() {
        return "Expired".to_owned();
    }
    match remaining.as_secs() / MINUTE {
        0 => "Less than a minute left".to_owned(),
        1 => "1 minute left".to_owned(),
        minutes => format!("{minutes} minutes left"),
    }
}

/// "42 min", or "2 h 5 min" from two hours upwards.
pub fn minutes(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0 | 1, _) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

fn ago(age: Duration) -> String {
    match age.as_secs() / MINUTE {
        0 => "just now".to_owned(),
        past => match past / 60 {
            0 => format!("{past} min ago"),
            hours @ 1..24 => format!("{hours} h ago"),
            hours => format!("{} d ago", hours / 24),
        },
    }
}

fn age_step(age: Duration) -> u64 {
    match age.as_secs() / MINUTE {
        0..60 => MINUTE,
        60..1440 => 60 * MINUTE,
        _ => 24 * 60 * MINUTE,
    }
}

fn until_next(age: Duration, step_secs: u64) -> Duration {
    let next = Duration::from_secs((age.as_secs() / step_secs + 1) * step_secs);
    next - age
}

/// The local time `remaining` from now, as `14:32`.
pub fn time_of_day(now: Now, remaining: Duration, zone: &TimeZone) -> String {
    now.wall_after(remaining)
        .to_zoned_datetime(zone.clone())
        .strftime("%H:%M")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(secs: f64) -> String {
        Countdown::read(Duration::from_secs_f64(secs), Duration::ZERO).text
    }

    #[test]
    fn minutes_above_ten_seconds_below() {
        assert_eq!(text(42.0 * 60.0), "42 min");
        assert_eq!(text(42.0 * 60.0 + 59.9), "42 min");
        assert_eq!(text(600.0), "10 min");
        assert_eq!(text(599.9), "9:59");
        assert_eq!(text(120.0), "2:00");
        assert_eq!(text(0.4), "0:00");
        assert_eq!(text(24.0 * 3600.0), "24 h");
        assert_eq!(text(7_500.0), "2 h 5 min");
    }

    #[test]
    fn the_end_is_told_with_its_age() {
        let over = |secs| Countdown::read(Duration::ZERO, Duration::from_secs(secs));
        assert_eq!(over(0).text, "Expired");
        assert_eq!(over(59).ago, "just now");
        assert_eq!(over(185).ago, "3 min ago");
        assert_eq!(over(7_200).ago, "2 h ago");
        assert_eq!(over(200_000).ago, "2 d ago");
    }

    fn read_at(lifetime: Duration, age: Duration) -> Countdown {
        Countdown::read(lifetime.saturating_sub(age), age.saturating_sub(lifetime))
    }

    proptest! {
        /// Nothing changes before `changes_in` has passed; at that moment something does.
        #[test]
        fn the_next_change_is_exact(life_ms in 0_u64..200_000_000, age_ms in 0_u64..400_000_000) {
            let (life, age) = (Duration::from_millis(life_ms), Duration::from_millis(age_ms));
            let reading = read_at(life, age);
            let same = |a: &Countdown, b: &Countdown| (a.phase, &a.text, &a.ago) == (b.phase, &b.text, &b.ago);
            let just_before = reading.changes_in - Duration::from_nanos(1);
            for part in 0..4_u32 {
                let later = read_at(life, age + just_before * part / 3);
                prop_assert!(same(&reading, &later), "{reading:?} {later:?}");
            }
            let next = read_at(life, age + reading.changes_in);
            prop_assert!(!same(&reading, &next), "{reading:?} {next:?}");
        }

        /// Waking up at each text change is enough to see every milestone.
        #[test]
        fn a_milestone_is_passed_when_the_text_changes(left_ms in 1_u64..4_000_000) {
            let left = Duration::from_millis(left_ms);
            let reading = Countdown::read(left, Duration::ZERO);
            let just_before = left - (reading.changes_in - Duration::from_nanos(1));
            prop_assert_eq!(Milestone::at(left), Milestone::at(just_before));
        }

        /// A countdown never shows more time than is left.
        #[test]
        fn countdown_never_exceeds_time_left(left_ms in 1_u64..100_000_000) {
            let left = Duration::from_millis(left_ms);
            let reading = Countdown::read(left, Duration::ZERO);
            let shown = match reading.phase {
                CountdownPhase::Calm => left.as_secs() / 60 * 60,
                _ => left.as_secs(),
            };
            prop_assert!(Duration::from_secs(shown) <= left);
            prop_assert!(!reading.is_over());
        }
    }
}
