//! Exports the history as a CSV or JSON file.

use super::entry::HistoryEntry;
use crate::domain::export::{self, ExportedValue};

/// In file order.
const COLUMNS: [&str; 14] = [
    "time",
    "environment",
    "host",
    "partner",
    "action",
    "result",
    "reason",
    "business_id",
    "business",
    "file",
    "key_from",
    "format",
    "fingerprint",
    "counts",
];

/// The entries as a CSV file.
pub fn to_csv<'a>(entries: impl IntoIterator<Item = &'a HistoryEntry>) -> Vec<u8> {
    export::csv(&COLUMNS, entries, |entry| values(entry))
}

/// The entries as a JSON file.
pub fn to_json<'a>(entries: impl IntoIterator<Item = &'a HistoryEntry>) -> Vec<u8> {
    export::json(&COLUMNS, entries, |entry| values(entry))
}

fn values(entry: &HistoryEntry) -> Vec<ExportedValue<'static>> {
    let profile = entry.profile.as_ref();
    let names_file = entry.action.names_file();
    let values: [Option<String>; COLUMNS.len()] = [
        Some(entry.at.to_string()),
        profile.map(|profile| profile.environment.clone()),
        profile.map(|profile| profile.host.clone()),
        profile.map(|profile| profile.partner.clone()),
        Some(entry.action.name().to_owned()),
        Some(entry.outcome().name().to_owned()),
        entry.why.map(|why| why.words().to_owned()),
        entry.business.map(|id| id.to_string()),
        entry.name.clone().filter(|_| !names_file),
        entry.name.clone().filter(|_| names_file),
        entry.key_from.clone(),
        entry.format.map(|format| format.name().to_owned()),
        entry.fingerprint.map(|fingerprint| fingerprint.to_string()),
        entry.counts.map(|counts| {
            format!(
                "{} done, {} existed, {} failed, {} invalid, {} unknown, {} left",
                counts.done,
                counts.existed,
                counts.failed,
                counts.invalid,
                counts.unknown,
                counts.left
            )
        }),
    ];
    let value = |text: Option<String>| {
        text.map_or(ExportedValue::Absent, |text| {
            ExportedValue::Text(text.into())
        })
    };
    values.map(value).into()
}
