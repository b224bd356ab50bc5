//! Natural sort order: `user-2` before `user-10`.

/// The bytes of a text, changed so that runs of digits compare as numbers: leading zeros are removed, and each run is
/// preceded by its length.
pub(super) fn natural(text: &str) -> NaturalKey<'_> {
    NaturalKey {
        rest: text.as_bytes(),
        lead: [None; 2],
        digits: &[],
    }
}

pub(super) struct NaturalKey<'a> {
    rest: &'a [u8],
    /// The length bytes that precede the next run of digits.
    lead: [Option<u8>; 2],
    digits: &'a [u8],
}

/// A run with this many digits needs a second byte for its length.
const LONG: usize = 9;

impl Iterator for NaturalKey<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(byte) = self.lead.iter_mut().find_map(Option::take) {
            return Some(byte);
        }
        if let Some((digit, digits)) = self.digits.split_first() {
            self.digits = digits;
            return Some(*digit);
        }
        let (first, rest) = self.rest.split_first()?;
        if !first.is_ascii_digit() {
            self.rest = rest;
            return Some(*first);
        }
        let end = self.rest.iter().position(|byte| !byte.is_ascii_digit());
        let (run, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        let zeros = run.iter().take_while(|digit| **digit == b'0').count();
        self.digits = &run[zeros.min(run.len() - 1)..];
        let len = self.digits.len();
        // The length starts with a digit, so that numbers sort among other characters where digits do.
        self.lead = [
            Some(b'0' + len.min(LONG) as u8),
            (len >= LONG).then_some(len.min(usize::from(u8::MAX)) as u8),
        ];
        self.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_digits_compare_as_numbers() {
        let sorted = [
            "",
            "-",
            "1",
            "2",
            "10",
            "1000000000",
            "12345678901",
            "a",
            "a1b2",
            "a1b10",
            "a02",
            "a10",
            "user-2",
            "user-10",
            "user-a",
        ];
        for (one, other) in sorted.iter().zip(&sorted[1..]) {
            assert!(natural(one).lt(natural(other)), "{one} {other}");
        }
        assert!(natural("a02").eq(natural("a2")));
        assert!(natural("0").eq(natural("000")));
    }
}
