//! The size of the window, remembered for the next start.

use serde::{Deserialize, Serialize};

/// Inner size of the window in logical points of the system, independent of the scale setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowSize {
    pub width: u16,
    pub height: u16,
}

impl WindowSize {
    /// No screen is larger. Larger values are errors of a file or a system.
    const LARGEST: Self = Self {
        width: 7_680,
        height: 4_320,
    };

    /// Rounds a measured size. `None` if it is not plausible.
    pub fn measured(width: f32, height: f32) -> Option<Self> {
        let whole = |points: f32| {
            let is_sensible = points.is_finite() && points >= 1.0 && points <= f32::from(u16::MAX);
            // In range, so nothing is truncated.
            is_sensible.then(|| points.round() as u16)
        };
        Some(Self {
            width: whole(width)?,
            height: whole(height)?,
        })
    }

    /// Clamped to at least `least` and at most the size of a screen.
    #[must_use]
    pub fn clamped(self, least: [f32; 2]) -> [f32; 2] {
        let clamp = |points: u16, least: f32, most: u16| {
            f32::from(points).clamp(least, f32::from(most).max(least))
        };
        [
            clamp(self.width, least[0], Self::LARGEST.width),
            clamp(self.height, least[1], Self::LARGEST.height),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_sizes_are_brought_back() {
        let size = |width, height| WindowSize { width, height }.clamped([900.0, 600.0]);
        assert_eq!(size(1_280, 800), [1_280.0, 800.0]);
        assert_eq!(size(0, 60_000), [900.0, 4_320.0]);
        assert_eq!(WindowSize::measured(f32::NAN, 800.0), None);
        assert_eq!(WindowSize::measured(f32::INFINITY, 800.0), None);
        assert_eq!(WindowSize::measured(-1.0, 800.0), None);
        let measured = WindowSize::measured(1_279.6, 800.2).unwrap();
        assert_eq!((measured.width, measured.height), (1_280, 800));
    }
}
