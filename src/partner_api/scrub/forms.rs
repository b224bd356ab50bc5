//! The encoded forms in which a server may repeat a secret.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::escapes;

/// Shorter texts are not secrets, and hiding them would make messages unreadable.
const MIN_SECRET_LEN: usize = 4;
/// Shorter parts of a base64 text occur by chance.
const MIN_PART_LEN: usize = 8;
/// Longer secrets, in bytes, are not searched as UTF-16.
const MAX_UTF16_LEN: usize = 256;

/// `secret` in plain text, base64 (also of UTF-16, as PowerShell writes it), percent encoding and hexadecimal; none if it is too short.
/// They are searched without regard to case.
///
/// Escapes of single characters need no form of their own: they are decoded before a text is searched.
pub(super) fn of(secret: &str) -> Vec<Zeroizing<String>> {
    if secret.len() < MIN_SECRET_LEN {
        return Vec::new();
    }
    let mut forms = vec![Zeroizing::new(secret.to_owned())];
    // A secret that looks as if it contained escapes loses them when the text around it is decoded.
    forms.extend(escapes::layers(secret, MIN_SECRET_LEN).map(Zeroizing::new));
    add_base64(&mut forms, secret.as_bytes());
    // Tokens are longer, and nobody copies them through PowerShell; their forms would only make the search slower.
    if secret.len() <= MAX_UTF16_LEN {
        let utf16 = secret.encode_utf16().flat_map(u16::to_le_bytes);
        add_base64(&mut forms, &Zeroizing::new(utf16.collect::<Vec<u8>>()));
    }
    let percent: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    forms.push(Zeroizing::new(percent));
    forms.push(in_hex(secret));
    forms
}

fn add_base64(forms: &mut Vec<Zeroizing<String>>, secret: &[u8]) {
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        forms.push(Zeroizing::new(engine.encode(secret)));
    }
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        let parts = (0..3).map(|before| inside_base64(&engine, secret, before));
        forms.extend(parts.filter(|part| part.len() >= MIN_PART_LEN));
    }
}

/// The characters that encode only `secret` in the base64 of a text where `before` bytes (modulo 3) precede it.
fn inside_base64(engine: &impl Engine, secret: &[u8], before: usize) -> Zeroizing<String> {
    let whole = Zeroizing::new([&b"xx"[..before], secret].concat());
    let encoded = Zeroizing::new(engine.encode(&*whole));
    Zeroizing::new(encoded[(8 * before).div_ceil(6)..8 * whole.len() / 6].to_owned())
}

fn in_hex(secret: &str) -> Zeroizing<String> {
    let mut hex = Zeroizing::new(String::with_capacity(2 * secret.len()));
    for byte in secret.bytes() {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
