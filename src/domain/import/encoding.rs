//! The encodings of files.

use serde::{Deserialize, Serialize};

/// The encodings that spreadsheets and databases use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// With or without a byte-order mark.
    Utf8,
    /// Files joined from two sources: bytes that are not well-formed UTF-8 are read as Windows-1252.
    Utf8AndWindows1252,
    /// Little-endian; Excel's "Unicode text".
    Utf16Le,
    /// Big-endian.
    Utf16Be,
    /// Western European; Excel's "CSV" on Windows.
    Windows1252,
    /// Central European.
    Windows1250,
    /// Cyrillic.
    Windows1251,
    /// Greek.
    Windows1253,
    /// Western European; Excel's "CSV" on a Mac.
    MacRoman,
    /// Western European; Excel's "CSV (MS-DOS)" outside the United States.
    Cp850,
    /// Excel's "CSV (MS-DOS)" in the United States.
    Cp437,
    /// Simplified Chinese; a superset of GBK and GB 2312.
    Gb18030,
    /// Traditional Chinese.
    Big5,
    /// Japanese.
    ShiftJis,
}

impl Encoding {
    /// In menu order.
    pub const ALL: [Self; 14] = [
        Self::Utf8,
        Self::Utf8AndWindows1252,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1252,
        Self::Windows1250,
        Self::Windows1251,
        Self::Windows1253,
        Self::MacRoman,
        Self::Cp850,
        Self::Cp437,
        Self::Gb18030,
        Self::Big5,
        Self::ShiftJis,
    ];

    /// Its display name.
    pub fn name(self) -> &'static str {
        self.name_and_region().0
    }

    /// Where it is used, as a hint for the user. Empty for encodings used everywhere.
    pub fn region(self) -> &'static str {
        self.name_and_region().1
    }

    /// Whether a file that can be read in it is almost certainly written in it.
    pub(super) fn is_utf(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf16Le | Self::Utf16Be)
    }

    fn name_and_region(self) -> (&'static str, &'static str) {
        match self {
            Self::Utf8 => ("UTF-8", ""),
            Self::Utf8AndWindows1252 => ("UTF-8 mixed with Windows-1252", "two sources"),
            Self::Utf16Le => ("UTF-16 LE", ""),
            Self::Utf16Be => ("UTF-16 BE", ""),
            Self::Windows1252 => ("Windows-1252", "Western Europe"),
            Self::Windows1250 => ("Windows-1250", "Central Europe"),
            Self::Windows1251 => ("Windows-1251", "Cyrillic"),
            Self::Windows1253 => ("Windows-1253", "Greek"),
            Self::MacRoman => ("Mac Roman", "Western Europe"),
            Self::Cp850 => ("DOS 850", "Western Europe"),
            Self::Cp437 => ("DOS 437", "United States"),
            Self::Gb18030 => ("GB18030", "simplified Chinese"),
            Self::Big5 => ("Big5", "traditional Chinese"),
            Self::ShiftJis => ("Shift JIS", "Japanese"),
        }
    }

    /// The byte-order mark. Empty if there is none.
    pub(super) fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 | Self::Utf8AndWindows1252 => b"\xEF\xBB\xBF",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
            Self::Gb18030 => b"\x84\x31\x95\x33",
            _ => b"",
        }
    }
}
