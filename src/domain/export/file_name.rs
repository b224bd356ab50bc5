//! File names proposed in the save dialog.

use jiff::tz::TimeZone;

use crate::domain::time::Now;

/// Longest part taken from the filter, bytes. File systems allow 255 bytes per name.
const MAX_FILTER_LEN: usize = 60;

/// Longest part taken from another file's name, bytes.
const MAX_STEM_LEN: usize = 150;

/// The export formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For spreadsheets and for importing again.
    Csv,
    /// For programs.
    Json,
}

impl Format {
    /// The file extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// `thred-sandbox-country-NL-2027-02-13-1349.csv`: the environment, the filter as typed, and the local time. Uses only
/// letters, digits and hyphens, which every file system allows.
pub fn file_name(
    environment: &str,
    filter: &str,
    now: Now,
    zone: &TimeZone,
    format: Format,
) -> String {
    let spelled = filter
        .replace('!', " not ")
        .replace('>', " after ")
        .replace('<', " before ");
    let time = now.wall.to_zoned_datetime(zone.clone());
    let mut parts = vec![
        "thred".to_owned(),
        plain(environment).to_lowercase(),
        plain(&spelled),
        time.strftime("%Y-%m-%d-%H%M").to_string(),
    ];
    parts.retain(|part| !part.is_empty());
    format!("{}.{}", parts.join("-"), format.extension())
}

fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    truncated_to(&joined, MAX_FILTER_LEN)
        .trim_end_matches('-')
        .to_owned()
}

/// `partners.csv` becomes `partners-failed.csv`, or `partners-invalid.csv` if nothing was sent; long names are truncated.
pub fn failed_rows_name(stem: &str, are_sent: bool) -> String {
    let (failed, invalid) = ("-failed", "-invalid");
    let stem = stem.trim_end_matches(failed).trim_end_matches(invalid);
    let suffix = if are_sent { failed } else { invalid };
    format!("{}{suffix}.csv", truncated_to(stem, MAX_STEM_LEN))
}

/// The longest prefix of a text with at most this many bytes.
fn truncated_to(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
