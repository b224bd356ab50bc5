//! Base64 as lenient parsers decode it. The libraries of Python and Node.js, among others, accept what RFC 4648 forbids.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};
use zeroize::Zeroizing;

const WITH_TRAILING_BITS: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes either alphabet, even mixed. Skips every other character, padding included, and ignores bits that belong to no byte.
pub(super) fn decode(text: &str) -> Zeroizing<Vec<u8>> {
    let digits = text.chars().filter_map(|c| match c {
        '-' | '+' => Some('+'),
        '_' | '/' => Some('/'),
        c => c.is_ascii_alphanumeric().then_some(c),
    });
    let mut digits = Zeroizing::new(digits.collect::<String>());
    if digits.len() % 4 == 1 {
        // Six bits do not make a byte.
        digits.pop();
    }
    // Cannot fail: all characters are digits.
    Zeroizing::new(WITH_TRAILING_BITS.decode(&*digits).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn regular_text_is_decoded_regularly(bytes: Vec<u8>) {
            for text in [STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
                prop_assert_eq!(&*decode(&text), &bytes);
            }
        }

        #[test]
        fn any_text_is_decoded_as_far_as_it_goes(text in "[A-Za-z0-9+/_=~.-]{0,40}") {
            let digits = text.chars().filter(|c| !"=~.".contains(*c)).count();
            prop_assert_eq!(decode(&text).len(), digits * 3 / 4);
        }
    }
}
