//! Writes businesses to a CSV or JSON file.

use std::borrow::Borrow;
use std::fmt::Write as _;

use super::columns::ExportedValue;
use super::{CsvText, ExportColumn};
use crate::domain::business::Business;
use crate::domain::text::hidden_in;

/// A CSV file: UTF-8 with a byte-order mark, commas, CRLF, one header row. No cell is a formula to a spreadsheet.
pub(in crate::domain) fn csv<R>(
    columns: &[&str],
    rows: impl IntoIterator<Item = R>,
    values: impl Fn(&R) -> Vec<ExportedValue<'_>>,
) -> Vec<u8> {
    let mut out = CsvText::new(b',');
    out.row(columns.iter().copied());
    for row in rows {
        out.row(values(&row).iter().map(|value| match value {
            ExportedValue::Absent => "",
            ExportedValue::Flag(true) => "true",
            ExportedValue::Flag(false) => "false",
            ExportedValue::Text(text) => text,
        }));
    }
    out.finish()
}

/// A JSON file: an array with one object per line, `null` for missing values. Characters that hide or reorder others
/// are escaped, so that nothing is lost.
pub(in crate::domain) fn json<R>(
    columns: &[&str],
    rows: impl IntoIterator<Item = R>,
    values: impl Fn(&R) -> Vec<ExportedValue<'_>>,
) -> Vec<u8> {
    let mut out = String::from("[");
    for (at, row) in rows.into_iter().enumerate() {
        out.push_str(if at == 0 { "\n  " } else { ",\n  " });
        push_object(columns, &values(&row), &mut out);
    }
    out.push_str("\n]\n");
    out.into_bytes()
}

/// Businesses as a CSV file.
pub fn to_csv(
    businesses: impl IntoIterator<Item = impl Borrow<Business>>,
    columns: &[ExportColumn],
) -> Vec<u8> {
    csv(&headers(columns), businesses, |business| {
        values(business.borrow(), columns)
    })
}

/// Businesses as a JSON file.
pub fn to_json(
    businesses: impl IntoIterator<Item = impl Borrow<Business>>,
    columns: &[ExportColumn],
) -> Vec<u8> {
    json(&headers(columns), businesses, |business| {
        values(business.borrow(), columns)
    })
}

/// A business as one object of such a file.
pub fn json_object(business: &Business, columns: &[ExportColumn]) -> String {
    let mut out = String::new();
    push_object(&headers(columns), &values(business, columns), &mut out);
    out
}

fn headers(columns: &[ExportColumn]) -> Vec<&'static str> {
    columns.iter().map(|column| column.header()).collect()
}

fn values<'a>(business: &'a Business, columns: &[ExportColumn]) -> Vec<ExportedValue<'a>> {
    columns
        .iter()
        .map(|column| column.value(business))
        .collect()
}

fn push_object(columns: &[&str], values: &[ExportedValue<'_>], out: &mut String) {
    out.push('{');
    for (at, (column, value)) in columns.iter().zip(values).enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        push_json_text(column, out);
        out.push_str(": ");
        match value {
            ExportedValue::Absent => out.push_str("null"),
            ExportedValue::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            ExportedValue::Text(text) => push_json_text(text, out),
        }
    }
    out.push('}');
}

/// A JSON string (RFC 8259, section 7).
fn push_json_text(text: &str, out: &mut String) {
    out.push('"');
    for (c, is_hidden) in hidden_in(text) {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_hidden => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
