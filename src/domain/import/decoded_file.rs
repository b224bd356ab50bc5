//! Decodes the bytes of a file. The encoding is detected, shown and can be changed by the user.

use std::sync::Arc;

use super::code_page::decode;
use super::detect::{EncodingGuess, detect};
use super::encoding::Encoding;
use super::file_type::{is_binary, other_kind};
use super::problem::{FileProblem, check_size};

/// The decoded text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedFile {
    /// Without the byte-order mark. Lines end with a carriage return, a line feed or both.
    pub text: Arc<str>,
    pub encoding: Encoding,
    /// Set if the encoding was guessed.
    pub guess: Option<EncodingGuess>,
    /// Whether the file began with a byte-order mark.
    pub has_mark: bool,
    /// Whether some bytes were invalid in this encoding and replaced by `U+FFFD`.
    pub has_replaced: bool,
}

impl DecodedFile {
    /// Detects the encoding of a file and decodes it. Scans all bytes, so call it off the UI thread.
    ///
    /// # Errors
    /// If the file is too large, empty or not text.
    pub fn open(bytes: &[u8]) -> Result<Self, FileProblem> {
        check_size(bytes.len() as u64)?;
        if let Some(what) = other_kind(bytes) {
            return Err(FileProblem::OtherKind { what });
        }
        let guess = detect(bytes);
        let mut source = Self::open_as(bytes, guess.encoding)?;
        source.guess = guess.is_guessed.then_some(guess);
        Ok(source)
    }

    /// Decodes a file in an encoding that the user chose.
    ///
    /// # Errors
    /// As [`DecodedFile::open`].
    pub fn open_as(bytes: &[u8], encoding: Encoding) -> Result<Self, FileProblem> {
        check_size(bytes.len() as u64)?;
        let own = encoding.mark();
        // A program may put the mark of UTF-8 before text in another encoding.
        let marks = [own, Encoding::Utf8.mark()];
        let mut marks = marks.into_iter().filter(|mark| !mark.is_empty());
        let rest = marks.find_map(|mark| bytes.strip_prefix(mark));
        let has_mark = rest.is_some();
        let (text, has_replaced) = decode(rest.unwrap_or(bytes), encoding);
        if is_binary(&text) {
            return Err(FileProblem::Binary);
        }
        Ok(Self {
            text: text.into(),
            encoding,
            guess: None,
            has_mark,
            has_replaced,
        })
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::super::problem::MAX_FILE_BYTES;
    use super::*;

    const TEXT: &str = "external_id,legal_name\r\n1,Bäckerei Œuvre\r\n";

    fn utf16(text: &str, to: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[track_caller]
    fn assert_opens(bytes: &[u8], name: &str, has_mark: bool) {
        let source = DecodedFile::open(bytes).unwrap();
        assert_eq!(&*source.text, TEXT);
        assert_eq!((source.encoding.name(), source.has_mark), (name, has_mark));
        assert!(!source.has_replaced);
    }

    #[test]
    fn encodings_are_detected() {
        assert_opens(TEXT.as_bytes(), "UTF-8", false);
        assert_opens(&utf16(TEXT, u16::to_le_bytes), "UTF-16 LE", false);
        assert_opens(&utf16(TEXT, u16::to_be_bytes), "UTF-16 BE", false);
        let marked = format!("\u{FEFF}{TEXT}");
        assert_opens(marked.as_bytes(), "UTF-8", true);
        assert_opens(&utf16(&marked, u16::to_le_bytes), "UTF-16 LE", true);
        assert_opens(&utf16(&marked, u16::to_be_bytes), "UTF-16 BE", true);
        assert_opens(&WINDOWS_1252.encode(TEXT).0, "Windows-1252", false);
    }

    #[test]
    fn one_damaged_letter_does_not_garble_the_rest() {
        let mut bytes = "name\n".to_owned() + &"ä".repeat(20);
        bytes.push('\n');
        let mut bytes = bytes.into_bytes();
        bytes.push(0xE4);
        let source = DecodedFile::open(&bytes).unwrap();
        assert_eq!(source.encoding, Encoding::Utf8AndWindows1252);
        assert!(source.text.ends_with('ä') && !source.has_replaced);
        let other = DecodedFile::open_as(&bytes, Encoding::Utf8).unwrap();
        assert!(other.text.ends_with('\u{FFFD}') && other.has_replaced);
    }

    #[test]
    fn a_mark_is_no_text_whatever_follows_it() {
        let text = "\u{FEFF}vat_number,legal_name\n1,Old Mill\n";
        let bytes = [text.as_bytes(), b"2,M\xFCller\n"].concat();
        let source = DecodedFile::open(&bytes).unwrap();
        assert_eq!(source.encoding, Encoding::Utf8AndWindows1252);
        assert!(source.has_mark && source.guess.is_some());
        assert_eq!(
            &*source.text,
            "vat_number,legal_name\n1,Old Mill\n2,Müller\n"
        );
        let single = DecodedFile::open_as(&bytes, Encoding::Windows1250).unwrap();
        assert!(single.has_mark && single.text.starts_with("vat"));
        // Text in another encoding behind the mark is doubted.
        let names = encoding_rs::WINDOWS_1251.encode("1,Ромашка\n2,Вектор\n").0;
        let guess = detect(&[b"\xEF\xBB\xBF", &*names].concat());
        assert_eq!(guess.encoding, Encoding::Utf8AndWindows1252);
        assert_eq!(guess.rival, Some(Encoding::Windows1251));
    }

    #[test]
    fn a_mark_is_taken_off_once_and_only_at_the_start() {
        let source = DecodedFile::open("\u{FEFF}\u{FEFF}a\n\u{FEFF}b\n".as_bytes()).unwrap();
        assert_eq!(&*source.text, "\u{FEFF}a\n\u{FEFF}b\n");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let words = |bytes: &[u8]| DecodedFile::open(bytes).unwrap_err().to_string();
        assert!(words(b"").contains("empty"));
        assert!(words(b"PK\x03\x04rest").starts_with("This is an Excel workbook"));
        assert!(words(b"%PDF-1.7").contains("PDF"));
        assert!(words(b" <HTML><body><table>").starts_with("This is an HTML table"));
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n * 7 % 251) as u8).collect();
        assert!(words(&noise).contains("not a text file"));
        assert!(words(b"\x01\x02\x03\x04").contains("not a text file"));
    }

    #[test]
    fn a_file_of_100_mb_is_refused_before_it_is_read() {
        assert_eq!(check_size(MAX_FILE_BYTES - 1), Ok(()));
        let words = check_size(100 << 20).unwrap_err().to_string();
        assert!(words.starts_with("The file is 104 MB"), "{words}");
        assert!(check_size(100_000_000).is_err());
    }
}
