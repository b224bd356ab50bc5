//! Decodes bytes in a given encoding.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use super::encoding::Encoding;

/// The upper halves of the MS-DOS code pages, which `encoding_rs` does not support (Unicode, "PC code page mappings").
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                     αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
                     ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

/// Returns the text, and whether any bytes were invalid in this encoding and replaced by `U+FFFD`.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> (Cow<'_, str>, bool) {
    let decoder = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf8AndWindows1252 => return (mixed(bytes), false),
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
        Encoding::Windows1250 => encoding_rs::WINDOWS_1250,
        Encoding::Windows1251 => encoding_rs::WINDOWS_1251,
        Encoding::Windows1253 => encoding_rs::WINDOWS_1253,
        Encoding::MacRoman => encoding_rs::MACINTOSH,
        Encoding::Cp850 => return (by_table(bytes, CP850), false),
        Encoding::Cp437 => return (by_table(bytes, CP437), false),
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Big5 => encoding_rs::BIG5,
        Encoding::ShiftJis => encoding_rs::SHIFT_JIS,
    };
    decoder.decode_without_bom_handling(bytes)
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
    }

    #[test]
    fn a_mixed_file_is_read_by_what_each_byte_means() {
        let bytes = "1,Müller,".as_bytes().iter().chain(b"Caf\xE9\n");
        let bytes: Vec<u8> = bytes.copied().collect();
        assert_eq!(mixed(&bytes), "1,Müller,Café\n");
    }
}
