//! Exports the history as a CSV or JSON file.

use super::HistoryEntry;
use crate::domain::export::{CsvText, push_json_text};

/// In file order.
const COLUMNS: [&str; 13] = [
    "time",
    "environment",
    "host",
    "partner",
    "action",
    "result",
    "reason",
    "business_id",
    "business",
    "key_from",
    "format",
    "fingerprint",
    "counts",
];

/// A CSV file: UTF-8 with a byte-order mark, commas, CRLF, one header row. No cell is a formula to a spreadsheet.
pub fn to_csv<'a>(entries: impl IntoIterator<Item = &'a HistoryEntry>) -> Vec<u8> {
    let mut out = CsvText::new(b',');
    out.row(COLUMNS);
    for entry in entries {
        let values = values(entry);
        out.row(values.iter().map(|value| value.as_deref().unwrap_or("")));
    }
    out.finish()
}

/// A JSON file: an array with one object per line, `null` for missing values.
pub fn to_json<'a>(entries: impl IntoIterator<Item = &'a HistoryEntry>) -> Vec<u8> {
    let mut out = String::from("[");
    for (row, entry) in entries.into_iter().enumerate() {
        out.push_str(if row == 0 { "\n  {" } else { ",\n  {" });
        for (at, (column, value)) in COLUMNS.iter().zip(values(entry)).enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            push_json_text(column, &mut out);
            out.push_str(": ");
            match value {
                Some(text) => push_json_text(&text, &mut out),
                None => out.push_str("null"),
            }
        }
        out.push('}');
    }
    out.push_str("\n]\n");
    out.into_bytes()
}

fn values(entry: &HistoryEntry) -> [Option<String>; 13] {
    let profile = entry.profile.as_ref();
    [
        Some(entry.at.to_string()),
        profile.map(|profile| profile.environment.clone()),
        profile.map(|profile| profile.host.clone()),
        profile.map(|profile| profile.partner.clone()),
        Some(entry.action.name().to_owned()),
        Some(entry.outcome().name().to_owned()),
        entry.why.map(|why| why.words().to_owned()),
        entry.business.map(|id| id.to_string()),
        entry.name.clone(),
        entry.key_from.clone(),
        entry.format.map(|format| format.name().to_owned()),
        entry.fingerprint.map(|fingerprint| fingerprint.to_string()),
        entry.counts.map(|counts| {
            format!(
                "{} done, {} existed, {} failed, {} left",
                counts.done, counts.existed, counts.failed, counts.left
            )
        }),
    ]
}
