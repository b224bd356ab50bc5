//! Texts for the pause that a server asks for. They never name a time that is too early.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::time::secs_rounded_up;

/// For shorter pauses, seconds are shown.
const SHORT_SECS: u64 = 120;
/// Longer pauses are not taken literally; dates that far ahead may not exist.
const MAX_LEN: Duration = Duration::from_hours(366 * 24);

/// When the pause ends: "14:37"; "14:37:05" for a pause of less than two minutes; "28 Nov, 14:37" on another day.
/// Rounded up.
///
/// `None` if the end is more than a year away.
pub fn until(from: Timestamp, pause: Duration, zone: &TimeZone) -> Option<String> {
    if pause > MAX_LEN {
        return None;
    }
    let (step, format) = match secs_rounded_up(pause) {
        0..SHORT_SECS => (1, "%H:%M:%S"),
        _ => (60, "%H:%M"),
    };
    let end = from.checked_add(pause).ok()?;
    let up = end.subsec_nanosecond() > 0;
    let secs = end.as_second() + i64::from(up);
    let rounded = secs + (step - secs.rem_euclid(step)) % step;
    let end = Timestamp::from_second(rounded)
        .ok()?
        .to_zoned_datetime(zone.clone());
    let is_today = from.to_zoned_datetime(zone.clone()).date() == end.date();
    let day = if is_today {
        String::new()
    } else {
        end.strftime("%-d %b, ").to_string()
    };
    Some(format!("{day}{}", end.strftime(format)))
}

/// The length of a pause: "7 s", "5 min", "3 h", "2 days". Rounded up.
pub fn span(pause: Duration) -> String {
    if pause > MAX_LEN {
        return "more than a year".to_owned();
    }
    let secs = secs_rounded_up(pause);
    match secs {
        0..SHORT_SECS => format!("{secs} s"),
        SHORT_SECS..7_200 => format!("{} min", secs.div_ceil(60)),
        7_200..172_800 => format!("{} h", secs.div_ceil(3_600)),
        _ => format!("{} days", secs.div_ceil(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn the_time_of_day_is_never_too_early() {
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let until = |from, millis| until(at(from), Duration::from_millis(millis), &zone);
        let noon = "2026-11-27T12:00:00Z";
        assert_eq!(until(noon, 300_000).as_deref(), Some("13:05"));
        assert_eq!(
            until("2026-11-27T12:00:01Z", 300_000).as_deref(),
            Some("13:06")
        );
        assert_eq!(
            until("2026-11-27T12:00:00.001Z", 300_000).as_deref(),
            Some("13:06")
        );
        assert_eq!(until(noon, 7_001).as_deref(), Some("13:00:08"));
        assert_eq!(
            until(noon, 12 * 3_600_000).as_deref(),
            Some("28 Nov, 01:00")
        );
        assert_eq!(until(noon, u64::MAX), None);
    }

    #[test]
    fn spans_round_up() {
        let span = |secs| span(Duration::from_secs(secs));
        assert_eq!(
            [7, 119, 120, 301, 7_200, 90_000, 172_801].map(span),
            ["7 s", "119 s", "2 min", "6 min", "2 h", "25 h", "3 days"]
        );
        assert_eq!(super::span(Duration::MAX), "more than a year");
        assert_eq!(super::span(Duration::from_millis(6_001)), "7 s");
    }
}
