//! The delimiters of files.

use serde::{Deserialize, Serialize};

/// Start of the line with which Excel names the delimiter, in any case.
const SEPARATOR: &str = "sep=";

/// The delimiters that spreadsheets and databases use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, common where the comma is the decimal separator
    Semicolon,
    /// Tab
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// In menu order. If several fit equally well, the first wins.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// Its display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "vertical bar",
        }
    }
}

/// The delimiter named in Excel's `sep=;` line, and the offset of the next line.
pub(super) fn separator_line(text: &str) -> Option<(Delimiter, usize)> {
    let end = text.find(['\r', '\n'])?;
    let (first, rest) = text.split_at(end);
    let first = first.trim_matches('"');
    let word = first.get(..SEPARATOR.len())?;
    if !word.eq_ignore_ascii_case(SEPARATOR) {
        return None;
    }
    let named = &first[SEPARATOR.len()..];
    let delimiter = Delimiter::ALL
        .into_iter()
        .find(|delimiter| named.as_bytes() == [delimiter.byte()])?;
    let line_end = if rest.starts_with("\r\n") { 2 } else { 1 };
    Some((delimiter, end + line_end))
}
