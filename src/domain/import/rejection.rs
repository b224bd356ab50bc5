//! Why the server rejected a row, in one line.

use jiff::tz::TimeZone;

use crate::domain::draft::Field;
use crate::domain::failure::FailureKind;
use crate::domain::request_failure::RequestFailure;
use crate::domain::text::excerpt;

/// Longest reason, characters: enough for a message that lists all entity types of a country.
const MAX_REASON_LEN: usize = 2_000;

/// The server's messages about a row, per field if it named fields.
pub fn rejection_in_words(failure: &RequestFailure, zone: &TimeZone) -> String {
    if let FailureKind::Invalid { fields } = &failure.failure.kind {
        let said: Vec<String> = fields
            .iter()
            .flat_map(|(name, messages)| {
                let label = match Field::from_api_name(name) {
                    Some(field) => field.label().to_owned(),
                    None => name.clone(),
                };
                let said = messages.iter();
                said.map(move |message| format!("{label}: {message}"))
            })
            .collect();
        if !said.is_empty() {
            return excerpt(&said.join(" "), MAX_REASON_LEN);
        }
        if let Some(detail) = &failure.failure.detail {
            return excerpt(detail, MAX_REASON_LEN);
        }
    }
    let words = failure.explain(zone);
    format!("{}. {}", words.title, words.body)
}
