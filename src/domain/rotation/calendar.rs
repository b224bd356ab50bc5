//! The due date as a calendar file (RFC 5545).

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::age::days_after;

/// The content of the calendar event.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// Name of the environment.
    pub environment: String,
    /// Its host.
    pub host: String,
    /// The user's label for the profile. May be empty.
    pub label: String,
    /// The partner whose key it is.
    pub partner: Uuid,
    pub due: Date,
}

/// Longer lines are folded. The line end does not count (RFC 5545, 3.1).
const MAX_LINE_LEN: usize = 75;

/// An all-day event with alarms 14 and 7 days before. `now` is the time of creation.
///
/// The `UID` depends only on profile and due day, so that importing the file twice creates one event.
pub fn ics(reminder: &Reminder, now: Timestamp) -> Vec<u8> {
    let Reminder {
        environment,
        host,
        label,
        partner,
        due,
    } = reminder;
    let whose = if label.is_empty() {
        environment.clone()
    } else {
        format!("{label}, {environment}")
    };
    let summary = format!("Replace the Thred API key ({whose})");
    let description = format!(
        "Thred asks for a new API key every 90 days. Partner {partner} at {host}.\nOpen the API key page of the \
         Thred Partner Console and follow the six steps. The old key works until you revoke it."
    );
    let stamp = now
        .to_zoned_datetime(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string();
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        format!(
            "PRODID:-//Thred Partner Console//{}//EN",
            env!("CARGO_PKG_VERSION")
        ),
        "CALSCALE:GREGORIAN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", uid(reminder)),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART;VALUE=DATE:{}", basic(*due)),
        format!("DTEND;VALUE=DATE:{}", basic(days_after(*due, 1))),
        format!("SUMMARY:{}", escaped(&summary)),
        format!("DESCRIPTION:{}", escaped(&description)),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    for days in [14, 7] {
        lines.extend([
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{}", escaped(&summary)),
            format!("TRIGGER:-P{days}D"),
            "END:VALARM".to_owned(),
        ]);
    }
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    let mut out = String::new();
    for line in &lines {
        fold_into(&mut out, line);
    }
    out.into_bytes()
}

/// "thred-key-production-2027-03-12.ics".
pub fn file_name(reminder: &Reminder) -> String {
    let environment: String = reminder
        .environment
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    format!("thred-key-{environment}-{}.ics", reminder.due)
}

fn uid(reminder: &Reminder) -> String {
    // Hosts and UUIDs need no escaping, except for the colon before a port.
    let host = reminder.host.replace(':', "-");
    format!("{}-{}@{host}", reminder.partner, basic(reminder.due))
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Escapes TEXT (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            // Other control characters are not allowed.
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a line, folded between characters.
fn fold_into(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > MAX_LINE_LEN {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
