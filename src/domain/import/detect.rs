//! Detects the encoding of a file.

use std::collections::HashSet;

use super::code_page::decode;
use super::effort::searched;
use super::encoding::Encoding;
use super::{east_asian, plausibility};

/// How many bytes are searched for the zero bytes of UTF-16.
const EXAMINED_BYTES: usize = 64 << 10;

/// How many distinct non-ASCII words are scored.
const MAX_SCORED_WORDS: usize = 2_000;

/// Only this much of a word is scored, bytes.
const MAX_WORD_LEN: usize = 64;

/// The encoding detected for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodingGuess {
    /// The most likely encoding.
    pub encoding: Encoding,
    /// Whether this is only likely. Otherwise the bytes prove it: a byte-order mark, the zero bytes of UTF-16, or
    /// well-formed UTF-8.
    pub is_guessed: bool,
    /// Another encoding that is about as likely and yields different letters.
    pub rival: Option<Encoding>,
}

impl EncodingGuess {
    fn sure(encoding: Encoding) -> Self {
        Self {
            encoding,
            is_guessed: false,
            rival: None,
        }
    }
}

/// On a tie, the first wins.
const CANDIDATES: [Encoding; 11] = [
    Encoding::Windows1252,
    Encoding::Windows1250,
    Encoding::MacRoman,
    Encoding::Cp850,
    Encoding::Windows1251,
    Encoding::Windows1253,
    Encoding::Gb18030,
    Encoding::ShiftJis,
    Encoding::Big5,
    Encoding::Utf8AndWindows1252,
    Encoding::Cp437,
];

/// Scans the whole file.
pub(super) fn detect(bytes: &[u8]) -> EncodingGuess {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] if std::str::from_utf8(rest).is_ok() => {
            EncodingGuess::sure(Encoding::Utf8)
        }
        // The mark shows that most of the file is UTF-8, however few other letters prove it.
        [0xEF, 0xBB, 0xBF, rest @ ..] => likeliest(rest, true),
        [0xFF, 0xFE, ..] => EncodingGuess::sure(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => EncodingGuess::sure(Encoding::Utf16Be),
        [0x84, 0x31, 0x95, 0x33, ..] => EncodingGuess::sure(Encoding::Gb18030),
        _ => by_zeros(bytes)
            .or_else(|| std::str::from_utf8(bytes).is_ok().then_some(Encoding::Utf8))
            .map_or_else(|| likeliest(bytes, false), EncodingGuess::sure),
    }
}

/// Delimiters, line ends and most names are Latin, so every second byte of them is zero in UTF-16.
fn by_zeros(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(EXAMINED_BYTES) & !1];
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
        Some(Encoding::Utf16Le)
    } else if even > many && odd * 10 < even {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Whether almost all letters are UTF-8, so that the other bytes are strays. Two letters of UTF-8 can be read as an
/// ideograph, which is why scores alone could read every name wrongly because of one byte.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    const PER_STRAY: usize = 4;
    searched(None, bytes.len());
    let (mut letters, mut strays) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        // The first byte of each letter.
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        strays += usize::from(!chunk.invalid().is_empty());
    }
    letters >= PER_STRAY * strays
}

/// `is_marked` is whether the file begins with the mark of UTF-8.
fn likeliest(bytes: &[u8], is_marked: bool) -> EncodingGuess {
    if is_mostly_utf8(bytes) {
        return EncodingGuess {
            encoding: Encoding::Utf8AndWindows1252,
            is_guessed: true,
            rival: None,
        };
    }
    let words = foreign_words(bytes);
    let weights = CANDIDATES.map(|encoding| {
        let weight: i32 = words.iter().map(|word| likelihood(word, encoding)).sum();
        (encoding, weight)
    });
    let mut best = weights[0];
    for one in weights {
        let is_better = if is_marked {
            one.0 == Encoding::Utf8AndWindows1252
        } else {
            one.1 > best.1
        };
        if is_better {
            best = one;
        }
    }
    let reads_otherwise = |encoding: Encoding| {
        let read = |word: &[u8], encoding| decode(word, encoding).0.into_owned();
        let mut words = words.iter();
        words.any(|word| read(word, encoding) != read(word, best.0))
    };
    let mut others = weights.into_iter().filter(|one| one.0 != best.0);
    let is_close = |weight: i32| weight > 0 && weight >= best.1 - plausibility::LIKELY;
    let rival = others.find(|one| is_close(one.1) && reads_otherwise(one.0));
    EncodingGuess {
        encoding: best.0,
        is_guessed: true,
        rival: rival.map(|one| one.0),
    }
}

fn likelihood(word: &[u8], encoding: Encoding) -> i32 {
    searched(None, word.len());
    match encoding {
        Encoding::Gb18030 | Encoding::Big5 | Encoding::ShiftJis => {
            east_asian::likelihood(word, encoding)
        }
        Encoding::Utf8AndWindows1252 if is_utf8(word) => plausibility::LIKELY,
        _ => {
            let weight = plausibility::likelihood(&decode(word, encoding).0, encoding);
            weight.clamp(plausibility::IMPOSSIBLE, plausibility::LIKELY)
        }
    }
}

/// Whether a word is well-formed UTF-8, or was until it was truncated.
fn is_utf8(word: &[u8]) -> bool {
    let error = std::str::from_utf8(word).err();
    error.is_none_or(|error| error.error_len().is_none() && word.len() >= MAX_WORD_LEN)
}

/// The distinct words with non-ASCII bytes. They are split only at ASCII bytes that are never part of a multi-byte
/// character.
fn foreign_words(bytes: &[u8]) -> HashSet<&[u8]> {
    let mut words = HashSet::new();
    let ends_word = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' | b'"');
    let mut at = 0;
    let next = |at: usize| {
        let rest = &bytes[at..];
        searched(rest.iter().position(|byte| !byte.is_ascii()), rest.len())
    };
    while let Some(next) = next(at) {
        let found = at + next;
        let start = bytes[at..found].iter().rposition(ends_word);
        let start = start.map_or(at, |before| at + before + 1);
        let rest = &bytes[found..];
        let end = searched(rest.iter().position(ends_word), rest.len()).unwrap_or(rest.len());
        let start = start.max(found.saturating_sub(MAX_WORD_LEN));
        words.insert(&bytes[start..found + end.min(MAX_WORD_LEN)]);
        at = found + end;
        if words.len() >= MAX_SCORED_WORDS {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use encoding_rs::{
        BIG5, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    };

    use super::super::effort::measured;
    use super::*;

    const HEAD: &str = "external_id,legal_name\r\n1,";

    #[track_caller]
    fn assert_guessed(names: &str, coder: &'static encoding_rs::Encoding, encoding: Encoding) {
        let text = format!("{HEAD}{names}\r\n");
        let (bytes, _, has_failed) = coder.encode(&text);
        assert!(!has_failed, "{names}");
        let guess = detect(&bytes);
        assert_eq!(guess.encoding, encoding, "{names}");
        assert!(guess.is_guessed);
        assert_eq!(decode(&bytes, guess.encoding).0, text);
    }

    #[test]
    fn each_encoding_is_told_by_its_letters() {
        assert_guessed("Bäckerei Œuvre", WINDOWS_1252, Encoding::Windows1252);
        assert_guessed("Müller & Söhne GmbH", WINDOWS_1252, Encoding::Windows1252);
        assert_guessed("Peña e Hijos SL", WINDOWS_1252, Encoding::Windows1252);
        assert_guessed(
            "Müller & Söhne, Peña e Hijos",
            MACINTOSH,
            Encoding::MacRoman,
        );
        assert_guessed("Café Zoë, Crêperie", MACINTOSH, Encoding::MacRoman);
        assert_guessed("Zażółć Gęślą, Gdańsk", WINDOWS_1250, Encoding::Windows1250);
        assert_guessed(
            "Dvořák, Příbram, Škoda",
            WINDOWS_1250,
            Encoding::Windows1250,
        );
        assert_guessed("Győr, Fűszer, Müller", WINDOWS_1250, Encoding::Windows1250);
        assert_guessed("ООО Ромашка, Вектор", WINDOWS_1251, Encoding::Windows1251);
        assert_guessed("Київ, Львівська", WINDOWS_1251, Encoding::Windows1251);
        assert_guessed("Αθήνα, Παπαδόπουλος", WINDOWS_1253, Encoding::Windows1253);
        assert_guessed("上海贸易有限公司", GB18030, Encoding::Gb18030);
        assert_guessed("和記茶室, 台灣茶葉股份有限公司", BIG5, Encoding::Big5);
        assert_guessed("株式会社東京商店, さくら", SHIFT_JIS, Encoding::ShiftJis);
    }

    #[test]
    fn dos_files_are_told_from_windows_and_mac() {
        let bytes = b"1,M\x81ller & S\x94hne\r\n2,Caf\x82\r\n3,Pe\xA4a\r\n";
        assert_eq!(detect(bytes).encoding, Encoding::Cp850);
    }

    #[test]
    fn a_mixed_file_is_told() {
        let mut bytes = "1,Müller\n2,Café\n".as_bytes().to_vec();
        bytes.extend(b"3,Pe\xF1a\n");
        assert_eq!(detect(&bytes).encoding, Encoding::Utf8AndWindows1252);
    }

    #[test]
    fn a_stray_byte_does_not_change_how_utf8_is_read() {
        let strays: [&[u8]; 5] = [
            b"M\x81ller",
            b"A\xA9B",
            b"Dvo\xF8\xE1k",
            b"\xC9\xCF\xBA\xA3",
            b"L\xE2\x80",
        ];
        for names in [
            "José García, Peña López, Muñoz, Panadería, Compañía Española",
            "Sørensen, Færch, Nørgaard, Kjær, Håndværk",
            "Müller, Söhne, Bäckerei, Köhler, Grün, Jäger",
            "Società, Caffè, Città, Più, Perché",
            "Gdańsk, Kraków, Spółka, Wrocław",
            "Ромашка, Вектор",
        ] {
            for stray in strays {
                let bytes = [HEAD.as_bytes(), names.as_bytes(), b"\n2,", stray, b"\n"].concat();
                let guess = detect(&bytes);
                assert_eq!(guess.encoding, Encoding::Utf8AndWindows1252, "{names}");
                assert_eq!((guess.is_guessed, guess.rival), (true, None), "{names}");
            }
        }
        // A name or two of UTF-8 in a file of another encoding.
        let text = "Müller & Söhne, Bäckerei, Peña, Köhler";
        let mixed = [&WINDOWS_1252.encode(text).0, ",Jäger".as_bytes()].concat();
        assert_ne!(detect(&mixed).encoding, Encoding::Gb18030);
    }

    /// In Windows-1250, Danish names turn into pronounceable Czech; a few such words must not decide the encoding of
    /// the file.
    #[test]
    fn some_odd_names_do_not_change_the_language_of_the_others() {
        let text = "Kaffeerösterei, Østergaard & Sønner, Ó Briain, Fjällräven Väskor";
        let mut bytes = WINDOWS_1252.encode(text).0.into_owned();
        bytes.extend(b", M\x9Fller & S\x9Ahne");
        assert_eq!(detect(&bytes).encoding, Encoding::Windows1252);
    }

    #[test]
    fn what_the_bytes_prove_is_not_called_a_guess() {
        for bytes in [
            "a,ü\n".as_bytes(),
            b"a,b\n",
            b"\xEF\xBB\xBFa",
            b"\xFF\xFEa\0",
        ] {
            assert!(!detect(bytes).is_guessed);
        }
    }

    #[test]
    fn an_equally_likely_encoding_is_named() {
        // Sørensen or Sřrensen.
        let guess = detect(b"1,S\xF8rensen\n");
        assert_eq!(guess.encoding, Encoding::Windows1252);
        assert_eq!(guess.rival, Some(Encoding::Windows1250));
        // The letters are the same in both encodings.
        assert_eq!(detect(b"1,M\xFCller\n").rival, None);
        assert_eq!(detect(b"1,Pe\xF1a\n").rival, None);
    }

    #[test]
    fn many_foreign_bytes_take_no_more_time_than_reading_them() {
        let noise = (0..1_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80);
        let noise: Vec<u8> = noise.collect();
        let words = noise.chunks(9).flat_map(|word| [word, b" "].concat());
        for bytes in [noise.clone(), words.collect(), b"\xE4 ".repeat(500_000)] {
            let weighed = CANDIDATES.len() * MAX_SCORED_WORDS * MAX_WORD_LEN;
            let searched = measured(|| {
                detect(&bytes);
            });
            assert!(searched <= 2 * bytes.len() + weighed, "{searched}");
        }
    }
}
