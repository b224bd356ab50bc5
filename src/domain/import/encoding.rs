//! Bytes to text: the encoding is detected, shown, and can be set by hand.

use std::sync::Arc;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use super::problem::{FileProblem, check_size};

/// How many bytes are looked at for signs of another kind of file.
const LOOKED_AT: usize = 64 << 10;

/// The encodings that spreadsheets write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// With or without a byte-order mark.
    Utf8,
    /// Little-endian, as Excel's "Unicode text".
    Utf16Le,
    /// Big-endian.
    Utf16Be,
    /// Western European, as Excel's "CSV" on Windows.
    Windows1252,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Without a byte-order mark; lines end with a line feed, perhaps after a carriage return.
    pub text: Arc<str>,
    /// How it was read.
    pub encoding: Encoding,
    /// Whether it began with a byte-order mark.
    pub has_mark: bool,
    /// Whether some bytes make no sense in this encoding and were replaced by `U+FFFD`.
    pub has_replaced: bool,
}

impl Encoding {
    /// All of them, for the menu.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Windows1252];

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

impl Source {
    /// Reads the bytes of a file in the encoding that they seem to have. It goes through all of
    /// them, so it does not belong on the thread that draws.
    ///
    /// # Errors
    /// Where it is too large, empty, or no text.
    pub fn open(bytes: &[u8]) -> Result<Self, FileProblem> {
        check_size(bytes.len() as u64)?;
        if let Some(what) = other_kind(bytes) {
            return Err(FileProblem::OtherKind { what });
        }
        Self::open_as(bytes, detect(bytes))
    }

    /// Reads the bytes of a file in an encoding chosen by hand.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open_as(bytes: &[u8], encoding: Encoding) -> Result<Self, FileProblem> {
        check_size(bytes.len() as u64)?;
        let (mark, decoder): (&[u8], _) = match encoding {
            Encoding::Utf8 => (b"\xEF\xBB\xBF", encoding_rs::UTF_8),
            Encoding::Utf16Le => (b"\xFF\xFE", UTF_16LE),
            Encoding::Utf16Be => (b"\xFE\xFF", UTF_16BE),
            Encoding::Windows1252 => (b"", WINDOWS_1252),
        };
        let has_mark = !mark.is_empty() && bytes.starts_with(mark);
        let rest = if has_mark {
            &bytes[mark.len()..]
        } else {
            bytes
        };
        let (text, has_replaced) = decoder.decode_without_bom_handling(rest);
        if is_binary(&text) {
            return Err(FileProblem::Binary);
        }
        // Files of the old Mac OS end their lines with a carriage return alone.
        let old_mac = memchr::memchr(b'\n', text.as_bytes()).is_none();
        let text = if old_mac && memchr::memchr(b'\r', text.as_bytes()).is_some() {
            text.replace('\r', "\n").into()
        } else {
            text.into()
        };
        Ok(Self {
            text,
            encoding,
            has_mark,
            has_replaced,
        })
    }

    /// "UTF-8 with byte-order mark".
    pub fn encoding_words(&self) -> String {
        let mark = if self.has_mark {
            " with byte-order mark"
        } else {
            ""
        };
        format!("{}{mark}", self.encoding.name())
    }
}

fn detect(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8,
        [0xFF, 0xFE, ..] => Encoding::Utf16Le,
        [0xFE, 0xFF, ..] => Encoding::Utf16Be,
        _ => detect_unmarked(bytes),
    }
}

/// Delimiters, line ends and most names are Latin: in UTF-16 every second byte of them is zero.
fn detect_unmarked(bytes: &[u8]) -> Encoding {
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 2 / 3;
    if odd > many && even * 10 < odd {
        Encoding::Utf16Le
    } else if even > many && odd * 10 < even {
        Encoding::Utf16Be
    } else if std::str::from_utf8(bytes).is_ok() {
        Encoding::Utf8
    } else if is_mostly_utf8(bytes) {
        // One damaged letter must not garble all the others.
        Encoding::Utf8
    } else {
        Encoding::Windows1252
    }
}

/// Whether among the letters beyond ASCII nine in ten are well-formed UTF-8.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 9
}

/// Names the kinds of file that are most likely taken for a CSV file.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "an Excel workbook or another zip archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF", "a PDF document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"SQLite format 3", "a database"),
        (b"{\\rtf", "a text document with layout"),
    ];
    let found = KINDS.iter().find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, what)| *what)
}

/// Whether a text has characters that no table has: a NUL, or many other controls.
fn is_binary(text: &str) -> bool {
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return true;
    }
    let head = text.as_bytes();
    let head = &head[..head.len().min(LOOKED_AT)];
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'));
    controls.count() * 50 > head.len()
}

#[cfg(test)]
mod tests {
    use super::super::problem::MAX_FILE_BYTES;
    use super::*;

    const TEXT: &str = "external_id,legal_name\r\n1,Bäckerei Œuvre\r\n";

    fn utf16(text: &str, to: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[track_caller]
    fn assert_opens(bytes: &[u8], words: &str) {
        let source = Source::open(bytes).unwrap();
        assert_eq!(&*source.text, TEXT);
        assert_eq!(source.encoding_words(), words);
        assert!(!source.has_replaced);
    }

    #[test]
    fn encodings_are_detected() {
        assert_opens(TEXT.as_bytes(), "UTF-8");
        assert_opens(
            format!("\u{FEFF}{TEXT}").as_bytes(),
            "UTF-8 with byte-order mark",
        );
        assert_opens(&utf16(TEXT, u16::to_le_bytes), "UTF-16 LE");
        assert_opens(&utf16(TEXT, u16::to_be_bytes), "UTF-16 BE");
        let marked = format!("\u{FEFF}{TEXT}");
        assert_opens(
            &utf16(&marked, u16::to_le_bytes),
            "UTF-16 LE with byte-order mark",
        );
        assert_opens(
            &utf16(&marked, u16::to_be_bytes),
            "UTF-16 BE with byte-order mark",
        );
        assert_opens(&WINDOWS_1252.encode(TEXT).0, "Windows-1252");
    }

    #[test]
    fn one_damaged_letter_does_not_garble_the_rest() {
        let mut bytes = "name\n".to_owned() + &"ä".repeat(20);
        bytes.push('\n');
        let mut bytes = bytes.into_bytes();
        bytes.push(0xE4);
        let source = Source::open(&bytes).unwrap();
        assert_eq!(source.encoding, Encoding::Utf8);
        assert!(source.has_replaced);
        assert!(source.text.ends_with('\u{FFFD}'));
        let other = Source::open_as(&bytes, Encoding::Windows1252).unwrap();
        assert!(other.text.ends_with('ä') && !other.has_replaced);
    }

    #[test]
    fn old_mac_lines_are_lines() {
        assert_eq!(&*Source::open(b"a\rb\r").unwrap().text, "a\nb\n");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let words = |bytes: &[u8]| Source::open(bytes).unwrap_err().to_string();
        assert!(words(b"").contains("empty"));
        assert!(words(b"PK\x03\x04rest").starts_with("This is an Excel workbook"));
        assert!(words(b"%PDF-1.7").contains("PDF"));
        assert!(words(b"abc\0def,ghi").contains("not a text file"));
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n * 7 % 251) as u8).collect();
        assert!(words(&noise).contains("not a text file"));
        assert!(words(b"\x01\x02\x03\x04").contains("not a text file"));
    }

    #[test]
    fn a_file_of_100_mb_is_refused_before_it_is_read() {
        assert_eq!(check_size(MAX_FILE_BYTES - 1), Ok(()));
        let words = check_size(100 << 20).unwrap_err().to_string();
        assert!(words.starts_with("The file has 104 MB"), "{words}");
        assert!(check_size(100_000_000).is_err());
    }
}
