//! Decodes bytes in a given encoding.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::encoding::Encoding;

/// The upper halves of the MS-DOS code pages, which `encoding_rs` does not support (Unicode, "PC code page mappings").
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                     αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
                     ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Where the characters of an encoding are listed.
enum Coding {
    /// In `encoding_rs`.
    Standard(&'static encoding_rs::Encoding),
    /// The upper half of a code page with one byte for each character.
    Table(&'static str),
    /// UTF-8, with Windows-1252 for all other bytes.
    Mixed,
}

impl Coding {
    fn of(encoding: Encoding) -> Self {
        Self::Standard(match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf8AndWindows1252 => return Self::Mixed,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Windows1252 => WINDOWS_1252,
            Encoding::Windows1250 => encoding_rs::WINDOWS_1250,
            Encoding::Windows1251 => encoding_rs::WINDOWS_1251,
            Encoding::Windows1253 => encoding_rs::WINDOWS_1253,
            Encoding::MacRoman => encoding_rs::MACINTOSH,
            Encoding::Cp850 => return Self::Table(CP850),
            Encoding::Cp437 => return Self::Table(CP437),
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
            Encoding::ShiftJis => encoding_rs::SHIFT_JIS,
        })
    }
}

/// Returns the text, and whether any bytes were invalid in this encoding and replaced by `U+FFFD`.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, bool) {
    match Coding::of(encoding) {
        Coding::Standard(decoder) => decoder.decode_without_bom_handling(bytes),
        Coding::Table(upper) => (by_table(bytes, upper), false),
        Coding::Mixed => (mixed(bytes), false),
    }
}

/// The byte that stands for a non-ASCII character. `None` if there is none, or if it takes several.
pub(super) fn byte_of(c: char, encoding: Encoding) -> Option<u8> {
    if c.is_ascii() {
        return None;
    }
    match Coding::of(encoding) {
        Coding::Standard(encoder) => {
            let mut buffer = [0; 4];
            let (bytes, _, has_unmappable) = encoder.encode(c.encode_utf8(&mut buffer));
            match (&*bytes, has_unmappable) {
                ([byte], false) => Some(*byte),
                _ => None,
            }
        }
        Coding::Table(upper) => {
            let at = upper.chars().position(|other| other == c)?;
            u8::try_from(0x80 + at).ok()
        }
        Coding::Mixed => None,
    }
}

/// Decodes well-formed UTF-8 as such and every other byte as Windows-1252. Deciding per line would be too coarse: a
/// report that joins two sources can mix both in one line.
fn mixed(bytes: &[u8]) -> Cow<'_, str> {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Cow::Owned(out)
}

fn by_table<'a>(bytes: &'a [u8], upper: &str) -> Cow<'a, str> {
    let upper: Vec<char> = upper.chars().collect();
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{FFFD}'),
    };
    Cow::Owned(bytes.iter().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        let all: Vec<u8> = (0..=255).collect();
        for encoding in [Encoding::Cp437, Encoding::Cp850] {
            let (text, _) = decode(&all, encoding);
            assert_eq!(text.chars().count(), 256);
            assert!(text.is_char_boundary(128) && !text.contains('\u{FFFD}'));
        }
        assert_eq!(
            decode(b"M\x81ller S\x9Bren", Encoding::Cp850).0,
            "Müller Søren"
        );
        assert_eq!(decode(b"\x9B5 \xE3", Encoding::Cp437).0, "¢5 π");
        for encoding in [
            Encoding::Cp437,
            Encoding::Cp850,
            Encoding::MacRoman,
            Encoding::Windows1251,
        ] {
            for byte in 0x80..=0xFF {
                let c = decode(&[byte], encoding).0.chars().next().unwrap();
                assert_eq!(byte_of(c, encoding), Some(byte), "{encoding:?}");
            }
        }
        assert_eq!(byte_of('a', Encoding::Cp850), None);
        assert_eq!(byte_of('和', Encoding::Big5), None);
    }

    #[test]
    fn a_mixed_file_is_read_by_what_each_byte_means() {
        let bytes = "1,Müller,".as_bytes().iter().chain(b"Caf\xE9\n");
        let bytes: Vec<u8> = bytes.copied().collect();
        assert_eq!(mixed(&bytes), "1,Müller,Café\n");
    }
}
