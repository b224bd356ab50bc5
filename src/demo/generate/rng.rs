//! The generator's random numbers.

use uuid::Uuid;

/// SplitMix64: tiny, fast, and stable.
///
/// The general-purpose generators of `rand` may change their output between versions. Demo data must not change, because snapshots are taken of it.
pub(super) struct Rng(u64);

impl Rng {
    /// An independent stream for the `index`-th business of `seed`.
    pub(super) fn new(seed: u64, index: u64) -> Self {
        let mut rng = Self(seed ^ index.wrapping_mul(0xD134_2543_DE82_EF95));
        rng.next();
        rng
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // The bias of the modulo is far too small to matter in demo data.
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// True in `percent` of 100 calls.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A random element, or the type's default for an empty slice.
    pub(super) fn pick<T: Copy + Default>(&mut self, from: &[T]) -> T {
        from.get(self.below(from.len()))
            .copied()
            .unwrap_or_default()
    }

    /// A random-looking UUID of version 4.
    pub(super) fn uuid(&mut self) -> Uuid {
        let bytes = (u128::from(self.next()) << 64) | u128::from(self.next());
        uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid()
    }

    /// `pattern` with every `#` replaced by a digit and every `@` by a capital letter.
    pub(super) fn fill(&mut self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|c| match c {
                '#' => char::from(b'0' + self.below(10) as u8),
                '@' => char::from(b'A' + self.below(26) as u8),
                other => other,
            })
            .collect()
    }
}
