//! Converts times ahead into pixels on a line that begins now, and tells when a pixel changes.

use std::time::Duration;

/// A line of pixels for the time ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeAxis {
    span: Duration,
    pixels: u32,
}

impl TimeAxis {
    /// A line of `pixels` from now until `span` later.
    pub const fn new(span: Duration, pixels: u32) -> Self {
        Self { span, pixels }
    }

    /// Pixels from now to a moment `ahead`. Rounded up, so that anything not over is visible, and at most the whole
    /// line.
    pub fn pixel(self, ahead: Duration) -> u32 {
        if self.span.is_zero() {
            return 0;
        }
        let pixels = (ahead.as_nanos() * u128::from(self.pixels)).div_ceil(self.span.as_nanos());
        u32::try_from(pixels).map_or(self.pixels, |pixels| pixels.min(self.pixels))
    }

    /// How long until that moment is one pixel nearer. `None` once it has been reached.
    pub fn changes_in(self, ahead: Duration) -> Option<Duration> {
        let next = self.pixel(ahead).checked_sub(1)?;
        let reached = u128::from(next) * self.span.as_nanos() / u128::from(self.pixels);
        // Never exceeds 584 years for a line that can be drawn.
        let reached = Duration::from_nanos(u64::try_from(reached).unwrap_or(u64::MAX));
        Some(ahead.saturating_sub(reached))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn the_end_of_a_bar_is_seen_until_it_comes_and_never_beyond_the_line() {
        let axis = TimeAxis::new(HOUR, 360);
        assert_eq!(axis.pixel(Duration::ZERO), 0);
        assert_eq!(axis.pixel(Duration::from_nanos(1)), 1);
        assert_eq!(axis.pixel(Duration::from_secs(10)), 1);
        assert_eq!(axis.pixel(HOUR / 2), 180);
        assert_eq!(axis.pixel(7 * HOUR), 360);
        assert_eq!(axis.pixel(Duration::MAX), 360);
        assert_eq!(axis.changes_in(Duration::ZERO), None);
        let beyond = axis.changes_in(2 * HOUR);
        assert_eq!(beyond, Some(HOUR + Duration::from_secs(10)));
        assert_eq!(TimeAxis::new(HOUR, 0).changes_in(HOUR), None);
    }

    proptest! {
        #[test]
        fn a_pixel_changes_exactly_when_it_is_said_to(pixels in 1_u32..4_000, ahead_ms in 1_u64..9_000_000) {
            let axis = TimeAxis::new(HOUR, pixels);
            let ahead = Duration::from_millis(ahead_ms);
            let step = axis.changes_in(ahead).unwrap();
            let at = axis.pixel(ahead);
            for part in 0..4 {
                prop_assert_eq!(axis.pixel(ahead - (step - Duration::from_nanos(1)) * part / 3), at);
            }
            prop_assert_eq!(axis.pixel(ahead - step), at - 1);
        }
    }
}
